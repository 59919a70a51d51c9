"""A run as Excel workbooks: a summary, and one workbook for every agent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from qa_checker.reports.agent import write_agent
from qa_checker.reports.agent.common import Common
from qa_checker.reports.agent.frame import lay_out
from qa_checker.reports.choice import choose_details, choose_listed
from qa_checker.reports.judged import Judged, Misses, Sentences
from qa_checker.reports.line import told
from qa_checker.reports.names import file_names
from qa_checker.reports.results import DETAILS, LISTED, Results
from qa_checker.reports.reviewed import kept_in
from qa_checker.reports.shares import HandOut, Placed, Share, Written
from qa_checker.reports.sheet import ROWS
from qa_checker.reports.spool import (
    Spool,
    keep,
    keep_labels,
    keep_whole,
    kept_labels,
    know,
    open_spool,
    place_calls,
    rubric_number,
)
from qa_checker.reports.summary import write_summary
from qa_checker.reports.summary.ground import FOLDER, Ground, SetAside
from qa_checker.reports.summary.lines import Tally
from qa_checker.reports.summary.tally import add, illustrate, labels_of, meet
from qa_checker.reports.words import speaker
from qa_checker.rules.rubric import Rubric
from qa_checker.wording import LANGUAGES

NOTHING: Mapping[str, str] = {}


def write_workbooks(
    out: Path,
    results: Results,
    aside: Sequence[SetAside],
    language: str,
    sentences: Sentences,
    misses: Misses | None,
    details: int = DETAILS,
    listed: int = LISTED,
    limit: int = ROWS,
    before: Mapping[str, str] = NOTHING,
    hand_out: HandOut | None = None,
) -> Iterator[Placed]:
    """Write the workbooks of a run below `out`, the summary last; yield them."""
    out.mkdir(parents=True, exist_ok=True)
    with open_spool(out) as spool:
        languages: dict[str, str] = {}
        share = Share(out / FOLDER, language, details, limit, before)
        if hand_out is None:
            found, whole = numbered(results, details)
            tally = gather(spool, found, language, languages, whole=whole)
            fetch(spool, results, tally, missing(spool, details, whole))
            files = file_names(spool.agents)
            every = replace(share, files=files)
            written = write_agents(spool, tally, every, languages, sentences, misses)
            yield from (book for _, book in written)
        else:
            with hand_out(share) as others:
                tally = gather(spool, enumerate(results.every()), language, languages)
                fetch(spool, results, tally, ())
                files = file_names(spool.agents)
                yield from collected(spool, others)
        choose_listed(spool, listed)
        kept = kept_in(out / FOLDER)
        ground = Ground(tally, aside, files, languages, spool, kept, limit, listed, sentences)
        yield Placed(write_summary(out / "summary.xlsx", ground))


def collected(spool: Spool, others: Iterable[Written]) -> Iterator[Placed]:
    """Yield the workbooks that other processes have written; what they say of calls is kept."""
    books: dict[str, Placed] = {}
    for part in others:
        books |= part.books
        for number, labels in part.labels:
            keep_labels(spool, number, labels)
    yield from (books[agent] for agent in sorted(books))


def write_share(
    share: Share,
    results: Results,
    rubrics: Sequence[Rubric],
    sentences: Sentences,
    misses: Misses | None,
) -> Written:
    """Write the workbooks of some agents, whose calls are `results`.

    `rubrics` are those of the share's rules. The labels have the numbers of `results`.
    """
    with open_spool(share.folder.parent) as spool:
        tally = Tally(share.summary, speaker(share.summary))
        for rule, rubric in zip(share.rules, rubrics, strict=True):
            know(spool, rule, rubric)
            meet(tally, rubric, rule)
        languages: dict[str, str] = {}
        found, whole = numbered(results, share.details)
        gather(spool, found, share.language, languages, tally, whole=whole)
        tally.examples.clear()  # the summary's, which is not made here
        fetch(spool, results, tally, missing(spool, share.details, whole))
        books = dict(write_agents(spool, tally, share, languages, sentences, misses))
        return Written(books, [*kept_labels(spool)])


def write_agents(
    spool: Spool,
    tally: Tally,
    share: Share,
    languages: Mapping[str, str],
    sentences: Sentences,
    misses: Misses | None,
) -> Iterator[tuple[str, Placed]]:
    """Write the workbook of every agent of a spool; yield agents and workbooks."""
    shared = {
        spoken: Common(spoken, speaker(spoken), spool, sentences, misses, share.limit)
        for spoken in set(languages.values())
    }
    for agent in sorted(spool.agents):
        frame = lay_out(agent, shared[languages[agent]], tally.agents[agent])
        yield agent, share.put(agent, partial(write_agent, frame=frame))


def numbered(results: Results, details: int) -> tuple[Iterable[tuple[int, Judged]], bool]:
    """Return the calls with their numbers, and whether they have their transcripts.

    They have if every call gets details, as it mostly does: then once over the run is enough.
    """
    sizes = Counter(results.agents())
    if max(sizes.values(), default=0) <= details:
        return results.whole(range(sizes.total())), True
    return enumerate(results.every()), False


def missing(spool: Spool, details: int, whole: bool) -> Sequence[int]:
    """Choose the calls that have details; return those that are not kept whole by now."""
    chosen = choose_details(spool, details)
    return () if whole else chosen


def gather(
    spool: Spool,
    calls: Iterable[tuple[int, Judged]],
    language: str,
    languages: dict[str, str],
    tally: Tally | None = None,
    *,
    whole: bool = False,
) -> Tally:
    """Go over the run once: put a line for every call on the disk and add it up.

    `languages` gets the language of each agent's workbook: that of the first call's rubric. A
    `tally` is given if the rubrics are known already. Calls that are `whole` are kept so.
    """
    for number, judged in calls:
        if tally is None:
            chosen = language or judged.rubric.languages[0]
            tally = Tally(chosen, speaker(chosen))
        rubric = rubric_number(spool, judged)
        if rubric == len(tally.rubrics):
            meet(tally, judged.rubric, judged.card.rule)
        line = add(tally, judged, number, rubric)
        spoken = languages.setdefault(line.agent, language or judged.rubric.languages[0])
        items = tally.rubrics[rubric].rules.items
        other = spoken != tally.language
        story = told(speaker(spoken), spoken, judged, items) if other else None
        keep(spool, line, judged.card, story)
        if whole:
            illustrate(tally, judged, tally.examples.pop(number, ()))
            keep_whole(spool, number, judged)
            if judged.card.signals:
                keep_labels(spool, number, line.labels)
    place_calls(spool)
    chosen = language or LANGUAGES[0]
    return tally or Tally(chosen, speaker(chosen))


def fetch(spool: Spool, results: Results, tally: Tally, details: Sequence[int]) -> None:
    """Go over the calls whose words are shown: keep them whole, quote them in the summary."""
    detailed = set(details)
    for number, judged in results.whole(sorted(detailed | tally.examples.keys())):
        illustrate(tally, judged, tally.examples.get(number, ()))
        if number in detailed:
            keep_whole(spool, number, judged)
        if judged.card.signals:
            labels = labels_of(tally, judged, rubric_number(spool, judged))
            keep_labels(spool, number, labels)
