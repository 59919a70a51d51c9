"""Whether what a run left is still what it wrote: parts and workbooks by their hashes.

    OUT/results/_reports.json     the workbooks by name: the SHA-256 of their bytes

People write in workbooks, so one that has changed and is whole is told and is no damage.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile, ZipFile

import msgspec

from qa_checker.problem import BadInput
from qa_checker.runs.shard import sha256
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.store.manifest import FILE, Manifest

REPORTS = "_reports.json"
MISSING, DAMAGED, CHANGED, STRAY, OLD = "missing", "damaged", "changed", "stray", "old"
HARMLESS = (CHANGED, STRAY, OLD)


class Written(msgspec.Struct, frozen=True):
    """The workbooks of a run, and the SHA-256 of the manifest that they were made from."""

    manifest: str
    files: dict[str, str]


class Finding(NamedTuple):
    """A file that is not as it was written, below OUT, and what is the matter with it."""

    name: str
    what: str

    @property
    def harmless(self) -> bool:
        """Tell whether nothing is lost by it."""
        return self.what in HARMLESS


def keep(out: str, folder: Path, names: Sequence[str]) -> None:
    """Note the hashes of the workbooks of a run, by their names in a folder. Raises OSError."""
    files = {name: sha256(str(folder / name)) for name in names}
    found = Written(sha256(manifest_of(out)), files)
    with places.writing(places.below(manifests.folder(out), REPORTS)) as file:
        file.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


def manifest_of(out: str) -> str:
    """Return where the manifest stands."""
    return places.below(manifests.folder(out), FILE)


def verify(out: str) -> tuple[int, list[Finding]]:
    """Return how many files were looked at, and what is not as it was written.

    Raises BadInput if there is no finished run.
    """
    manifest = manifests.finished(out)
    found = [*parts_of(out, manifest), *strays(out, manifest)]
    reports = written(out)
    if reports is not None:
        found += workbooks(out, reports)
        if reports.manifest != sha256(manifest_of(out)):
            found.append(Finding("summary.xlsx, scorecards/", OLD))
    return len(manifest.parts) + len(reports.files if reports else ()), found


def parts_of(out: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield the parts that are not there or are not what they were."""
    for part, place in zip(manifest.parts, manifests.live(out, manifest), strict=True):
        name = f"{manifests.FOLDER}/{part.name}"
        if not places.exists(place):
            yield Finding(name, MISSING)
        elif sha256(place) != part.sha256:
            yield Finding(name, DAMAGED)


def strays(out: str, manifest: Manifest) -> Iterator[Finding]:
    """Yield parts that are of no finished run."""
    listed = {part.name for part in manifest.parts}
    for name in places.names(manifests.folder(out)):
        if parts.is_part(name) and name not in listed:
            yield Finding(f"{manifests.FOLDER}/{name}", STRAY)


def written(out: str) -> Written | None:
    """Return the workbooks of the run, None if there are none. Raises BadInput."""
    place = places.below(manifests.folder(out), REPORTS)
    if not places.exists(place):
        return None
    try:
        return msgspec.json.decode(places.content(place), type=Written)
    except msgspec.MsgspecError as error:
        raise BadInput(f"{place}: cannot be read ({error}); run report again") from error


def workbooks(out: str, reports: Written) -> Iterator[Finding]:
    """Yield the workbooks that are not there or are not what they were."""
    for name, digest in reports.files.items():
        place = places.below(out, name)
        if not places.exists(place):
            yield Finding(name, MISSING)
        elif sha256(place) != digest:
            yield Finding(name, CHANGED if is_whole(place) else DAMAGED)


def is_whole(place: str) -> bool:
    """Tell whether a workbook can be opened, every part of it."""
    try:
        with places.opened(place) as file, ZipFile(file) as book:
            return book.testzip() is None
    except (BadZipFile, OSError, NotImplementedError):
        return False
