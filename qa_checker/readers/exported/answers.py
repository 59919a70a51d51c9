"""Results of speech services found in a file, whatever they are wrapped in.

Services wrap a result ("data", "Response", JSON in a string), people save it with the
wrapping, without it, in a list or one a line, and its keys are spelled BeginTime,
beginTime or begin_time. `calls` finds every result of a file by its Shape; `flat` spells
the keys of an object in one way. What is in a result: `sentences.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from qa_checker.call import Call
from qa_checker.readers.exported.records import not_ours
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.source import SetAside, Source
from qa_checker.readers.strict_json import Refusal, parse

WRAPPERS = frozenset(
    [
        "data",
        "result",
        "results",
        "response",
        "output",
        "body",
        "payload",
        "content",
        "resp",
        "rsp",
        "transcription",
        "asr",
        "asrresult",
        "transcript",
        "transcriptionresult",
        "tasksinfo",
        "flashresult",
        "resultinfo",
        "items",
        "records",
        "list",
        "calls",
        "tasks",
        "files",
        "rows",
        "json",
        "raw",
        "orderresult",
    ]
)
DEEPEST = 8
GLANCE = 20


@dataclass(frozen=True, slots=True)
class Shape:
    """How a format knows a result: how sure it is of an object, 0 for none of its own.

    A list whose first object is `one_of` a result's sentences is such a result saved
    alone, as are objects one a line; it is read as an object that has the list under `key`.
    """

    sure: Callable[[dict[str, Any]], float]
    key: str = ""
    one_of: Callable[[dict[str, Any]], bool] | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """A result, and the objects it lies in, the nearest first."""

    result: dict[str, Any]
    around: tuple[dict[str, Any], ...] = ()

    def plain(self, *names: str) -> str:
        """Return the first plain value of some names (as `flat` spells them), nearest first."""
        for one in (self.result, *self.around):
            if found := held(flat(one), *names):
                return found
        return ""


def flat(value: object) -> dict[str, Any]:
    """Return an object with keys in one spelling: BeginTime and begin_time are begintime.

    The object may be JSON in a string; anything else is an empty one.
    """
    found: dict[str, Any] = {}
    one = decoded(value)
    for key, inner in one.items() if isinstance(one, dict) else ():
        name = spelled(key)
        if found.get(name) is None:
            found[name] = inner
    return found


def listed(value: object) -> list[dict[str, Any]]:
    """Return the objects of a list that may be JSON in a string."""
    return objects(decoded(value))


def held(one: Mapping[str, Any], *names: str) -> str:
    """Return the first plain value of some keys that is not empty."""
    return next((found for name in names if (found := plain(one.get(name)).strip())), "")


def decoded(value: object) -> Any:
    """Return what JSON in a string holds, up to three deep; any other value as it is."""
    for _ in range(3):
        if not isinstance(value, str) or value.lstrip()[:1] not in ("{", "[", '"'):
            break
        try:
            value = parse(value)
        except Refusal:
            break
    return value


def surest(source: Source, shape: Shape) -> float:
    """Return how sure a format is of the first result in a file, 0 if there is none."""
    if not source.is_json:
        return 0.0
    first = next(_documents(source, shape), None)
    found = _within(first, shape, (), DEEPEST, GLANCE)
    return next((shape.sure(one.result) for one in found if isinstance(one, Answer)), 0.0)


def calls(
    source: Source, shape: Shape, build: Callable[[Answer], Call]
) -> Iterator[Call | SetAside]:
    """Yield the call of every result in a file; a bad one of several is set aside alone.

    A single call has the file's name, several have the id that `build` gives them.
    """
    each = (_within(one, shape, (), DEEPEST, None) for one in _documents(source, shape))
    found = list(chain.from_iterable(each))
    for number, answer in enumerate(found, 1):
        try:
            if isinstance(answer, Refusal):
                raise answer
            call = build(answer)
        except Refusal as refusal:
            if len(found) == 1:
                raise
            reason = f"record {number}: {refusal.reason}"
            yield SetAside(source.name, reason, refusal.help, refusal.line)
        else:
            several = call.call_id or f"{source.stem}-{number}"
            yield replace(call, call_id=several if len(found) > 1 else "")


def _documents(source: Source, shape: Shape) -> Iterator[object]:
    """Yield the one document of a file, or one a line; a Refusal for what is broken.

    Lines that are each one of a result's sentences are one document, a list of them.
    """
    whole, lines = source.document, source.lines if isinstance(source.document, Refusal) else []
    rows = [(number, row) for number, row in enumerate(lines, 1) if row.strip()]
    first = decoded(rows[0][1]) if len(rows) > 1 else None
    if not isinstance(first, dict):
        yield whole
    elif shape.one_of is not None and shape.one_of(first):
        each = list(_parsed(rows))
        yield [one for one in each if not isinstance(one, Refusal)]
        yield from (one for one in each if isinstance(one, Refusal))
    else:
        yield from _parsed(rows)


def _parsed(rows: Iterable[tuple[int, str]]) -> Iterator[object]:
    for number, row in rows:
        try:
            yield parse(row)
        except Refusal as refusal:
            yield Refusal(refusal.reason, refusal.help, number)


def _within(
    value: object, shape: Shape, around: tuple[dict[str, Any], ...], depth: int, most: int | None
) -> Iterator[Answer | Refusal]:
    """Yield the results in a value; of a list also what is none, its first `most` objects."""
    value = decoded(value)
    if isinstance(value, Refusal):
        yield value
    elif isinstance(value, dict) and shape.sure(value) > 0:
        yield Answer(value, around)
    elif isinstance(value, dict) and depth:
        for key, inner in value.items():
            if spelled(key) in WRAPPERS:
                yield from _within(inner, shape, (value, *around), depth - 1, most)
    elif isinstance(value, list) and depth:
        first = next(iter(objects(value[:most])), None)
        if shape.one_of is not None and first is not None and shape.one_of(first):
            yield Answer({shape.key: value}, around)
            return
        for one in value[:most]:
            found = list(_within(one, shape, around, depth - 1, most))
            yield from found or [not_ours(one)]


def spelled(key: str) -> str:
    """Return a key as `WRAPPERS` and `flat` spell it."""
    return key.replace("_", "").lower()
