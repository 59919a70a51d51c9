"""The words of English texts, mostly without a regular expression."""

from __future__ import annotations

import re
from string import ascii_letters

KEPT = {*map(ord, ascii_letters), ord("'")}
LETTERS = bytes([code if code in KEPT else ord(" ") for code in range(256)]).lower()
"""What an ASCII character is where words are looked for: itself, in lower case, or a space."""


def words(text: str, word: re.Pattern[str]) -> list[str]:
    """Return the words of a text in lower case; a pattern finds them where it is not simple.

    In ASCII its words are letters, with apostrophes between them.
    """
    if text.isascii():
        bare = f" {text.encode().translate(LETTERS).decode()} "
        if "' " not in bare and " '" not in bare and "''" not in bare:
            return bare.split()  # no apostrophe stands outside a word
    found: list[str] = word.findall(text.casefold())
    return found
