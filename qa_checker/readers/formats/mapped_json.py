"""JSON and JSON lines of any vendor, read by a mapping file (`--mapping`, docs/mapping.md).

    calls: data.conversations        where the calls are
    turns: messages                  where the turns of a call are
    text: content.body               what is said in a turn …

Without `turns` each record is a turn, and turns of one `call_id` are brought together.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.json_records import records
from qa_checker.readers.exported.said import plain
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.headers import call_fields
from qa_checker.readers.layout import EVERY, Layout, every, one_at, shown
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, seen
from qa_checker.readers.tabular.astray import nobody_called, paths_astray
from qa_checker.readers.tabular.rows import calls as calls_of_rows
from qa_checker.readers.tabular.tables import Again, Row, headed

TITLE = "JSON by a mapping file"
UNIT = "column"
STREAMS = True
HELP = "check the paths of the mapping"
PARTS = ("role", "speaker", "channel", "turn", "text", "start", "end")


def sniff(source: Source, options: Options) -> float:
    """Return 2 for JSON if there is a mapping: the user knows better than any format."""
    if options.mapping is None or source.text.lstrip()[:1] not in ("{", "["):
        return 0.0
    return 2.0 if source.is_json else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls; a record in which the paths lead nowhere is set aside."""
    layout = options.mapping
    assert layout is not None
    if layout.turns is None:
        yield from _from_rows(source, layout, options)
        return
    for number, found in _calls(source, layout):
        try:
            if isinstance(found, Refusal):
                raise found
            yield _call(found, layout, options)
        except Refusal as refusal:
            yield SetAside(source.name, f"record {number}: {refusal.reason}", refusal.help)


def _calls(source: Source, layout: Layout) -> Iterator[tuple[int, Any]]:
    """Yield each call (or row), or the Refusal of a record, with the number of its record."""
    path = layout.calls or ()
    whole = path[:1] == (EVERY,)
    for number, record in records(source):
        if isinstance(record, Refusal):
            yield number, record
            continue
        found = every(record, path[1:] if whole else path)
        if not found:
            at = shown(path)
            yield number, Refusal(f"the mapping finds no calls at {at}: {seen(record)}", HELP)
        yield from ((number, one) for one in found)


def _call(record: object, layout: Layout, options: Options) -> Call:
    assert layout.turns is not None
    found = every(record, layout.turns)
    if not found:
        at = shown(layout.turns)
        raise Refusal(f"the mapping finds no turns at {at}: {seen(record)}", HELP)
    if not any(plain(one_at(one, layout.text)).strip() for one in found):
        at = shown(layout.text)
        raise Refusal(f"the mapping finds no text at {at}: {seen(found[0])}", HELP)
    segments, notes = from_zero([_segment(one, layout, options) for one in found])
    fields = {name: plain(one_at(record, path)) for name, path in layout.about.items()}
    more = {name: plain(one_at(record, path)) for name, path in layout.metadata.items()}
    notes += [*paths_astray(layout, record, found), *_nobody(found, layout, options)]
    call = Call("", turns(segments), metadata=more, notes=tuple(notes))
    return call_fields(call, fields)


def _nobody(found: Sequence[object], layout: Layout, options: Options) -> list[str]:
    paths = (layout.role, layout.speaker, layout.channel)
    called = {plain(one_at(turn, path)).strip() for turn in found for path in paths}
    return nobody_called(layout, called, options.roles)


def _segment(turn: object, layout: Layout, options: Options) -> Segment:
    word, label, channel = (
        plain(one_at(turn, path)).strip() for path in (layout.role, layout.speaker, layout.channel)
    )
    role = stated(word, options.roles) if word else UNKNOWN
    start, end = (layout.seconds(one_at(turn, path)) for path in (layout.start, layout.end))
    text = plain(one_at(turn, layout.text))
    return Segment(role, text, label or word or channel, start, end, channel=channel)


def _from_rows(source: Source, layout: Layout, options: Options) -> Iterator[Call | SetAside]:
    """Bring the turns of each call together as the rows of a table are."""
    for number, one in _calls(source, layout):
        if isinstance(one, Refusal):
            yield SetAside(source.name, f"record {number}: {one.reason}", one.help)
    paths = {name: getattr(layout, name) for name in PARTS if getattr(layout, name)}
    paths |= dict(layout.about)
    names = [*paths, *layout.metadata]

    def rows() -> Iterator[Row]:
        for number, (_, one) in enumerate(_calls(source, layout), 1):
            cells = [one_at(one, path) for path in (*paths.values(), *layout.metadata.values())]
            if not isinstance(one, Refusal):
                yield Row(number, [None if isinstance(c, dict | list) else c for c in cells])

    given = Again(rows) if source.reopen is not None else list(rows())
    own = replace(options, columns={name: name for name in paths})
    yield from calls_of_rows(
        headed(Row(0, names), given, own), own, source.name, default=source.stem
    )
