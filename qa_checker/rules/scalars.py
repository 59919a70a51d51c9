"""Readers of single values: text, ids, versions, words by language, numbers, flags, choices."""

from __future__ import annotations

import re
from fractions import Fraction

from qa_checker import lazy_re
from qa_checker.rules.fields import Wrong
from qa_checker.rules.shapes import SHAPES, Read, shaped
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

LANGUAGES = ("zh", "en")
IDENTIFIER = lazy_re.compile(r"\w+(?:[.\-/]\w+)*")


@shaped({"type": ["string", "number", "boolean"]})
def as_text(node: Node, source: Source) -> str:
    """Read any scalar as the text that stands there."""
    if node.kind != "text" or node.value is None:
        help = "quote it if it begins with a YAML sign or has a colon and a space in it"
        raise Wrong(node, "QA103", "a text was expected here", help)
    return node.text


@shaped({"type": ["string", "integer"], "pattern": rf"^{IDENTIFIER.pattern}$"})
def as_id(node: Node, source: Source) -> str:
    """Read an id: letters, digits, _ and single dots."""
    value = as_text(node, source)
    if not IDENTIFIER.fullmatch(value) or len(value) > 80:
        help = "letters, digits, _ and dots, 80 characters at most"
        raise Wrong(node, "QA103", f'"{value[:80]}" is not an id', help)
    return value


@shaped({"type": "string", "pattern": r"^\d+\.\d+\.\d+$"})
def as_version(node: Node, source: Source) -> str:
    """Read a version of three parts."""
    value = as_text(node, source)
    if not re.fullmatch(r"\d+\.\d+\.\d+", value):
        parts = value.split(".")
        numbers = all(re.fullmatch(r"\d{1,9}", part) for part in parts)
        three = ".".join([*parts, "0", "0"][:3]) if numbers else "1.0.0"
        raise Wrong(
            node, "QA006", f"version {value} has not three parts", f"write version: {three}"
        )
    return value


@shaped(
    {
        "anyOf": [
            SHAPES[as_text],
            {
                "type": "object",
                "properties": {language: {"type": "string"} for language in LANGUAGES},
                "additionalProperties": False,
            },
        ]
    }
)
def as_words(node: Node, source: Source) -> dict[str, str]:
    """Read a text, or texts by language: {zh: …, en: …}."""
    if node.kind != "mapping":
        return {"": as_text(node, source)}
    for language, _ in node.pairs:
        if language.text not in LANGUAGES:
            help = did_you_mean(language.text, LANGUAGES)
            raise Wrong(language, "QA103", f'"{language.text}" is not a language', help)
    return {language.text: as_text(value, source) for language, value in node.pairs}


@shaped(SHAPES[as_words])
def as_first_text(node: Node, source: Source) -> str:
    """Read a text, or the first of texts by language: the name under which results keep it."""
    texts = as_words(node, source)
    if not texts:
        raise Wrong(node, "QA103", "a text was expected here", "write one, or {zh: …, en: …}")
    return next(iter(texts.values()))


@shaped({"type": "integer", "minimum": 0})
def as_whole(node: Node, source: Source) -> int:
    """Read a whole number from 0."""
    if not (node.kind == "text" and re.fullmatch(r"[0-9]{1,9}", node.text)):
        raise Wrong(node, "QA103", f'a whole number was expected, not "{shown(node)}"')
    return int(node.text)


@shaped({"type": "number", "minimum": 0})
def as_points(node: Node, source: Source) -> Fraction:
    """Read points: a number from 0, decimals allowed, kept exactly."""
    if not (node.kind == "text" and re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,4})?", node.text)):
        help = "write a number from 0, without a sign: 10 or 2.5"
        raise Wrong(node, "QA103", f'points are a number, not "{shown(node)}"', help)
    return Fraction(node.text)


@shaped({"type": "boolean"})
def as_flag(node: Node, source: Source) -> bool:
    """Read true or false."""
    if node.text not in ("true", "false"):
        raise Wrong(node, "QA103", f'true or false was expected, not "{shown(node)}"')
    return node.text == "true"


def one_of(*options: str) -> Read:
    """Return a reader for one of several words."""

    @shaped({"enum": list(options)})
    def read(node: Node, source: Source) -> str:
        if node.kind != "text" or node.text not in options:
            said = ", ".join(options[:-1]) + f" or {options[-1]}" if options[1:] else options[0]
            help = did_you_mean(node.text, options)
            raise Wrong(node, "QA103", f'must be {said}, not "{shown(node)}"', help)
        return node.text

    return read


def shown(node: Node) -> str:
    """Return a value as it is named in a message."""
    return node.text[:80] if node.kind == "text" else f"a {node.kind}"
