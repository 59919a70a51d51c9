"""Shards that kill the process that works on them, as a segmentation fault or the kernel would.

And one process whose disk is full.
"""

from __future__ import annotations

import errno
import os
import signal
from pathlib import Path

from faults import Disk, failing

from qa_checker.readers.files.inputs import fetched
from qa_checker.readers.source import Source
from qa_checker.readers.stretches import within
from qa_checker.reports.shares import Share, Written
from qa_checker.runs.engines._task import Came, attempt
from qa_checker.runs.job import Job
from qa_checker.runs.shard import Done, audit_shard
from qa_checker.runs.shards import Piece, Shard

POISON = "毒".encode()


def audit_poison(shard: Shard, job: Job) -> Done:
    """Die of any file or line that holds the poison."""
    if any(POISON in data(piece) for piece in shard.pieces):
        os.kill(os.getpid(), signal.SIGKILL)
    return audit_shard(shard, job)


def attempt_poison(shard: Shard, job: Job, sender: str) -> Came:
    """Die of it as a task of an engine."""
    audit_poison(shard, job)
    return attempt(shard, job, sender)


class DeadlyShard(Shard):
    """A shard that kills the process that it is sent to."""

    def __reduce__(self) -> tuple[object, ...]:
        """Return what kills whoever makes it again."""
        return eval, ("__import__('os').kill(__import__('os').getpid(), 9)",)


def audit_once_deadly(shard: Shard, job: Job) -> Done:
    """Die the first time that a file holds the poison, as one does that ran out of memory."""
    mark = Path(job.results) / ".met"
    if any(POISON in data(piece) for piece in shard.pieces) and not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return audit_shard(shard, job)


def audit_thrice_deadly(shard: Shard, job: Job) -> Done:
    """Die three times of a file that holds the poison, and of what it is judged with."""
    marks = [Path(job.results) / f".met{number}" for number in range(3)]
    left = [mark for mark in marks if not mark.exists()]
    if left and any(POISON in data(piece) for piece in shard.pieces):
        left[0].touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return audit_shard(shard, job)


def audit_without_space(shard: Shard, job: Job) -> Done:
    """Work on a shard while there is no space on the disk."""
    with failing(Disk(Path(job.results), "write", 1, errno.ENOSPC)):
        return audit_shard(shard, job)


def data(piece: Piece) -> bytes:
    """Return the bytes of a piece."""
    source = fetched(piece.file)
    assert isinstance(source, Source)
    return within(source, piece.stretch).data if piece.stretch else source.data


def write_deadly(share: Share) -> Written:
    """Die in the middle of a workbook."""
    (share.folder / ".a.xlsx.1-00.tmp").write_bytes(b"half")
    os.kill(os.getpid(), signal.SIGKILL)
    return Written({}, [])
