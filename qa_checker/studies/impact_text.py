"""The difference that a change of rules makes, as text for a terminal and as Markdown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from qa_checker.studies.impact import Change, Entry, Impact, Quote

WIDTH = 30
CALLS = 20
"""Calls named for a flip or a change before the rest is only counted."""


def text(impact: Impact) -> str:
    """Return the difference as lines for a terminal."""
    return "\n".join(lines(impact))


def lines(impact: Impact) -> Iterator[str]:
    """Yield the lines: the result in one, then bands, red lines, items, entries, scores."""
    if impact.base.rule == impact.head.rule:
        yield f"{impact.head.rule}: unchanged"
        return
    yield f"{impact.base.rule} → {impact.head.rule}"
    yield summary(impact)
    yield from (f"  {line}" for line in band_moves(impact))
    yield from (
        f"      {line}" for line in listed([f"{c.call_id}: {moved(c)}" for c in changed(impact)])
    )
    for change in red_lines(impact):
        yield f"  auto-fail: {change}"
    for (item, was, now), calls in sorted(impact.flips.items()):
        yield f"  {item}: {was}→{now} x{len(calls)}"
        yield from (f"      {each}" for each in listed(calls))
    for name, entry in changed_entries(impact):
        yield f"  {name}: {counted(entry)}"
        yield from (f"      + {said(each)}" for each in entry.new_quotes)
        yield from (f"      - {said(each)}" for each in entry.lost_quotes)
    if impact.changes:
        yield "  scores before and after:"
        yield from (f"    {line}" for line in histogram(impact))


def summary(impact: Impact) -> str:
    """Return the result in one line."""
    said = f"{impact.calls} calls, {len(impact.changes)} change"
    before, after = impact.means()
    if before is not None and after is not None:
        said += f", mean {before:.1f} → {after:.1f}"
    if impact.untimed:
        said += f"; {impact.untimed} have items that could not be judged for want of times"
    return said


def band_moves(impact: Impact) -> list[str]:
    """Return how many calls go from one band to another."""
    moves = Counter(each.band for each in impact.changes if each.band[0] != each.band[1])
    return [f"{was or '–'} → {now or '–'}: {n}" for (was, now), n in sorted(moves.items())]


def changed(impact: Impact) -> list[Change]:
    """Return the calls of which the score or the band is another one."""
    return [c for c in impact.changes if c.score[0] != c.score[1] or c.band[0] != c.band[1]]


def moved(change: Change) -> str:
    """Return the score and the band of a call before and after."""
    score, band = (
        " → ".join(dict.fromkeys(each or "–" for each in pair))
        for pair in (change.score, change.band)
    )
    return f"{score} ({band})"


def exceeded(impact: Impact, most: float) -> str:
    """Say that more calls change than the share that may, "" if not."""
    if impact.share <= most:
        return ""
    shares = f"{100 * impact.share:.4g} % of the calls change, more than {100 * most:.4g} %"
    return f"{impact.head.rule}: {shares} 变动的通话超过上限"


def red_lines(impact: Impact) -> list[str]:
    """Return every call in which other red lines are crossed than before."""
    return [
        f"{each.call_id}: {', '.join(each.failed_by[0]) or 'none'}"
        f" → {', '.join(each.failed_by[1]) or 'none'}"
        for each in impact.changes
        if each.failed_by[0] != each.failed_by[1]
    ]


def changed_entries(impact: Impact) -> list[tuple[str, Entry]]:
    """Return the entries with new or lost hits, by name."""
    return sorted((name, e) for name, e in impact.entries.items() if e.new or e.lost)


def counted(entry: Entry) -> str:
    """Say how many hits are new and lost."""
    before, after = entry.calls
    return f"{entry.new} new hits, {entry.lost} lost; in {before} → {after} calls"


def said(quote: Quote) -> str:
    """Return a quote with its place."""
    return f"{quote.call_id}, turn {quote.turn}: “{quote.words}”"


def listed(calls: Sequence[str]) -> Iterator[str]:
    """Yield call ids, and how many more there are."""
    yield from calls[:CALLS]
    if len(calls) > CALLS:
        yield f"… and {len(calls) - CALLS} more"


def histogram(impact: Impact) -> Iterator[str]:
    """Yield a line for each ten points: how many calls before (-) and after (+)."""
    before, after = impact.scores
    most = max([*before.values(), *after.values()], default=1)
    for tens in sorted({*before, *after}):
        label = "100" if tens == 10 else f"{tens * 10}–{tens * 10 + 9}"
        for sign, count in (("-", before[tens]), ("+", after[tens])):
            bar = "█" * round(WIDTH * count / most)
            yield f"{label:>6} {sign} {count:>6} {bar}".rstrip()
            label = ""


def markdown(impact: Impact) -> str:
    """Return the difference as Markdown for a pull request."""
    rows = [
        f"### `{impact.base.rule}` → `{impact.head.rule}`",
        "",
        f"**{summary(impact)}**",
        *table(["item", "verdict", "calls"], flip_rows(impact)),
        *table(["band", "calls"], [line.split(": ") for line in band_moves(impact)]),
        *table(["call", "score (band)"], call_rows(impact)),
        *table(["auto-fail", "before → after"], [r.split(": ", 1) for r in red_lines(impact)]),
        *table(["entry", "hits", "quotes"], entry_rows(impact)),
    ]
    if impact.changes:
        chart = "\n".join(histogram(impact))
        rows += ["", "<details><summary>Scores</summary>", "", f"```\n{chart}\n```", "</details>"]
    return "\n".join(rows)


def flip_rows(impact: Impact) -> Iterator[list[str]]:
    """Yield item, flip, and calls."""
    for (item, was, now), calls in sorted(impact.flips.items()):
        yield [f"`{item}`", f"{was} → {now} × {len(calls)}", ", ".join(listed(calls))]


def call_rows(impact: Impact) -> Iterator[list[str]]:
    """Yield each changed call with its score and band, and how many more there are."""
    calls = changed(impact)
    yield from ([escaped(each.call_id), escaped(moved(each))] for each in calls[:CALLS])
    if len(calls) > CALLS:
        yield [f"… and {len(calls) - CALLS} more", ""]


def entry_rows(impact: Impact) -> Iterator[list[str]]:
    """Yield entry, counts and quotes."""
    for name, entry in changed_entries(impact):
        new = [f"+ {said(each)}" for each in entry.new_quotes]
        lost = [f"− {said(each)}" for each in entry.lost_quotes]
        yield [f"`{name}`", counted(entry), "<br>".join(escaped(each) for each in new + lost)]


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    """Return a Markdown table; nothing if it has no rows."""
    body = ["| " + " | ".join(row) + " |" for row in rows]
    if not body:
        return []
    return ["", "| " + " | ".join(heads) + " |", "|---" * len(heads) + "|", *body]


def escaped(text: str) -> str:
    """Return text that a Markdown table shows as it is."""
    plain = text.replace("\n", " ").replace("\\", "\\\\").replace("|", "\\|")
    return plain.replace("<", "&lt;").replace("`", "\\`")
