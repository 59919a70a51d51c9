"""The workbooks of a run, noted by the SHA-256 of their bytes when they were written.

OUT/results/_reports.json
"""

from __future__ import annotations

from collections.abc import Sequence
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

    `manifest` is the SHA-256 of the manifest, `language` what was asked for.
    """

    manifest: str
    files: dict[str, str]
    language: str = ""


def keep(out: str, folder: Path, names: Sequence[str], language: str) -> None:
    """Note the hashes of the workbooks of a run, by their names in a folder. Raises OSError."""
    files = {name: sha256(str(folder / name)) for name in names}
    found = Written(sha256(manifest_of(out)), files, language)
    with places.writing(places.below(manifests.folder(out), REPORTS)) as file:
        file.write(msgspec.json.format(msgspec.json.encode(found), indent=1) + b"\n")


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
