"""The lines above a conversation that name who speaks: "Agent: Dana Lee", "Date: …"."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence

from qa_checker import lazy_re
from qa_checker.readers.written.lines import Line

MOST_OF_A_HEAD = 12  # lines
NAME = lazy_re.compile(
    r"[A-Z][\w.'-]{0,20}(?:\s[A-Z(#][\w.'()-]{0,20}){0,3}|[\u4e00-\u9fff]{2,4}|[\w#-]*[0-9][\w:/.-]*"
    r"(?:\s[0-9:.]{4,12})?(?:\s?(?:[AaPp][Mm]|min|minutes|seconds|s))?"
)
APART = lazy_re.compile(r"\s{2,20}(?=\S{1,20}[:：])")  # "客服：王芳  工号：8012"
GREETING = lazy_re.compile(
    r"(?:hello|hi|hey|yes|yeah|no|ok|okay|thanks|thank|sure|good|bye|right|please|sorry|welcome|great"
    r"|what|who|why|how|when|where|i|you)\b"
    r"|[我你您好喂嗯是对不没请那这行哦啊有要在]|谢谢|可以|再见",
    re.IGNORECASE,
)


def head_size(parts: Sequence[Line], people: Container[str]) -> int:
    """Return how many lines are a head that names who speaks: "Agent: Dana Lee", "Date: …".

    Each of its lines is a field with a short value, one names a field or whoever speaks
    below is named, and its speakers come again below it.
    """
    closed = fielded = 0
    for place, part in enumerate(parts[:MOST_OF_A_HEAD]):
        apart = place > 0 and part.number - parts[place - 1].number > 1
        if apart or (not part.label and place > 0):
            closed = place
            break
        if part.label and (part.start is not None or not _is_value(part)):
            break
        if part.label and part.label not in people:
            fielded = place + 1
    size = closed or fielded
    names_below = {part.label for part in parts[size:]}
    head = [part for part in parts[:size] if part.label]
    fields = [part for part in head if part.label not in people]
    speakers_in = [part for part in head if part.label in people]
    own = {part.label for part in speakers_in}
    again = all(part.label in names_below or part.text in names_below for part in speakers_in)
    several = any(len(fields_of(part)) > 1 for part in head)
    told = fields or several or any(part.text in names_below for part in speakers_in)
    return size if speakers_in and told and again and len(own) == len(speakers_in) else 0


def fields_of(part: Line) -> list[tuple[str, str]]:
    """Return the fields of a line: "客服：王芳  工号：8012" has two."""
    first, *more = APART.split(part.text)
    pairs = [one.replace("：", ":").partition(":") for one in more]
    return [(part.label, first), *((key.strip(), value.strip()) for key, _, value in pairs)]


def _is_value(part: Line) -> bool:
    """Tell whether a line is a field with a name, a number or a time, and nothing anybody says."""
    first, *more = APART.split(part.text)
    fields = all(":" in one or "：" in one for one in more)
    return fields and NAME.fullmatch(first) is not None and GREETING.match(first) is None
