"""How far a run is, on a terminal: calls, calls a second, time left, what was set aside."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from time import monotonic
from typing import TYPE_CHECKING, Any, Self

import click

from qa_checker.reports.words import plural

if TYPE_CHECKING:
    from qa_checker.runs.audit import Plan
    from qa_checker.runs.shard import Done


FEW = 5  # names shown
FATES = {
    "left": "that people wrote in left as they are, the rest of them would be the same "
    "有人填写、其余未变，原样保留",
    "reviewed": "that people wrote in put by in scorecards/reviewed, new ones are in their place "
    "有人填写，旧的移到 scorecards/reviewed，原处是新的",
    "damaged": "that did not open put by in scorecards/damaged, new ones are in their place "
    "打不开，旧的移到 scorecards/damaged，原处是新的",
}


class Progress:
    """A bar that begins with the plan of a run; in a pipe there is none."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.bar: Any = None
        self.calls = self.aside = 0
        self.since = monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.stack.close()

    def begin(self, plan: Plan) -> None:
        """Show the bar."""
        if sys.stderr.isatty() and plan.todo:
            bar: Any = click.progressbar(
                length=len(plan.todo),
                label="qa-checker",
                file=sys.stderr,
                item_show_func=lambda _: self.line(),
            )
            self.bar = self.stack.enter_context(bar)

    def tell(self, done: Done) -> None:
        """Count a part."""
        self.calls += done.about.counts.judged + done.about.counts.skipped
        self.aside += len(done.about.aside)
        if self.bar is not None:
            self.bar.update(1, done)

    def line(self) -> str:
        """Return the counts in a few words."""
        rate = self.calls / max(monotonic() - self.since, 1e-3)
        said = f"{plural(self.calls, 'call')} 通, {rate:.0f}/s"
        return f"{said}, {self.aside} set aside 未读" if self.aside else said


def writing() -> None:
    """Say on a terminal that workbooks are being written, which may take longer than the calls."""
    if sys.stderr.isatty():
        click.echo("writing the workbooks 正在写工作簿 …", err=True)


def where(out: str, written: Sequence[str]) -> str:
    """Return where workbooks are, of which there is one at least, and which to open first."""
    return f"{plural(len(written), 'workbook')} in 报表位置: {out}  (begin with 先看 {written[0]})"


def note(fates: dict[str, list[str]], name: str, fate: str) -> None:
    """Add a workbook to those of its fate."""
    fates.setdefault(fate, []).append(name)


def tell_fates(fates: Mapping[str, Sequence[str]]) -> None:
    """Print what became of the workbooks that people wrote in, and of damaged ones."""
    for fate, names in fates.items():
        few = ", ".join(names[:FEW]) + (", …" if len(names) > FEW else "")
        click.echo(f"{plural(len(names), 'workbook')} {FATES[fate]}: {few}")
