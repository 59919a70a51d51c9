"""What there is in a call that a target may not hold: one question for each thing that is lost."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from qa_checker.call import Call
from qa_checker.judging.look import language_of
from qa_checker.reports.names import safe, slug
from qa_checker.writers._labels import label

THOUSANDTHS = 3  # places of a second in texts and captions


@dataclass(frozen=True)
class Loss:
    """What is lost, in both languages, and whether a call has it."""

    english: str
    chinese: str
    is_in: Callable[[Call], bool]


def losses(call: Call, kinds: tuple[str, ...]) -> Iterator[str]:
    """Yield those of some kinds of loss that a call would suffer."""
    yield from (kind for kind in kinds if LOSSES[kind].is_in(call))


def _channels(call: Call) -> bool:
    return any(one.channel for one in call.segments)


def _labels(call: Call) -> bool:
    """Tell whether a role word stands for somebody's own label."""
    language = "zh" if language_of(call) == "zh" else "en"
    return any(one.speaker and label(one, language) != one.speaker for one in call.segments)


def _breaks(call: Call) -> bool:
    return any(" ".join(one.text.split()) != one.text for one in call.segments)


def _finer(call: Call) -> bool:
    times = (time for one in call.segments for time in (one.start, one.end) if time is not None)
    return any(round(time, THOUSANDTHS) != time for time in times)


def _about(call: Call) -> bool:
    return any((call.agent, call.queue, call.started_at, call.language))


def _id(call: Call) -> bool:
    """Tell whether the name of a file cannot be the call's id."""
    return slug(call.call_id) != call.call_id or not safe(call.call_id)


LOSSES: Mapping[str, Loss] = {
    "metadata": Loss("metadata", "通话信息", lambda call: bool(call.metadata)),
    "remarks": Loss("remarks", "备注", lambda call: bool(call.notes)),
    "about": Loss("agent, queue, date and language", "坐席、队列、日期等", _about),
    "language": Loss("the language", "语言", lambda call: bool(call.language)),
    "id": Loss("the call id, changed for the file's name", "通话编号（文件名有改动）", _id),
    "labels": Loss("speakers' own labels", "说话人原来的名称", _labels),
    "channels": Loss("channels", "声道", _channels),
    "breaks": Loss("line breaks and double spaces", "换行和连续空格", _breaks),
    "finer": Loss("times finer than milliseconds", "毫秒以下的精度", _finer),
}
