"""The words of a text that carry content: not those that everybody says, and no digits."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from qa_checker import lazy_re
from qa_checker.events import Batch, Scene
from qa_checker.events._turns import texts
from qa_checker.events._words import words

NO_CONTENT_ZH = frozenset(
    " 。\x1d~@#%&*+=/<>_[]{}|0123456789abcdefghijklmnopqrstuvwxyz"
    "零〇一二两三四五六七八九十百千万亿几"
    "的了是我你您他她它们这那个有在不就也都和与吗呢吧啊哦嗯呀嘛哈么什一上下来去说要会能可以好很还没"
    "到对给把被让为着过得地之所因但而如果请问先生女士亲"
)
WORDS_EN = """
a an the i you he she it we they me my your his her our their this that these those is are was
were be been being am do does did have has had can could will would shall should may might must
to of in on at for with by from as and or but so if not no yes yeah okay ok right oh um uh er
well just like know mean there then what how when where who which about out up get got very
really all any some im its thats sounds dont youre ive
"""
NO_CONTENT_EN = frozenset(WORDS_EN.split())
NO_CONTENT = " "
"""What stands for a word without content."""
ENDINGS = ("ing", "ed", "es", "s")
WORD = lazy_re.compile(r"[a-z]+(?:['’][a-z]+)*")


Unit = str | int
"""A word, or a Chinese character by its code point."""


def content_of_turns(scene: Scene) -> Sequence[frozenset[Unit]]:
    """Return the units of each turn that carry content."""
    if scene.language == "en":
        stems = scene.batch.once(no_stems_yet)
        spoken = [words(text.replace("。", " "), WORD) for text in scene.once(texts)]
        return [frozenset(map(stems.__getitem__, own)) - {NO_CONTENT} for own in spoken]
    codes = scene.plain.codes
    kept = np.flatnonzero(carries_content().take(codes))
    said, begins = codes.take(kept).tolist(), kept.searchsorted(scene.plain.begins).tolist()
    return [frozenset(said[begin:end]) for begin, end in pairwise(begins)]


@cache
def carries_content() -> npt.NDArray[np.bool_]:
    """Return whether each code point carries content in Chinese calls."""
    table = np.ones(sys.maxunicode + 1, dtype=np.bool_)
    table[list(map(ord, NO_CONTENT_ZH))] = False
    return table


def content_of(text: str, english: bool) -> frozenset[str]:
    """Return the units of a plain text that carry content."""
    if not english:
        return frozenset(text).difference(NO_CONTENT_ZH)
    said = set(words(text.replace("。", " "), WORD)) - NO_CONTENT_EN
    return frozenset([stem(word) for word in said if len(word) > 1])


class Stems(dict[str, str]):
    """Each word without its ending, NO_CONTENT if it carries none, once it has been asked for."""

    def __missing__(self, word: str) -> str:
        """Return a word without its ending, or NO_CONTENT."""
        carries = len(word) > 1 and word not in NO_CONTENT_EN
        self[word] = found = stem(word) if carries else NO_CONTENT
        return found


def no_stems_yet(batch: Batch) -> Stems:
    """Return the stems of the words of a batch before any is looked at."""
    return Stems()


def stem(word: str) -> str:
    """Return a word without its ending."""
    if word[-1] in "gds":
        for ending in ENDINGS:
            if word.endswith(ending):
                return word[: -len(ending)]
    return word
