"""List items of a quality-assurance product's page; milliseconds in their attributes.

    <li start="1200" end="3400" emotion="0" speed="4.5">坐席：您好，请问有什么可以帮您？</li>
    <li start="0" end="0" class="silences">静音 3 秒</li>

The speaker stands before a colon. Silences are no speech: they are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.lines import take_apart
from qa_checker.readers.said import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "HTML list"
UNIT = "milliseconds"
ITEM = re.compile(r"<li\b(?=[^>]{0,500}\bstart\s*=)(?=[^>]{0,500}\bend\s*=)", re.IGNORECASE)
GLANCE = 100_000


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for markup with list items that have a start and an end."""
    text = source.text[:GLANCE]
    return 0.95 if text.lstrip("\ufeff \t\r\n").startswith("<") and ITEM.search(text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call."""
    items = _Items()
    items.feed(source.text)
    items.close()
    spoken = [item for item in items.found if "silence" not in (item[0].get("class") or "")]
    silences = len(items.found) - len(spoken)
    notes = (f"{silences} silences marked in the file left out",) if silences else ()
    segments = [_segment(*item) for item in spoken]
    yield Call("", turns(segments), notes=notes)


class _Items(HTMLParser):
    """Gathers (attributes, text, line) of the items that have a start."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[tuple[dict[str, str | None], list[str], int]] = []
        self._open = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "li":
            given = dict(attrs)
            self._open = "start" in given
            if self._open:
                self.found.append((given, [], self.getpos()[0]))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("li", "ul", "ol"):
            self._open = False

    def handle_data(self, data: str) -> None:
        if self._open:
            self.found[-1][1].append(data)


def _segment(given: dict[str, str | None], texts: list[str], number: int) -> Segment:
    said = " ".join("".join(texts).split())
    line = take_apart(number, said)
    text = line.text if line.label else said
    start, end = (when(given.get(side), MILLISECOND) for side in ("start", "end"))
    return Segment(UNKNOWN, text, line.label, start, end, number)
