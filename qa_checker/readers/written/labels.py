"""Labels: what stands for a speaker at the beginning of a line, and how it is set apart."""

from __future__ import annotations

import re

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.written.stamps import CLOCK, DAY, HMS, STAMP, TIMED

BAR_TIME = lazy_re.compile(r"[|｜@–—-]\s?[0-9]{1,2}$")  # "坐席|00:01|您好", "客服-10:02:01"
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
NAMED = lazy_re.compile(r"S(?:PEAKER|peaker):\s{1,3}(?P<label>S?[0-9]{1,3}|S\?|UU):?$")
TITLES = r"(?<!\b[A-Z])(?<!\b[DMJS]r)(?<!\bM[sx])(?<!\bMrs)"  # "Dr. Smith" is no sentence
LOG = r"^(?-i:TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b"  # lines of a program
NO_LABEL = lazy_re.compile(
    rf"[，。？！；,?!;\"“”]|https?$|{TITLES}\.\s|^[\s0-9:.]*$|{LOG}", re.IGNORECASE
)
NUMBERED = lazy_re.compile(
    r"(?:[Ss]peaker )?(?:SPEAKER|speaker|Speaker|spk|SPK|说话人|发言人|Participant|參與者|参与者)"
    r"[ _:-]?(?:[0-9A-Z]{1,3}|\?)|(?:[声聲]道|通道|[Cc]hannel |CH)\s?[0-9]{1,2}|[左右][声聲]道"
)


def label_in(rest: str, size: int) -> tuple[int, str, dict[str, str | None], bool]:
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
        timed = first(parts, "at", "clock", "since")
        boxed = pattern is SHOP and match[0].rstrip()[-1] in ")）:："
        head = alone or boxed or bool(pattern is COLON and timed and match.end() == size)
        return match.end(), label, parts, bool(parts.get("bold")) or head
    return 0, "", {}, False


def first(parts: dict[str, str | None], *keys: str) -> str | None:
    """Return the first of some parts that is there."""
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
