"""Patterns: what may stand under `phrases` and `unless`, and the slots they share.

A pattern is a phrase (see `grammar`), a regex (`re: '…'`, RE2 syntax, matched against the
turn in lower case), or words of the segmenter (`tokens: […]`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from qa_checker.rules.fields import (
    Wrong,
    as_text,
    fill,
    key,
    list_of,
)
from qa_checker.rules.grammar import NotPhrase, parse_phrase
from qa_checker.rules.phrase import (
    BuiltIn,
    Choice,
    Edge,
    Gap,
    Literal,
    Part,
    Phrase,
)
from qa_checker.rules.regexes import check_regex
from qa_checker.rules.shapes import Read
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

BUILT_IN = ("num", "date", "time", "money")
MAX_PHRASE = 2_000
MAX_PARTS = 20_000
MAX_SLOTS = 10
MAX_GAPS = 300
"""Sizes beyond which a pattern is refused: in characters, parts, slots, units of its gaps."""


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a `tokens:` pattern: `is` one of several, `re` a regex, or `any` m to n words."""

    words: tuple[str, ...] = key(
        list_of(as_text), "the word is one of these", name="is", default=()
    )
    regex: str = key(as_text, "the whole word matches this RE2 regex", name="re", default="")
    any: tuple[int, int] | None = key(as_text, "m-n words, whatever they are", default=None)


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; exactly one of `phrase`, `regex` and `tokens` is set."""

    written: str
    phrase: Phrase = ()
    regex: str = ""
    tokens: tuple[Token, ...] = ()
    node: Node | None = field(default=None, compare=False, repr=False)


class Slots:
    """The slots of one file, parsed when a phrase asks for them."""

    def __init__(self, node: Node | None, source: Source) -> None:
        self.source = source
        self.nodes = {name.text: value for name, value in (node.pairs if node else ())}
        self.parsed: dict[str, Choice] = {}
        self.open: list[str] = []
        self.circle: tuple[str, ...] = ()

    def check(self) -> None:
        """Parse every slot, so that mistakes show even where nobody uses it.

        A circle is told once, at the first of its slots.
        """
        told: set[frozenset[str]] = set()
        for name, node in self.nodes.items():
            if name in BUILT_IN:
                self.source.problem(node, "QA303", f"<{name}> is built in", "choose another name")
            elif name not in self.parsed:
                try:
                    self.find(name, 0)
                except NotPhrase as wrong:
                    circle = frozenset(self.circle)
                    if wrong.code != "QA308" or (self.circle[0] == name and circle not in told):
                        self.source.problem(node, wrong.code, wrong.message, wrong.help)
                        told.add(circle)

    def find(self, name: str, offset: int) -> Part:
        """Return what <name> stands for; NotPhrase if there is no such slot."""
        if name in BUILT_IN:
            return BuiltIn(name)
        if name in self.open:
            self.circle = (*self.open[self.open.index(name) :], name)
            message = f"slot <{name}> refers to itself: {' → '.join(self.circle)}"
            raise NotPhrase(offset, len(name) + 2, "QA308", message, "break the circle")
        if name not in self.nodes:
            near = did_you_mean(name, [*self.nodes, *BUILT_IN]).replace('"', "")
            help = re.sub(r"mean (.*)\?", r"mean <\1>?", near)
            raise NotPhrase(offset, len(name) + 2, "QA303", f"unknown slot <{name}>", help)
        if len(self.open) >= MAX_SLOTS:
            message = f"slots are nested more than {MAX_SLOTS} deep"
            raise NotPhrase(offset, len(name) + 2, "QA301", message, "write the phrases out")
        if name not in self.parsed:
            self.open.append(name)
            try:
                self.parsed[name] = Choice(tuple(self.options(name)))
            finally:
                self.open.pop()
        return self.parsed[name]

    def options(self, name: str) -> list[Phrase]:
        """Parse the phrases of one slot; a broken one is noted and left out."""
        node = self.nodes[name]
        phrases = []
        for item in node.items or (node,):
            try:
                one_phrase(item, item.text)
                phrases.append(small_enough(parse_phrase(item.text, self.find)))
            except Wrong as wrong:
                self.source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
            except NotPhrase as wrong:
                if wrong.code == "QA308":
                    raise
                note(item, self.source, wrong)
        return phrases or [(Literal(name),)]


def note(node: Node, source: Source, wrong: NotPhrase) -> None:
    """Note a mistake in a phrase at the character where it is (circles are told already)."""
    if wrong.code == "QA308":
        return
    indent = len(node.text) - len(node.text.lstrip())
    source.problem(node, wrong.code, wrong.message, wrong.help, wrong.offset + indent, wrong.length)


def pattern_reader(slots: Slots, entry: Node, homophones: str) -> Read:
    """Return a reader for one pattern of an entry."""
    setting = entry.at("homophones").text if entry.get("homophones") else homophones

    def read(node: Node, source: Source) -> Pattern | None:
        if node.kind == "mapping":
            if setting != "off":
                message = "homophones cannot be used with re: or tokens:"
                raise Wrong(node, "QA306", message, "write a phrase, or homophones: off")
            return regex_pattern(node) if node.get("re") else tokens_pattern(node, source)
        return phrase_pattern(node, source, slots, setting)

    return read


def phrase_pattern(node: Node, source: Source, slots: Slots, homophones: str) -> Pattern | None:
    """Read one phrase."""
    written = as_text(node, source).strip()
    one_phrase(node, written)
    if len(written) > MAX_PHRASE:
        raise Wrong(node, "QA301", f"a phrase of {len(written)} characters", "split it")
    try:
        phrase = small_enough(parse_phrase(written, slots.find))
    except NotPhrase as wrong:
        note(node, source, wrong)
        return None
    if homophones != "off" and least_heard(phrase) < 2:
        message = f'homophone matching on "{written}": a single syllable matches almost anything'
        raise Wrong(node, "QA306", message, "use at least two characters, or homophones: off")
    return Pattern(written, phrase=phrase, node=node)


def small_enough(phrase: Phrase) -> Phrase:
    """Return a phrase; raise NotPhrase if it is too large with its slots written out."""
    left, parts = MAX_PARTS, list(phrase)
    while parts and left > 0:
        part = parts.pop()
        left -= len(part.text) if isinstance(part, Literal) else 1
        if isinstance(part, Choice):
            parts += [inner for option in part.options for inner in option]
    if left <= 0:
        message = f"with its slots written out, this has more than {MAX_PARTS} parts"
        raise NotPhrase(0, 0, "QA301", message, "split it, or use fewer alternatives")
    if widest(phrase) > MAX_GAPS:
        message = f"the gaps of this add up to more than {MAX_GAPS} units"
        raise NotPhrase(0, 0, "QA301", message, "split it, or use smaller gaps")
    return phrase


def widest(phrase: Phrase) -> int:
    """Return how many units the gaps of a phrase may take up."""
    total = 0
    for part in phrase:
        match part:
            case Gap(_, most):
                total += most
            case Choice(options, _):
                total += max(map(widest, options))
            case _:
                pass
    return total


def one_phrase(node: Node, written: str) -> None:
    """Raise Wrong for a Chinese comma: two phrases were meant. Quotes let “、” stand."""
    if "，" in written:
        sign, what, other = "，", "a full-width comma", "or one phrase per line"
    elif "、" in written and not node.quoted:
        sign, what, other = "、", "an enumeration comma", "or, if one is meant, quote it"
    else:
        return
    message = f"“{written}” is one phrase: “{sign}” is {what}"
    listed = ", ".join(part for part in written.split(sign) if part)
    raise Wrong(node, "QA003", message, f"write [{listed}] {other}")


def least_heard(phrase: Phrase) -> int:
    """Return how many characters must be heard at least; an edge of the turn counts as one."""
    return sum(least_heard_of(part) for part in phrase)


def least_heard_of(part: Part) -> int:
    """Return how many characters of a part must be heard at least."""
    match part:
        case Literal(text):
            return len(text)
        case Choice(options, optional):
            return 0 if optional else min(map(least_heard, options))
        case BuiltIn() | Edge():
            return 1
        case _:
            return 0


def regex_pattern(node: Node) -> Pattern:
    """Read `re: '…'`."""
    value = node.at("re")
    if len(node.pairs) > 1:
        raise Wrong(node, "QA101", "a regex has no other keys", "write re: '…' alone")
    check_regex(value)
    return Pattern(value.text, regex=value.text, node=value)


def tokens_pattern(node: Node, source: Source) -> Pattern | None:
    """Read `tokens: [{is: …}, {any: 0-2}, {re: …}]`."""
    value = node.get("tokens")
    if value is None or value.kind != "list" or len(node.pairs) > 1:
        help = "write a phrase, re: '…', or tokens: [{is: 稍等}, {any: 0-2}]"
        raise Wrong(node, "QA103", "not a pattern", help)
    tokens = [read_token(item, source) for item in value.items]
    if any(token is None for token in tokens):
        return None
    good = tuple(token for token in tokens if token is not None)
    if not any(token.words or token.regex for token in good):
        message = "pattern matches the empty string, so it would hit every turn"
        raise Wrong(value, "QA304", message, "add a word: {is: 稍等}")
    written = " ".join("/".join(t.words) or t.regex or "<{}-{}>".format(*t.any) for t in good)  # type: ignore[misc]
    return Pattern(written, tokens=good, node=value)


def read_token(node: Node, source: Source) -> Token | None:
    """Read one word of a `tokens:` pattern."""
    for refused in ("pos", "lemma"):
        if (there := node.get(refused)) is not None:
            message = f'"{refused}" cannot be used: the pinned segmenter knows no {refused}'
            raise Wrong(there, "QA103", message, "use is:, any: or re:")
    token = fill(Token, node, source, "a token", {"any": word_range})
    if token is None:
        return None
    if token.regex:
        check_regex(node.at("re"))
    if sum((bool(token.words), bool(token.regex), token.any is not None)) != 1:
        raise Wrong(node, "QA103", "a token has exactly one of is, any, re", "split it in two")
    return token


def word_range(node: Node, source: Source) -> tuple[int, int]:
    """Read `0-2` (or `2`) as a range of words."""
    found = re.fullmatch(r"([0-9]{1,2})(?:-([0-9]{1,2}))?", node.text)
    least, most = (int(found[1]), int(found[2] or found[1])) if found else (1, 0)
    if least > most or most == 0:
        raise Wrong(node, "QA103", f'"{node.text}" is not a range of words', "write any: 0-2")
    return least, most
