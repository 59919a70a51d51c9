"""Files set aside: what could not be read and why, and earlier workbooks kept for people."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.reports.cells import number, text
from qa_checker.reports.remarks import spoken
from qa_checker.reports.reviewed import DAMAGED
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.summary.ground import FOLDER, Ground

WIDTHS = {"number": 6, "source": 52, "line": 8, "reason": 60, "remedy": 60}


def sheet(ground: Ground) -> Sheet:
    """Return the sheet of files set aside."""
    say = ground.say
    return Sheet(
        title=say("sheet.summary.aside"),
        columns=[Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=[*rows(ground), *kept(ground)] or [[None, text(say("nothing_aside"), "plain")]],
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


def kept(ground: Ground) -> Iterator[Row]:
    """Yield a row for every earlier workbook that people had written in, or that is damaged."""
    for index, name in enumerate(ground.kept, len(ground.aside) + 1):
        place, why = f"{FOLDER}/{name}", "damaged" if name.startswith(DAMAGED) else "kept"
        yield [
            number(index, "points"),
            text(place, "id"),
            number(None, "points"),
            text(ground.say(f"{why}.reason")),
            text(ground.say(f"{why}.remedy", place=place), "quiet"),
        ]
