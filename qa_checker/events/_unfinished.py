"""Whether what somebody says stops in the middle of a sentence."""

from __future__ import annotations

from qa_checker import lazy_re

NEED_MORE = (
    "a an the to of in on at for with by from as and or but if because cause than into is are was "
    "were be am i we they he she my your his her our their these those i'm you're we're they're "
    "he's she's there's that's it's what's i've we've you've they've i'd i'll we'll you'll they'll "
    "which don't doesn't can't gonna every very"
)
OPEN_EN = frozenset(NEED_MORE.split())
"""Words that a sentence does not end with."""
OPEN_ZH = lazy_re.compile(
    r"(?:因为|但是|可是|然后|而且|或者|所以|如果|要是|就是说|比如|比如说|[^这那]就|和|跟|把|被|给|"
    r"对于|关于|为了|由于|只要|除了|不但|虽然|以及|还有就是|这个那个)$"
)
LONGEST = 6
"""Characters at the end of a Chinese text in which such a word stands."""
SHORT = "it me us up no ok go so do uh um ah oh hm mm er ha hi ad tv"
WHOLE_ENDINGS = frozenset(SHORT.split())
DASHES = tuple("—–―-")
MARKS = tuple('。！？!?.;；~～）)”"』」')
WORD = lazy_re.compile(r"[a-z]+(?:['’][a-z]+)*")
CUT = 2
"""Letters of a last word that nobody finished saying (th, w)."""


def unfinished(text: str, *, english: bool) -> bool:
    """Tell whether a text ends in a dash, in half a word, or in a word that needs another."""
    said = text.rstrip()
    if said.endswith(DASHES):
        return True
    if said.endswith(MARKS):
        return False
    if not english:
        return OPEN_ZH.search(text.rstrip("，,、 …")[-LONGEST:]) is not None
    last = last_word(said.casefold().replace("’", "'"))
    return last in OPEN_EN or (0 < len(last) <= CUT and last not in WHOLE_ENDINGS)


def last_word(said: str) -> str:
    """Return the last word of an English text, "" if it has none."""
    for piece in reversed(said.split()):
        words = WORD.findall(piece)
        if words:
            return str(words[-1])
    return ""
