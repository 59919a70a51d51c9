"""A run: inputs to shards, shards to parts, parts to a manifest.

A run that is cut short leaves whole parts; the same run again finds them by their names and
makes only what is missing. New parts stand apart. The manifest is replaced when all are there;
what it does not list is removed after that, and what is new put in place.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

import qa_checker
from qa_checker.problem import BadInput
from qa_checker.readers.files.inputs import Listed, listed
from qa_checker.readers.source import Options, SetAside
from qa_checker.runs.before import Before
from qa_checker.runs.counts import total
from qa_checker.runs.engines import engine
from qa_checker.runs.job import Job, job
from qa_checker.runs.lock import alone
from qa_checker.runs.shard import Done, is_lost
from qa_checker.runs.shards import Piece, Shard, piece, shards
from qa_checker.runs.usual import names_of
from qa_checker.runs.written import begin
from qa_checker.store import fresh, parts, places
from qa_checker.store import manifest as manifests
from qa_checker.store.manifest import Manifest, Part
from qa_checker.store.parts import About, Counts, Refused

WORTH_IT = 8 * 1024 * 1024
"""Bytes of input from which on several processes are quicker than the start of them."""


@dataclass(frozen=True)
class Asked:
    """What a run is asked to do: by `workers` processes on `engine` at `address`.

    0 workers are one for each core, but no more than there are shards, and one if there is
    little to do. An input is a file, a folder, a pattern, or a file that is listed already.
    Files last changed before `since` (seconds since 1970) are left as the run before had them.
    With `workbooks` a report is to follow: without it, the run is then not finished for verify.
    """

    inputs: tuple[str | Listed, ...]
    out: str
    rubric: str = ""
    options: Options = field(default_factory=Options)
    language: str = ""
    workers: int = 0
    engine: str = "local"
    address: str = ""
    since: float | None = None
    workbooks: bool = False


@dataclass
class Plan:
    """The shards to do by number, parts that are taken as they are, and what is no file.

    `older` counts the files that were not changed since the moment that was asked for.
    """

    todo: list[tuple[int, Shard]] = field(default_factory=list)
    carried: dict[int, Part] = field(default_factory=dict)
    aside: list[Refused] = field(default_factory=list)
    older: int = 0

    @property
    def size(self) -> int:
        """How many bytes there are to read."""
        return sum(shard.size for _, shard in self.todo)


@dataclass(frozen=True)
class Ended:
    """What came out of a run.

    `made` of the calls were judged now, the others had been before; `gone` are files of the
    run before that are no longer among the inputs; `older` as in the plan.
    """

    manifest: Manifest
    counts: Counts
    aside: tuple[Refused, ...]
    made: int = 0
    gone: tuple[str, ...] = ()
    older: int = 0


Told = Callable[[Done], None]
Begun = Callable[[Plan], None]


def audit(asked: Asked, begun: Begun = lambda _: None, told: Told = lambda _: None) -> Ended:
    """Run an audit to its end. Raises BadFile, BadInput, OSError.

    `begun` hears of the plan before any call is judged, `told` of every part.
    """
    results = manifests.folder(asked.out)
    work = job(results, asked.rubric, asked.options)
    with alone(results):
        before = Before(asked.out, settled(asked.out))
        plan = planned(asked, before)
        if before.parts and not (plan.todo or plan.carried):
            message = f"{asked.out}: no transcripts found, and the results of the last run are kept"
            raise BadInput(f"{message}; check the inputs, or name another folder with -o")
        begun(plan)
        sweep(results)
        try:
            done = finished(asked, work, plan, told)
        finally:
            sweep(results)
        ended = ending(asked, before, plan, done)
        if asked.workbooks:
            begin(asked.out)
        manifests.save(asked.out, ended.manifest)
        live = {part.name for part in ended.manifest.parts}
        # for a moment calls are missing, which is better than to be there twice
        sweep(results, live)
        fresh.put_in_place(results, live)
        fresh.clear(results)
    return ended


def settled(out: str) -> Manifest | None:
    """Return the manifest of the run before, None without one; its parts are then in place.

    They are not if it was killed when all but that was done. Raises BadInput, OSError.
    """
    manifest, results = manifests.load(out), manifests.folder(out)
    live = {part.name for part in manifest.parts} if manifest else set[str]()
    fresh.set_apart(results, live)
    fresh.put_in_place(results, live)
    return manifest


def planned(asked: Asked, before: Before) -> Plan:
    """Return what is to be done: every shard, but those that `since` leaves as they are."""
    plan = Plan()
    for number, shard in enumerate(shards(due(asked, before, plan), asked.options)):
        kept = before.part_of(shard) if is_older(shard, asked.since) else None
        if kept is not None:
            plan.carried[number] = before.parts[kept]
        else:
            plan.todo.append((number, replace(shard, earlier=before.of(shard))))
    return plan


def due(asked: Asked, before: Before, plan: Plan) -> Iterator[Piece]:
    """Yield the files that have results or are to get some: one that is older is not judged."""
    for one in map(piece, files(asked, plan)):
        older = is_older(one, asked.since)
        plan.older += older
        if not older or one.file.name in before.holding:
            yield one


def is_older(what: Piece | Shard, since: float | None) -> bool:
    """Tell whether a file, or every file of a shard, was last changed before a moment."""
    return since is not None and what.changed < since


def files(asked: Asked, plan: Plan) -> Iterator[Listed]:
    """Yield the files of the inputs; what is none is noted in the plan."""
    for given in asked.inputs:
        for one in [given] if isinstance(given, Listed) else listed(given):
            if isinstance(one, SetAside):
                plan.aside.append(Refused(one.source, one.reason, one.help, one.line))
            else:
                yield one


def finished(asked: Asked, work: Job, plan: Plan, told: Told) -> dict[int, tuple[Done, ...]]:
    """Run the shards of a plan; return the parts of each by its number."""
    done: dict[int, tuple[Done, ...]] = {}
    workers = asked.workers or processes(plan)
    run = partial(engine(asked.engine).run, job=work, workers=workers, address=asked.address)
    for result in run(plan.todo):
        done[result.number] = result.done
        for one in result.done:
            told(one)
    cut = in_pieces(plan, done)
    for number, (whole, *more) in run(cut) if cut else ():
        if not more:
            made = sum(one.judged for one in (*done[number], whole))
            done[number] = (whole._replace(judged=made),)
    return done


def in_pieces(plan: Plan, done: Mapping[int, tuple[Done, ...]]) -> list[tuple[int, Shard]]:
    """Return the shards that were cut because workers died, but hold nothing that kills one.

    Run again, they give the parts of a run in which nobody died, out of the rows that are there.
    """
    return [
        (number, replace(shard, earlier=tuple(one.part for one in done[number])))
        for number, shard in plan.todo
        if len(done[number]) > 1 and not any(map(is_lost, done[number]))
    ]


def ending(asked: Asked, before: Before, plan: Plan, done: dict[int, tuple[Done, ...]]) -> Ended:
    """Return what came out of a run."""
    live: dict[str, Part] = {}
    abouts: list[About] = []
    for number in sorted({*plan.carried, *done}):
        for part, about in at(number, before, plan, done):
            if part.name not in live:  # the same file may have been given twice
                live[part.name] = part
                abouts.append(about)
    counts = total(about.counts for about in abouts)
    rules = names_of(asked.rubric, counts.rules)
    manifest = Manifest(
        [*live.values()], asked.rubric, rules, asked.language, plan.aside, qa_checker.__version__
    )
    aside = (*plan.aside, *(each for about in abouts for each in about.aside))
    inputs = {each.name for about in abouts for each in about.inputs}
    made = sum(one.judged for each in done.values() for one in each)
    return Ended(
        manifest, counts, aside, made, tuple(sorted({*before.holding} - inputs)), plan.older
    )


def at(
    number: int, before: Before, plan: Plan, done: dict[int, tuple[Done, ...]]
) -> Iterator[tuple[Part, About]]:
    """Yield the live parts of a shard with what they were made of."""
    if number in plan.carried:
        part = plan.carried[number]
        yield part, before.abouts[part.name]
    for one in done.get(number, ()):
        counts = one.about.counts
        rows = counts.judged + counts.skipped
        yield Part(one.part, one.sha256, rows, len(one.about.aside)), one.about


def processes(plan: Plan) -> int:
    """Return how many processes are quickest: one for each core, but none without a shard."""
    return max(1, min(cores(), len(plan.todo))) if plan.size >= WORTH_IT else 1


def cores() -> int:
    """Return how many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)
    return len(usable(0)) if usable else os.cpu_count() or 1


def sweep(results: str, live: set[str] | None = None) -> None:
    """Remove what a killed process left half-written; with `live`, all parts but those."""
    for folder in (results, fresh.folder(results)):
        for name in places.names(folder):
            left = name.startswith(".") and name.endswith(".tmp")
            dead = live is not None and parts.is_part(name) and name not in live
            if left or dead:
                places.remove(places.below(folder, name))
    fresh.drop_empty(results)
