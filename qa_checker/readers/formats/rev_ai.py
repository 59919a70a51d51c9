"""Rev AI: `monologues[].elements[]`, seconds on the words, spaces among the marks.

    {"monologues": [{"speaker": 0, "elements": [
        {"type": "text", "value": "Hi", "ts": 0.75, "end_ts": 1.09},
        {"type": "punct", "value": ", "}, …]}]}

Names stand in `speakers[]` or in a monologue's `speaker_info`. A job without its
transcript is refused with its state. Of streamed messages, in a list or one a line, those of
type "final" are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.exports import each, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import (
    SENTENCE_ENDS,
    at,
    joined,
    kept,
    objects,
    plain,
    unfinished,
)
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import value as time_value

TITLE = "Rev AI"
UNIT = "seconds"
JOB = ("created_on", "status")
START, END = ("ts", "timestamp"), ("end_ts", "end_timestamp")


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for monologues of elements, or a job without them."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal if the only one has no words yet."""
    return each(source, is_mine, _call)


def is_mine(document: object) -> bool:
    """Tell whether a node holds monologues or is a job."""
    if any(isinstance(one.get("elements"), list) for one in _monologues(document)):
        return True
    if isinstance(document, list):
        return any(map(_is_streamed, objects(document)))
    keys = set(document) if isinstance(document, dict) else set()
    return keys.issuperset(JOB) and ("transcriber" in keys or "monologues" in keys)


def _is_streamed(message: dict[str, Any]) -> bool:
    return message.get("type") in ("partial", "final") and "elements" in message


def _streamed(messages: object) -> dict[str, Any]:
    """Return what a stream has said as a document; a message names its speaker by a number."""
    final = [one for one in objects(messages) if _is_streamed(one) and one["type"] == "final"]
    if not final:
        raise only_interim()
    return {"monologues": [{"speaker": one.get("speaker_id"), **one} for one in final]}


def _call(given: Any) -> Call:
    document = _streamed(given) if isinstance(given, list) else given
    monologues = _monologues(document)
    if not monologues:
        raise unfinished(TITLE, at(document, "status"), document)
    names = {
        plain(one.get("id")): plain(one.get("name")) for one in objects(at(document, "speakers"))
    }
    segments = [one for said in monologues for one in _monologue(said, names)]
    metadata = kept(duration=at(document, "duration_seconds"), job_id=at(document, "id"))
    return Call("", turns(segments), language=plain(at(document, "language")), metadata=metadata)


def _monologues(document: object) -> list[dict[str, Any]]:
    """Some converters write the one monologue of a short recording without its list."""
    single = at(document, "monologue")
    return objects(at(document, "monologues")) or objects([single])


def _monologue(said: Mapping[str, Any], names: Mapping[str, str]) -> Iterator[Segment]:
    number = plain(said.get("speaker"))
    name = at(said, "speaker_info", "display_name") or at(said, "speaker_info", "name")
    speaker = plain(name) or names.get(number, "") or number
    elements = objects(said.get("elements"))
    spaced = any(" " in plain(one.get("value")) for one in elements)
    for sentence in _sentences(elements, spaced):
        values = [plain(one.get("value")) for one in sentence]
        text = " ".join("".join(values).split()) if spaced else joined(values)
        starts = [time for one in sentence if (time := _time(one, START)) is not None]
        ends = [time for one in sentence if (time := _time(one, END)) is not None]
        start, end = starts[0] if starts else None, ends[-1] if ends else None
        yield Segment(UNKNOWN, text, speaker, start, end)


def _sentences(elements: Sequence[dict[str, Any]], spaced: bool) -> Iterator[list[dict[str, Any]]]:
    """Cut behind each full stop; where marks carry spaces, the one in "Rev.ai" has none."""
    run: list[dict[str, Any]] = []
    for one in elements:
        tail = "".join(plain(before.get("value")) for before in run[-2:])
        ended = tail.strip()[-1:] in SENTENCE_ENDS and (not spaced or tail[-1].isspace())
        if ended and one.get("type") != "punct":
            yield run
            run = []
        run.append(one)
    if run:
        yield run


def _time(element: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    if element.get("type") == "punct":
        return None
    return next((time_value(element[key]) for key in keys if element.get(key) is not None), None)
