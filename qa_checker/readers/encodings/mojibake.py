"""Text that was read in a wrong encoding before it was saved: 浣犲ソ, â€™, ÄúºÃ.

Where every byte is still there it is turned back, by ftfy or the way it came, and a note says
so. What is lost is lost: those words are not what was said, so no check may pass on them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, partial
from operator import ne

from qa_checker import lazy_re
from qa_checker.readers.encodings.other_table import by_other_table, said_by_nobody
from qa_checker.readers.encodings.plausible import ENOUGH, plausibility
from qa_checker.readers.strict_json import Refusal

HELP = "export it again as UTF-8; the text was read in a wrong encoding before it came here"
MOST = 0.02
NOBODY = "Chinese characters that nobody says: read in a wrong encoding?"
OTHER_TABLE_TURNED = "Chinese in GBK that was read as Big5, or the other way round: turned back"

# The characters cp1252 and Latin-1 show for the bytes 80 to BF of UTF-8.
TAIL = "[\x80-\xbf€‚ƒ„…†‡ˆ‰Š‹Œ\u017dŽ‘’“”•–—˜™š›œžŸ]"
UTF8_AS_WESTERN = lazy_re.compile(
    f"[ÂÃ]{TAIL}|[â-ï]{TAIL}{TAIL}|(?:[àá]{TAIL}{TAIL}){{2,}}"
    f"|[ð-ô]{TAIL}{TAIL}{TAIL}|(?:[Â-ß]{TAIL}){{2,}}"
)
UTF8_AS_OTHER = lazy_re.compile(
    "[╨╤][\u2500-\u25a0╨-╬А-я]|вЂ[\u2122њќ“”™]|[РС][\x80-\xbf‚ѓ„…†‡€‰Љ‹ЊЌЋЏђ‘’“”•–—™љ›њќћџЎўЈ¤Ґ¦§Ё©Є]"
    "{1}[РС]|√[©®±ºü†∂≤]|‚Ä[ôúùì¶î]|ĂŠ|Ă[®´¨ĄŁ]|Ä[\x80-\x9fƒ±°]|ï¿½"
)
LOST = lazy_re.compile("锟斤拷|锟斤|斤拷锟|烫烫烫|屯屯屯")
QUESTION = "???"
QUESTIONS = lazy_re.compile(r"\?{2,}")
LEAST_LOST = 8  # question marks; an angry customer writes fewer
LOST_HELP = "export it again as UTF-8; the text was written in an encoding that lacks Chinese"
LINE = lazy_re.compile(r"[^\r\n]+")
LOSSY = "replace_lossy_sequences"
HAN = "\u4e00-\u9fff\ue000-\uf8ff€㈠-㏿、。，；：？！·ˉˇ¨〃々—～‖…‘’“”"
UNSAID = "ㄅ-ㄩぁ-んΑ-ω\ue000-\uf8ff"  # in Chinese that the wrong table has read
WESTERN = "¡-¶¸-ÖØ-öø-ÿЂ-џĂ√‚╤╨"
WESTERN_RUN = lazy_re.compile("[¡-ÿ]{8,}")


def repaired(text: str) -> tuple[str, tuple[str, ...]]:
    """Return the text as it was before it was mis-read, and a note; as it is if that is not safe.

    Safe means: nothing was lost on the way there and back, and nothing odd is left. Raises
    Refusal where nothing makes speech of it.
    """
    if text.isascii():
        return text, ()
    if not _places(text):
        return _by_other_table(text) if said_by_nobody(text) else (text, ())
    for way in (_by_ftfy, _way_back("latin-1", "gb18030"), _way_back("gb18030", "utf-8")):
        fixed = LINE.sub(partial(_mended, way), text)
        changed = sum(map(ne, LINE.findall(text), LINE.findall(fixed)))
        if changed and _is_sound(text, fixed):
            return fixed, (f"mis-encoded text turned back in {changed} lines",)
    return text, ()


def _by_other_table(text: str) -> tuple[str, tuple[str, ...]]:
    fixed = by_other_table(text)
    if fixed is None:
        raise Refusal(NOBODY, HELP)
    return fixed, (OTHER_TABLE_TURNED,)


def _mended(way: Callable[[str], str], line: re.Match[str]) -> str:
    return way(line[0])


def _is_sound(text: str, fixed: str) -> bool:
    return not _places(fixed) and fixed.count("\ufffd") <= text.count("\ufffd")


def _by_ftfy(line: str) -> str:
    """Return the line as ftfy mends it, unless it had to guess at bytes that are gone."""
    if line.isascii():
        return line
    from ftfy import fix_encoding_and_explain

    fixed, steps = fix_encoding_and_explain(line)
    return line if any(LOSSY in step for step in steps or []) else fixed


def _way_back(wrong: str, right: str) -> Callable[[str], str]:
    """Return what turns a line back that was `right` and was read as `wrong`."""

    def back(line: str) -> str:
        try:
            fixed = line.encode(wrong).decode(right)
        except (UnicodeEncodeError, UnicodeDecodeError):
            return line
        return fixed if fixed == line or plausibility(fixed, right) >= ENOUGH else line

    return back


def refuse_mojibake(text: str) -> list[str]:
    """Return a note if a few places look mis-encoded. Raises Refusal if more than a few do."""
    _refuse_questions(text)
    hits = [] if text.isascii() else _places(text)
    if not hits and said_by_nobody(text):
        raise Refusal(NOBODY, HELP)
    if not hits:
        return []
    size = sum(len(hit) for hit in hits)
    if len(hits) > 2 or size > MOST * len(text):
        raise Refusal(f"looks mis-encoded in {len(hits)} places", HELP)
    return [f"looks mis-encoded in {len(hits)} places: {HELP}"]


def _refuse_questions(text: str) -> None:
    """Raise Refusal if most of a text are question marks, as programs put for what they lack."""
    lost = sum(map(len, QUESTIONS.findall(text))) if QUESTION in text else 0
    if lost >= LEAST_LOST and lost * 2 > sum(map(len, text.split())):
        raise Refusal("the words are lost: question marks stand where they were", LOST_HELP)


def _places(text: str) -> list[str]:
    han_run, suspect = _patterns()
    if suspect.search(text) is None:
        return []
    found = UTF8_AS_WESTERN.findall(text) + UTF8_AS_OTHER.findall(text) + LOST.findall(text)
    found += [run for run in han_run.findall(text) if _is_utf8_as_gbk(run)]
    return found + [run for run in WESTERN_RUN.findall(text) if _is_gbk_as_western(run)]


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return runs of Han that may be UTF-8, and what is in every bad place."""
    first = _first_of_han()
    run = re.compile(f"[{first}](?<![{HAN}][{first}])[{HAN}]{{2,}}")
    return run, re.compile(f"[{suspects()}]")


@cache
def suspects() -> str:
    """Return characters one of which is in every place that looks mis-encoded."""
    return f"{_first_of_han()}{WESTERN}{UNSAID}锟斤烫屯"


@cache
def _first_of_han() -> str:
    """Return the Han whose GBK bytes begin UTF-8 for Han: rare ones, all of them."""
    pairs = (bytes((lead, trail)) for lead in range(0xE2, 0xF0) for trail in range(0x80, 0xC0))
    return "".join(c for c in (pair.decode("gb18030", "ignore") for pair in pairs) if len(c) == 1)


def _is_utf8_as_gbk(run: str) -> bool:
    """A run of Han whose GBK bytes are UTF-8 for other Han: 浣犲ソ is 你好."""
    data = run.encode("gb18030", "replace")
    for cut in range(3):
        piece = data[: len(data) - cut]
        try:
            back = piece.decode("utf-8")
        except UnicodeDecodeError:
            continue
        return len(back) >= 2 and all("\u2e80" <= c <= "\uffef" or c in "‘’“”…—" for c in back)
    return False


def _is_gbk_as_western(run: str) -> bool:
    """A run of accented letters whose bytes are common GBK characters: ÄúºÃ is 您好."""
    data = run.encode("latin-1")
    if len(data) % 2:
        data = data[:-1]
    leads, trails = data[::2], data[1::2]
    common = all(0xB0 <= lead <= 0xD7 or 0xA1 <= lead <= 0xA3 for lead in leads)
    return common and all(trail >= 0xA1 for trail in trails) and len(data) >= 4
