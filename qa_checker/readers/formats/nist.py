"""CTM and STM, what Kaldi and NIST's scoring tools write: a word a line, or a segment a line.

    call17 A 0.10 0.40 good 0.98
    call17 B 2.10 0.30 hello 0.97                      file, channel, start, length, word

    call17 A call17_A 0.10 2.00 <o,f0,female> good morning       file, channel, speaker, from, to

Seconds. Each file named in it is a call; in CTM the channel is the speaker. Lines after `;;` are
remarks. Alternatives of a word, and segments to be ignored, are not read. RTTM, who speaks when
without a word of it, is refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import in_order, made
from qa_checker.readers.exported.said import Word, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "CTM or STM"
UNIT = "seconds"
NUMBER = r"[0-9]{1,6}(?:\.[0-9]{1,6})?"
CTM = lazy_re.compile(rf"(\S+) (\S{{1,20}}) ({NUMBER}) ({NUMBER}) (\S+)(?: -?[0-9.]+| NA)?$")
STM = lazy_re.compile(rf"(\S+) (\S{{1,20}}) (\S+) ({NUMBER}) ({NUMBER})(?: <[^<>]*>)?(?: (.*))?$")
RTTM = lazy_re.compile(rf"SPEAKER \S+ \S+ {NUMBER} {NUMBER}(?: \S+){{2,5}}$")
GLANCE = 20
IGNORED = frozenset(["ignore_time_segment_in_scoring", "inter_segment_gap", "excluded_region"])


def sniff(source: Source, options: Options) -> float:
    """Return 0.92 if each of the first lines is one of CTM, each one of STM, or each of RTTM."""
    if not source.text[:1].isalnum() and source.text[:2] != ";;":
        return 0.0
    first = list(_rows(source.lines[: 2 * GLANCE]))[:GLANCE]
    if len(first) < 2:
        return 0.0
    if all(map(RTTM.match, first)) or all(map(CTM.match, first)):
        return 0.92
    lasting = [match[5] != match[4] for match in map(STM.match, first) if match]
    return 0.92 if len(lasting) == len(first) and any(lasting) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield a call for every file that the lines name. Raises Refusal for RTTM."""
    rows = list(_rows(source.lines))
    if all(map(RTTM.match, rows[:GLANCE])):
        raise Refusal("a timeline of who speaks when, without words", "export the words too")
    named = sorted(rows, key=lambda row: row.partition(" ")[0])
    calls = [(name, list(found)) for name, found in groupby(named, lambda row: row.split(" ")[0])]
    is_ctm = all(map(CTM.match, rows[:GLANCE]))
    for name, found in calls:
        said = _words(found) if is_ctm else _segments(found)
        yield made(in_order(said), call_id=name if len(calls) > 1 else "")


def _rows(lines: Sequence[str]) -> Iterator[str]:
    for line in lines:
        row = " ".join(line.split())
        if row and not row.startswith((";;", "#")):
            yield row


def _words(rows: Sequence[str]) -> Iterator[Segment]:
    """Yield sentences, channel by channel: CTM lists one after the other."""
    found = [match.groups() for row in rows if (match := CTM.match(row))]
    for channel in dict.fromkeys(one[1] for one in found):
        words = (_word(one) for one in found if one[1] == channel)
        yield from sentences(word for word in words if not word.text.startswith("<"))


def _word(one: Sequence[str]) -> Word:
    start, length = when(one[2]) or 0.0, when(one[3]) or 0.0
    return Word(one[4], one[1], start, round(start + length, 6), one[1])


def _segments(rows: Sequence[str]) -> Iterator[Segment]:
    for match in filter(None, map(STM.match, rows)):
        _, channel, speaker, start, end, text = match.groups()
        if speaker not in IGNORED and (text or "").strip().casefold() not in IGNORED:
            yield Segment(UNKNOWN, text or "", speaker, when(start), when(end), channel=channel)
