"""A hit: a place in a call where an entry or an event was found."""

from __future__ import annotations

from typing import NamedTuple

Said = tuple[str, str]
"""The same words in Chinese and in English."""
NOTHING: Said = ("", "")


class Hit(NamedTuple):
    """Characters `start` to `end` (as read) of the turn at index `turn` (from 0).

    `name` is the entry ("service.empathy") or event ("event.silence"), `role` who did
    it, `phrase` the phrase as its author wrote it ("" for events), `via` how it was
    found: text, pinyin, regex, tokens, or timing. `size` is how much of the event's
    `unit` (s, chars, words, %, chars/min, words/min) there is; `detail` says so in
    words. `other` is the index of the second turn of an event (the interrupted one).
    """

    name: str
    turn: int
    start: int
    end: int
    role: str
    phrase: str = ""
    via: str = "text"
    size: float | None = None
    unit: str = ""
    detail: Said = NOTHING
    other: int | None = None
