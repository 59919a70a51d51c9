"""Harper Valley (Gridspace and Stanford): a list of utterances, role-played bank calls.

    [{"index": 1, "speaker_role": "agent", "channel_index": 2, "start_ms": 2019,
      "duration_ms": 4680, "human_transcript": "…", "transcript": "…"}]

What a person wrote down is read before what the recogniser heard. The call's metadata is a
file of its own, with `tasks` and `labels` and no words: it is refused as what it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import at, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "Harper Valley (Gridspace)"
UNIT = "milliseconds"
KEYS = {"speaker_role", "start_ms", "human_transcript"}
BESIDE = {"sid", "agent", "caller", "tasks"}


def sniff(source: Source, options: Options) -> float:
    """Return 1 for utterances with its keys, and for the metadata that lies beside them."""
    if not source.is_json:
        return 0.0
    if _is_metadata(source.document):
        return 1.0
    first = at(source.document, 0)
    return 1.0 if isinstance(first, dict) and first.keys() >= KEYS else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal for the file of its metadata."""
    if _is_metadata(source.document):
        raise Refusal("the metadata of a call, not its transcript", "leave it out")
    yield Call("", turns(_segment(one, options) for one in objects(source.document)))


def _is_metadata(document: object) -> bool:
    return isinstance(document, dict) and document.keys() >= BESIDE


def _segment(item: dict[str, Any], options: Options) -> Segment:
    label = plain(item.get("speaker_role"))
    text = plain(item.get("human_transcript")) or plain(item.get("transcript"))
    start = when(item.get("start_ms"), MILLISECOND)
    duration = when(item.get("duration_ms"), MILLISECOND)
    end = None if start is None or duration is None else round(start + duration, 3)
    role = stated(label, options.roles) if label else UNKNOWN
    return Segment(role, text, label, start, end, channel=plain(item.get("channel_index")))
