"""What could not be judged and why: items by reason, then calls without a score."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from qa_checker.reports.cells import number, text
from qa_checker.reports.remarks import not_applied
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.spool import blank_calls, blanks
from qa_checker.reports.summary.ground import Ground
from qa_checker.reports.words import known
from qa_checker.scorecard import MANUAL, REASONS

WIDTHS = {"kind": 12, "what": 46, "calls": 8, "reason": 40, "remedy": 64, "where": 36}


def sheet(ground: Ground) -> Sheet:
    """Return the sheet of what could not be judged."""
    say = ground.say
    return Sheet(
        title=say("sheet.summary.unjudged"),
        columns=[Column(say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=rows(ground),
        heading=say("heading.unjudged"),
        hint=say("hint.unjudged"),
        tab="6B6B6B",
        dropped=say("dropped"),
    )


def rows(ground: Ground) -> Iterator[Row]:
    """Yield items, then calls; a row that says so where there are none or more."""
    found = chain(items(ground), calls(ground))
    yield next(found, [text(ground.say("nothing_unjudged"), "plain")])
    yield from found


def items(ground: Ground) -> Iterator[Row]:
    """Yield a row for every item and reason, and for what waits for a person."""
    say = ground.say
    for item in ground.tally.items.values():
        counts = [(reason, item.na[reason]) for reason in sorted(item.na, key=rank)]
        for reason, count in [*counts, (MANUAL, item.verdicts[MANUAL])]:
            if count:
                yield [
                    text(say("kind.item"), "centre"),
                    text(f"{item.section} · {item.title}"),
                    number(count, "points"),
                    text(known(say, "reason", reason)),
                    text(say(f"remedy.{reason}") if reason in (*REASONS, MANUAL) else "", "quiet"),
                    text(item.rule, "id"),
                ]


def rank(reason: str) -> int:
    """Return the place of a reason in the order in which they take precedence."""
    return REASONS.index(reason) if reason in REASONS else len(REASONS)


def calls(ground: Ground) -> Iterator[Row]:
    """Yield a row for every call without a score, with a link to it, as far as there is room."""
    say, more = ground.say, blank_calls(ground.spool) - ground.listed
    for _, place, call in blanks(ground.spool, ground.listed):
        remedy = "remedy.skipped" if call.skipped else "remedy.no_score"
        yield [
            text(say("kind.call"), "centre"),
            text(call.call_id, "link", ground.link(call.agent, place)),
            number(1, "points"),
            text(not_applied(say, call.skipped) or call.unscored),
            text(say(remedy), "quiet"),
            text(call.source, "id"),
        ]
    if more > 0:
        yield [text(say("kind.call"), "centre"), text(say("more_unjudged", count=more), "strong")]
