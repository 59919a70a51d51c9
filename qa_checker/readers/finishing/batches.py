"""Calls brought together, as many questions are cheaper asked of many calls at once."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.call import Call, Columns
from qa_checker.readers.source import SetAside

CALLS, SEGMENTS = 32, 2048  # of a batch, at most; what is asked next is still in the cache then
Batch = list[tuple[Call, Columns] | SetAside]


def batches(results: Iterator[Call | SetAside]) -> Iterator[Batch]:
    """Yield results in their order, calls with their columns; an error comes after what came first.

    Only so many are held as cost little memory.
    """
    batch: Batch = []
    size = 0
    try:
        for one in results:
            if isinstance(one, SetAside):
                batch.append(one)
            else:
                said = one.columns().counted()
                size += len(said.texts)
                batch.append((one, said))
            if len(batch) >= CALLS or size >= SEGMENTS:
                yield batch
                batch, size = [], 0
    except Exception:  # a line that is refused, a file that cannot be read any further
        yield batch
        raise
    yield batch
