"""qa-checker audit: transcripts in, results and Excel scorecards out."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import NamedTemporaryFile
from time import time
from typing import BinaryIO

import click

from qa_checker.cli import ASIDE, DONE, FAILED
from qa_checker.cli._inputs import check_inputs, tell_rows
from qa_checker.cli._options import JOBS, LANGUAGE, reading
from qa_checker.cli._progress import Progress, writing
from qa_checker.cli._told import as_data, below_limit, limited, note, tell, tell_fates, too_low
from qa_checker.problem import BadInput
from qa_checker.readers import Options
from qa_checker.readers.files.inputs import Listed
from qa_checker.remote import is_remote
from qa_checker.runs.audit import Asked, Ended, audit
from qa_checker.runs.counts import below, summary
from qa_checker.runs.engines import named
from qa_checker.runs.stored import call_names, scores
from qa_checker.runs.usual import rules_of, spoken_in


def moment(context: click.Context, parameter: click.Parameter, value: str | None) -> float | None:
    """Read a date, of this machine's zone unless it names one; return seconds since 1970."""
    if value is None:
        return None
    try:
        since = datetime.fromisoformat(value.strip())
    except ValueError:
        said = f'"{value}" is no date; write 2026-11-23, 2026-11-23T01:00 or 2026-11-23T01:00+08:00'
        raise click.BadParameter(said) from None
    if since.timestamp() > time():
        click.echo(
            f"--since {value} is still to come: no file can have changed since then "
            "这一时刻还没有到",
            err=True,
        )
    return since.timestamp()


@click.command("audit")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@click.option(
    "-r", "--rubric", help="a rubric file, or a shipped name  评分表（缺省按通话语言选内置的）"
)
@click.option(
    "-o", "--out", required=True, metavar="OUT", help="folder for the scorecards  输出文件夹"
)
@JOBS
@click.option(
    "--engine",
    default="local",
    show_default=True,
    metavar="NAME|ADDRESS",
    help="who judges: local, dask, ray, spark, or a cluster, dask://HOST:PORT  由谁执行",
)
@click.option(
    "--since",
    callback=moment,
    metavar="DATE",
    help="leave files not changed since as the last run had them: 2026-11-23, 2026-11-23T01:00 "
    "(this machine's time), 2026-11-23T01:00+08:00  只看此后改动的文件",
)
@click.option(
    "--no-report", is_flag=True, help="results only; workbooks later with report  只存结果"
)
@click.option(
    "--fail-under",
    type=click.FloatRange(0, 100),
    help="exit 1 if any call scores below  低于此分则退出码为 1",
)
@click.option("--json", "as_json", is_flag=True, help="print the summary as JSON  以 JSON 输出汇总")
@LANGUAGE
@reading
def command(
    inputs: tuple[str, ...],
    rubric: str | None,
    out: str,
    jobs: int,
    engine: str,
    since: float | None,
    no_report: bool,
    fail_under: float | None,
    as_json: bool,
    language: str | None,
    how: Options,
) -> int:
    """Audit transcripts (files, folders, patterns, zips, - for standard input). 批量质检。"""
    check_inputs(inputs)
    if rubric:
        rules_of(rubric)  # a bad rubric stops the run before anything is written
    prepare(out)
    with given(inputs) as listed, Progress() as bar:
        asked = Asked(
            listed,
            out,
            rubric or "",
            how,
            language or "",
            jobs,
            *named(engine),
            since=since,
            workbooks=not no_report,
        )
        ended = audit(asked, bar.begin, bar.tell)
    fates: dict[str, list[str]] = {}
    written = [] if no_report else reported(out, jobs, fates)
    if how.metadata:
        tell_rows(how, call_names(out, ended.manifest))
    theirs = scores(out, ended.manifest, ended.counts)
    counts = summary(ended.counts, len(ended.aside), theirs, fail_under)
    low = below_limit(out, ended, fail_under)
    if as_json:
        data = as_data(counts, ended, written, fates) | limited(fail_under, low)
        click.echo(json.dumps(data, ensure_ascii=False, indent=2))
    else:
        spoken = language or (spoken_in(ended.manifest) if ended.manifest.rules else "")
        tell(counts, ended, out, written, rubric is None, spoken)
        tell_fates(fates)
        if fail_under is not None and low:
            click.echo(too_low(fail_under, counts["below_limit"], low))
    return exit_code(ended, fail_under)


def reported(out: str, jobs: int, fates: dict[str, list[str]]) -> list[str]:
    """Write the workbooks; what that takes is not loaded before the calls are judged.

    `fates` gets the names of those that people wrote in or that did not open, by what became
    of them.
    """
    from qa_checker.runs.report import report

    writing()
    return report(out, jobs=jobs, told=partial(note, fates))


def prepare(out: str) -> None:
    """Make the output folder before anything is read; at an address there are no empty ones."""
    if is_remote(out):
        return
    try:
        Path(out).mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise BadInput(f"{out}: is a file; name a folder for the scorecards with -o") from None
    except OSError as error:
        why = f"no folder can be made there for the scorecards ({error.strerror})"
        raise BadInput(f"{out}: {why}; name another one with -o") from None


@contextmanager
def given(inputs: tuple[str, ...]) -> Iterator[tuple[str | Listed, ...]]:
    """Put standard input, if it is asked for, into a file that every process can read."""
    if "-" not in inputs:
        yield inputs
        return
    with kept(sys.stdin.buffer) as name:
        yield tuple(Listed(name, "-") if each == "-" else each for each in inputs)


@contextmanager
def kept(stream: BinaryIO) -> Iterator[str]:
    """Put what comes in into a temporary file, and yield its name. Raises BadInput."""
    with ExitStack() as stack:
        try:
            file = stack.enter_context(NamedTemporaryFile(prefix="qa_checker-"))
            shutil.copyfileobj(stream, file, 1 << 20)
            file.flush()
        except OSError as error:
            with suppress(OSError):  # what it still holds has no room either
                stack.close()
            why = f"cannot be kept in the temporary folder ({error.strerror})"
            raise BadInput(f"standard input: {why}; set TMPDIR to one with room") from None
        yield file.name


def exit_code(ended: Ended, fail_under: float | None) -> int:
    """Return 1 for scores below the limit, 3 for what could not be judged, else 0.

    A call without a score is no call above the limit. Nothing to do since a moment is done.
    """
    if fail_under is not None and below(ended.counts, fail_under):
        return FAILED
    unsure = fail_under is not None and ended.counts.unscored
    idle = ended.older and not (ended.counts.judged or ended.counts.skipped)
    return ASIDE if ended.aside or unsure or not (ended.counts.scores or idle) else DONE
