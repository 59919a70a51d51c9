"""What speech services answer instead of a transcript: a job that still runs, or an error.

    {"status": "in_progress"}      {"Data": {"TaskStatus": "ONGOING"}}      {"status": "Failed",
    "properties": {"error": {"message": "…"}}}      {"error": {"message": "…", "code": 3}}

A job that failed is never told to be waited for, and its reason stands in the refusal; of an
address only what stands before its query is shown, for that may hold a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.readers.strict_json import Refusal

QUERY = lazy_re.compile(r"\?\S+")
# fmt: off
RUNNING = frozenset([
    "nothing", "new", "created", "submitted", "accepted", "queued", "pending", "waiting",
    "scheduled", "paused", "uploading", "notstarted", "started", "starting", "running", "ongoing",
    "processing", "inprogress", "transcribing",
])
FAILED = frozenset([
    "failed", "failure", "error", "errored", "canceled", "cancelled", "rejected", "aborted",
])
# fmt: on
FINE = frozenset(["0", "200", "20000", "ok", "success"])
STATE = lazy_re.compile(r"(?:job|task|transcription|transcript|transcriptionjob)?(?:status|state)$")
REASONS = lazy_re.compile(
    r"(?:error|err|failure|fail)?(?:code|no|message|msg|reason|detail|desc|type)$|error$|failure$"
)
INSIDE = frozenset(["error", "properties", "data", "job", "output", "response", "result", "task"])
DEEPEST = 3


def not_finished(state: str) -> Refusal:
    """Return the refusal of a job that still runs."""
    reason = f"the transcription job has not finished: {brief(state)}"
    return Refusal(reason, "fetch the result again when the job is done")


def failed(state: str) -> Refusal:
    """Return the refusal of a job that gave an error."""
    reason = f"the transcription job failed: {brief(state)}"
    return Refusal(reason, "transcribe the recording again")


def only_interim() -> Refusal:
    """Return the refusal of a stream in which nothing is final."""
    return Refusal(
        "only interim results of a stream: nothing in it is final", "save the final results too"
    )


def still_runs(state: str) -> bool:
    """Tell whether a state is one that passes."""
    return _word(state) in RUNNING


def brief(state: str) -> str:
    """Return a state for a message: short, on one line, addresses without their queries."""
    return " ".join(QUERY.sub("", state).split())[:120] or "?"


def state_of(document: object) -> Refusal | None:
    """Return the refusal of an answer that holds a state or an error and nothing said."""
    nodes = list(_nodes(document, DEEPEST))
    if not nodes or any(_says_something(node) for node in nodes):
        return None
    states = [state for node in nodes for state in _states(node)]
    for state in states:
        if _word(state) in FAILED:
            return failed(" ".join(filter(None, (state, reason_in(document)))))
    if states:
        return not_finished(states[0])
    return failed(reason_in(document)) if _is_error(nodes[0]) else None


def tells_how_it_went(answer: Mapping[str, Any]) -> bool:
    """Tell whether an answer has a message beside its code: that is no speech."""
    fields = {_word(key) for key in answer}
    return bool(fields & {"msg", "message"}) and bool(fields & {"code", "errcode", "errorcode"})


def reason_in(document: object) -> str:
    """Return why a job failed, as far as its answer says it, "" if it does not."""
    found: dict[str, None] = {}
    for node in _nodes(document, DEEPEST):
        for key, value in node.items():
            if REASONS.match(_word(key)) and isinstance(value, str | int) and value not in ("", 0):
                found[str(value)] = None
    return " ".join(told for told in found if told.casefold() not in FINE)


def _nodes(value: object, depth: int) -> Iterator[dict[str, Any]]:
    """Yield an answer and the objects in it that may hold its state."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if not isinstance(value, dict):
        return
    yield value
    for key, inner in value.items() if depth else ():
        if _word(key) in INSIDE:
            yield from _nodes(inner, depth - 1)


def _says_something(node: dict[str, Any]) -> bool:
    """A list of objects may be what was said, in a shape nobody here knows."""
    lists = [value for key, value in node.items() if _word(key) not in INSIDE]
    return any(isinstance(one, list) and any(isinstance(i, dict) for i in one) for one in lists)


def _states(node: dict[str, Any]) -> Iterator[str]:
    for key, value in node.items():
        if value is False and _word(key) == "done":  # Google: an operation that still runs
            yield f"{key} {value}"
        if not STATE.match(_word(key)):
            continue
        if isinstance(value, str) and _word(value) in RUNNING | FAILED:
            yield value
        elif value == 0 and "taskid" in map(_word, node):  # Aliyun: 0 is a task that still runs
            yield f"{key} {value}"


def _is_error(node: dict[str, Any]) -> bool:
    fields = {_word(key): value for key, value in node.items()}
    if fields.get("error") or fields.get("errcode") or fields.get("errorcode"):
        return True
    code = str(fields.get("code", "")).lower()
    empty = not any(isinstance(value, list | dict) and value for value in node.values())
    told = fields.get("msg") or fields.get("message")
    return bool(code and told) and code not in FINE and empty


def _word(text: object) -> str:
    return re.sub(r"[_\s-]", "", str(text)).lower()
