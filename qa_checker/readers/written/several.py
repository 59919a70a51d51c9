"""Several calls in one text, each below a heading with its number, or below its call id.

    --- Call 1 ---          通话2          ## Conversation 3: refund          通话ID：A004

Headings count if there are two, no two are the same, the first stands above everything that is
said, and somebody speaks below each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa_checker import lazy_re
from qa_checker.readers.headers import field_of
from qa_checker.readers.written.dialogue import conversation
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.lines import take_apart

LONGEST = 100  # characters of a heading
KINDS = (
    "call|conversation|transcript|dialog(?:ue)?|chat|session|sample|example|scenario"
    "|通话|对话|会话|录音|案例|示例|样例|场景"
)
HEADING = lazy_re.compile(
    rf"[\s#*=\-—_【\[]{{0,20}}(?:第\s?)?(?:(?:{KINDS})(?:\s(?:transcript|no\.?))?\s{{0,3}}[#:：]?"
    rf"\s{{0,3}}(?P<number>[A-Z]{{0,6}}[-_]?[0-9]{{1,20}}|[一二三四五六七八九十]{{1,3}})"
    r"|(?P<count>[0-9]{1,4}|[一二三四五六七八九十]{1,3})\s?通(?:电话|通话|录音|对话)?)"
    r"(?:[\s*=\-—_】\]:：.、(（].{0,60})?$",
    re.IGNORECASE,
)
Part = tuple[str, str]


def calls_in(lines: Sequence[str]) -> list[Part]:
    """Return the text of each call with its number, nothing if the lines are one call.

    Every line keeps its place: those of the calls before are empty.
    """
    found = [(at, number) for at, line in enumerate(lines) if (number := _number(line))]
    numbers = [number for _, number in found]
    if len(found) < 2 or len(set(numbers)) < len(numbers) or _spoken(lines[: found[0][0]]):
        return []
    ends = [*(at for at, _ in found[1:]), len(lines)]
    parts = [
        (number, "\n" * at + "\n".join(_below(lines[at:end])))
        for (at, number), end in zip(found, ends, strict=True)
    ]
    return parts if all(conversation(text, {}).segments for _, text in parts) else []


def _number(line: str) -> str:
    """Return the number or the call id that a line is a heading with, "" if it is none."""
    if not line.strip() or len(line) > LONGEST:
        return ""
    match = HEADING.match(line)
    if match is not None:
        return match["number"] or match["count"]
    label, _, number = line.replace("：", ":").partition(":")
    return number.strip() if number and field_of(label.strip()) == "call_id" else ""


def _spoken(lines: Sequence[str]) -> bool:
    return any(is_speaker(take_apart(1, line).label) for line in lines if line.strip())


def _below(lines: Sequence[str]) -> Sequence[str]:
    """Return the lines of a call, with its call id, without a heading."""
    return ["", *lines[1:]] if HEADING.match(lines[0]) else lines
