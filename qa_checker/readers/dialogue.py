"""A written conversation to segments: which of the words before a colon are speakers.

A colon inside what is said ("时间：十点") is not a speaker. A label counts if it is a
role word, stands behind a bracketed time, or comes back in turn with another label.

Robots' scripts leave marks in their lines that nobody says: pauses (`0.1秒`) and the
names of steps (`Q7-非满分:`). They are left out where a robot speaks.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import dropwhile
from operator import and_

from qa_checker import lazy_re
from qa_checker.call import BOT, UNKNOWN, Segment
from qa_checker.problem import BadInput
from qa_checker.readers.foot import foot_size, is_fact
from qa_checker.readers.headers import field_of
from qa_checker.readers.inline import pieces
from qa_checker.readers.leads import leading, listed, two_letters
from qa_checker.readers.lines import Line, is_speaker, take_apart
from qa_checker.readers.roles import stated
from qa_checker.readers.source import split_lines
from qa_checker.readers.strict_json import Refusal, names

PAUSE = lazy_re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?\s?秒$")
NODE = lazy_re.compile(
    r"(?:Q[0-9]{1,3}(?:-[^\s:：]{1,12})?|[A-Z]{1,2}[0-9]{1,3}-[^\s:：]{1,12})\s?[:：]\s*"
)
MADE_BY = lazy_re.compile(
    r"Transcribed\s+by\s+https?://otter\.ai/?$|.{1,40}\s(?:started|stopped)\stranscription$"
    r"|(?:\"{3}|'{3}|`{3}\w{0,10})$"
    r"|(?:Transcription|Meeting)\sended\safter\s[0-9:]{4,8}\W{0,4}$"
    r"|[-=*_#\s(（\[【]{1,9}(?:end\sof\s(?:the\s)?(?:transcript|call|conversation|recording|chat)"
    r"|(?:call|conversation|chat|recording)\sended|(?:通话|对话|会话|录音|转写)已?结束)"
    r"[-=*_#\s)）\]】.。]{0,9}$"
    r"|This\seditable\stranscript\swas\scomputer\sgenerated\b.{0,200}$"
    r"|[-=\s【\[]{0,9}第\s?[0-9一二三四五六七八九十]{1,4}\s?轮(?:对话)?[】\]\s:：=-]{0,9}$",
    re.IGNORECASE,
)
BREAK = lazy_re.compile(r"<br\s*/?>(?:\r?\n)?", re.IGNORECASE)
ESCAPED = "\\n"  # what a program writes that never turned it into a line end
HEADING = lazy_re.compile(r"^#{1,6}\s|[:：]$")
CAPITALS = lazy_re.compile(r"[A-Z]{3,15}(?:\s[A-Z]{2,15}){0,2}(?:\s?[0-9]{1,3})?$")
MOST_OF_A_HEAD = 12  # lines
NAME = lazy_re.compile(
    r"[A-Z][\w.'-]{0,20}(?:\s[A-Z(#][\w.'()-]{0,20}){0,3}|[\u4e00-\u9fff]{2,4}|[\w#-]*[0-9][\w:/.-]*"
    r"(?:\s[0-9:.]{4,12})?(?:\s?(?:[AaPp][Mm]|min|minutes|seconds|s))?"
)
GREETING = lazy_re.compile(
    r"(?:hello|hi|hey|yes|yeah|no|ok|okay|thanks|thank|sure|good|bye|right|please|sorry|welcome|great"
    r"|what|who|why|how|when|where|i|you)\b"
    r"|[我你您好喂嗯是对不没请那这行哦啊有要在]|谢谢|可以|再见",
    re.IGNORECASE,
)
SENTENCE = lazy_re.compile(r"(?:\S+\s+\S+\s+\S|[\u4e00-\u9fff].{5}).*[.?!。？！…]$")
IN_BRACKETS = lazy_re.compile(  # "[Dana Lee] …", "[张经理] …"; no "[main] …", "[OK] …"
    r"\[(?P<label>(?![A-Z]+\])(?:[A-Z][A-Za-z.'-]{0,20}(?:\s[A-Z][A-Za-z.'-]{0,20}){0,3}"
    r"|[\u4e00-\u9fff]{2,8}))\]\s{0,9}(?=[^\s\[【])"
)
BEGINNING = lazy_re.compile(r"[\[(（【<［]|[0-9:：]{4,8}")
DIGITS = lazy_re.compile("[0-9]")
LONGEST = 20  # characters of a role word on a line of its own
SOMEBODY = frozenset(("说话人", "发言人", "speaker", "Speaker"))  # as we write one who is not known
OF_A_ROW = ("role", "speaker", "text", "start", "end", "turn")  # keys of a record, not people
ID = lazy_re.compile(r"[A-Za-z]{0,4}[0-9]{3,12}")  # "坐席：8021" above a conversation is no speech
NUMBER = lazy_re.compile(r"([0-9]{1,20})\s?[:：]")
MOST_UNKNOWN = 6  # more different words before a colon are a form or a list, not people


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

    @property
    def notes(self) -> list[str]:
        """What was left out because only a script holds it, or stands below; who was not named."""
        notes = []
        if below := [part.number for part in self.after if not is_fact(part)]:
            notes.append(f"{line_numbers(below)} below the conversation not read as speech")
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
    rows = enumerate(pieces(split_lines(text)), 1)
    lines = (take_apart(number, one) for number, row in rows for one in row if one.strip())
    found = [_unlabelled(part) if MADE_BY.match(part.whole) else part for part in lines]
    parts = [_numbered(part, given) for part in found] if given else found
    people = speakers(parts, given)
    if not people and (headed := _headed(parts) or _in_brackets(parts)):
        parts, people = headed, speakers(headed, given)
    return _segments(parts, people, given)


def _unlabelled(part: Line) -> Line:
    """Return a line of the software, or a heading, as one that nobody says and no speaker leads."""
    return replace(part, label="", text=part.whole, start=None, end=None, sure=False, date="")


def _headed(parts: Sequence[Line]) -> list[Line]:
    """Return lines with those as labels that are a role word and nothing else, if two roles are.

    What somebody says stands below; nothing is returned if it does not.
    """
    bare = [HEADING.sub("", part.whole).strip() for part in parts]
    roles = [stated(one, {}) if len(one) <= LONGEST else UNKNOWN for one in bare]
    heads = [role != UNKNOWN for role in roles]
    if len(set(roles) - {UNKNOWN}) < 2 or not heads[0] or any(map(and_, heads, heads[1:])):
        return []
    return [
        replace(part, label=one, text="", sure=True) if head else replace(part, label="")
        for part, one, head in zip(parts, bare, heads, strict=True)
    ]


def _in_brackets(parts: Sequence[Line]) -> list[Line]:
    """Return lines with the name in brackets each begins with as label: "[Dana Lee] Hello."

    Nothing is returned if a line begins with none, or if not two names come back in turn.
    """
    heads = [IN_BRACKETS.match(part.whole) for part in parts]
    found = [
        replace(part, label=head["label"], text=part.whole[head.end() :], sure=True)
        for part, head in zip(parts, heads, strict=True)
        if head is not None
    ]
    counts = Counter(part.label for part in found)
    again = {label for label in _alternating(found) if counts[label] > 1}
    fields = any(field_of(one) for one in counts)
    if fields or len(found) < len(parts) or len(again) < 2 or len(counts) > MOST_UNKNOWN:
        return []
    return found


def _numbered(part: Line, given: Mapping[str, str]) -> Line:
    """A number is a speaker only if the user says so: "8012：您好" with roles 8012=agent."""
    match = NUMBER.match(part.whole) if not part.label else None
    if match is None or match[1] not in given:
        return part
    return replace(part, label=match[1], text=part.whole[match.end() :].strip())


def speakers(parts: Sequence[Line], given: Mapping[str, str]) -> set[str]:
    """Return the labels that are speakers, by what they are and how they come back."""
    counts = Counter(part.label for part in parts if part.label and not _is_node(part.label))
    known = {label for label in counts if label in given or is_speaker(label)}
    known |= listed(parts) or (set() if known else two_letters(parts))
    as_well = _timed_as_well(parts, known)
    timed = {part.label for part in parts if part.sure} | as_well
    again = {label for label in _alternating(parts) if counts[label] > 1}
    heads = sum(part.sure and not part.text for part in parts)
    again |= _in_capitals(parts, known)
    unknown = {label for label in (timed | again) - known if field_of(label) not in OF_A_ROW}
    unknown |= as_well & SOMEBODY
    if len(unknown) > MOST_UNKNOWN or (not known and len(unknown) < 2 and not timed):
        return known | as_well
    lines = sum(bool(part.label or part.text) and not MADE_BY.match(part.whole) for part in parts)
    if not known and heads < 2 and sum(counts[label] for label in unknown) * 2 < lines:
        return set()
    return known | unknown


def _timed_as_well(parts: Sequence[Line], known: Container[str]) -> set[str]:
    """Labels with a time, where those of known speakers have one; else all, if one comes again."""
    timed = [part for part in parts if part.label and part.start is not None]
    if any(part.label in known for part in timed):
        led = _led(parts, known) | {""}
        return {part.label for part in timed if _beginning(part) in led}
    found, labelled = {part.label for part in timed}, sum(bool(part.label) for part in parts)
    return found if not known and len(found) < len(timed) == labelled else set()


def _in_capitals(parts: Sequence[Line], known: Set[str]) -> set[str]:
    """Labels in capitals below the first of known speakers, if all of those are in capitals."""
    if not known or not all(map(CAPITALS.match, known)):
        return set()
    below = dropwhile(lambda part: part.label not in known, parts)
    return {
        part.label
        for part in below
        if part.text and CAPITALS.match(part.label) and not field_of(part.label)
    }


def _is_node(label: str) -> bool:
    return NODE.fullmatch(label + ":") is not None


def _alternating(parts: Sequence[Line]) -> set[str]:
    """Labels that come back after another label has spoken."""
    found: set[str] = set()
    last: dict[str, int] = {}
    changes, before = 0, ""
    for part in parts:
        if not part.label:
            continue
        changes += part.label != before
        if part.label in last and changes > last[part.label]:
            found.add(part.label)
        last[part.label], before = changes, part.label
    return found


def _segments(parts: Sequence[Line], people: set[str], given: Mapping[str, str]) -> Dialogue:
    found = Dialogue()
    texts: list[list[str]] = []
    opened: list[Line] = []
    robots = {label for label in people if stated(label, given) == BOT}
    times = Counter(part.label for part in parts)
    lines = list(_timed(parts))
    foot = len(lines) - foot_size(lines, people)
    lines, found.after = lines[:foot], lines[foot:]
    lines, found.nameless = _going_on(lines, people)
    head = _head_size(lines, people)
    named = {part.text: stated(part.label, given) for part in lines[:head] if part.text in people}
    for place, part in enumerate(lines):
        headed = not opened and times[part.label] == 1 and ID.fullmatch(part.text)
        if part.label in people and not headed and place >= head:
            opened.append(part)
            said = _said(part.text, part.label in robots, part.label in robots)
            texts.append([said])
            _left_out(found, part.text, said)
        elif not opened:
            found.before.append(part)
        else:
            said = _said(part.whole, opened[-1].label in robots, bool(robots))
            texts[-1].append(said)
            _left_out(found, part.whole, said)
            if 0 < len(part.label) <= 4 and said == part.whole:
                found.doubtful.append(part.number)
    found.date = next((part.date for part in opened if part.date), "")
    found.segments = [
        _segment(part, " ".join(filter(None, said)), {**named, **given})
        for part, said in zip(opened, texts, strict=True)
    ]
    if found.before and opened and _opens(found.before[-1], opened[0]):
        lead = found.before.pop()
        found.segments.insert(0, Segment(UNKNOWN, lead.whole, "", None, None, lead.number))
    return found


def _head_size(parts: Sequence[Line], people: Container[str]) -> int:
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
    told = fields or any(part.text in names_below for part in speakers_in)
    return size if speakers_in and told and again and len(own) == len(speakers_in) else 0


def _is_value(part: Line) -> bool:
    """Tell whether a line is a field with a name, a number or a time, and nothing anybody says."""
    return NAME.fullmatch(part.text) is not None and GREETING.match(part.text) is None


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


def _timed(parts: Sequence[Line]) -> Iterator[Line]:
    """Give a time that stands alone on its line to the speaker on the next one, or above it."""
    alone: Line | None = None
    head: Line | None = None
    for part in parts:
        if part.start is not None and not part.label and not part.text:
            if head is not None:
                yield _at_time(head, part)
                head = None
            else:
                alone = part
            continue
        if head is not None:
            yield head
        if alone is not None and part.label and part.start is None:
            part = _at_time(part, alone)
        alone, head = None, None
        if part.label and not part.text and part.start is None:
            head = part
        else:
            yield part
    if head is not None:
        yield head


def _going_on(parts: Sequence[Line], people: Container[str]) -> tuple[list[Line], list[int]]:
    """Give a line that begins with a time as those of speakers do, and names nobody, to the last.

    It is a turn of its own, for it has a time of its own. Returns the numbers of such lines, too.
    """
    led = _led(parts, people)
    found: list[Line] = []
    nameless: list[int] = []
    last = ""
    for part in parts:
        last = part.label if part.label in people else last
        if last and not part.label and part.start is not None and _beginning(part) in led:
            part = replace(part, label=last)
            nameless.append(part.number)
        found.append(part)
    return found, nameless


def _led(parts: Sequence[Line], people: Container[str]) -> set[str]:
    """Return how the times are written that lines of speakers begin with."""
    timed = (part for part in parts if part.label in people and part.start is not None)
    return {_beginning(part) for part in timed} - {""}


def _beginning(part: Line) -> str:
    """Return how the time at the beginning of a line is written, "" if there is none."""
    match = BEGINNING.match(part.whole)
    return DIGITS.sub("0", match[0]) if match is not None else ""


def _at_time(part: Line, time: Line) -> Line:
    return replace(part, start=time.start, end=time.end, date=time.date)


def _said(text: str, robot: bool, with_robot: bool) -> str:
    """Return a line without what only a robot's script says; "" for a line that is a pause."""
    if MADE_BY.match(text) or (PAUSE.match(text) and with_robot):
        return ""
    return NODE.sub("", text, count=1) if robot and NODE.match(text) else text


def _left_out(found: Dialogue, before: str, after: str) -> None:
    if mark := before.removesuffix(after).strip():
        found.marks.append(mark)


def _segment(part: Line, text: str, given: Mapping[str, str]) -> Segment:
    role = stated(part.label, given)
    return Segment(role, text, part.label, part.start, part.end, part.number)


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
