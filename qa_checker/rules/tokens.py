"""Words of the segmenter as a pattern: `tokens: [{is: 稍等}, {any: 0-2}, {re: …}]`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_checker.rules.fields import Wrong, fill, key, list_of
from qa_checker.rules.regexes import check_regex
from qa_checker.rules.scalars import as_text
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a `tokens:` pattern: `is` one of several, `re` a regex, or `any` m to n words."""

    words: tuple[str, ...] = key(
        list_of(as_text), "the word is one of these", name="is", default=()
    )
    regex: str = key(as_text, "the whole word matches this RE2 regex", name="re", default="")
    any: tuple[int, int] | None = key(as_text, "m-n words, whatever they are", default=None)


def read_tokens(node: Node, source: Source) -> tuple[Token, ...]:
    """Read the words of a pattern; none, with problems noted, if one of them is wrong."""
    value = node.get("tokens")
    if value is None or value.kind != "list" or len(node.pairs) > 1:
        help = "write a phrase, re: '…', or tokens: [{is: 稍等}, {any: 0-2}]"
        raise Wrong(node, "QA103", "not a pattern", help)
    tokens = [read_token(item, source) for item in value.items]
    good = tuple(token for token in tokens if token is not None)
    if len(good) < len(tokens):
        return ()
    if not any(token.words or token.regex for token in good):
        message = "pattern matches the empty string, so it would hit every turn"
        raise Wrong(value, "QA304", message, "add a word: {is: 稍等}")
    return good


def in_one_line(tokens: tuple[Token, ...]) -> str:
    """Return words as one line: 稍等/等一下 <0-2> …"""
    return " ".join("/".join(t.words) or t.regex or "<{}-{}>".format(*t.any) for t in tokens)  # type: ignore[misc]


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
