"""How many calls have been judged by now, while parts are still being made.

A number that the processes of one machine share. Nobody has to listen: without a number `beat`
does nothing, and on a cluster there is none.
"""

from __future__ import annotations

from contextlib import suppress
from typing import Any

_number: Any = None


def listen() -> None:
    """Begin to count, here and in the workers that begin from now on."""
    from multiprocessing.sharedctypes import RawValue

    with suppress(OSError):  # no shared memory: then only finished parts are counted
        # without a lock: a worker killed while it holds one would stop all others
        share(RawValue("q", 0))


def share(number: Any) -> None:
    """Count in a number that another process listens to; None to count no more."""
    global _number
    _number = number


def shared() -> Any:
    """Return what a worker needs to count as well, None if nobody listens."""
    return _number


def beat(calls: int) -> None:
    """Count calls that have been judged. Two at the same moment may count as one: it is a hint."""
    if _number is not None:
        _number.value += calls


def heard() -> int:
    """Return the calls judged since `listen`, parts that are not finished included."""
    return 0 if _number is None else int(_number.value)
