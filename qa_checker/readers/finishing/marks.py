"""Marks that are no speech are taken out of what people say, in one place for all formats.

    [Music]  (laughs)  <unk>  ((DOOR_SLAM))  ♪     sounds, and words nobody made out (marks.txt)
    [glass breaking]  【关门声】                     sounds, all that a segment holds
    [inaudible 00:01:09]  <silence 5s>             such, with their place or their length
    <|zh|><|NEUTRAL|><|Speech|>                    tags of a recogniser
    [图片]  [文件]发票.pdf  Lee joined the chat     messages without words (`notices.py`)
    0.1秒                                          a pause, where an export writes them as lines
    _x000D_                                        a line end that Excel wrote out

Redactions ([PII], [NAME], ***) stand for words and stay. A segment that holds nothing but
marks is left out, so that a silence is measured from word to word. What else stands alone in
brackets, [我的订单], may be a button that somebody pressed: it stays, and where people spoke a
note names it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from msgspec.structs import replace

from qa_checker import lazy_re
from qa_checker.call import SYSTEM, Segment
from qa_checker.readers.finishing.notices import is_notice
from qa_checker.readers.strict_json import names
from qa_checker.readers.words import fold, sections

BEGINNINGS = r"\[(<（【［♪_"
GLANCE = lazy_re.compile(f"[{BEGINNINGS}]")
TAG = r"<\|/?[A-Za-z_]{1,20}\|>"
EVENT = r"\(\([A-Z][A-Z_ ]{1,30}\)\)"
WHEN = r"[ :：]{0,2}(?:(?:[0-9]{1,2}:){1,2}[0-9]{2}|[0-9]{1,3}(?:\.[0-9]{1,3})? ?(?:s|sec|秒))"
LINE_END = r"_x000[dDaA]_"
PAUSE = lazy_re.compile(r"(?:(?<=\s)|^)[0-9]{1,3}(?:\.[0-9]{1,2})?秒(?=\s|$)")
SURE_PAUSE = lazy_re.compile(r"[0-9]{1,3}\.[0-9]{1,2}秒(?=\s|$)")
ALONE = lazy_re.compile(r"[\[(（【［]\s{0,3}([^\[\]()（）【】［］]{1,40}?)\s{0,3}[\])）】］]$")
HEARD = lazy_re.compile(r"(?!.*(?:影响|音响|语音|原声|心声))[\u4e00-\u9fff]{1,7}[声聲响響]$")
REDACTED = lazy_re.compile(r"[A-Z0-9_ -]+$|[*xX#]+$")
BLANKS = lazy_re.compile(r"[ \t]{2,}")


def without_marks(segments: Sequence[Segment]) -> tuple[list[Segment], list[str]]:
    """Return the segments that hold speech, without marks, and notes on what was left out."""
    seen: Counter[str] = Counter()
    kept, before = _spoken(segments, seen), list(segments)
    while kept != before:  # where a mark is gone, what is left may be one
        kept, before = _spoken(kept, seen), kept
    odd = [one.text for one in kept if one.end is not None and _may_be_words(one.text)]
    empty = sum(
        not after.text and bool(one.text) for one, after in zip(segments, kept, strict=True)
    )
    notes = []
    if seen:
        listed = names([mark for mark, _ in seen.most_common()])
        notes.append(f"marks that are no speech left out {seen.total()} times: {listed}")
    if odd:
        notes.append(f"{len(odd)} segments in brackets read as words: {names(sorted(set(odd)))}")
    if empty:
        notes.append(f"{empty} segments of nothing but such marks left out")
    return [one for one in kept if one.text], notes


def _spoken(segments: Sequence[Segment], seen: Counter[str]) -> list[Segment]:
    pauses = any(SURE_PAUSE.match(one.text) for one in segments)
    return [_without(one, seen, pauses=pauses) for one in segments]


def _without(segment: Segment, seen: Counter[str], *, pauses: bool) -> Segment:
    text = segment.text
    if segment.role != SYSTEM and is_notice(text):
        seen[text] += 1
        return replace(segment, text="")
    if GLANCE.search(text) is not None:
        if _is_heard(text):
            seen[text] += 1
            return replace(segment, text="")
        text = _taken_out(_marks(), text, seen)
    if pauses and "秒" in text:
        text = _taken_out(PAUSE, text, seen)
    return segment if text is segment.text else replace(segment, text=text)


def _is_heard(text: str) -> bool:
    """Tell whether a text is a sound in brackets: 关门声, or words the last of which is heard."""
    alone = ALONE.match(text)
    if alone is None:
        return False
    last = fold(alone[1]).replace("_", " ").replace("-", " ").rpartition(" ")[2]
    return last in sections("marks.txt")["heard"] or HEARD.match(alone[1]) is not None


def _may_be_words(text: str) -> bool:
    alone = ALONE.match(text)
    return alone is not None and REDACTED.match(alone[1]) is None


def _taken_out(pattern: re.Pattern[str], text: str, seen: Counter[str]) -> str:
    """Take out marks until none is left: taking out one may join another."""
    while found := [match[0] for match in pattern.finditer(text)]:
        seen.update(found)
        text = BLANKS.sub(" ", pattern.sub(" ", text)).strip()
    return text


@cache
def _marks() -> re.Pattern[str]:
    words = sorted(
        {fold(word) for word in sections("marks.txt")["sound"]}, key=lambda w: (-len(w), w)
    )
    sounds = "|".join(re.escape(word).replace(r"\ ", "[ _-]") for word in words)
    boxed = rf"[\[(<（【［]\s{{0,3}}(?i:{sounds})(?:{WHEN})?\s{{0,3}}[\])>）】］]"
    return re.compile(rf"{TAG}|{EVENT}|{LINE_END}|\({boxed}\)|{boxed}|♪+")
