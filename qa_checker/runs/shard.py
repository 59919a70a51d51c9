"""`audit_shard`: read some files, judge their calls, write one part. The unit of every engine.

It may run anywhere and any number of times: the part's name says what it is made of, so one
that is there is not made again, and one that is made twice is the same.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from typing import NamedTuple

from qa_checker.problem import BadInput
from qa_checker.runs.job import Job
from qa_checker.runs.judged import Work, earlier_rows, rows
from qa_checker.runs.opening import Gone, Opened, all_opened, without
from qa_checker.runs.shards import Shard
from qa_checker.runs.usual import rules_of
from qa_checker.store import fresh, parts, places
from qa_checker.store.keys import engine
from qa_checker.store.parts import About, Counts, Input, Refused

DIED = "the process that worked on it died, twice: out of memory, or killed"


class Done(NamedTuple):
    """A shard's part: its name and SHA-256 and what it holds.

    `found` tells that it was there already, `judged` how many of its rows had to be made.
    """

    part: str
    sha256: str
    about: About
    found: bool = False
    judged: int = 0


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
