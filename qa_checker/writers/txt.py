"""Plain text, a file a call: head lines, then a segment a line, as our reader takes it.

    通话ID：A-17
    [0.0-3.1] 客服：您好

Roles are written as words, in the call's language; the source's own label is kept where it
names the role already, or where the role is not known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from qa_checker.atomic import replacing
from qa_checker.call import Call, Segment
from qa_checker.judging.look import language_of
from qa_checker.writers._labels import label

SUFFIX, MANY = ".txt", False
LOSES = ("metadata", "remarks", "language", "labels", "channels", "breaks", "finer")
HEADS = {
    "zh": {"call_id": "通话ID", "agent": "坐席工号", "queue": "队列", "started_at": "通话时间"},
    "en": {"call_id": "call_id", "agent": "agent_id", "queue": "queue", "started_at": "started_at"},
}


def write(calls: Iterable[Call], path: Path) -> None:
    """Write one call."""
    with replacing(path) as file:
        for call in calls:
            file.write("".join(f"{line}\n" for line in lines(call)).encode())


def lines(call: Call) -> Iterator[str]:
    """Yield the lines of a call."""
    language = "zh" if language_of(call) == "zh" else "en"
    colon = "：" if language == "zh" else ": "
    for field, head in HEADS[language].items():
        if value := " ".join(getattr(call, field).split()):
            yield f"{head}{colon}{value}"
    for segment in call.segments:
        yield f"{_time(segment)}{label(segment, language)}{colon}{' '.join(segment.text.split())}"


def _time(segment: Segment) -> str:
    if segment.start is None:
        return ""
    end = "" if segment.end is None else f"-{segment.end:.3f}"
    return f"[{segment.start:.3f}{end}] "
