"""Vosk, the recogniser of Kaldi: a result an utterance, its words in seconds; all are one call.

    {"result": [{"conf": 1.0, "start": 0.5, "end": 0.9, "word": "hello"}], "text": "hello"}
    {"partial": "i would"}

Results stand in a list, one a line, or one after the other as its programs print them. Partial
ones are not read. Of several guesses, `alternatives`, the first is. Nobody is told apart: `spk`
holds the numbers of a voice, and no speaker.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.exports import each, made, sure
from qa_checker.readers.exported.said import Word, objects, plain, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Vosk"
UNIT = "seconds"
OF_A_WORD = frozenset(["word", "start", "end"])
GLANCE = 20


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for results with words."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is a result of words with their text, or a list with one."""
    return any(_words(one) for one in _results(node)[:GLANCE])


def call_of(node: Any) -> Call:
    """Return the call of all results."""
    return made(segment for one in _results(node) for segment in sentences(_spoken(one)))


def _results(node: object) -> list[dict[str, Any]]:
    return objects(node if isinstance(node, list) else [node])


def _words(result: dict[str, Any]) -> list[dict[str, Any]]:
    best = next(iter(objects(result.get("alternatives"))), result)
    found = objects(best.get("result")) if isinstance(best.get("text"), str) else []
    return [one for one in found if one.keys() >= OF_A_WORD]


def _spoken(result: dict[str, Any]) -> Iterator[Word]:
    for one in _words(result):
        start, end = when(one["start"]), when(one["end"])
        yield Word(plain(one["word"]), start=start, end=end)
