"""How far a run is, on a terminal: calls, calls a second, time left, what was set aside."""

from __future__ import annotations

import signal
import sys
from contextlib import ExitStack
from threading import Event, Lock, Thread
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import click

from qa_checker.reports.words import plural
from qa_checker.runs import pulse
from qa_checker.runs.ctrl_c import STOPPING

if TYPE_CHECKING:
    from qa_checker.runs.audit import Plan
    from qa_checker.runs.shard import Done


OFTEN = 0.5
"""Seconds from one look at the calls to the next."""


class Progress:
    """A bar that begins with the plan of a run; in a pipe there is none."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.bar: Any = None
        self.calls = self.aside = self.found = 0
        self.over, self.drawing = Event(), Lock()
        self.since = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def begin(self, plan: Plan) -> None:
        """Show the bar."""
        if on_terminal() and plan.todo:
            bar: Any = click.progressbar(
                length=len(plan.todo),
                label="qa-checker",
                file=sys.stderr,
                item_show_func=lambda _: self.line(),
            )
            self.bar = self.stack.enter_context(bar)
            pulse.listen()
            self.stack.callback(pulse.share, None)
            watcher = Thread(target=self.watch, daemon=True)
            watcher.start()
            self.stack.callback(watcher.join)
            self.stack.callback(self.over.set)

    def watch(self) -> None:
        """Draw the bar again and again: a large part takes a minute."""
        if hasattr(signal, "pthread_sigmask"):  # Ctrl-C is for the thread that works
            signal.pthread_sigmask(signal.SIG_BLOCK, STOPPING)
        while not self.over.wait(OFTEN):
            with self.drawing:
                self.bar.render_progress()

    def tell(self, done: Done) -> None:
        """Count a part."""
        calls = done.about.counts.judged + done.about.counts.skipped
        self.calls += calls
        self.found += calls if done.found else 0
        self.aside += len(done.about.aside)
        if self.bar is not None:
            with self.drawing:
                self.bar.update(1, done)

    def line(self) -> str:
        """Return the counts in a few words."""
        calls = max(self.calls, self.found + pulse.heard())
        rate = calls / max(monotonic() - self.since, 1e-3)
        said = f"{plural(calls, 'call')} 通, {rate:.0f}/s"
        return f"{said}, {self.aside} set aside 未读" if self.aside else said


def on_terminal() -> bool:
    """Tell whether somebody watches; a service may have no place at all for messages."""
    return sys.stderr is not None and sys.stderr.isatty()


def writing() -> None:
    """Say on a terminal that workbooks are being written, which may take longer than the calls."""
    if on_terminal():
        click.echo("writing the workbooks 正在写工作簿 …", err=True)
