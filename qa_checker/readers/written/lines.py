"""One line of a written conversation: a time, a speaker, what is said.

Forms: `客服：您好`, `Agent: hello`, `【客户】你好`, `[客服] 您好`, `[00:01:02] 客服：…`,
`(01:02) Agent: …`, `客服 10:02:11 …`, `客服(00:05)：…`, `[0.0-3.0] 客服: …`, `Dana Lee (00:05): …`,
`0.0-3.0 客服: …`, `［００：０５］客服：…`,
`**Agent:** …`, `**Agent**: …`, `**[00:05] Agent:** …`, `- 客服：…`, `1、客服：…`,
`>> AGENT: …`, `[SPEAKER_00]: …`, `[Speaker:0] …`, `(speaker 0) …`, `Agent - …`,
`客服> …`, `客服  …`, `客服：[00:05] …`; and heads with the speech below: `Dana Lee  0:01`,
`Dana Lee (0:01)`, `[Dana Lee] 10:02:11`, `00:05 客服`, `SPEAKER: S1`, or a time
alone on a line before the one with the speaker.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.times import SHORT, moment
from qa_checker.readers.written.labels import BAR_TIME, NO_LABEL, SHOP, first, is_speaker, label_in
from qa_checker.readers.written.stamps import (
    BARE,
    BARRED,
    BRACKET,
    RANGE,
    is_time,
    seconds_at,
)

SMALL_COLON = "﹕"
HEAD = 160  # no time and label are longer; the speech behind them may be megabytes
SIMPLE = lazy_re.compile(r"([^:：;；\s\[\]【】<>()（）]{1,12})[:：;；]")
BULLET = lazy_re.compile(r"[-*•]\s{1,9}|>{2,3}\s{0,9}|>\s{1,9}|#{2,6}\s{1,9}")
STRESSED = lazy_re.compile(r"(\*{1,3})[^*]+\1")
STRESSED_TIME = lazy_re.compile(r"(\*{1,3})(?=[\[(（【]?[0-9]{1,2}:)([^*]{1,100})\1")
COUNTED = (
    r"(?:(?:[Tt]urn|TURN|[Ll]ine|LINE|[Uu]tterance)\s?#?[0-9]{1,4}|#[0-9]{1,4}|第\s?[0-9]{1,4}\s?[句轮輪行条])"
    r"\s{0,3}[-–—.、．:：|)）]?\s{0,3}"
)
NUMBER = lazy_re.compile(rf"[0-9]{{1,4}}[.、．)）](?![0-9])\s{{0,9}}|{COUNTED}(?=\S)")
OPENING = frozenset("[(（【<")
BARS = frozenset("|｜")
WIDE_STARTS = frozenset("０１２３４５６７８９［（【")
DASHED = lazy_re.compile(r"[-–—]\s+(?P<label>\S{1,20}(?:\s\S{1,20}){0,3})$")
WORD = lazy_re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8}[0-9]{0,6})\s+(?=\S)")
TABBED = lazy_re.compile(r"(?P<label>[^\t:：，。？！,?!]{1,30})\t+(?=\S)")
WIDE = str.maketrans("０１２３４５６７８９：．－～［］", "0123456789:.-~[]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line taken apart. `label` is "" if nothing stands where a speaker could.

    `text` is what follows the label, `whole` the line as it would go on from the one
    before; `sure` says that a bracketed time or a mark of a transcript is with the label. `tag` is
    what says who the speaker is, where that is no part of the label: "[客服] 王芳：…".
    """

    number: int
    label: str
    text: str
    whole: str
    start: float | None = None
    end: float | None = None
    sure: bool = False
    date: str = ""
    tag: str = ""


def take_apart(number: int, line: str) -> Line:
    """Return the parts of one line. Only its first characters are searched, however long it is."""
    rest = line.strip()
    if SMALL_COLON in rest:
        rest = rest.replace(SMALL_COLON, "：")
    plain = SIMPLE.match(rest)
    if plain is not None and role_of(plain[1]) != UNKNOWN:
        text = rest[plain.end() :].strip()
        timed = text[:2].isdigit() and BAR_TIME.search(plain[1]) is not None
        if text[:1] not in OPENING and not timed and SHOP.match(rest[:HEAD]) is None:
            return Line(number, plain[1], text, rest)
    rest = rest[_end(BULLET.match(rest)) :]
    whole = rest = rest.strip("*") if STRESSED.fullmatch(rest[:HEAD]) else rest
    stressed = STRESSED_TIME.match(rest[:HEAD])
    rest = stressed[2] + rest[stressed.end() :] if stressed is not None else rest
    time, rest = _ahead(rest)
    said, label, parts, strong = label_in(rest[:HEAD], len(rest))
    if time is not None and not label:
        said, label = _tabbed(time, rest) or _after_time(rest)
    boxed = time is not None and time.re.pattern == BRACKET.pattern
    if time is None and label and not first(parts, "at", "clock", "since"):
        time, said = _behind(rest, said)
        strong = strong or (time is not None and said >= len(rest))
    start = time[1] if time is not None else first(parts, "at", "clock", "since")
    end = time[2] if time is not None else first(parts, "to", "until", "till")
    date = start if start and (moment(start) is not None or SHORT.match(start)) else ""
    sure = bool(label) and (boxed or strong)
    text = rest[said:].strip().removesuffix(f"</{label}>").rstrip()
    began, ended = seconds_at(start), seconds_at(end)
    return Line(number, label, text, whole, began, ended, sure, date)


def _ahead(rest: str) -> tuple[re.Match[str] | None, str]:
    """Return the time a line begins with, and what follows it, or the number of the line."""
    head = rest[:HEAD].translate(WIDE) if rest[:1] in WIDE_STARTS else rest[:HEAD]
    time = BRACKET.match(head) or BARE.match(head) or _range(head)
    if time is None:
        return None, rest[_end(NUMBER.match(rest)) :]
    if is_time(time):
        after = rest[time.end() :].lstrip()
        return time, after[1:].lstrip() if after[:1] in BARS else after
    return None, rest[time.end() :].lstrip() if time[1].isdigit() else rest


def _after_time(rest: str) -> tuple[int, str]:
    """Return where the speech begins and the label behind a time: alone, "- Dana", or "客服 …"."""
    if is_speaker(rest):
        return len(rest), rest
    dashed = DASHED.match(rest)
    if dashed is not None and not NO_LABEL.search(dashed["label"]):
        return len(rest), dashed["label"]
    word = WORD.match(rest)
    return (
        (word.end(), word["label"]) if word is not None and is_speaker(word["label"]) else (0, "")
    )


def _tabbed(time: re.Match[str], rest: str) -> tuple[int, str] | None:
    """Return where the speech begins and the label in a row of three: time, tab, name, tab."""
    match = TABBED.match(rest) if time[0].endswith("\t") else None
    if match is None or is_speaker(rest[match.end() :].strip()):
        return None
    return match.end(), match["label"].strip()


def _behind(rest: str, said: int) -> tuple[re.Match[str] | None, int]:
    """Return the time behind a speaker, and where the speech begins; "(0.5)" is a pause."""
    match = BARRED.match(rest[:HEAD], said)
    if match is not None:
        return match, match.end()
    match = BRACKET.match(rest[:HEAD], said)
    if match is None or not (":" in match[1] or match[2]) or not is_time(match):
        return None, said
    return match, match.end()


def _range(head: str) -> re.Match[str] | None:
    """Return the bare seconds before a speaker ("0.5-6.7 客服: …"); before a word they are said."""
    match = RANGE.match(head)
    said = head[match.end() :] if match is not None else ""
    return match if said and is_speaker(label_in(said, len(said))[1]) else None


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match is not None else 0
