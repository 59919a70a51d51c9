"""Ctrl-C is held back while processes are started, and then comes."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest

from qa_checker.runs.ctrl_c import STOPPING, held_back, told_to_end


@pytest.mark.parametrize("number", STOPPING)
def test_it_comes_when_all_is_done(number: int) -> None:
    done = []

    def start() -> None:
        with held_back():
            signal.raise_signal(number)
            done.append("all of it")

    with pytest.raises(KeyboardInterrupt):
        start()
    assert done == ["all of it"]


@pytest.mark.parametrize("number", STOPPING)
def test_what_was_heard_before_is_heard_after(number: int) -> None:
    before = signal.getsignal(number)
    with held_back():
        assert signal.getsignal(number) != before
    assert signal.getsignal(number) == before


@pytest.fixture
def handlers() -> Iterator[None]:
    before = {one: signal.getsignal(one) for one in STOPPING}
    yield
    for one, handler in before.items():
        signal.signal(one, handler)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", STOPPING)
def test_being_told_to_end_is_ctrl_c(number: int) -> None:
    signal.signal(number, signal.SIG_DFL)
    told_to_end()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)


@pytest.mark.usefixtures("handlers")
@pytest.mark.parametrize("number", STOPPING)
def test_what_is_ignored_stays_so(number: int) -> None:
    signal.signal(number, signal.SIG_IGN)  # as nohup does
    told_to_end()
    with held_back():
        signal.raise_signal(number)
    signal.raise_signal(number)
    assert signal.getsignal(number) == signal.SIG_IGN


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_a_process_that_is_started_meanwhile_does_not_hear_it() -> None:
    code = "import os, signal; os.kill(os.getpid(), signal.SIGINT); print('went on')"
    with held_back():
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert (done.stdout, done.stderr) == ("went on\n", "")


def test_another_thread_needs_none_of_it() -> None:
    seen = []

    def held() -> None:
        with held_back():
            seen.append(signal.getsignal(signal.SIGINT))

    thread = threading.Thread(target=held)
    thread.start()
    thread.join()
    assert seen == [signal.getsignal(signal.SIGINT)]
