"""Calls whose rows are on several sheets of a workbook: joined where their times say how.

They do if every row has a time and the call goes on where the sheet before ends, or if each sheet
has other speakers. Elsewhere nobody knows whether it is a copy: each sheet keeps its own call, and
a remark names the sheets.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qa_checker.call import Call, changed, turns
from qa_checker.readers.finishing.soundness import OF_DAY
from qa_checker.readers.source import SetAside
from qa_checker.readers.strict_json import names
from qa_checker.readers.units import counted_from_1970

Found = tuple[str, Call | SetAside]  # the title of a sheet, and what is on it


def over_sheets(found: Iterable[Found]) -> Iterator[Call | SetAside]:
    """Yield what is on the sheets of a workbook, with the calls that are on several as one."""
    read = list(found)
    parts: dict[str, list[tuple[str, Call]]] = defaultdict(list)
    for title, one in read:
        if isinstance(one, Call):
            parts[one.call_id].append((title, one))
    for _, one in read:
        if isinstance(one, SetAside):
            yield one
        elif one is parts[one.call_id][0][1]:
            yield from _whole(parts[one.call_id])


def _whole(parts: Sequence[tuple[str, Call]]) -> Iterator[Call]:
    """Yield the call of several sheets; each of them with a remark if they may be copies."""
    calls = [call for _, call in parts]
    titles = names([title for title, _ in parts])
    if len(parts) == 1:
        yield calls[0]
    elif _timed(calls) and (_goes_on(calls) or _has_other_speakers(calls)):
        said = [segment for call in calls for segment in call.segments]
        notes = [note for call in calls for note in call.notes]
        facts = {key: value for call in reversed(calls) for key, value in call.metadata.items()}
        told = (*notes, f"rows of this call are on several sheets, joined by their times: {titles}")
        yield changed(calls[0], turns=turns(said), metadata=facts, notes=tuple(told))
    else:
        note = f"the call id is on several sheets, each read as a call of its own: {titles}"
        yield from (changed(call, notes=(*call.notes, note)) for call in calls)


def _timed(calls: Sequence[Call]) -> bool:
    """Tell whether all that is said has a time, counted from the same moment on every sheet."""
    if any(OF_DAY in call.notes or counted_from_1970(call.notes) for call in calls):
        return False
    starts = [one.start for call in calls for one in call.segments]
    return all(start is not None and start == start for start in starts)


def _goes_on(calls: Sequence[Call]) -> bool:
    edges = [(min(starts), max(starts)) for starts in map(_starts, calls)]
    return all(last < first for (_, last), (first, _) in pairwise(edges))


def _starts(call: Call) -> list[float]:
    return [one.start for one in call.segments if one.start is not None]


def _has_other_speakers(calls: Sequence[Call]) -> bool:
    people = [{(one.role, one.speaker) for one in call.segments} for call in calls]
    return sum(map(len, people)) == len(set().union(*people))
