"""A rubric read from its file, with every mistake in it noted where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from qa_checker.rules.fields import Wrong, fill, list_of, map_of
from qa_checker.rules.lexicon import is_kind
from qa_checker.rules.rubric import Band, Example, Item, Rubric, Section, SignalRule, as_band
from qa_checker.rules.scalars import as_id
from qa_checker.rules.shapes import Read
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Words

EventKinds = Mapping[str, type]


def read_rubric(source: Source, kinds: EventKinds) -> Rubric | None:
    """Read a rubric file without its lexicons, with problems noted; None if it is none.

    One with mistakes is there as far as it could be read, so that the rest of it is checked.
    `kinds` maps each event's name (without "event.") to the class of its settings.
    """
    node = source.tree()
    if node is None or not is_kind(node, source, "rubric/v1"):
        return None
    band_titles: dict[str, Words] = {}
    readers = {
        "bands": bands_with(band_titles),
        "sections": list_of(
            with_node(Section, "a section", {"items": list_of(with_node(Item, "an item"))})
        ),
        "examples": list_of(with_node(Example, "an example")),
        "signals": list_of(as_signal),
        "events": event_settings(kinds),
    }
    place = {"node": node, "path": source.path, "lines": tuple(source.lines)}
    return fill(Rubric, node, source, "rubric", readers, True, band_titles=band_titles, **place)


def bands_with(titles: dict[str, Words]) -> Read:
    """Return a reader for bands: name → lowest score; what people call them goes to `titles`."""

    def read(node: Node, source: Source) -> dict[str, Fraction]:
        named: dict[str, Band | None] = map_of(as_band)(node, source)
        bands = {name: band for name, band in named.items() if band is not None}
        titles.update({name: band.title for name, band in bands.items() if band.title})
        return {name: band.lowest for name, band in bands.items()}

    return read


def with_node(kind: type, what: str, readers: Mapping[str, Read] | None = None) -> Read:
    """Return a reader for a mapping into a class that remembers where it stood."""

    def read(node: Node, source: Source) -> Any:
        id = node.get("id")
        return fill(
            kind,
            node,
            source,
            f'{what[what.index(" ") + 1 :]} "{id.text}"' if id else what,
            readers or {},
            kind in (Item, Section),
            node=node,
        )

    return read


def as_signal(node: Node, source: Source) -> SignalRule | None:
    """Read a signal: a bare name, or an id with labels."""
    if node.kind == "text":
        return SignalRule(as_id(node, source), node=node)
    return fill(SignalRule, node, source, "a signal", node=node)


def event_settings(kinds: EventKinds) -> Read:
    """Return a reader for `events:`, a mapping from events to their settings."""

    def read(node: Node, source: Source) -> dict[str, Any]:
        settings: dict[str, Any] = {}
        for event, value in node.pairs:
            known = event.text.removeprefix("event.")
            if known not in kinds:
                help = did_you_mean(known, kinds)
                source.problem(event, "QA203", f'unknown event "{event.text}"', help)
                continue
            filled = fill(kinds[known], value, source, f'event "{known}"')
            if filled is not None:
                settings[known] = filled
        if node.kind != "mapping":
            raise Wrong(node, "QA103", "events: is a mapping from events to their settings")
        return settings

    return read
