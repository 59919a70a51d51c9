"""What `convert --to vcon` puts into a vCon beside the transcript, taken back from it.

    "attachments": [{"purpose": "call", "encoding": "json",
                     "body": {"call_id": "A-17", "agent": "1024", "metadata": {…}, "notes": […]}}]

The label and the channel of a speaker stand at the party, where its name is not the label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from qa_checker.call import Call, turns
from qa_checker.readers.exported.said import at, objects, plain

VENDOR = "qa_checker"
FIELDS = ("call_id", "agent", "queue", "started_at", "language")


def restored(call: Call, document: Mapping[str, Any]) -> Call:
    """Return the call as it was before it became this vCon; as it is, if it is not ours."""
    about = _about(document)
    if about is None:
        return call
    people = {
        plain(one.get("name")): (plain(at(one, "meta", "label")), plain(at(one, "meta", "channel")))
        for one in objects(document.get("parties"))
        if isinstance(at(one, "meta", "label"), str)
    }
    said = []
    for one in call.segments:
        label, channel = people.get(one.speaker, (one.speaker, one.channel))
        said.append(replace(one, speaker=label, channel=channel))
    fields: dict[str, Any] = {name: plain(about.get(name)) for name in FIELDS}
    fields["started_at"] = fields["started_at"] or call.started_at
    fields["language"] = fields["language"] or call.language
    notes = [one for one in _listed(about.get("notes")) if isinstance(one, str)]
    told = (*notes, *call.notes)
    return replace(call, **fields, turns=turns(said), metadata=_facts(about), notes=told)


def _about(document: Mapping[str, Any]) -> Mapping[str, Any] | None:
    """Return the body of our attachment, None in a vCon of others."""
    if not any(one.get("vendor") == VENDOR for one in objects(document.get("analysis"))):
        return None
    bodies = [
        one.get("body")
        for one in objects(document.get("attachments"))
        if one.get("purpose") == "call"
    ]
    return next((body for body in bodies if isinstance(body, dict)), None)


def _facts(about: Mapping[str, Any]) -> dict[str, str]:
    given = about.get("metadata")
    pairs = given.items() if isinstance(given, dict) else ()
    return {key: value for key, value in pairs if isinstance(value, str)}


def _listed(value: object) -> list[Any]:
    return value if isinstance(value, list) else []
