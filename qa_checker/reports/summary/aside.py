"""Files set aside: what could not be read, why, and what would help."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.reports.cells import number, text
from qa_checker.reports.remarks import spoken
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.summary.ground import Ground

WIDTHS = {"number": 6, "source": 52, "line": 8, "reason": 60, "remedy": 60}


def sheet(ground: Ground) -> Sheet:
    """Return the sheet of files set aside."""
    say = ground.say
    return Sheet(
        title=say("sheet.summary.aside"),
        columns=[Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=list(rows(ground)) or [[None, text(say("nothing_aside"), "plain")]],
        heading=say("heading.aside"),
        hint=say("hint.aside"),
        tab="6B6B6B",
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield a row for every file or record."""
    say = ground.say
    for index, one in enumerate(ground.aside, 1):
        yield [
            number(index, "points"),
            text(one.source, "id"),
            number(one.line, "points"),
            text(spoken(say, one.reason)),
            text(spoken(say, one.help, "help"), "quiet"),
        ]
