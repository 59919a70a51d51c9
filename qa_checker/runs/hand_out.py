"""Agents' workbooks written by several processes, each of which reads what it needs itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from pathlib import Path

from qa_checker.problem import BadInput
from qa_checker.reports.shares import Share, Written, dealt
from qa_checker.runs.engines.local import pool, submit


@contextmanager
def handed_out(
    write: Callable[[Share], Written], jobs: int, share: Share, sizes: Mapping[str, int]
) -> Iterator[Iterable[Written]]:
    """Have a share written by so many processes, which get about as many calls each.

    `sizes` are the calls of every agent. What they have written comes as it gets ready.
    Raises what `write` raises, BadInput if a process dies; nothing half-written is left then.
    """
    try:
        with nothing_left(share.folder), pool(jobs) as executor:
            # one share each: whoever writes a share has to go over all parts
            running = [submit(executor, write, part) for part in dealt(share, sizes, jobs)]
            yield (future.result() for future in as_completed(running))
    except BrokenProcessPool:
        message = "a process that wrote workbooks died: out of memory, or killed"
        raise BadInput(f"{message}; run report again, with --jobs 1 if memory is short") from None


@contextmanager
def nothing_left(folder: Path) -> Iterator[None]:
    """Remove what processes that died were writing in a folder if the work does not end well."""
    try:
        yield
    except BaseException:
        sweep(folder)
        raise


def sweep(folder: Path) -> None:
    """Remove what killed processes were writing in a folder, and beside it."""
    beside = (*folder.parent.glob(".*.xlsx.*.tmp"), *folder.parent.glob(".spool.*.tmp"))
    for left in (*folder.glob(".*.xlsx.*.tmp"), *beside):
        left.unlink(missing_ok=True)
