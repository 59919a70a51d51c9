"""Text as messengers and meeting software export it: WhatsApp, WeChat, QQ, Zoom, Fathom.

    [14/06/2024, 15:10:05] Bob Ray: Hi, I want a refund.           WhatsApp on iOS
    6/14/24, 3:10 PM - Bob Ray: Hi, I want a refund.               WhatsApp on Android
    2024-06-14 15:10:05 李先生                                      WeChat, QQ: words below
    15:10:05 From Dana Lee to Everyone: Good morning               Zoom
    0:03 - Bob Ray                                                 Fathom, words below
    0:03 | Bob                                                     Gong, words below

What stands on the lines below goes on with the message. Lines of the software itself and media
that were left out are no speech. Days and months are told apart by what makes the chat shortest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import made, stamp
from qa_checker.readers.finishing.soundness import from_zero
from qa_checker.readers.people.roles import role_of, stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.times import moment, seconds
from qa_checker.readers.written.days import DOUBT, in_doubt
from qa_checker.readers.written.labels import NO_LABEL

TITLE = "Text of WhatsApp, WeChat, QQ, Zoom or Fathom"
UNIT = "dates"
GLANCE, HEAD = 40, 120  # lines, characters of one
SPACES = str.maketrans("\u202f\xa0", "  ", "\u200f\u202a\u202c\ufeff")
OWN = "\u200e"  # what WhatsApp begins a line, and what nobody wrote, with
LATER = ("p", "下午", "晚上", "傍晚")
HALF = r"(?P<before>上午|下午|凌晨|早上|中午|傍晚|晚上)?"
AFTER = r"(?:\s?(?P<after>[AaPp])\.?\s?[Mm]\.?)?"
YEAR_LAST = r"[0-9]{1,2}[/.-][0-9]{1,2}[/.-](?:[0-9]{4}|[0-9]{2})"
DAY = rf"(?P<date>{YEAR_LAST}|[0-9]{{4}}[/.-][0-9]{{1,2}}[/.-][0-9]{{1,2}})"
CLOCK = r"(?P<clock>[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?)"
ANDROID = lazy_re.compile(rf"{DAY},?\s{HALF}{CLOCK}{AFTER}\s-\s(?P<rest>.*)")
IOS = lazy_re.compile(rf"\[(?![0-9]{{4}}-){DAY},?\s{HALF}{CLOCK}{AFTER}\]\s(?P<rest>.*)")
NAMED = lazy_re.compile(r"(?P<name>[^:：]{1,60}?)[:：]\s?(?P<text>.*)")
HEADED = lazy_re.compile(
    r"(?P<date>[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}) (?P<clock>[0-9]{1,2}:[0-9]{2}:[0-9]{2})"
    r"\s(?P<name>[^\s:：，。？！,?!][^:：，。？！?!]{0,40})$"
)
FATHOM = lazy_re.compile(
    r"(?P<clock>(?:[0-9]:)?[0-9]{1,2}:[0-9]{2}) [-|] (?P<name>[^:：，。？！,?!|]{1,40})$"
)
DATED = lazy_re.compile(r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2} [0-9]")
ZOOM = lazy_re.compile(
    r"(?P<clock>[0-9]{2}:[0-9]{2}:[0-9]{2})\s{1,3}From\s{1,2}(?P<name>[^:]{1,60}?)"
    r"(?:\s{1,2}to\s{1,2}[^:]{1,60})?\s?:\s?(?P<text>.*)"
)
MEDIA = lazy_re.compile(
    r"(?:<[^<>]{1,30}\bomitted>|(?:image|video|audio|sticker|document|GIF|contact\scard)\somitted"
    r"|<媒体已忽略>|\[(?:图片|表情|视频|语音|文件|动画表情)\]"
    r"|(?:this\smessage\swas|you)\sdeleted(?:\sthis\smessage)?\.?)$",
    re.IGNORECASE,
)
LEFT_OUT = "lines of the software, and media that were left out, are no speech: "


@dataclass(frozen=True, slots=True)
class Message:
    """A message with what its line says of its time; `name` is "" if the software speaks."""

    date: str
    clock: str
    half: str
    name: str
    text: str
    line: int


def sniff(source: Source, options: Options) -> float:
    """Return 0.96 if the first lines are messages, or heads above them, that name who writes."""
    if not source.text or source.is_json:
        return 0.0
    return 0.96 if _form(source.lines[:GLANCE]) is not None else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one chat of a text."""
    form = _form(source.lines[:GLANCE]) or ZOOM
    messages = list(_messages(source.lines, form))
    said = [one for one in messages if one.name and not _is_own(one.text)]
    times = _times(said)
    segments, notes = from_zero(
        [
            Segment(stated(one.name, options.roles), one.text, one.name, time, None, one.line)
            for one, time in zip(said, times, strict=True)
        ]
    )
    if left := len(messages) - len(said):
        notes = [*notes, f"{LEFT_OUT}{left}"]
    dates = [one.date for one in said if one.date]
    doubtful = in_doubt(dates)
    if doubtful:
        notes = [*notes, DOUBT.format(f'"{dates[0]}"')]
    chat = {} if form is FATHOM else {"channel": "chat"}
    first = next((time for time in times if time is not None and not doubtful), None)
    yield made(segments, metadata=chat, notes=notes, started_at=stamp(first).removesuffix("+00:00"))


def _form(lines: Sequence[str]) -> re.Pattern[str] | None:
    """Return how messages begin in a text, None if it is no chat."""
    rows = [plain for line in lines if (plain := _plain(line))]
    for form in (ANDROID, IOS, ZOOM):
        if rows and form.match(rows[0]) and _named(rows, form):
            return form
    return next((form for form in (HEADED, FATHOM) if _headed(rows, form)), None)


def _is_own(text: str) -> bool:
    return text.startswith(OWN) or MEDIA.match(text) is not None


def _plain(line: str) -> str:
    return line[:HEAD].translate(SPACES).strip().removeprefix(OWN)


def _named(rows: Sequence[str], form: re.Pattern[str]) -> bool:
    """Tell whether the lines name who writes; a log of a program names none."""
    heads = [_head(found, 0) for row in rows if (found := form.match(row))]
    names = [one.name for one in heads if one.name]
    return bool(names) and not any(map(NO_LABEL.search, names))


def _headed(rows: Sequence[str], form: re.Pattern[str]) -> bool:
    """Tell whether heads of a time and a name stand above what is said, and somebody returns."""
    heads = {place: found["name"] for place, row in enumerate(rows) if (found := form.match(row))}
    above = [place for place in heads if place + 1 < len(rows) and place + 1 not in heads]
    if len(heads) < 2 or len(above) < len(heads) - 1 or any(map(NO_LABEL.search, heads.values())):
        return False
    others = any(DATED.match(row) for place, row in enumerate(rows) if place not in heads)
    again = len(set(heads.values())) < len(heads)
    return not others and (again or any(role_of(name) != UNKNOWN for name in heads.values()))


def _messages(lines: Sequence[str], form: re.Pattern[str]) -> Iterator[Message]:
    """Yield the messages, each with the lines that go on with it."""
    head: Message | None = None
    rows: list[str] = []
    for number, line in enumerate(lines, 1):
        clean = line.translate(SPACES).strip().removeprefix(OWN)
        match = form.match(clean)
        if match is None:
            rows.append(clean)
            continue
        if head is not None:
            yield _with(head, rows)
        head = _head(match, number)
        rows = [head.text]
    if head is not None:
        yield _with(head, rows)


def _head(match: re.Match[str], number: int) -> Message:
    told = match.groupdict()
    half = (told.get("before") or told.get("after") or "").lower()
    named = NAMED.match(told["rest"]) if told.get("rest") else None
    name = told.get("name") or (named["name"] if named else "")
    text = told.get("text") or (named["text"] if named else told.get("rest") or "")
    return Message(told.get("date") or "", told["clock"], half, name.strip(), text, number)


def _with(head: Message, rows: Sequence[str]) -> Message:
    text = " ".join(filter(None, rows))
    return Message(head.date, head.clock, head.half, head.name, text, head.line)


def _times(messages: Sequence[Message]) -> list[float | None]:
    """Return the times of messages, day and month in the order that makes the chat shortest."""
    american = any(one.half in ("a", "p") for one in messages)
    orders = [(2, 0, 1), (2, 1, 0)] if american else [(2, 1, 0), (2, 0, 1)]
    read = [[_time(one, order) for one in messages] for order in orders]
    return min(read, key=_length)


def _length(times: Sequence[float | None]) -> float:
    """Return how long a chat lasts, endlessly if a time is missing or goes back."""
    known = [time for time in times if time is not None]
    sound = known and len(known) == len(times) and known == sorted(known)
    return known[-1] - known[0] if sound else float("inf")


def _time(message: Message, order: tuple[int, int, int]) -> float | None:
    hour, _, rest = message.clock.partition(":")
    if message.half:
        hour = str(int(hour) % 12 + 12 * (message.half in LATER or message.half == "中午"))
    clock = f"{hour}:{rest}"
    if not message.date:
        return seconds(clock)
    clock += ":00" * (clock.count(":") == 1)
    parts = [int(part) for part in re.split("[/.-]", message.date)]
    if parts[0] > 31:
        return moment(f"{parts[0]}-{parts[1]}-{parts[2]} {clock}")
    year, month, day = (parts[place] for place in order)
    try:
        date = datetime(year + 2000 * (year < 100), month, day, tzinfo=UTC)
    except ValueError:
        return None
    return date.timestamp() + (seconds(clock) or 0.0)
