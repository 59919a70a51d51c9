"""The manifest: which parts are live, in which order, and what they were made with.

    OUT/results/_manifest.json

It is replaced in one step when a run ends. Parts that it does not list stand apart (fresh.py):
they are of a run that goes on or was cut short; the next run takes up those that it needs and
removes the others.
"""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from qa_checker.problem import BadInput
from qa_checker.store import places
from qa_checker.store.parts import Refused
from qa_checker.store.schema import VERSION

FOLDER, FILE = "results", "_manifest.json"


class Part(msgspec.Struct, frozen=True):
    """A live part: its name, the SHA-256 of its bytes, and how much it holds."""

    name: str
    sha256: str
    rows: int
    aside: int


class Manifest(msgspec.Struct, frozen=True):
    """A finished run.

    `rubric` is what was asked for ("" for the shipped one of each call's language), `rules`
    the rubrics by id@version#hash with their names or paths, `language` that of the reports
    ("" for the rubric's), `aside` what was set aside before any file was opened.
    """

    parts: list[Part]
    rubric: str = ""
    rules: dict[str, str] = {}
    language: str = ""
    aside: list[Refused] = []
    program: str = ""
    schema: int = VERSION


def folder(out: str) -> str:
    """Return the folder of the results of a run."""
    return places.below(out, FOLDER)


def load(out: str) -> Manifest | None:
    """Return the manifest of a finished run, None if there is none. Raises BadInput, OSError."""
    place = places.below(folder(out), FILE)
    if not places.exists(place):
        return None
    try:
        found = msgspec.json.decode(places.content(place), type=Manifest)
    except msgspec.MsgspecError as error:
        why = "damaged, or changed by hand"
        message = f"{place}: {why}; remove it and audit again, calls that were judged are kept"
        raise BadInput(message) from error
    if found.schema != VERSION:
        raise BadInput(f"{place}: of another version; audit into another folder")
    return found


def finished(out: str) -> Manifest:
    """Return the manifest of a finished run. Raises BadInput if there is none."""
    found = load(out)
    if found is None:
        raise BadInput(f"{out}: no results of a finished run; run audit -o {out} first")
    return found


def save(out: str, manifest: Manifest) -> None:
    """Replace the manifest in one step. Raises OSError."""
    written = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
    with places.writing(places.below(folder(out), FILE)) as file:
        file.write(written + b"\n")


def live(out: str, manifest: Manifest) -> Iterator[str]:
    """Yield the places of the live parts, in the order of the inputs."""
    for part in manifest.parts:
        yield places.below(folder(out), part.name)
