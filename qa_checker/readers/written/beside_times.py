"""Names that stand alone beside a time that stands alone, and times below what is said.

Dana Lee            00:03                  客服
[00:00:03]          Dana Lee               您好
Hello there.        Hello there.           10:02:11
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from qa_checker import lazy_re
from qa_checker.readers.written.labels import NO_LABEL
from qa_checker.readers.written.lines import Line

NAME = lazy_re.compile(r"[^\s\[\]()（）【】<>|]{1,20}(?:\s[^\s\[\]()（）【】<>|]{1,20}){0,3}$")
LEAST, MOST = 2, 6  # times, names


def beside(parts: Sequence[Line]) -> list[Line]:
    """Return lines with the names above, or below, all times that stand alone as labels."""
    alone = [place for place, part in enumerate(parts) if is_alone(part)]
    if len(alone) < LEAST or any(part.label for part in parts):
        return list(parts)
    for step in (-1, 1):
        places = {place + step for place in alone}
        if _are_names(parts, places) and _speak(parts, places if step > 0 else set(alone)):
            return [
                replace(part, label=part.whole, text="", sure=True) if place in places else part
                for place, part in enumerate(parts)
            ]
    return list(parts)


def is_alone(part: Line) -> bool:
    """Tell whether a line is a time and nothing else."""
    return part.start is not None and not part.label and not part.text


def _are_names(parts: Sequence[Line], places: set[int]) -> bool:
    """Tell whether lines are names that few people have, one of whom comes back."""
    if min(places) < 0 or max(places) >= len(parts):
        return False
    found = Counter(parts[place].whole for place in places)
    named = all(NAME.match(one) and not NO_LABEL.search(one) for one in found)
    return named and 1 < len(found) <= min(MOST, len(places) - 1)


def _speak(parts: Sequence[Line], heads: set[int]) -> bool:
    """Tell whether something stands below each head that is no time."""
    return all(at + 1 < len(parts) and not is_alone(parts[at + 1]) for at in heads)


def below(parts: Sequence[Line]) -> list[Line]:
    """Return lines with each time above what is said, if all of them stand below it."""
    alone = sum(map(is_alone, parts))
    heads = [part for part in parts if part.label and part.start is None]
    if not alone or not is_alone(parts[-1]) or is_alone(parts[0]) or len(heads) != alone:
        return list(parts)
    found: list[Line] = []
    place = -1
    for part in parts:
        if is_alone(part):
            if place < 0:
                return list(parts)
            found.insert(place, part)
            place = -1
        else:
            place = len(found) if part.label else place
            found.append(part)
    return found
