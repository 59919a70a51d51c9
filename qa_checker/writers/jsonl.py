"""JSON lines in our own form, a call a line; nothing is lost.

Reading the file gives the same calls: turns with roles, labels, channels and times, fields,
metadata and remarks. docs/call.schema.json describes a line.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qa_checker.atomic import replacing
from qa_checker.call import Call, Segment

SUFFIX, MANY = ".jsonl", True
LOSES = ()
FIELDS = ("call_id", "agent", "queue", "started_at", "language")


def write(calls: Iterable[Call], path: Path) -> None:
    """Write a line for each call."""
    with replacing(path) as file:
        for call in calls:
            line = json.dumps(record(call), ensure_ascii=False, allow_nan=False)
            file.write(line.encode() + b"\n")


def record(call: Call) -> dict[str, Any]:
    """Return a call as plain data; empty fields are left out, but not a speaker's."""
    fields = {name: getattr(call, name) for name in FIELDS}
    more = {"metadata": dict(call.metadata), "notes": list(call.notes)}
    kept = {name: value for name, value in {**fields, **more}.items() if value}
    return {**kept, "turns": [_turn(one) for one in call.segments]}


def _turn(segment: Segment) -> dict[str, Any]:
    said = {"role": segment.role, "speaker": segment.speaker, "text": segment.text}
    more = {"start": segment.start, "end": segment.end, "channel": segment.channel or None}
    return said | {name: value for name, value in more.items() if value is not None}
