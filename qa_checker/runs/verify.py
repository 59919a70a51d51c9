"""Whether what a run left is still what it wrote: parts and workbooks by their hashes.

People write in workbooks, so of one that has changed it is told what has: what they wrote
where they are asked to is no damage.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from qa_checker.problem import BadInput
from qa_checker.reports.words import plural
from qa_checker.reports.zipped import is_alone, is_whole
from qa_checker.runs.finished import finished
from qa_checker.runs.shard import sha256
from qa_checker.runs.written import Written, manifest_of, written
from qa_checker.store import fresh, parts, places
from qa_checker.store import manifest as manifests
from qa_checker.store.manifest import Manifest

MISSING, DAMAGED = "missing", "damaged"
UNOPENED, SURPLUS, ALTERED = "unopened", "surplus", "altered"
CHANGED, REVIEWED, SAVED = "changed", "reviewed", "saved"
PENDING, STRAY, APART, FOREIGN, OLD = "pending", "stray", "apart", "foreign", "old"
UNFINISHED, BOOKS = "unfinished", "summary.xlsx, scorecards/"
HARMLESS = (CHANGED, REVIEWED, SAVED, APART, OLD)


class Finding(NamedTuple):
    """A file that is not as it was written, below OUT, what is the matter with it, and where."""

    name: str
    what: str
    where: str = ""

    @property
    def harmless(self) -> bool:
        """Tell whether nothing is lost by it."""
        return self.what in HARMLESS


def verify(out: str) -> tuple[int, list[Finding]]:
    """Return how many files were looked at, and what is not as it was written.

    Raises BadInput if there is no finished run.
    """
    manifest = finished(out)
    found = [*parts_of(out, manifest), *strays(out, manifest)]
    reports = written(out)
    if reports is not None and not reports.manifest:
        found.append(Finding(BOOKS, UNFINISHED))
    elif reports is not None:
        found += workbooks(out, manifest, reports)
        if reports.manifest != sha256(manifest_of(out)):
            found.append(Finding(BOOKS, OLD))
    books = reports.files if reports and reports.manifest else ()
    return len(manifest.parts) + len(books), found


def parts_of(out: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield the parts that are not there or are not what they were."""
    for part, place in zip(manifest.parts, manifests.live(out, manifest), strict=True):
        name = f"{manifests.FOLDER}/{part.name}"
        new = places.below(fresh.folder(manifests.folder(out)), part.name)
        if not places.exists(place):
            whole = places.exists(new) and sha256(new) == part.sha256
            yield Finding(name, PENDING if whole else MISSING)
        elif sha256(place) != part.sha256:
            yield Finding(name, DAMAGED)


def sound(out: str, manifest: Manifest) -> Manifest:
    """Return the manifest of a run. Raises BadInput if a part of it is not as it was written.

    Most damage gives other values and no error when a part is read.
    """
    for part in parts_of(out, manifest):
        damaged = part.what == DAMAGED
        why = "its bytes are not those that were written" if damaged else "is missing"
        place = places.below(out, part.name)
        raise BadInput(f"{place}: {why}; run audit again with the same OUT")
    return manifest


def strays(out: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield what stands with the parts and is none of this run: queries read it too.

    Parts of a run that has not ended stand apart, and are one finding.
    """
    results, listed = manifests.folder(out), {part.name for part in manifest.parts}
    for name in places.names(results):
        if parts.is_part(name) and name not in listed:
            yield Finding(f"{manifests.FOLDER}/{name}", STRAY)
        elif not parts.is_part(name) and name[0] not in "._":
            yield Finding(f"{manifests.FOLDER}/{name}", FOREIGN)
    new = [name for name in places.names(fresh.folder(results)) if parts.is_part(name)]
    if left := {*new} - listed:
        yield Finding(f"{manifests.FOLDER}/{fresh.FOLDER}", APART, plural(len(left), "part"))


def workbooks(out: str, manifest: Manifest, reports: Written) -> Iterator[Finding]:
    """Yield the workbooks that are not there or are not what they were."""
    changed = []
    for name, digest in reports.files.items():
        place = places.below(out, name)
        if not places.exists(place):
            yield Finding(name, MISSING)
        elif sha256(place) != digest:
            with places.opened(place) as file:
                if not is_whole(file):
                    yield Finding(name, UNOPENED)
                elif not is_alone(file):
                    yield Finding(name, SURPLUS)
                else:
                    changed.append(name)
    if changed:
        # openpyxl takes a quarter of a second that most checks need not spend
        from qa_checker.runs.edits import edits

        yield from (Finding(*one) for one in edits(out, manifest, reports, changed))
