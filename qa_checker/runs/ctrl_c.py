"""Ctrl-C, and being told to end, while processes are being started: held back until they are."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread

STOPPING = [
    getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)
]
FROM_TERMINAL = [one for one in STOPPING if one != signal.SIGTERM]
"""What a terminal sends to all processes of a run, which only the first one is to heed."""


def told_to_end() -> None:
    """Take being told to end, as cron, a cluster or a closed terminal does it, for Ctrl-C."""
    if current_thread() is main_thread():
        for one in heeded():
            signal.signal(one, signal.default_int_handler)


def heeded() -> list[int]:
    """Return the signals that end a run: nohup, for one, has some of them ignored."""
    return [one for one in STOPPING if signal.getsignal(one) is not signal.SIG_IGN]


@contextmanager
def held_back() -> Iterator[None]:
    """Raise a KeyboardInterrupt that comes meanwhile at the end; processes never hear of it.

    One that is half started would tell of Ctrl-C with a traceback. Processes inherit what is
    blocked, but of the threads here each would take the signal for the main one, which
    therefore only notes it. SIGTERM is never blocked, as a pool ends its processes with it.
    Elsewhere than in the main thread nothing is done, nor needed.
    """
    if current_thread() is not main_thread():
        yield
        return
    heard: list[int] = []
    before = {
        one: signal.signal(one, lambda number, frame: heard.append(number)) for one in heeded()
    }
    if sys.platform != "win32":
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, FROM_TERMINAL)
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        for one, handler in before.items():
            signal.signal(one, handler)
        if heard:
            raise KeyboardInterrupt
