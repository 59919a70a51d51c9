"""vCon (IETF draft-ietf-vcon-vcon-core), a file a call: parties with roles, and the transcript.

    {"vcon": "0.3.0", "uuid": "…", "parties": [{"name": "客服", "role": "agent"}],
     "dialog": [{"type": "recording", "start": "…", "parties": [0, 1]}],
     "analysis": [{"type": "transcript", "vendor": "qa_checker", "encoding": "json", "body": …}]}

The body is the World Transcription Format where every segment has a start and an end, else
a list of {speaker, message} with the times there are. The uuid is made from the call id,
which stands with the other facts in an attachment; a label and a channel that a party's name
does not tell stand in its `meta`. A start that is not known is left out: no file holds the
time of the run.
"""

from __future__ import annotations

import json
import uuid
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from qa_checker import __version__
from qa_checker.atomic import replacing
from qa_checker.call import Call, Segment, Who, who

SUFFIX, MANY = ".vcon.json", False
LOSES = ()
FIELDS = ("call_id", "agent", "queue", "started_at", "language")
NAMESPACE = uuid.UUID("6f1d3f3e-4f0a-5d0c-9d57-0c7f6f3a2b11")


def write(calls: Iterable[Call], path: Path) -> None:
    """Write one call."""
    with replacing(path) as file:
        for call in calls:
            file.write(json.dumps(document(call), ensure_ascii=False, indent=1).encode() + b"\n")


def document(call: Call) -> dict[str, Any]:
    """Return a call as a vCon."""
    people = names(call)
    parties = [_party(one, name) for one, name in people.items()]
    start = {"start": call.started_at} if call.started_at else {}
    about = {key: value for key in FIELDS if (value := getattr(call, key))}
    extra = {**about, "metadata": dict(call.metadata), "notes": list(call.notes)}
    recording = {"type": "recording", **start, "parties": list(range(len(parties)))}
    return {
        "vcon": "0.3.0",
        "uuid": str(uuid.uuid5(NAMESPACE, call.call_id)),
        **({"created_at": call.started_at} if call.started_at else {}),
        "parties": parties,
        "dialog": [recording],
        "analysis": [_analysis(call, people)],
        "attachments": [{"purpose": "call", "encoding": "json", "body": extra}],
    }


def names(call: Call) -> dict[Who, str]:
    """Return a name for every speaker, no two of them equal."""
    found: dict[Who, str] = {}
    used: Counter[str] = Counter()
    for role, label, channel in dict.fromkeys(map(who, call.segments)):
        name = label or (f"{role} {channel}" if channel else role)
        used[name] += 1
        found[role, label, channel] = f"{name} #{used[name]}" if used[name] > 1 else name
    return found


def _party(one: Who, name: str) -> dict[str, Any]:
    role, label, channel = one
    told = {"label": label} | ({"channel": channel} if channel else {})
    return {"name": name, "role": role} | ({} if told == {"label": name} else {"meta": told})


def _analysis(call: Call, people: dict[Who, str]) -> dict[str, Any]:
    timed = all(one.start is not None and one.end is not None for one in call.segments)
    body: object = _transcription(call, people)
    if not timed:
        body = [_message(one, people) for one in call.segments]
    kind = "wtf_transcription" if timed else "transcript"
    return {"type": kind, "dialog": 0, "vendor": "qa_checker", "encoding": "json", "body": body}


def _message(one: Segment, people: dict[Who, str]) -> dict[str, Any]:
    times = {"start": one.start, "end": one.end}
    known = {key: time for key, time in times.items() if time is not None}
    return {"speaker": people[who(one)], "message": one.text, **known}


def _transcription(call: Call, people: dict[Who, str]) -> dict[str, Any]:
    """Return the World Transcription Format."""
    segments = [
        {"id": number, "start": one.start, "end": one.end, "text": one.text,
         "speaker": people[who(one)]}
        for number, one in enumerate(call.segments)
    ]  # fmt: skip
    text = " ".join(turn.text for turn in call.turns)
    last = max((one.end for one in call.segments if one.end is not None), default=0.0)
    return {
        "transcript": {"text": text, "language": call.language, "duration": last},
        "segments": segments,
        "speakers": {name: {"label": name} for name in people.values()},
        "metadata": {"provider": "qa_checker", "model": __version__},
    }
