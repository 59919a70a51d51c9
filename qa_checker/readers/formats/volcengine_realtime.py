"""Volcengine / Doubao while somebody speaks: the answers of a stream, in a list or one a line.

    {"audio_info": {"duration": 3696}, "result": {"text": "…", "utterances": [
      {"definite": true, "start_time": 0, "end_time": 1900, "text": "您好。", "words": []}]}}

An answer holds all that was heard, or only what is new. An utterance is told again until it is
`definite`: only such are read, each once. Times are milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.answers import flat, held, listed
from qa_checker.readers.exported.exports import each, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import objects
from qa_checker.readers.formats.volcengine import segment
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Volcengine / Doubao real-time recognition"
UNIT = "milliseconds"
SURE = 0.97  # answers for several recordings, each a call, look much alike
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for a list of answers of which one goes on from the other."""
    return SURE if sure(source, is_mine) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of a stream. Raises Refusal if nothing in it is final."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node is a list of answers of one stream."""
    found = _answers(node)
    if len(found) < 2:
        return False
    interim = any(one.get("definite") is False for said in found for one in said)
    grows = len(found[-1]) > len(found[0]) or _first(found[-1]) != _first(found[0])
    return interim or (grows and all(_goes_on(one, other) for one, other in pairwise(found)))


def call_of(node: Any) -> Call:
    """Return the call of a stream. Raises Refusal if nothing in it is final."""
    said = [one for answer in _answers(node) for one in answer]
    final = {held(one, "starttime"): one for one in said if one.get("definite") is not False}
    if not final:
        raise only_interim()
    last = flat(objects(node)[-1])
    return made(
        map(segment, final.values()),
        metadata={key: value for key, value in (("task_id", held(last, "reqid")),) if value},
    )


def _answers(node: object) -> list[list[Node]]:
    """Return the utterances of every answer that has any."""
    answers = objects(node) if isinstance(node, list) else []
    results = (flat(one["result"]) for one in answers if "result" in one)
    every = ([flat(said) for said in listed(one.get("utterances"))] for one in results)
    return [said for said in every if any("starttime" in one for one in said)]


def _first(said: list[Node]) -> tuple[str, str]:
    return held(said[0], "starttime"), held(said[0], "text")


def _goes_on(one: list[Node], other: list[Node]) -> bool:
    """Tell whether an answer repeats the one before it, or begins where that ended."""
    ended = when(one[-1].get("endtime"), MILLISECOND)
    begins = when(other[0].get("starttime"), MILLISECOND)
    later = ended is not None and begins is not None and begins >= ended
    return later or _first(one) == _first(other)
