"""vCon, versions 0.0.1 to 0.4: parties, dialogs, and what was made of them.

    {"vcon": "0.0.1", "uuid": "…", "parties": [{"name": "Dana", "role": "agent"}, {"tel": "…"}],
     "dialog": [{"type": "text", "start": "2025-03-06T15:30:02-05:00", "originator": 0,
                 "body": "…"}],
     "analysis": [{"type": "transcript", "dialog": 0, "body": …}]}

Dialogs of text are read as they are, recordings by one transcript of `analysis[]` each: a
list of {speaker, message}, a recogniser's JSON in any format known here, or a block of
text. Roles stand at a party's `role` or `meta.role`. Signed and encrypted vCons are refused,
and so are those without a word in them. Addresses of recordings are never shown. What
`convert` wrote comes back as it was (`own_vcon.py`).
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from qa_checker.call import AGENT, UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.own_vcon import restored
from qa_checker.readers.exported.said import at, kept, objects, plain
from qa_checker.readers.moments import when
from qa_checker.readers.nested.bodies import Said, block, decoded, is_of_people, transcript_of
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import moment

TITLE = "vCon"
UNIT = "dates"
NOBODY = "the transcript does not say who speaks"


def sniff(source: Source, options: Options) -> float:
    """Return 1 for a vCon or a list of them, 0.9 for one that is signed or encrypted."""
    document = source.document
    several = isinstance(document, list) and bool(document) and all(map(_is_vcon, document))
    if several or _is_vcon(document):
        return 1.0
    return 0.9 if _locked(document) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each vCon. Raises Refusal if the only one cannot be used."""
    document: Any = source.document
    if not isinstance(document, list):
        yield _call(document, options)
        return
    for number, one in enumerate(document, 1):
        try:
            yield _call(one, options)
        except Refusal as refusal:
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)


def _is_vcon(document: object) -> bool:
    if not isinstance(document, dict):
        return False
    named = isinstance(document.get("vcon"), str) and ("parties" in document or "uuid" in document)
    return named or {"uuid", "parties", "dialog"} <= document.keys()


def _locked(document: object) -> str:
    keys = set(document) if isinstance(document, dict) else set()
    if "ciphertext" in keys:
        return "encrypted"
    return "signed" if "payload" in keys and keys & {"signature", "signatures"} else ""


def _call(document: dict[str, Any], options: Options) -> Call:
    if state := _locked(document):
        raise Refusal(f"a vCon that is {state}", "export it without signature and encryption")
    dialogs = _listed(document.get("dialog"))
    people = [_person(n, one, options) for n, one in enumerate(_listed(document.get("parties")))]
    zero = min((start for one in dialogs if (start := _start(one)) is not None), default=None)
    segments: list[Segment] = []
    notes: list[str] = []
    read: set[int] = set()
    for number, dialog in enumerate(dialogs):
        if said := _text(dialog, people, zero, options):
            segments += said
            read.add(number)
    language = ""
    for number, found in _transcripts(document, options, read):
        segments += _placed(found, people, _after(dialogs, number, zero))
        language, notes = language or found.language, [*notes, *found.notes]
    if not segments:
        raise Refusal("a vCon without a transcript", "turn the recording into a transcript first")
    if not any(one.speaker for one in segments):
        notes.append(NOBODY)
    call = Call("", turns(segments), notes=tuple(notes))
    return restored(_described(document, dialogs, people, call, language), document)


def _listed(value: object) -> list[dict[str, Any]]:
    """Return the list with its places: others point into it by number."""
    given = value if isinstance(value, list) else []
    return [one if isinstance(one, dict) else {} for one in given]


def _person(number: int, party: Mapping[str, Any], options: Options) -> tuple[str, str]:
    """Return the (label, role) of a party."""
    word = plain(party.get("role")) or plain(at(party.get("meta"), "role"))
    name = plain(party.get("name")) or plain(party.get("mailto")) or plain(party.get("tel"))
    return name or word or f"party {number}", stated(word, options.roles) if word else UNKNOWN


def _start(dialog: Mapping[str, Any]) -> float | None:
    return moment(plain(dialog.get("start")))


def _text(
    dialog: Mapping[str, Any],
    people: Sequence[tuple[str, str]],
    zero: float | None,
    options: Options,
) -> list[Segment]:
    """Return what is written in a dialog of text; nothing for a recording."""
    kind = plain(dialog.get("mimetype")) or plain(dialog.get("mediatype"))
    body = dialog.get("body")
    if not isinstance(body, str) or not (dialog.get("type") == "text" or kind.startswith("text/")):
        return []
    text = decoded(body) if dialog.get("encoding") == "base64url" else body
    if not text.strip():
        return []
    speaker, role = _originator(dialog, people)
    start = _start(dialog)
    begin = None if start is None or zero is None else round(start - zero, 6)
    if not speaker:
        return [replace(one, start=begin) for one in block(text, options).segments]
    return [Segment(role, " ".join(text.split()), speaker, begin)]


def _originator(dialog: Mapping[str, Any], people: Sequence[tuple[str, str]]) -> tuple[str, str]:
    """Return who wrote a dialog; ("", unknown) if it does not say."""
    parties = dialog.get("parties")
    alone = parties[0] if isinstance(parties, list) and len(parties) == 1 else parties
    given = dialog.get("originator")
    for number in (given, alone):
        if isinstance(number, int) and not isinstance(number, bool):
            known = 0 <= number < len(people)
            return people[number] if known else (f"party {number}", UNKNOWN)
    return "", UNKNOWN


def _transcripts(
    document: Mapping[str, Any], options: Options, read: set[int]
) -> Iterator[tuple[int, Said]]:
    """Yield one transcript a recording: the same call may be transcribed more than once."""
    found: dict[int, list[Said]] = {}
    for one in [*objects(document.get("analysis")), *objects(document.get("attachments"))]:
        kind = (plain(one.get("type")) or plain(one.get("purpose"))).casefold()
        given = one.get("dialog")
        number = given[0] if isinstance(given, list) and given else given
        number = number if isinstance(number, int) else 0
        told = "transcri" in kind or "diari" in kind or is_of_people(one.get("body"))
        if number not in read and told:
            said = transcript_of(one.get("body"), plain(one.get("encoding")), options, "vcon")
            found.setdefault(number, []).append(said)
    for number in sorted(found):
        yield number, max(found[number], key=_worth)


def _worth(said: Said) -> tuple[bool, bool, bool]:
    """Speakers tell more than times, times more than bare words; the first of equals wins."""
    people = {one.speaker for one in said.segments}
    timed = any(one.start is not None for one in said.segments)
    return len(people - {""}) > 1, timed, bool(said.segments)


def _after(dialogs: Sequence[Mapping[str, Any]], number: int, zero: float | None) -> float:
    start = _start(dialogs[number]) if 0 <= number < len(dialogs) else None
    return 0.0 if start is None or zero is None else start - zero


def _placed(said: Said, people: Sequence[tuple[str, str]], after: float) -> Iterator[Segment]:
    """Yield the segments at their time in the whole; a party's name brings its role."""
    roles = dict(people)
    for one in said.segments:
        role = roles.get(one.speaker, UNKNOWN) if one.role == UNKNOWN else one.role
        start, end = (None if t is None else round(t + after, 6) for t in (one.start, one.end))
        yield replace(one, role=role, start=start, end=end, line=None)


def _described(
    document: Mapping[str, Any],
    dialogs: Sequence[Mapping[str, Any]],
    people: Sequence[tuple[str, str]],
    call: Call,
    language: str,
) -> Call:
    """Return the call with what the vCon says about it."""
    about = [at(one, "meta") for one in dialogs] + [document.get("meta")]
    starts = [plain(one.get("start")) for one in dialogs if _start(one) is not None]
    length = when(dialogs[0].get("duration")) if len(dialogs) == 1 else None
    metadata = kept(
        direction=next(filter(None, (at(one, "direction") for one in about)), None),
        disposition=next(filter(None, (at(one, "disposition") for one in about)), None),
        subject=document.get("subject"),
        duration=None if length is None or math.isnan(length) else length,
    )
    return replace(
        call,
        call_id=plain(document.get("uuid")),
        agent=next((name for name, role in people if role == AGENT), ""),
        started_at=min(starts, key=lambda start: moment(start) or 0.0, default=""),
        language=language,
        metadata=metadata,
    )
