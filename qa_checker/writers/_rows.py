"""A call as rows, a segment each: what tables of any kind hold."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from qa_checker.call import Call
from qa_checker.readers.tabular.tables import OWN

COLUMNS = OWN
Value = str | int | float | None


def rows(calls: Iterable[Call]) -> Iterator[tuple[Value, ...]]:
    """Yield the values of COLUMNS for every segment; a missing time is None."""
    for call in calls:
        about = (call.call_id, call.agent, call.queue, call.started_at, call.language)
        for turn in call.turns:
            for one in turn.segments:
                said = (one.role, one.speaker, one.channel, one.start, one.end, one.text)
                yield (*about, turn.number, *said)
