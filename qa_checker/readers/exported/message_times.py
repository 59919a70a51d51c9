"""When messages were said: by their start and end, or by how long they took."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from qa_checker import lazy_re
from qa_checker.call import Segment
from qa_checker.readers.exported.answers import flat, held
from qa_checker.readers.exported.message_words import Node, text_of
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.moments import MILLISECOND, SECOND, when
from qa_checker.readers.times import value as time_value
from qa_checker.readers.together import together
from qa_checker.readers.units import FASTEST, SLOWEST, in_milliseconds

Times = tuple[float | None, float | None]

START = (
    "start", "starttime", "secondsfromstart", "timeincallsecs", "startoffset", "begin", "begintime",
    "offset", "timestamp", "time", "createdat", "createdtime", "createtime", "startedat", "sentat",
    "sendtime", "datetime", "date", "datesent", "received", "ts", "stime", "st", "bt",
    "开始时间", "起始时间", "发送时间", "时间", "开始", "起始",
)  # fmt: skip
START_MS = (
    "startms", "starttimems", "starttimemillis", "startoffsetms", "startoffsetmillis", "beginms",
    "begintimems", "beginoffsetmillis", "offsetms", "offsetmillis", "offsetmillisecond",
    "timestampms", "timems",
)  # fmt: skip
END = (
    "end", "endtime", "endedat", "endoffset", "stop", "stoptime", "etime", "et", "finish",
    "finishtime", "结束时间", "结束",
)  # fmt: skip
END_MS = ("endms", "endtimems", "endtimemillis", "endoffsetms", "endoffsetmillis", "stopms")
LONG = ("duration", "时长")
LONG_MS = ("durationms", "durationmillis", "durationmillisecond", "durationmilliseconds")
LIKE_A_TIME = lazy_re.compile(
    r"(?:time|date|stamp|offset|duration|finish|时间|时长|日期)(?:ms|millis|s|sec|seconds|us|ns)?$"
)
WHOLE = lazy_re.compile(r"[0-9]{1,15}$")
SINCE_1970 = 1e9  # from here on, numbers of seconds are dates


def times_of(messages: Sequence[Node]) -> list[Times]:
    """Return when each message begins and ends, in seconds."""
    unit = MILLISECOND if by_pace(messages) else SECOND
    lasting = _lasting(messages, unit)
    found = [_from_to(one, unit, lasting=lasting) for one in messages]
    if not any(time != time for pair in found for time in pair):
        return found
    known = together(_cells(messages, START), _cells(messages, END), semicolons=False)
    return list(zip(*known, strict=True)) if known else found


def _cells(messages: Sequence[Node], names: Sequence[str]) -> list[object]:
    return [held(one, *names) or None for one in messages]


def oldest_first(messages: Sequence[Node]) -> list[Node]:
    """Return messages that are all dated and stand newest first the other way round."""
    starts = [start or 0.0 for start, _ in times_of(messages)]
    down = all(later > earlier >= SINCE_1970 for later, earlier in pairwise(starts))
    return list(messages)[::-1] if down and len(starts) > 1 else list(messages)


def dated(message: Node) -> Node:
    """Return a message with the times of its first instance, where it has none of its own.

    Azure Video Indexer says so when a line was said.
    """
    first = flat(next(iter(objects(message.get("instances"))), {}))
    if not from_when_to_when(first) or any(key in message for key in (*START, *START_MS)):
        return message
    return {**message, **{key: first[key] for key in ("start", "end") if key in first}}


def _from_to(message: Node, unit: float, *, lasting: bool) -> Times:
    start, end = _time(message, START, START_MS, unit), _time(message, END, END_MS, unit)
    if start is not None and end is not None and start < SINCE_1970 <= end:
        end = None  # a date beside seconds from the start
    if lasting and start is not None and end is None:
        end = _after(start, _time(message, LONG, LONG_MS, unit))
    return start, end


def _lasting(messages: Sequence[Node], unit: float) -> bool:
    """Tell whether all starts have a duration beside them, in which the words can be said."""
    if not any(held(one, *LONG, *LONG_MS) for one in messages):
        return False
    timed = [one for one in messages if _time(one, START, START_MS, unit) is not None]
    long = [_time(one, LONG, LONG_MS, unit) for one in timed]
    known = [time for time in long if time is not None and time >= 0]
    if not known or len(known) < len(long):
        return False
    if any((_time(one, START, START_MS, unit) or 0.0) >= SINCE_1970 for one in timed):
        return False
    said = sum(len(text_of(one)) for one in timed)
    return SLOWEST * sum(known) <= said <= FASTEST * sum(known)


def _after(start: float, long: float | None) -> float | None:
    return None if long is None else round(start + long, 6)


def times_left(messages: Sequence[Node], found: Sequence[Segment]) -> list[str]:
    """Return the keys that look like times where none was read as the start, or as the end."""
    starts = any(one.start is not None for one in found)
    ends = any(one.end is not None for one in found)
    if starts and ends:
        return []
    read = {*START, *START_MS} if starts else set()
    unread = sorted({key for one in messages for key in one} - read)
    return [key for key in unread if LIKE_A_TIME.search(key) and _is_time(messages, key)]


def _is_time(messages: Sequence[Node], key: str) -> bool:
    times = [time_value(one[key]) for one in messages if plain(one.get(key))]
    return len(times) > 0 and not any(time is None or time != time for time in times)


def from_when_to_when(message: Node) -> bool:
    """Tell whether a message says when somebody began to speak, and when he ended."""
    return bool(held(message, *START, *START_MS) and held(message, *END, *END_MS, *LONG_MS))


def by_pace(messages: Sequence[Node]) -> bool:
    """Tell whether whole numbers for times give the pace of speech only as milliseconds."""
    starts = [held(one, *START) for one in messages]
    whole = [int(one) for one in starts if WHOLE.match(one)]
    if len(whole) < max(2, len(starts)) or whole[0] >= SINCE_1970:
        return False
    return in_milliseconds(whole, list(map(text_of, messages)))


def _time(
    message: Node, names: Sequence[str], in_milliseconds: Sequence[str], unit: float
) -> float | None:
    """Return a time in seconds: what is told in milliseconds by its name goes first."""
    for key in in_milliseconds:
        if plain(message.get(key)):
            return when(message[key], MILLISECOND)
    raw = next((message[key] for key in names if plain(message.get(key))), None)
    return time_value(raw) if unit == SECOND else when(raw, unit)
