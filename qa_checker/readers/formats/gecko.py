"""Gecko, the annotation tool: `monologues` of a speaker, their `terms` in seconds.

    {"schemaVersion": "2.0", "monologues": [{"speaker": {"id": "Agent"}, "start": 0.1, "end": 2.0,
      "terms": [{"start": 0.1, "end": 0.5, "text": "Good", "type": "WORD"}]}]}

A monologue without terms that say something is no speech.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import each, either, made, sure
from qa_checker.readers.exported.said import at, joined, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Gecko"
UNIT = "seconds"
GLANCE = 10


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for monologues of terms."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every file."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node has monologues with terms."""
    return any(isinstance(one.get("terms"), list) for one in _monologues(node)[:GLANCE])


def call_of(node: Any) -> Call:
    """Return the call of a file."""
    return made(map(_segment, _monologues(node)))


def _monologues(node: object) -> list[dict[str, Any]]:
    return objects(at(node, "monologues"))


def _segment(one: dict[str, Any]) -> Segment:
    terms = objects(one.get("terms"))
    speaker = plain(at(one, "speaker", "name")) or plain(at(one, "speaker", "id"))
    first, last = (terms[0], terms[-1]) if terms else ({}, {})
    start = either({"term": first.get("start"), **one}, "start", "term")
    end = either({"term": last.get("end"), **one}, "end", "term")
    text = joined(plain(term.get("text")) for term in terms)
    return Segment(UNKNOWN, text, speaker, when(start), when(end))
