"""The two languages as JSON Schema, so that editors complete and check as people type.

Made from the dataclasses that read the files: keys, their descriptions, what is required.
What only the linter can tell (names, patterns, points) is not in it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from qa_checker.rules.checks import kinds as check_kinds
from qa_checker.rules.fields import shape_of
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.rubric import Example, Item, Rubric, Section, SignalRule
from qa_checker.rules.shapes import Shape
from qa_checker.rules.tokens import Token

DRAFT = "http://json-schema.org/draft-07/schema#"
"""The draft that the YAML plugins of editors know best."""


def schema_of(kind: str, events: Mapping[str, type]) -> Shape:
    """Return the schema of a kind of file, "lexicon" or "rubric".

    `events` maps each event's name to the class of its settings.
    """
    made = lexicon() if kind == "lexicon" else rubric(events)
    made["properties"]["qa_checker"]["const"] = f"{kind}/v1"
    return {"$schema": DRAFT, "title": f"qa_checker {kind}", **made}


def lexicon() -> Shape:
    """Return the schema of a lexicon."""
    entry = with_parts(Entry, phrases=some(pattern()), unless=some(pattern()))
    return with_parts(Lexicon, entries=many(entry))


def rubric(events: Mapping[str, type]) -> Shape:
    """Return the schema of a rubric."""
    section = with_parts(Section, items=many(shape_of(Item)))
    signal = {"anyOf": [{"type": "string"}, shape_of(SignalRule)]}
    settings = {name: shape_of(kind) for name, kind in events.items()}
    made = with_parts(
        Rubric,
        sections=many(section),
        examples=many(shape_of(Example)),
        signals=many(signal),
        events={"type": "object", "properties": settings, "additionalProperties": False},
    )
    return {**made, "$defs": {"check": check()}}


def check() -> Shape:
    """Return the schema of a check: one of the kinds, or the word manual."""
    read = {name: module.Check for name, module in check_kinds().items() if name != "manual"}
    return {"anyOf": [{"const": "manual"}, *(shape_of(kind) for kind in read.values())]}


def pattern() -> Shape:
    """Return the schema of a pattern: a phrase, a regex or words of the segmenter."""
    regex = {"re": {"description": "RE2, against the turn in lower case", "type": "string"}}
    words = {"tokens": {"type": "array", "items": shape_of(Token), "minItems": 1}}
    return {"anyOf": [{"type": ["string", "number"]}, alone(regex), alone(words)]}


def with_parts(kind: type, **parts: Shape) -> Shape:
    """Return the schema of a class in which some keys have a schema of their own."""
    made: dict[str, Any] = shape_of(kind)
    for name, part in parts.items():
        made["properties"][name] = {
            "description": made["properties"][name]["description"],
            **part,
        }
    return made


def many(part: Shape) -> Shape:
    """Return the schema of a list."""
    return {"type": "array", "items": part, "minItems": 1}


def some(part: Shape) -> Shape:
    """Return the schema of one, or a list."""
    return {"anyOf": [part, many(part)]}


def alone(keys: Shape) -> Shape:
    """Return the schema of a mapping with just these keys."""
    return {
        "type": "object",
        "properties": keys,
        "required": list(keys),
        "additionalProperties": False,
    }
