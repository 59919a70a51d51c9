"""Tencent 实时语音识别: the messages of a stream, in a list or one a line; a call each stream.

    {"code": 0, "message": "success", "voice_id": "v1", "result": {"slice_type": 2, "index": 0,
     "start_time": 0, "end_time": 1900, "voice_text_str": "您好。", "word_list": []}}

`slice_type` 2 is a sentence that has ended; 0 and 1 are the same sentence heard so far and not
read. Times are milliseconds; nobody is told apart.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import flat, held
from qa_checker.readers.exported.exports import every, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import objects
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Tencent real-time recognition"
UNIT = "milliseconds"
ENDED = "2"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for messages with a slice of what is heard."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every stream. Raises Refusal if no sentence has ended."""
    return every(source, is_mine, calls_in)


def is_mine(node: object) -> bool:
    """Tell whether a node is a message of a stream, or a list with one."""
    return any(map(_slice, objects(node if isinstance(node, list) else [node])))


def calls_in(node: Any) -> list[Call]:
    """Return the calls of a list of messages. Raises Refusal if no sentence has ended."""
    streams: dict[str, dict[str, Segment]] = {}
    for message in objects(node if isinstance(node, list) else [node]):
        one = _slice(message)
        if held(one, "slicetype") == ENDED:
            said = streams.setdefault(held(message, "voice_id"), {})
            said[held(one, "index")] = _segment(one)
    if not streams:
        raise only_interim()
    return [made(said.values(), call_id=stream) for stream, said in streams.items()]


def _slice(message: dict[str, Any]) -> dict[str, Any]:
    found = flat(message["result"]) if "result" in message else {}
    return found if "slicetype" in found and "voicetextstr" in found else {}


def _segment(one: dict[str, Any]) -> Segment:
    start, end = (when(one.get(key), MILLISECOND) for key in ("starttime", "endtime"))
    return Segment(UNKNOWN, held(one, "voicetextstr"), held(one, "speakerid"), start, end)
