"""A run as Excel workbooks: a summary, and one workbook for every agent."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from qa_checker.reports.agent import write_agent
from qa_checker.reports.agent.frame import Frame, lay_out
from qa_checker.reports.cells import Link
from qa_checker.reports.judged import Misses, Sentences
from qa_checker.reports.names import file_names
from qa_checker.reports.results import Results
from qa_checker.reports.reviewed import keep_reviewed, kept_in
from qa_checker.reports.sheet import ROWS
from qa_checker.reports.spool import Spool, keep, load, open_spool
from qa_checker.reports.summary import write_summary
from qa_checker.reports.summary.ground import FOLDER, Ground, SetAside
from qa_checker.reports.summary.lines import Tally
from qa_checker.reports.summary.tally import add
from qa_checker.reports.words import LANGUAGES, speaker


def write_workbooks(
    out: Path,
    results: Results,
    aside: Sequence[SetAside],
    language: str,
    sentences: Sentences,
    misses: Misses | None,
    limit: int = ROWS,
) -> Iterator[Path]:
    """Write the workbooks of a run below `out`, the summary last; yield their paths."""
    out.mkdir(parents=True, exist_ok=True)
    spool = open_spool(out)
    with spool.file:
        tally = gather(spool, results, language)
        files = file_names(spool.agents)
        languages = {agent: language or language_of(spool, agent) for agent in spool.agents}
        links: dict[int, Link] = {}
        for agent in sorted(spool.agents):
            spoken = languages[agent]
            frame = lay_out(agent, speaker(spoken), spoken, spool, sentences, misses, limit)
            keep_reviewed(out / FOLDER / files[agent])
            yield write_agent(out / FOLDER / files[agent], frame)
            links.update(calls_of(frame, files[agent]))
        rows = [links[number] for number in range(spool.size)]
        kept = kept_in(out / FOLDER)
        ground = Ground(tally, aside, files, languages, rows, kept)
        yield write_summary(out / "summary.xlsx", ground, limit)


def gather(spool: Spool, results: Results, language: str) -> Tally:
    """Put every call on the disk and add it up, in one go."""
    tally: Tally | None = None
    count = sum(1 for _ in results.every())
    for _, one in results.whole(range(count)):
        if tally is None:
            chosen = language or one.rubric.languages[0]
            tally = Tally(chosen, speaker(chosen))
        keep(spool, one)
        add(tally, one)
    chosen = language or LANGUAGES[0]
    return tally or Tally(chosen, speaker(chosen))


def language_of(spool: Spool, agent: str) -> str:
    """Return the language of the rubric of an agent's first call."""
    return load(spool, spool.agents[agent][0]).rubric.languages[0]


def calls_of(frame: Frame, file: str) -> Iterator[tuple[int, Link]]:
    """Yield where each call stands in a workbook, by its number in the run."""
    for visit in frame.visits:
        link = frame.link("calls", visit.number - 1)
        yield visit.kept.number, link._replace(file=f"{FOLDER}/{file}")
