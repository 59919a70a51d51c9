"""Patterns: what may stand under `phrases` and `unless`.

A pattern is a phrase (see `grammar`), a regex (`re: '…'`, RE2 syntax, matched against the
turn in lower case), or words of the segmenter (`tokens: […]`, see `tokens`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.rules.fields import Wrong
from qa_checker.rules.grammar import NotPhrase, parse_phrase
from qa_checker.rules.phrase import BuiltIn, Choice, Edge, Literal, Part, Phrase
from qa_checker.rules.regexes import check_regex
from qa_checker.rules.scalars import as_text
from qa_checker.rules.shapes import Read
from qa_checker.rules.slots import Slots, note, one_phrase, small_enough
from qa_checker.rules.source import Source
from qa_checker.rules.tokens import Token, in_one_line, read_tokens
from qa_checker.rules.tree import Node

MAX_PHRASE = 2_000
"""Characters beyond which a phrase is refused."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One pattern; exactly one of `phrase`, `regex` and `tokens` is set."""

    written: str
    phrase: Phrase = ()
    regex: str = ""
    tokens: tuple[Token, ...] = ()
    node: Node | None = field(default=None, compare=False, repr=False)


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
    tokens = read_tokens(node, source)
    return Pattern(in_one_line(tokens), tokens=tokens, node=node.at("tokens")) if tokens else None
