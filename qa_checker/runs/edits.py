"""What people did to workbooks: they are made again elsewhere, and compared sheet by sheet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_checker.problem import BadFile, BadInput
from qa_checker.reports.compared import gone
from qa_checker.reports.names import file_names
from qa_checker.reports.results import DETAILS
from qa_checker.reports.reviewed import written_in
from qa_checker.reports.shares import Share
from qa_checker.reports.sheet import ROWS
from qa_checker.reports.summary.ground import FOLDER
from qa_checker.runs.report import rules_of, write_part
from qa_checker.runs.shard import sha256
from qa_checker.runs.stored import Stored
from qa_checker.runs.verify import ALTERED, CHANGED, REVIEWED, SAVED, UNOPENED
from qa_checker.runs.written import Written
from qa_checker.store import places
from qa_checker.store.manifest import Manifest


def edits(
    out: str, manifest: Manifest, reports: Written, names: Sequence[str]
) -> Iterator[tuple[str, str, str]]:
    """Yield what became of workbooks that have changed: name, what, and where if it is ALTERED.

    CHANGED is one of which that cannot be told: it cannot be made again as it was.
    """
    with TemporaryDirectory(prefix="qa_checker-") as made:
        now, then = Path(made) / "now.xlsx", Path(made) / "then"
        then.mkdir()
        make_again(out, manifest, reports, names, then)
        for name in names:
            now.write_bytes(places.content(places.below(out, name)))
            old = then / name
            ours = old.is_file() and sha256(str(old)) == reports.files[name]
            yield name, *edit(now, old if ours else None)


def edit(now: Path, then: Path | None) -> tuple[str, str]:
    """Return what became of a workbook, and where if it is ALTERED; `then` is how it was."""
    try:
        lost = gone(now, then or now)
    except Exception:  # openpyxl raises whatever the broken XML made it raise
        return UNOPENED, ""
    if lost:
        return ALTERED, ", ".join(f"{title} ({count})" for title, count in lost.items())
    if then is None:
        return CHANGED, ""
    return (REVIEWED if written_in(now) else SAVED), ""


def make_again(
    out: str, manifest: Manifest, reports: Written, names: Sequence[str], folder: Path
) -> None:
    """Write workbooks of agents once more, below a folder; none where the rules are gone."""
    try:
        stored = Stored(out, manifest, rules_of(manifest))
    except (BadFile, BadInput):
        return
    known = file_names(stored.column("agent"))
    files = {agent: file for agent, file in known.items() if f"{FOLDER}/{file}" in names}
    rules = tuple(dict.fromkeys(stored.column("rule")))
    if files:
        summary = reports.language or stored.rubrics[rules[0]].languages[0]
        share = Share(
            folder / FOLDER,
            reports.language,
            DETAILS,
            ROWS,
            files=files,
            summary=summary,
            rules=rules,
        )
        write_part(out, share)
