"""List items of a quality-assurance product's page; milliseconds in their attributes.

    <li start="1200" end="3400" emotion="0" speed="4.5">坐席：您好，请问有什么可以帮您？</li>
    <li start="0" end="0" class="silences">静音 3 秒</li>

The speaker stands before a colon. Silences are no speech: they are left out and counted.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.files.magic import AS_TEXT
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.written.lines import take_apart

if TYPE_CHECKING:
    from lxml import html

TITLE = "HTML list"
UNIT = "milliseconds"
ITEM = lazy_re.compile(r"<li\b(?=[^>]{0,500}\bstart\s*=)(?=[^>]{0,500}\bend\s*=)", re.IGNORECASE)
GLANCE = 100_000


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for markup with list items that have a start and an end."""
    text = source.text[:GLANCE]
    return 0.95 if text.lstrip("\ufeff \t\r\n").startswith("<") and ITEM.search(text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal for markup that cannot be read."""
    items = [item for item in _page(source.text).iter("li") if item.get("start") is not None]
    spoken = [item for item in items if "silence" not in item.get("class", "")]
    silences = len(items) - len(spoken)
    notes = (f"{silences} silences marked in the file left out",) if silences else ()
    yield Call("", turns(_segment(item) for item in spoken), notes=notes)


def _page(text: str) -> html.HtmlElement:
    from lxml import etree, html  # dear, and most transcripts are no HTML

    parser = html.HTMLParser(encoding="utf-8", no_network=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.LxmlError:
        raise Refusal("not a transcript: an HTML or XML page", AS_TEXT) from None


def _segment(item: html.HtmlElement) -> Segment:
    said = " ".join(str(item.text_content()).split())
    line = take_apart(item.sourceline or 1, said)
    text = line.text if line.label else said
    start, end = (when(item.get(side), MILLISECOND) for side in ("start", "end"))
    return Segment(UNKNOWN, text, line.label, start, end, line.number)
