"""A slow, obvious matcher to hold the fast one against.

It tries every phrase at every character of every turn, one possibility after the other,
and works out for itself what a word, a unit and a mark are.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache

import opencc
from pypinyin import Style, pinyin

from qa_checker.matching.negation import chinese, english
from qa_checker.matching.slots import is_slot
from qa_checker.matching.views import FILLERS
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.phrase import (
    BuiltIn,
    Choice,
    Edge,
    Gap,
    Literal,
    Part,
    Phrase,
    Rest,
    Space,
    affirmed,
)
from qa_checker.text import segment

T2S = opencc.OpenCC("t2s")
SOFT = set("\"'(),-:‐‑‒–—―‘’‚‛“”„‟…⋯、〈〉《》「」『』〝〞")
HARD = set("\n\r!.;?。")


def is_han(c: str) -> bool:
    return any(
        a <= ord(c) <= b
        for a, b in (
            (0x3005, 0x3007), (0x3021, 0x3029), (0x3400, 0x4DBF), (0x4E00, 0x9FFF),
            (0xF900, 0xFAFF), (0x20000, 0x323AF),
        )
    )  # fmt: skip


@cache
def compared(c: str) -> str:
    """What one character is compared as."""
    if c == "’":
        return "'"
    folded = unicodedata.normalize("NFKC", c).casefold()
    c = folded if len(folded) == 1 else c
    if is_han(c):
        simple = T2S.convert(c)
        c = simple if len(simple) == 1 else c
    return c


def is_space(c: str) -> bool:
    return c not in HARD and (c.isspace() or unicodedata.category(c)[0] == "Z")


def is_wordy(c: str) -> bool:
    return not is_han(c) and unicodedata.category(c)[0] in "LMN"


@cache
def normal(text: str) -> list[tuple[str, int, str]]:
    """The text as (character, where it stood, kind); kind is h w s(oft) _(space) . o."""
    chars = [compared(c) for c in text]
    kinds = []
    for i, c in enumerate(chars):
        before, after = chars[i - 1 : i], chars[i + 1 : i + 2]
        digits = [x and unicodedata.category(x[0]) == "Nd" for x in (before, after)]
        # an apostrophe joins letters, not digits
        letters = [
            x and is_wordy(x[0]) and unicodedata.category(x[0]) != "Nd" for x in (before, after)
        ]
        if (c in ".,:" and i and all(digits)) or (c == "'" and i and all(letters)):
            kinds.append("w")
        elif c in HARD:
            kinds.append(".")
        elif c in SOFT:
            kinds.append("s")
        elif is_space(c):
            kinds.append("_")
        else:
            kinds.append("h" if is_han(c) else "w" if is_wordy(c) else "o")
    out: list[tuple[str, int, str]] = []
    i = 0
    while i < len(chars):
        if kinds[i] not in "s_.":
            out.append((chars[i], i, kinds[i]))
            i += 1
            continue
        j = i
        while j < len(chars) and kinds[j] in "s_.":
            j += 1
        run = set(kinds[i:j])
        beside_han = (i > 0 and kinds[i - 1] == "h") or (j < len(chars) and kinds[j] == "h")
        if "." in run:
            out.append(("。", i, "."))
        elif "s" in run:
            out.append((" ", i, "s"))
        elif not beside_han:
            out.append((" ", i, "_"))
        i = j
    return out


class Text:
    """One turn, read in one way."""

    def __init__(self, chars: list[tuple[str, int, str]], sound: str) -> None:
        self.chars, self.sound = chars, sound
        self.text = "".join(c for c, _, _ in chars)

    def kind(self, i: int) -> str:
        """The kind of the character at i, "" beyond the text."""
        return self.chars[i][2] if 0 <= i < len(self.chars) else ""

    def inside_word(self, i: int) -> bool:
        """Whether a word goes on across i."""
        return self.kind(i - 1) == "w" and self.kind(i) == "w"

    def splits(self, i: int) -> bool:
        """Whether i lies inside a word or a run of symbols."""
        return self.inside_word(i) or self.kind(i - 1) == self.kind(i) == "o"


@cache
def heard(c: str, sound: str, every: bool) -> frozenset[str]:
    if not is_han(c):
        return frozenset([c])
    found = pinyin(c, style=Style.NORMAL, heteronym=True)[0]
    # a syllable is no Latin word: 啊 does not sound like the letter a
    return frozenset(
        "/" + (near(s) if sound == "near" else s) for s in (found if every else found[:1])
    )


def near(s: str) -> str:
    for a, b in (("zh", "z"), ("ch", "c"), ("sh", "s")):
        if s.startswith(a):
            s = b + s[len(a) :]
    s = "l" + s[1:] if s.startswith("n") else s
    return s[:-1] if s.endswith("ng") else s


def match(parts: Phrase, t: Text, i: int) -> Iterator[int]:
    """Every place at which the parts may end if they begin at i."""
    if not parts:
        yield i
        return
    for j in one(parts[0], t, i):
        yield from match(parts[1:], t, j)


def one(part: Part, t: Text, i: int) -> Iterator[int]:
    """Every place at which one part may end."""
    if isinstance(part, Literal):
        got = t.text[i : i + len(part.text)]
        if t.sound:
            pairs = zip(got, part.text, strict=False)
            same = all(heard(g, t.sound, False) & heard(w, t.sound, True) for g, w in pairs)
            if same and len(got) == len(part.text):
                yield i + len(part.text)
        elif got == part.text:
            yield i + len(part.text)
    elif isinstance(part, Space):
        if not t.inside_word(i):
            yield i
        if t.kind(i) in ("s", "_"):
            yield i + 1
    elif isinstance(part, Gap):
        yield from (j for j in gap(part, t, i) if not part.affirmed or not denies(t, i, j))
    elif isinstance(part, BuiltIn):
        for j in range(i + 1, min(len(t.text), i + 40) + 1):
            if is_slot(part.name, t.text, i, j):
                yield j
    elif isinstance(part, Choice):
        for option in part.options:
            yield from match(option, t, i)
        if part.optional:
            yield i
    elif isinstance(part, Rest):
        while t.kind(i) == "w":
            i += 1
        yield i
    elif isinstance(part, Edge):
        rest = range(i) if part.start else range(i, len(t.text))
        if all(t.kind(k) in ("s", "_", ".") for k in rest):
            yield i


def denies(t: Text, i: int, j: int) -> bool:
    """Whether what stands from i to j, in its clause, negates what follows."""
    begin = max([n + 1 for n in range(i, j) if t.kind(n) in ("s", ".")], default=i)
    return chinese(t.text[begin:j]) or english(t.text[begin:j])


def gap(part: Gap, t: Text, i: int) -> Iterator[int]:
    """Whole units, soft marks between them ignored."""
    if t.splits(i):
        return
    for units in range(part.most + 1):
        if units >= part.least:
            yield i
            if t.kind(i) in ("s", "_"):
                yield i + 1
        if t.kind(i) in ("s", "_"):
            i += 1
        if t.kind(i) == "h":
            i += 1
        elif t.kind(i) in ("w", "o") and t.kind(i):
            unit = t.kind(i)
            while t.kind(i) == unit:
                i += 1
        else:
            return


@cache
def readings(turn: str, homophones: str, fillers: str) -> list[Text]:
    """The turn in every way in which an entry reads it."""
    chars = normal(turn)
    plain = "".join(c for c, _, _ in chars)
    gone: set[int] = set()
    for found in FILLERS.finditer(plain) if fillers else ():
        gone |= set(range(*found.span()))
        around = plain[found.start() - 1 : found.start()] + plain[found.end() : found.end() + 1]
        if len(around) == 2 and around.isascii() and around.isalnum() and " " in found[0]:
            gone.discard(plain.index(" ", found.start()))
    kept = [c for n, c in enumerate(chars) if n not in gone]
    sounds = ("", homophones) if homophones != "off" else ("",)
    return [
        Text(each, sound) for sound in sounds for each in ([chars, kept] if fillers else [chars])
    ]


def spans(turn: str, entry: Entry, which: str) -> set[tuple[int, int]]:
    """Every span (of the turn as read) that a phrase of the entry allows."""
    whole = Text(normal(turn), "")
    place = {at: n for n, (_, at, _) in enumerate(whole.chars)}
    found = set()
    for t in readings(turn, entry.homophones, entry.fillers):
        for pattern in getattr(entry, which):
            phrase = pattern.phrase
            if which == "phrases" and entry.negation == "drop":
                phrase = affirmed(phrase)
            for i in range(len(t.text)):
                for j in match(phrase, t, i):
                    a, b = i, j
                    while a < b and t.text[a] in " 。":
                        a += 1
                    while b > a and t.text[b - 1] in " 。":
                        b -= 1
                    if a < b:
                        start, end = place[t.chars[a][1]], place[t.chars[b - 1][1]] + 1
                        if not whole.inside_word(start) and not whole.inside_word(end):
                            found.add((start, end))
    return found


def find(turn: str, entry: Entry, language: str) -> list[tuple[int, int]]:
    """The hits of an entry in one turn, as characters of the turn."""
    chars = normal(turn)
    plain = "".join(c for c, _, _ in chars)
    candidates = spans(turn, entry, "phrases")
    if entry.boundary:
        ends = {0}
        for word in segment.words(plain):
            ends.add(max(ends) + len(word))
        candidates = {(s, e) for s, e in candidates if s in ends and e in ends}
    chosen: list[tuple[int, int]] = []
    for s, e in sorted(candidates, key=lambda span: (span[0], -span[1])):
        if not chosen or s >= chosen[-1][1]:
            chosen.append((s, e))
    spared = spans(turn, entry, "unless")
    hits = []
    for s, e in chosen:
        if any(a <= s and e <= b for a, b in spared):
            continue
        begin = max([n + 1 for n in range(s) if chars[n][2] in "s."], default=0)
        clause = plain[max(begin, s - 40) : s]
        no = chinese(clause) if language == "zh" else english(clause)
        if entry.negation == "keep" or no == (entry.negation == "only"):
            hits.append((chars[s][1], chars[e - 1][1] + 1))
    return hits
