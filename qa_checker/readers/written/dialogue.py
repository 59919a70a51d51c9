"""A written conversation to segments: who says which lines, what stands above and below.

`speakers.py` tells which words before a colon are speakers; `scripts.py` takes out what
robots' scripts leave in their lines.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from qa_checker import lazy_re
from qa_checker.call import BOT, UNKNOWN, Segment
from qa_checker.problem import BadInput
from qa_checker.readers.finishing.notices import is_notice
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import split_lines
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.written.beside_times import below, beside
from qa_checker.readers.written.days import by_minutes, dated, spelled_out
from qa_checker.readers.written.foot import foot_size, is_fact
from qa_checker.readers.written.head import head_size
from qa_checker.readers.written.inline import pieces
from qa_checker.readers.written.leads import leading
from qa_checker.readers.written.line_ends import ended, filled
from qa_checker.readers.written.line_times import going_on, timed
from qa_checker.readers.written.lines import Line, take_apart
from qa_checker.readers.written.names_behind import named, role
from qa_checker.readers.written.scripts import MADE_BY, said_in
from qa_checker.readers.written.speakers import (
    headed,
    in_brackets,
    named_by_turns,
    numbered,
    speakers,
)

BREAK = lazy_re.compile(r"<br\s*/?>(?:\r?\n)?", re.IGNORECASE)
ESCAPED = "\\n"  # what a program writes that never turned it into a line end
SENTENCE = lazy_re.compile(r"(?:\S+\s+\S+\s+\S|[\u4e00-\u9fff].{5}).*[.?!。？！…]$")
ID = lazy_re.compile(r"[A-Za-z]{0,4}[0-9]{3,12}")  # "坐席：8021" above a conversation is no speech


@dataclass(frozen=True)
class Mistake:
    """A line of an example whose speaker nobody knows; `line` and `column` from 1."""

    line: int
    column: int
    label: str


class UnknownSpeakers(BadInput):
    """Lines whose speaker is no role word; `mistakes` holds every one of them."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = tuple(mistakes)
        first = self.mistakes[0]
        what = f'unknown speaker "{first.label}"' if first.label else "no speaker"
        super().__init__(f"line {first.line}: {what}; use 客服 / 客户 (or Agent / Customer)")


@dataclass
class Dialogue:
    """What a text holds: segments, the lines above the first speaker and below the last one."""

    segments: list[Segment] = field(default_factory=list)
    before: list[Line] = field(default_factory=list)
    after: list[Line] = field(default_factory=list)
    doubtful: list[int] = field(default_factory=list)
    date: str = ""
    marks: list[str] = field(default_factory=list)
    nameless: list[int] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    @property
    def notes(self) -> list[str]:
        """What was left out because only a script holds it, or stands below; who was not named."""
        notes = list(self.told)
        if under := [part.number for part in self.after if not is_fact(part)]:
            notes.append(f"{line_numbers(under)} below the conversation not read as speech")
        if self.marks:
            listed = names(list(dict.fromkeys(self.marks)))
            notes.append(f"marks that are no speech left out {len(self.marks)} times: {listed}")
        if self.nameless:
            lines = line_numbers(self.nameless)
            notes.append(f"{lines}: a time and no speaker, read as the speaker before going on")
        return notes


def parse_turns(text: str) -> list[Segment]:
    """Return the segments of an example, as rubrics embed them; `line` counts from 1.

    Every line is `speaker: text` or `[start-end] speaker: text`; a line without a
    colon goes on with the one before. Raises UnknownSpeakers with every bad line.
    """
    rows = split_lines(text)
    parts = [take_apart(number, row) for number, row in enumerate(rows, 1) if row.strip()]
    said = [part for part in parts if part.label]
    bad = [part for part in said if stated(part.label, {}) == UNKNOWN]
    bad += [part for part in parts[:1] if not part.label]
    if bad:
        columns = [max(0, rows[part.number - 1].find(part.label)) + 1 for part in bad]
        found = (Mistake(part.number, column, part.label) for part, column in zip(bad, columns))  # noqa: B905
        raise UnknownSpeakers(sorted(found, key=lambda mistake: mistake.line))
    return _segments(parts, {part.label for part in said}, {}).segments


def conversation(text: str, given: Mapping[str, str]) -> Dialogue:
    """Return the conversation a text holds; no segments if no speaker can be made out.

    `given` is the user's map of labels to roles.
    """
    if "<br" in text or "<BR" in text:
        text = BREAK.sub("\n", text)
    if ESCAPED in text and "\n" not in text.strip():
        text = text.replace(ESCAPED, "\n")
    rows = enumerate(pieces(spelled_out(split_lines(text))), 1)
    lines = (take_apart(number, one) for number, row in rows for one in row if one.strip())
    found = [_unlabelled(part) if MADE_BY.match(part.whole) else part for part in lines]
    parts = named_by_turns(numbered(list(beside(below(found))), given))
    parts = named(list(filled(parts)))
    parts, told = dated(parts)
    parts, minutes = by_minutes(parts)
    people = speakers(parts, given)
    if not people and (led := headed(parts) or in_brackets(parts)):
        parts, people = below(led), speakers(led, given)
    made = _segments(ended(parts, people), people, given)
    made.told.extend([*told, *minutes])
    return made


def _unlabelled(part: Line) -> Line:
    """Return a line of the software, or a heading, as one that nobody says and no speaker leads."""
    return replace(part, label="", text=part.whole, start=None, end=None, sure=False, date="")


def _segments(parts: Sequence[Line], people: set[str], given: Mapping[str, str]) -> Dialogue:
    found = Dialogue()
    texts: list[list[str]] = []
    opened: list[Line] = []
    robots = {label for label in people if stated(label, given) == BOT}
    times = Counter(part.label for part in parts)
    lines = list(timed(parts))
    foot = len(lines) - foot_size(lines, people)
    lines, found.after = lines[:foot], lines[foot:]
    lines, found.nameless = going_on(lines, people)
    head = head_size(lines, people)
    above = {part.text: stated(part.label, given) for part in lines[:head] if part.text in people}
    for place, part in enumerate(lines):
        headed = not opened and times[part.label] == 1 and ID.fullmatch(part.text)
        if part.label in people and not headed and place >= head:
            opened.append(part)
            said = said_in(part.text, part.label in robots, part.label in robots)
            texts.append([said])
            _left_out(found, part.text, said)
        elif not opened:
            found.before.append(part)
        else:
            robot = opened[-1].label in robots
            said = "" if is_notice(part.whole) else said_in(part.whole, robot, bool(robots))
            texts[-1].append(said)
            _left_out(found, part.whole, said)
            if 0 < len(part.label) <= 4 and said == part.whole:
                found.doubtful.append(part.number)
    found.date = next((part.date for part in opened if part.date), "")
    found.segments = [
        _segment(part, " ".join(filter(None, said)), {**above, **given})
        for part, said in zip(opened, texts, strict=True)
    ]
    if found.before and opened and _opens(found.before[-1], opened[0]):
        lead = found.before.pop()
        found.segments.insert(0, Segment(UNKNOWN, lead.whole, "", None, None, lead.number))
    return found


def _opens(lead: Line, first: Line) -> bool:
    """Tell whether words before the first speaker of a line are said, by nobody knows whom."""
    return (
        lead.number == first.number and not lead.label and SENTENCE.search(lead.whole) is not None
    )


def line_numbers(numbers: Sequence[int]) -> str:
    """Return numbers of lines as notes name them: "lines 1, 2, 3 and 4 more"."""
    listed = ", ".join(str(number) for number in numbers[:6])
    more = f" and {len(numbers) - 6} more" if len(numbers) > 6 else ""
    return f"line{'s' if len(numbers) > 1 else ''} {listed}{more}"


def _left_out(found: Dialogue, before: str, after: str) -> None:
    if mark := before.removesuffix(after).strip():
        found.marks.append(mark)


def _segment(part: Line, text: str, given: Mapping[str, str]) -> Segment:
    return Segment(role(part, given), text, part.label, part.start, part.end, part.number)


def no_speakers(text: str) -> Refusal:
    """Return the refusal of a text in which nobody can be told apart."""
    if found := leading(text):
        return Refusal(
            f"not recognised: no speaker labels found; lines begin with {names(found)}",
            "say who they are, e.g. --roles A=agent,B=customer",
        )
    return Refusal(
        "not recognised: no speaker labels found",
        "start each turn with 客服：/客户： or Agent:/Customer:",
    )
