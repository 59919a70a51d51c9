"""Several speakers on one line: "客服：您好。客户：我要退款。客服：好的。"

A line is cut only before a known role word with a colon, where a sentence has ended or a
space stands, and only in a text that names two different roles so. A time in brackets
before the role word goes with it. Names are never cut at: nobody knows where one begins. A
text of one line that begins with a role in brackets is cut at such ("[客服]…[客户]…").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.written.lines import COUNTED
from qa_checker.readers.written.stamps import BRACKET, CLOCK, RANGE, TO

COLON = lazy_re.compile(r"[:：](?!//)")
# one speaker at most: most rows there are
ONE_HEAD = lazy_re.compile(r"[^\s:：]{0,20}[:：][^:：]*$")
BOX = lazy_re.compile(r"[\[【](?P<label>[^\[\]【】\s]{1,20})[\]】](?!\s*[:：])")
LONGEST = 40  # characters of a role word with a name or a number behind it
WRAPS = frozenset("[【<*")
WRAPPED = lazy_re.compile(  # "[Agent]: …", "<Agent>: …", "**Agent:** …", "**Agent**: …"
    r"(?:[\[【<](?P<boxed>[^\[\]【】<>]{1,20})[\]】>]|\*{1,3}(?P<bold>[^*]{1,20})\*{0,3})$"
)
BEFORE = lazy_re.compile(r"[。！？!?.…；;，,、：:\"”』」）)\]】］]")
CLOSED = lazy_re.compile(r"[。！？!?.…；;\"”』」）)\]】］]\s*$")
TIME = lazy_re.compile(
    rf"(?:{BRACKET.pattern}|(?<!\S)(?:{CLOCK}(?:{TO}{CLOCK})?\s+|{RANGE.pattern}))$"
)
STAMP = 60  # characters of a time from and to, with dates
NUMBERED = lazy_re.compile(rf"\s*{COUNTED}$")
LETTER = lazy_re.compile(r"[^\W\d_]")
Cuts = list[tuple[int, str]]


def pieces(rows: Sequence[str]) -> list[list[str]]:
    """Return each row as its pieces, one a speaker; a row that is not cut is one piece."""
    if len(rows) == 1 and (parts := _boxed(rows[0])):
        return [parts]
    if not any(place for row in rows if not ONE_HEAD.match(row) for place, _ in _cuts(row)):
        return [[row] for row in rows]
    found = [_cuts(row) for row in rows]
    if len({role for cuts in found for _, role in cuts}) < 2:
        return [[row] for row in rows]
    return [_cut(row, [place for place, _ in cuts]) for row, cuts in zip(rows, found, strict=True)]


def _boxed(row: str) -> list[str]:
    """Return the pieces of a lone row that begins with a role in brackets and has two of them."""
    marks = [one for one in BOX.finditer(row) if role_of(one["label"]) != UNKNOWN]
    roles = {role_of(one["label"]) for one in marks}
    if len(roles) < 2 or row[: marks[0].start()].strip():
        return []
    return _cut(row, [one.start() for one in marks])


def _cut(row: str, places: Sequence[int]) -> list[str]:
    ends = [*places, len(row)]
    parts = [row[start:end] for start, end in zip([0, *places], ends, strict=True)]
    return [part for part in parts if part.strip()]


def _cuts(row: str) -> Cuts:
    """Return where speakers begin in a row, and the role of each."""
    found: Cuts = []
    last = 0
    boxed = row.lstrip()[:1] in WRAPS
    for colon in COLON.finditer(row):
        begin = max(last, colon.start() - LONGEST)
        label = _label(row[begin : colon.start()], begin == 0, boxed)
        if label is not None:
            place, role = begin + label[0], label[1]
            stamp = TIME.search(row[max(0, place - STAMP) : place])
            place -= len(stamp[0]) if stamp else 0
            led = found or (LETTER.search(row[:place]) and not NUMBERED.match(row[:place]))
            found.append((place if led else 0, role))
        last = colon.end()
    return found


def _label(before: str, first: bool, boxed: bool) -> tuple[int, str] | None:
    """Return where the role word at the end of a text begins, and its role.

    `boxed` says that the row begins with a bracket or stars: "Dana [Agent]: …" is one label.
    """
    wrapped = WRAPPED.search(before)
    if wrapped is not None:
        role, ahead = role_of(wrapped["boxed"] or wrapped["bold"]), before[: wrapped.start()]
        begins = not ahead or CLOSED.search(ahead) or (boxed and ahead[-1].isspace())
        return (wrapped.start(), role) if role != UNKNOWN and begins else None
    marks = [mark.end() for mark in BEFORE.finditer(before)]
    start = marks[-1] if marks else 0
    spaces = [start + gap.end() for gap in re.finditer(r"\s+", before[start:])]
    for place in [start, *spaces]:
        word = before[place:]
        role = role_of(word) if word and word == word.strip() else UNKNOWN
        if role != UNKNOWN and _may_begin(before[:place], word, first):
            return place, role
    return None


def _may_begin(before: str, word: str, first: bool) -> bool:
    """A Latin word in the middle of a sentence has to look like a label: "call the agent: …"."""
    if not before.strip():
        return first or bool(before)
    if CLOSED.search(before):
        return True
    return before[-1:].isspace() and (not word[0].isascii() or word[0].isupper())
