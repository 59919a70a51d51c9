"""Rows whose words say more than words: who speaks ("客服：您好"), or that they are a file's name.

A table without a column for who speaks may have it in front of the words of every row. One with a
column for the kind of a message has an address or a name of a file where the kind is a picture.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from qa_checker import lazy_re
from qa_checker.readers.finishing.notices import MEDIA
from qa_checker.readers.headers import plain
from qa_checker.readers.tabular.tables import Row, text
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.lines import take_apart

KINDS = (
    "消息类型", "訊息類型", "内容类型", "类型", "類型",
    "type", "msgtype", "messagetype", "contenttype",
)  # fmt: skip
MEDIUM = lazy_re.compile(rf"(?:{MEDIA})$", re.IGNORECASE)
NO_WORDS = lazy_re.compile(r"[!-~]*[./_0-9][!-~]*$|[^\s]{1,80}\.[A-Za-z0-9]{2,5}$|$")


def told_apart(texts: Sequence[str]) -> tuple[list[str], list[str]] | None:
    """Return labels and words of texts that a speaker leads, all of them; None for others."""
    parts = [take_apart(1, one) for one in texts]
    if len({part.label for part in parts}) < 2 or not all(is_speaker(part.label) for part in parts):
        return None
    if not all(part.text and part.start is None for part in parts):
        return None
    return [part.label for part in parts], [part.text for part in parts]


def without_media(texts: list[str], rows: Sequence[Row], others: Mapping[str, int]) -> list[str]:
    """Return texts with a mark for each that is the address or the file of a picture or sound."""
    place = next((at for header, at in others.items() if plain(header) in KINDS), -1)
    if place < 0:
        return texts
    kinds = [text(row.cells[place]).strip() if place < len(row.cells) else "" for row in rows]
    return [
        f"[{kind}]" if MEDIUM.match(kind) and NO_WORDS.match(one.strip()) else one
        for kind, one in zip(kinds, texts, strict=True)
    ]
