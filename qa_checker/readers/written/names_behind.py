"""Names behind a role: "[客服] 王芳：您好", "[Agent] Dana: Hi". The role says who the name is.

So is "[客服] 王芳 10:02:11" above the words. A word and a colon may be said, too ("[Agent] Note:
…"): they are names if every line of a role in brackets has one, and those of each role are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from qa_checker import lazy_re
from qa_checker.call import SYSTEM, UNKNOWN
from qa_checker.readers.headers import field_of
from qa_checker.readers.people.roles import role_of, stated
from qa_checker.readers.written.labels import BOXED, NO_LABEL, is_speaker
from qa_checker.readers.written.lines import Line, take_apart

CLOSED = lazy_re.compile(r"\s*[\]】>」〕）)]\s*$")
NAME = lazy_re.compile(
    r"[A-Z][\w.'-]{0,20}(?:\s[A-Z][\w.'-]{0,20}){0,3}(?:\s?[(（#]?[A-Z0-9]{1,8}[)）]?)?"
    r"|[\u4e00-\u9fff·]{2,8}(?:\s?[(（#]?[A-Z0-9]{1,8}[)）]?)?|[A-Z]{0,4}[0-9]{2,8}"
)
MOST = 4  # people of one role


def named(parts: Sequence[Line]) -> list[Line]:
    """Return lines with the name behind a role in brackets as label, the role as tag."""
    boxed = [part for part in parts if _is_boxed(part) and role_of(part.label) != SYSTEM]
    behind = {part.number: found for part in boxed if (found := _named(part)) is not None}
    people: dict[str, set[str]] = {}
    for part in behind.values():
        people.setdefault(part.tag, set()).add(part.label)
    few = all(len(names) <= MOST for names in people.values())
    known = len({name for names in people.values() for name in names})
    if len(behind) < max(len(boxed), 2) or not few or known > max(len(behind) / 2, len(people)):
        return list(parts)
    return [behind.get(part.number, part) for part in parts]


def role(part: Line, given: Mapping[str, str]) -> str:
    """Return the role of who speaks in a line: what the user says of the name, the tag, the name.

    Raises ValueError if the user names a role nobody knows.
    """
    if part.tag and part.label not in given and stated(part.tag, given) != UNKNOWN:
        return stated(part.tag, given)
    return stated(part.label, given)


def _is_boxed(part: Line) -> bool:
    """Tell whether a line begins with a role in brackets, and nothing else parts it."""
    if not part.label or not part.text or not is_speaker(part.label):
        return False
    before = part.whole[: len(part.whole) - len(part.text)]
    closed = CLOSED.search(before)
    return closed is not None and before[: closed.start()].endswith(part.label)


def _named(part: Line) -> Line | None:
    boxed = BOXED.match(part.text)
    found = take_apart(part.number, part.text)
    if boxed is not None and not found.label:
        found = replace(found, label=boxed["label"], text=part.text[boxed.end() :])
    name = found.label
    if not name or NAME.fullmatch(name) is None or field_of(name) or NO_LABEL.search(name):
        return None
    if role_of(name) != UNKNOWN and role_of(name) != role_of(part.label):
        return None
    start = part.start if part.start is not None else found.start
    end = part.end if part.start is not None else found.end
    return replace(
        part, label=name, tag=part.label, text=found.text, start=start, end=end,
        sure=part.sure or found.sure, date=part.date or found.date,
    )  # fmt: skip
