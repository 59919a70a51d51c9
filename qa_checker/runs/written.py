"""The workbooks of a run, noted by the SHA-256 of their bytes when they were written.

OUT/results/_reports.json
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec

from qa_checker.problem import BadInput
from qa_checker.runs.shard import sha256
from qa_checker.store import manifest as manifests
from qa_checker.store import places
from qa_checker.store.manifest import FILE

REPORTS = "_reports.json"


class Written(msgspec.Struct, frozen=True):
    """The workbooks of a run by name, and what they were made from and for.

    `manifest` is the SHA-256 of the manifest, "" while they are being written: `files` are then
    those of the report before. `language` is what was asked for.
    """

    manifest: str
    files: dict[str, str]
    language: str = ""


def hashes(folder: Path, names: Sequence[str], left: Mapping[str, str]) -> dict[str, str]:
    """Return the hashes of workbooks in a folder; of those that were `left` to people, as given."""
    return {name: left.get(name) or sha256(str(folder / name)) for name in names}


def begin(out: str) -> None:
    """Note that workbooks are to be written, beside those that are there. Raises OSError."""
    with suppress(BadInput):  # what was written is then not known, and the new report says it again
        before = written(out)
        keep(out, Written("", before.files if before else {}))


def end(out: str, files: dict[str, str], language: str) -> None:
    """Note the hashes of the workbooks that were written. Raises OSError."""
    keep(out, Written(sha256(manifest_of(out)), files, language))


def keep(out: str, noted: Written) -> None:
    """Replace what is known of the workbooks. Raises OSError."""
    with places.writing(places.below(manifests.folder(out), REPORTS)) as file:
        file.write(msgspec.json.format(msgspec.json.encode(noted), indent=1) + b"\n")


def manifest_of(out: str) -> str:
    """Return where the manifest stands."""
    return places.below(manifests.folder(out), FILE)


def written(out: str) -> Written | None:
    """Return the workbooks of the run, None if there are none. Raises BadInput."""
    place = places.below(manifests.folder(out), REPORTS)
    if not places.exists(place):
        return None
    try:
        return msgspec.json.decode(places.content(place), type=Written)
    except msgspec.MsgspecError as error:
        raise BadInput(f"{place}: cannot be read ({error}); run report again") from error
