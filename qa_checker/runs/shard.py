"""`audit_shard`: read some files, judge their calls, write one part. The unit of every engine.

It may run anywhere and any number of times: the part's name says what it is made of, so one
that is there is not made again, and one that is made twice is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from qa_checker.call import Call, Columns
from qa_checker.judging.batch import SIZE, judge_each
from qa_checker.judging.compiled import Compiled
from qa_checker.problem import BadInput
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.runs.counts import add
from qa_checker.runs.opening import Gone, Opened, all_opened, read, without
from qa_checker.runs.pulse import beat
from qa_checker.runs.shards import Shard
from qa_checker.runs.usual import rubric_for, rules_of
from qa_checker.scorecard import Scorecard
from qa_checker.store import fresh, parts, places
from qa_checker.store.cards import UNTITLED, card
from qa_checker.store.columns import values
from qa_checker.store.keys import call_hash, digest_of, engine, row_key
from qa_checker.store.parts import About, Counts, Input, Kept, Refused
from qa_checker.store.rows import Row

DIED = "the process that worked on it died, twice: out of memory, or killed"


@dataclass(frozen=True)
class Job:
    """What all shards of a run have in common; goes to every worker.

    `results` is the place of the parts, `rubric` a name or a path, "" for the shipped one of
    each call's language, `rules` what it was when the run began (usual.rules_of), `reading`
    the digest of `options`.
    """

    results: str
    rubric: str = ""
    rules: str = ""
    options: Options = field(default_factory=Options)
    reading: str = ""


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


class Done(NamedTuple):
    """A shard's part: its name and SHA-256 and what it holds.

    `found` tells that it was there already, `judged` how many of its rows had to be made.
    """

    part: str
    sha256: str
    about: About
    found: bool = False
    judged: int = 0


def job(results: str, rubric: str = "", options: Options | None = None) -> Job:
    """Return the job of a run. Raises BadFile or BadInput if the rubric cannot be used."""
    chosen = options or Options()
    return Job(results, rubric, rules_of(rubric), chosen, digest_of(repr(chosen)))


def audit_shard(shard: Shard, job: Job) -> Done:
    """Read a shard, judge its calls and write its part, unless it is there. Raises OSError."""
    if rules_of(job.rubric) != job.rules:
        raise BadInput(f"{job.rubric or 'a shipped rubric'}: changed while the run went on")
    every = all_opened(shard.pieces)
    while True:
        try:
            return made_of(every, shard, job)
        except Gone as gone:  # its part would have been named after all of it
            every = without(every, gone)


def made_of(every: Sequence[Opened], shard: Shard, job: Job) -> Done:
    """Judge the calls of what was opened and write their part, unless it is there.

    Raises OSError, and Gone if some of it cannot be read any more.
    """
    inputs = [each for each, _ in every]
    name = parts.name_of(engine(), job.rules, job.reading, inputs)
    place = fresh.place_of(job.results, name)
    if places.exists(place):
        with suppress(BadInput):  # one that cannot be read is made again
            return Done(name, sha256(place), parts.about(place), found=True)
    work = Work(job, About(inputs, [], Counts()), earlier_rows(shard, job))
    parts.write(place, rows(work, [source for _, source in every]), work.about)
    return Done(name, sha256(place), work.about, judged=work.judged)


def lost(shard: Shard, job: Job) -> Done:
    """Write the part of a file or line that kills who works on it: empty, with the reason.

    Its name is not that of the shard's own part, so the next run tries again.
    """
    inputs, aside = [], []
    for piece in shard.pieces:
        line = piece.stretch.first_line if piece.stretch else None
        inputs.append(Input(piece.file.name, "", *(piece.stretch or ())[:2]))
        aside.append(Refused(piece.file.name, DIED, "look at it alone", line))
    about = About(inputs, aside, Counts())
    name = parts.name_of("lost", engine(), job.rules, job.reading, inputs)
    place = places.below(fresh.folder(job.results), name)
    parts.write(place, (), about)
    return Done(name, sha256(place), about)


def is_lost(done: Done) -> bool:
    """Tell whether a part stands for what kills who works on it."""
    return any(one.reason == DIED for one in done.about.aside)


def sha256(place: str) -> str:
    """Return the SHA-256 of a file's bytes. Raises OSError."""
    with places.opened(place) as file:
        return hashlib.sha256(file.read()).hexdigest()


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
