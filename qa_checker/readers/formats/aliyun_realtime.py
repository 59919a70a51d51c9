"""Aliyun while somebody speaks: 实时语音识别 of NLS and Tingwu, and real-time DashScope.

    {"header": {"namespace": "SpeechTranscriber", "name": "SentenceEnd", "task_id": "…"},
     "payload": {"index": 1, "begin_time": 320, "time": 3260, "result": "您好。"}}
    {"header": {"task_id": "…", "event": "result-generated"}, "payload": {"output": {
     "sentence": {"begin_time": 170, "end_time": 920, "text": "您好。", "sentence_end": true}}}}

The messages of a stream are in a list or one a line; each task is a call. Sentences that have
ended are read, what was heard of them before is not. Times are milliseconds. Of DashScope's
kits for programs `output` is saved without its header.
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

TITLE = "Aliyun real-time recognition"
UNIT = "milliseconds"
NLS, DASHSCOPE = "SpeechTranscriber", frozenset(["task-started", "result-generated"])
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.99 for messages of a stream: an answer of DashScope may look like a file's."""
    return 0.99 if sure(source, is_mine) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every task. Raises Refusal if no sentence has ended."""
    return every(source, is_mine, calls_in)


def is_mine(node: object) -> bool:
    """Tell whether a node is a list with messages of a stream."""
    return isinstance(node, list) and any(map(_is_message, objects(node)))


def calls_in(node: Any) -> list[Call]:
    """Return the calls of a stream, one a task. Raises Refusal if no sentence has ended."""
    tasks: dict[str, dict[str, Segment]] = {}
    for number, message in enumerate(objects(node)):
        sentence = _sentence(message)
        if held(sentence, "result", "text"):
            task = tasks.setdefault(held(flat(message.get("header")), "taskid"), {})
            task[held(sentence, "index", "sentenceid") or f"-{number}"] = _segment(sentence)
    if not tasks:
        raise only_interim()
    return [made(said.values(), call_id=task) for task, said in tasks.items()]


def _is_message(message: Node) -> bool:
    if "header" not in message and "output" not in message:
        return False
    header = flat(message.get("header"))
    told = held(header, "namespace") == NLS or held(header, "event") in DASHSCOPE
    return told or "sentenceend" in _live(message)


def _live(message: Node) -> Node:
    """Return the sentence DashScope is hearing."""
    payload = flat(message.get("payload")) or flat(message)
    return flat(flat(payload.get("output")).get("sentence"))


def _sentence(message: Node) -> Node:
    """Return the sentence that a message ends, an empty one if it ends none."""
    if held(flat(message.get("header")), "name") == "SentenceEnd":
        return flat(message.get("payload"))
    live = _live(message)
    ended = live.get("sentenceend") is True and live.get("heartbeat") is not True
    return live if ended else {}


def _segment(one: Node) -> Segment:
    start = when(one.get("begintime"), MILLISECOND)
    end = when(one.get("endtime", one.get("time")), MILLISECOND)
    speaker = held(one, "speakerid", "spkid")
    return Segment(UNKNOWN, held(one, "result", "text"), speaker, start, end)
