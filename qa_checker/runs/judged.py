"""The rows of a shard: its calls judged, or taken from the parts of an earlier run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from qa_checker.call import Call, Columns
from qa_checker.judging.batch import SIZE, judge_each
from qa_checker.judging.compiled import Compiled
from qa_checker.problem import BadInput
from qa_checker.readers.source import SetAside, Source
from qa_checker.runs.counts import add
from qa_checker.runs.job import Job
from qa_checker.runs.opening import read
from qa_checker.runs.pulse import beat
from qa_checker.runs.shards import Shard
from qa_checker.runs.usual import rubric_for
from qa_checker.scorecard import Scorecard
from qa_checker.store import fresh, parts
from qa_checker.store.cards import UNTITLED, card
from qa_checker.store.columns import values
from qa_checker.store.keys import call_hash, row_key
from qa_checker.store.parts import About, Kept, Refused
from qa_checker.store.rows import Row


class Known(NamedTuple):
    """A call before it is judged, with its rubric, its digest and its columns."""

    call: Call
    rubric: Compiled
    hash: str
    said: Columns

    @property
    def key(self) -> str:
        """The key of its row."""
        return row_key(self.call.source, self.call.call_id, self.hash, self.rubric.rule)


@dataclass
class Work:
    """A shard while it is worked on: what is known of earlier rows, and what came out."""

    job: Job
    about: About
    earlier: dict[str, Kept]
    judged: int = 0


def rows(work: Work, sources: list[Source | SetAside]) -> Iterator[Row | Kept]:
    """Yield a row for every call of some sources; what cannot be read is noted."""
    each = known(work, sources)
    while some := list(islice(each, SIZE)):
        yield from judged(work, some)


def known(work: Work, sources: list[Source | SetAside]) -> Iterator[Known]:
    """Yield every call with its rubric and its digest; what cannot be read is noted."""
    for source in sources:
        for result in read(source, work.job.options):
            found = of(result, work.job) if isinstance(result, Call) else result
            if isinstance(found, SetAside):
                work.about.aside.append(Refused(found.source, found.reason, found.help, found.line))
            else:
                yield found


def of(call: Call, job: Job) -> Known | SetAside:
    """Return what is known of a call before it is judged; set aside without a rubric for it."""
    try:
        return Known(call, rubric_for(call, job.rubric), call_hash(call), call.columns())
    except BadInput as error:
        return SetAside(call.source, f"call {call.call_id}: {error}")


def judged(work: Work, some: list[Known]) -> Iterator[Row | Kept]:
    """Yield the rows of calls in their order: as an earlier part has them, or judged now."""
    kept = [work.earlier.get(one.key) for one in some] if work.earlier else [None] * len(some)
    new = [one for one, row in zip(some, kept, strict=True) if row is None]
    cards = iter(cards_of(new))
    for one, row in zip(some, kept, strict=True):
        card = next(cards) if row is None else card_of(row)
        add(work.about.counts, card)
        yield Row(one.call, one.hash, card, one.said) if row is None else row
    work.judged += len(new)
    beat(len(some))


def cards_of(some: list[Known]) -> list[Scorecard]:
    """Return the scorecards of calls, those of one rubric judged together."""
    found: dict[int, Scorecard] = {}
    for rubric in dict.fromkeys(one.rubric.rule for one in some):
        theirs = [number for number, one in enumerate(some) if one.rubric.rule == rubric]
        compiled = some[theirs[0]].rubric
        cards = judge_each(compiled, (some[number].call for number in theirs))
        found.update(zip(theirs, cards, strict=True))
    return [found[number] for number in range(len(some))]


def card_of(row: Kept) -> Scorecard:
    """Return the scorecard of a row that an earlier part holds."""
    one = row.table.slice(row.place, 1)
    cells = (values(each)[0] for each in one.columns)
    return card(dict(zip(one.column_names, cells, strict=True)), UNTITLED)


def earlier_rows(shard: Shard, job: Job) -> dict[str, Kept]:
    """Return the rows that parts of the run before hold of these files, by key."""
    found: dict[str, Kept] = {}
    for name in shard.earlier:
        try:
            for table in parts.tables(fresh.place_of(job.results, name)):
                keys = values(table.column("key"))
                found.update((key, Kept(table, index)) for index, key in enumerate(keys))
        except BadInput:
            continue  # its calls are judged again
    return found
