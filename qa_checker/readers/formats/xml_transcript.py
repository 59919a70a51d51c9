"""XML of annotation tools and of captions: TTML (DFXP), Transcriber, ELAN.

    <p begin="00:00:00.100" end="00:00:02.000" ttm:agent="a1">Good morning.</p>         TTML
    <Turn speaker="spk1" startTime="0.1" endTime="2.0"><Sync time="0.1"/>Hi</Turn>  Transcriber
    <TIER TIER_ID="Agent"><ANNOTATION>…<ANNOTATION_VALUE>Hi</ANNOTATION_VALUE>             ELAN

Speakers of TTML are its agents, else as in other captions. In Transcriber a `Sync` begins a
sentence, and of two who speak at once `Who` says which; in ELAN a tier is a speaker, and tiers
that only explain other tiers are not read. Entities are not resolved, nothing is fetched.
"""

from __future__ import annotations

import html
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import in_order, made
from qa_checker.readers.files.magic import AS_TEXT, XML_SPOKEN
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import seconds
from qa_checker.readers.written.captions import Cue, caption_call

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

TITLE = "TTML, Transcriber or ELAN"
UNIT = "clock"
CLOCK = lazy_re.compile(r"([0-9]{1,3}):([0-9]{2}):([0-9]{2}):([0-9]{1,3})$")
UNITS = {"ms": 1e-3, "s": 1.0, "m": 60.0, "h": 3600.0}
COUNT = lazy_re.compile(r"([0-9]{1,12}(?:\.[0-9]{1,6})?)(ms|s|m|h|t|f)$")
Names = Mapping[str, str]


def sniff(source: Source, options: Options) -> float:
    """Return 1 if the text begins as one of these does."""
    return 1.0 if XML_SPOKEN.match(source.text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal for XML that is broken or holds no speech."""
    root = _root(source.text)
    if _kind(root) == "tt":
        yield _captions(root, options)
    elif _kind(root) == "Trans":
        yield _transcriber(root)
    else:
        yield _elan(root)


def _root(text: str) -> Element:
    from lxml import etree  # dear, and most transcripts are no XML

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), parser)
    except (etree.LxmlError, ValueError):
        raise Refusal("not a transcript: an HTML or XML page", AS_TEXT) from None


def _kind(element: Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def _every(element: Element, kind: str) -> Iterator[Element]:
    return (one for one in element.iter() if _kind(one) == kind)


def _get(element: Element, name: str) -> str:
    """Return an attribute, whatever the name of its space."""
    return next(
        (str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), ""
    )


def _captions(root: Element, options: Options) -> Call:
    rate = when(_get(root, "tickRate")) or 1e7, when(_get(root, "frameRate")) or 30.0
    names = {
        _get(one, "id"): " ".join("".join(one.itertext()).split()) for one in _every(root, "agent")
    }
    found = [cue for one in _every(root, "p") if (cue := _cue(one, names, rate)).text.strip()]
    if not found:
        raise Refusal("empty: captions without any text", "export the captions again")
    return caption_call(found, options)


def _cue(one: Element, names: Names, rate: tuple[float, float]) -> Cue:
    start, end, length = (_clock(_get(one, edge), rate) for edge in ("begin", "end", "dur"))
    if end is None and start is not None and length is not None:
        end = start + length
    voice = next(filter(None, (_get(each, "agent") for each in one.iter())), "")
    unknown = float("nan")
    return Cue(
        unknown if start is None else start,
        unknown if end is None else end,
        html.escape(_rows(one), quote=False),
        one.sourceline or 1,
        names.get(voice) or voice,
    )


def _rows(one: Element) -> str:
    parts = [one.text or ""]
    for each in one:
        parts += ["\n" if _kind(each) == "br" else _rows(each), each.tail or ""]
    return "\n".join(" ".join(row.split()) for row in "".join(parts).split("\n"))


def _clock(text: str, rate: tuple[float, float]) -> float | None:
    """Return the seconds of "00:00:02.5", "00:00:02:12" (frames), "2.5s", "2500ms", "25000000t"."""
    ticks, frames = rate
    if framed := CLOCK.match(text):
        hours, minutes, rest, frame = map(int, framed.groups())
        return hours * 3600 + minutes * 60 + rest + round(frame / frames, 3)
    if counted := COUNT.match(text):
        unit = {**UNITS, "t": 1 / ticks, "f": 1 / frames}[counted[2]]
        return round(float(counted[1]) * unit, 6)
    return seconds(text)


def _transcriber(root: Element) -> Call:
    names = {_get(one, "id"): _get(one, "name") for one in _every(root, "Speaker")}
    segments = [said for turn in _every(root, "Turn") for said in _turn(turn, names)]
    return made(in_order(segments))


def _turn(turn: Element, names: Names) -> Iterator[Segment]:
    """Yield a segment for every piece of a turn: each `Sync` has its time, each `Who` its voice."""
    speakers = _get(turn, "speaker").split() or [""]
    start, end = when(_get(turn, "startTime")), when(_get(turn, "endTime"))
    syncs = [when(_get(one, "time")) for one in turn if _kind(one) == "Sync"]
    edges = [*syncs[1:], end] if syncs else [end]
    pieces, place, who = [(turn.text or "", start, 0, 0)], -1, 0
    for one in turn:
        if _kind(one) == "Sync":
            place, who = place + 1, 0
            start = syncs[place]
        elif _kind(one) == "Who":
            who = max(0, int(when(_get(one, "nb")) or 1) - 1)
        pieces.append((one.tail or "", start, who, max(place, 0)))
    for text, begin, voice, at in pieces:
        if text.strip():
            speaker = speakers[min(voice, len(speakers) - 1)]
            said = " ".join(text.split())
            yield Segment(UNKNOWN, said, names.get(speaker) or speaker, begin, edges[at])


def _elan(root: Element) -> Call:
    times = {
        _get(one, "TIME_SLOT_ID"): when(_get(one, "TIME_VALUE"), MILLISECOND)
        for one in _every(root, "TIME_SLOT")
    }
    segments = [
        _annotation(one, tier, times)
        for tier in _every(root, "TIER")
        if not _get(tier, "PARENT_REF")
        for one in _every(tier, "ALIGNABLE_ANNOTATION")
    ]
    return made(in_order(segments))


def _annotation(one: Element, tier: Element, times: Mapping[str, float | None]) -> Segment:
    speaker = _get(tier, "PARTICIPANT") or _get(tier, "TIER_ID")
    text = " ".join("".join(one.itertext()).split())
    start, end = (times.get(_get(one, f"TIME_SLOT_REF{side}")) for side in (1, 2))
    return Segment(UNKNOWN, text, speaker, start, end)
