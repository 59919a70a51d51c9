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
from qa_checker.readers.roles import role_of
from qa_checker.readers.stamps import (
    BARE,
    BARRED,
    BRACKET,
    CLOCK,
    DAY,
    HMS,
    RANGE,
    STAMP,
    TIMED,
    is_time,
    seconds_at,
)
from qa_checker.readers.times import SHORT, moment

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
BAR_TIME = lazy_re.compile(r"[|｜@–—-]\s?[0-9]{1,2}$")  # "坐席|00:01|您好", "客服-10:02:01"
BARS = frozenset("|｜")
WIDE_STARTS = frozenset("０１２３４５６７８９［（【")
LABEL = r"(?P<label>(?:[^:：\[\]【】<>*]|(?<=[0-9*])\*){1,40}?)"  # "客户(138****0000)"
COLON = lazy_re.compile(
    rf"(?P<bold>\*{{1,3}})?(?P<open>[\[【<（(])?{LABEL}(?P<close>[\]】>）)])?\*{{0,3}}\s{{0,9}}"
    rf"(?:{STAMP}\s{{0,9}})?[:：](?(bold)\*{{0,3}})\s*"
)
TAGGED = lazy_re.compile(
    r"(?P<label>[^:：\[\]【】<>*()（）]{1,20}[\[【(（](?P<tag>[^\[\]【】()（）:：]{1,30})[\]】)）])"
    r"\s{0,9}[:：]\s*"
)
STAMPED = lazy_re.compile(
    rf"[\[【]?{LABEL}[\]】]?(?:\s{{1,9}}|(?=[(（])|[-–—@]){STAMP}(?:\s+|$)(?![-–—~～:：])"
)
BOXED = lazy_re.compile(
    r"[\[【<「〔（(]\s*(?P<label>[^\[\]【】<>「」〔〕（）()]{1,30}?)\s*[\]】>」〕）)]\s*"
)
DIVIDED = lazy_re.compile(
    r"(?P<label>[^\t:：>＞|｜]{1,30}?)(?:\t+|\s{2,9}|\u3000|\s[-–—]\s+|\s?(?:[-=]?>{1,2}|[＞|｜])\s?)"
)
SHOP = lazy_re.compile(  # a sub-account of a shop, as chats of Taobao are headed
    r"(?P<label>[^\s:：()（）\[\]【】，。！？]{1,30}[:：][^\s:：()（）\[\]【】，。！？]{1,30})\s{0,9}"
    rf"[(（]?(?P<at>{DAY} \s?{HMS})[)）]?\s{{0,9}}[:：]?\s{{0,9}}$"
)
INSIDE = lazy_re.compile(
    rf"[\[【(（](?P<label>[^\[\]【】()（）:：]{{1,30}}?)\s{{1,9}}(?P<at>{CLOCK})[\]】)）]\s*[:：]?\s*"
)
COMMA = lazy_re.compile(rf"(?P<label>[^,，:：\[\]]{{1,40}}),\s\[(?P<at>{DAY} \s?{HMS})\]$")
DASHED = lazy_re.compile(r"[-–—]\s+(?P<label>\S{1,20}(?:\s\S{1,20}){0,3})$")
NAMED = lazy_re.compile(r"S(?:PEAKER|peaker):\s{1,3}(?P<label>S?[0-9]{1,3}|S\?|UU):?$")
WORD = lazy_re.compile(r"(?P<label>[\u4e00-\u9fff]{2,8}[0-9]{0,6})\s+(?=\S)")
TABBED = lazy_re.compile(r"(?P<label>[^\t:：，。？！,?!]{1,30})\t+(?=\S)")
TITLES = r"(?<!\b[A-Z])(?<!\b[DMJS]r)(?<!\bM[sx])(?<!\bMrs)"  # "Dr. Smith" is no sentence
LOG = r"^(?-i:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b"  # lines of a program
NO_LABEL = lazy_re.compile(
    rf"[，。？！；,?!;\"“”]|https?$|{TITLES}\.\s|^[\s0-9:.]*$|{LOG}", re.IGNORECASE
)
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
    said, label, parts, strong = _label(rest[:HEAD], len(rest))
    if time is not None and not label:
        said, label = _tabbed(time, rest) or _after_time(rest)
    boxed = time is not None and time.re.pattern == BRACKET.pattern
    if time is None and label and not _first(parts, "at", "clock", "since"):
        time, said = _behind(rest, said)
        strong = strong or (time is not None and said >= len(rest))
    start = time[1] if time is not None else _first(parts, "at", "clock", "since")
    end = time[2] if time is not None else _first(parts, "to", "until", "till")
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
    return match if said and is_speaker(_label(said, len(said))[1]) else None


def _label(rest: str, size: int) -> tuple[int, str, dict[str, str | None], bool]:
    """Return where the speech begins, the label, the times beside it, is it surely one."""
    for pattern in (NAMED, SHOP, TAGGED, INSIDE, COMMA, STAMPED, COLON, BOXED, DIVIDED):
        match = pattern.match(rest)
        if match is None:
            continue
        parts = match.groupdict()
        label = _whole_label(parts)
        if BAR_TIME.search(label) is not None and rest[match.end() :][:2].isdigit():
            continue
        if not label or NO_LABEL.search(label) or len(label.split()) > 5 or _is_cut(match):
            continue
        if pattern in (TAGGED, INSIDE, BOXED, DIVIDED) and not is_speaker(label):
            continue
        if pattern is TAGGED and TIMED.fullmatch(parts["tag"] or "") is not None:
            continue
        if pattern is STAMPED and (parts.get("at") or "").isdigit() and not parts.get("to"):
            continue  # the number of an agent: "坐席(1024)"
        alone = pattern in (NAMED, COMMA, STAMPED) and match.end() == size
        if pattern is STAMPED and not alone and not is_speaker(label):
            continue
        timed = _first(parts, "at", "clock", "since")
        boxed = pattern is SHOP and match[0].rstrip()[-1] in ")）:："
        head = alone or boxed or bool(pattern is COLON and timed and match.end() == size)
        return match.end(), label, parts, bool(parts.get("bold")) or head
    return 0, "", {}, False


def _first(parts: dict[str, str | None], *keys: str) -> str | None:
    return next((found for key in keys if (found := parts.get(key))), None)


def _whole_label(parts: dict[str, str | None]) -> str:
    """Put back the bracket that belongs to the label: "Agent (Dana)"."""
    label = (parts["label"] or "").strip("| ").removesuffix(" -").removesuffix(" —").rstrip()
    return label if parts.get("open") else label + (parts.get("close") or "")


def _is_cut(match: re.Match[str]) -> bool:
    """Tell whether a colon inside a bracket ends the label: "[Speaker:0] …", "客服（00:05）…"."""
    parts = match.groupdict()
    if parts.get("open", "") in ("[", "【", "<") and not parts["close"]:
        return True
    if parts.get("open", "") in ("(", "（") and not parts["close"]:
        return any(map(parts["label"].__contains__, ")）"))  # "（客服）王芳："
    return sum(map(parts["label"].count, "(（")) > sum(map(match[0].count, ")）"))


def is_speaker(label: str) -> bool:
    """Tell whether a label is a role word or a speaker number as speech engines write them."""
    return role_of(label) != UNKNOWN or NUMBERED.fullmatch(label) is not None


NUMBERED = lazy_re.compile(
    r"(?:[Ss]peaker )?(?:SPEAKER|speaker|Speaker|spk|SPK|说话人|发言人|Participant|參與者|参与者)"
    r"[ _:-]?(?:[0-9A-Z]{1,3}|\?)|(?:[声聲]道|通道|[Cc]hannel |CH)\s?[0-9]{1,2}|[左右][声聲]道"
)


def _end(match: re.Match[str] | None) -> int:
    return match.end() if match is not None else 0
