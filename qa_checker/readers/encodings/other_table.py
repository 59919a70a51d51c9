"""Chinese of one table of characters read by the other: GBK as Big5 (蠟疑ㄛ), Big5 as GBK.

Nearly every pair of bytes is some character in both tables, so nothing is odd but the
characters themselves: nobody says them. What was said comes back if the bytes are put in the
right table, and nothing of them was lost.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.readers.encodings.plausible import ENOUGH, SAMPLE, plausibility

NOBODY = 0.0  # plausibility of the wrong table is -0.1 and less, of speech 0.7 and more
LEAST = 8  # Han that can tell
TABLES = (("cp950", "gb18030"), ("big5hkscs", "gb18030"), ("gb18030", "big5hkscs"))
CHINESE = "gb18030"  # for `plausibility`: either table
LOST = "\ufffd"
HALF = lazy_re.compile(r"(?<=[\u4e00-\u9fff])[@-~]{1,2}(?=[\u4e00-\u9fff，。？])")
MOST_HALVES = 0.02  # of all characters; what stays of a pair whose first byte was dropped
HAN = lazy_re.compile(r"[\u4e00-\u9fff]")
KANA_OR_HANGUL = lazy_re.compile(r"[\u3040-\u30ff\uac00-\ud7af]")


def said_by_nobody(text: str) -> bool:
    """Tell whether a text is of Chinese characters that make no speech."""
    sample = text[:SAMPLE]
    if sample.isascii() or plausibility(sample, CHINESE) >= NOBODY:
        return False
    han = len(HAN.findall(sample))
    return han >= LEAST and han > len(KANA_OR_HANGUL.findall(sample))


def by_other_table(text: str) -> str | None:
    """Return such a text as another table has it; None if none makes speech of all of it."""
    found = [one for one in _turned(text) if _is_whole(one)]
    best = max(found, key=lambda one: plausibility(one, CHINESE), default="")
    return best if plausibility(best, CHINESE) >= ENOUGH else None


def _turned(text: str) -> Iterator[str]:
    for wrong, right in TABLES:
        try:
            yield text.encode(wrong).decode(right)
        except UnicodeError:
            continue


def _is_whole(text: str) -> bool:
    return LOST not in text and len(HALF.findall(text)) <= MOST_HALVES * len(text)
