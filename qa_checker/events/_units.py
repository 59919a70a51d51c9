"""What sentences are compared by: letters in Chinese calls, words in English ones.

Most texts hold nothing that has to be looked for; the units of those of a batch are found at once.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from string import ascii_letters

import numpy as np

from qa_checker import lazy_re
from qa_checker.events._words import words
from qa_checker.text.characters import Codes
from qa_checker.text.codes import as_codes, as_text

WORD = lazy_re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
LETTER = lazy_re.compile(r"[^\W\d_]")
PLACEHOLDER = lazy_re.compile(r"\[[^\]]*\]")
BESIDE_WORD = lazy_re.compile("(?<![A-Za-z])'|'(?![A-Za-z])")
"""An apostrophe that stands in no word."""
BETWEEN = "|"
"""What stands between texts whose words are found at once; none of them may hold it."""
KEPT = ascii_letters + "'" + BETWEEN
SIMPLE = bytes([code if chr(code) in KEPT else ord(" ") for code in range(256)])
UNKNOWN, NO_UNIT, SEVERAL = range(3)
"""What stands for a code point not looked at yet, for what is no letter, for several letters."""


class Vocabulary(dict[str, str]):
    """One character for each word, given out when it is first asked for.

    Texts of words are compared far quicker as texts of such characters.
    """

    def __missing__(self, word: str) -> str:
        """Return the next character."""
        self[word] = found = chr(len(self) + 1)
        return found


def units(text: str, vocabulary: Vocabulary | None) -> str:
    """Return what a text is compared by, a character each: letters in Chinese calls.

    In English calls, which have a vocabulary, words. Digits do not count: a number that is
    dictated or read back is meant to be said again.
    """
    if "[" in text:
        text = PLACEHOLDER.sub(" ", text)
    if vocabulary is not None:
        return "".join([vocabulary[word] for word in words(text, WORD)])
    return "".join(WORD.findall(text.casefold()))


def units_of_each(texts: Sequence[str], vocabulary: Vocabulary | None) -> list[str]:
    """Return the units of each of some texts."""
    simple = is_simple_zh if vocabulary is None else is_simple_en
    rest = [PLACEHOLDER.sub(" ", text) if "[" in text else text for text in texts]
    careful = [at for at, text in enumerate(rest) if not simple(text)]
    for at in careful:
        rest[at] = ""
    found = letters_of_each(rest) if vocabulary is None else words_of_each(rest, vocabulary)
    for at in careful:
        found[at] = units(texts[at], vocabulary)
    return found


def is_simple_zh(text: str) -> bool:
    """Tell whether the units of a text are its letters, one by one."""
    return "'" not in text and "’" not in text


def is_simple_en(text: str) -> bool:
    """Tell whether the units of a text are ASCII letters, with apostrophes only between them."""
    simple = text.isascii() and BETWEEN not in text
    return simple and not ("'" in text and BESIDE_WORD.search(text))


def letters_of_each(texts: list[str]) -> list[str]:
    """Return the letters of each of some simple Chinese texts."""
    found = compared_as(as_codes("".join(texts)))
    if (found == SEVERAL).any():
        return [units(text, None) for text in texts]
    is_unit = found != NO_UNIT
    letters = as_text(found[is_unit])
    before = np.concatenate(([0], is_unit.cumsum()))
    sizes = np.fromiter(map(len, texts), dtype=np.int64, count=len(texts))
    ends = before.take(sizes.cumsum()).tolist()
    return [letters[begin:end] for begin, end in pairwise([0, *ends])]


def words_of_each(texts: list[str], vocabulary: Vocabulary) -> list[str]:
    """Return the words of each of some simple English texts, a character each."""
    if not texts:
        return []
    joined = f" {BETWEEN} ".join(texts)
    said = joined.encode().translate(SIMPLE).decode().lower().split()
    return "".join(map(vocabulary.__getitem__, said)).split(vocabulary[BETWEEN])


def compared_as(codes: Codes) -> Codes:
    """Return the letter that each code point is compared as, NO_UNIT or SEVERAL."""
    table = known_letters()
    found = table.take(codes)
    unknown = codes[found == UNKNOWN]
    if len(unknown):
        for code in set(unknown.tolist()):
            table[code] = letter(chr(code))
        found = table.take(codes)
    return found


def letter(character: str) -> int:
    """Return the code point of the letter that a character is compared as, NO_UNIT or SEVERAL."""
    folded = character.casefold()
    if len(folded) > 1:
        return SEVERAL
    return ord(folded) if LETTER.match(folded) else NO_UNIT


@cache
def known_letters() -> Codes:
    """Return what each code point is compared as; it is looked at when it is first met."""
    return np.zeros(sys.maxunicode + 1, dtype=np.uint32)
