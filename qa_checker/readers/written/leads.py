"""Who leads the lines of a text where neither a role word nor taking turns says so.

    Attendees                       A：您好，请问有什么可以帮您？
    Dana Smith, Bob                 B：我要退款。
    …                               A：请稍等。
    Dana Smith: Good morning.

Those whom a list of attendees names are speakers, and so are two single letters (甲 and 乙), one
of which comes back, that lead most lines. Anything else is only named where a text is refused.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import islice

from qa_checker import lazy_re
from qa_checker.readers.headers import field_of
from qa_checker.readers.source import split_lines
from qa_checker.readers.written.lines import Line, take_apart

ATTENDEES = lazy_re.compile(
    r"(?:attendees|participants|参会人员?|与会人员?|参与人员?|与会者|出席人员?)\s*(?:[:：]\s*(?P<names>.*))?$",
    re.IGNORECASE,
)
BETWEEN = lazy_re.compile(r"\s*[,，、;；]\s*")
MOST_LISTED = 12  # lines below the heading
LETTER = lazy_re.compile("[A-Za-zＡ-Ｚａ-ｚ甲乙丙丁]")
GLANCE, MOST = 50, 3  # lines that are looked at for a refusal; labels it names


def listed(parts: Sequence[Line]) -> set[str]:
    """Return the labels of lines that a list of attendees names."""
    for place, part in enumerate(parts):
        if (heading := ATTENDEES.match(part.whole)) is not None:
            below = [one.whole for one in parts[place + 1 : place + 1 + MOST_LISTED]]
            rows = [heading["names"]] if heading["names"] else below
            people = {name.strip() for row in rows for name in BETWEEN.split(row)}
            return people & {one.label for one in parts[place + 1 :]} - {""}
    return set()


def two_letters(parts: Sequence[Line]) -> set[str]:
    """Return two single letters that lead most lines, the first of them too, if one comes back."""
    counts = Counter(part.label for part in parts if LETTER.fullmatch(part.label))
    first = parts[0].label if parts else ""
    if len(counts) != 2 or first not in counts or max(counts.values()) < 2:
        return set()
    apart = any(one.label != first and one.label in counts for one in parts[1:-1])
    return set(counts) if apart and sum(counts.values()) * 2 >= len(parts) else set()


def leading(text: str) -> list[str]:
    """Return what stands before a colon in most of the first lines, as speakers might.

    One of them comes back, or they are single letters: fields of a form are neither.
    """
    rows = [row for row in islice(split_lines(text), GLANCE) if row.strip()]
    parts = [take_apart(number, row) for number, row in enumerate(rows, 1)]
    labels = [part.label for part in parts if part.label and part.text]
    known = list(dict.fromkeys(label for label in labels if not field_of(label)))
    people = len(labels) > len(known) or all(map(LETTER.fullmatch, known))
    return known if people and 1 < len(known) <= MOST and len(labels) * 2 > len(rows) else []
