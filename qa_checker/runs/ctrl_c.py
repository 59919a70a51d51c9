"""Ctrl-C while processes are being started: held back until they are."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from threading import current_thread, main_thread


@contextmanager
def held_back() -> Iterator[None]:
    """Raise a KeyboardInterrupt that comes meanwhile at the end; processes never hear of it.

    One that is half started would tell of it with a traceback. Processes inherit what is
    blocked, but of the threads here each would take the signal for the main one, which
    therefore only notes it. Elsewhere than in the main thread nothing is done, nor needed.
    """
    if current_thread() is not main_thread():
        yield
        return
    heard: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, frame: heard.append(number))
    if sys.platform != "win32":
        blocked = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        if sys.platform != "win32":
            signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
        signal.signal(signal.SIGINT, before)
        if heard:
            raise KeyboardInterrupt
