"""Side-cars: `X.metadata.json` or `X.meta.json` beside a transcript `X.*` is about the call.

It is metadata, not a transcript. Plain values count, nested ones under `outer.inner`; lists
do not. Well-known names are the call's own fields (`agent_name`, `queue`, 坐席工号 …).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from pathlib import PurePosixPath

from qa_checker.readers.about.metadata import FIELDS, meaning
from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.source import Source, shown
from qa_checker.readers.strict_json import Refusal, parse

ENDS = (".metadata.json", ".meta.json")
DEEPEST = 4
MOST = 200


def around(name: str) -> list[str]:
    """Return the names that a side-car of a transcript may have."""
    return [] if stem_beside(name) else [_stem(name) + end for end in ENDS]


def stem_beside(name: str) -> str:
    """Return X of `X.metadata.json` and `X.meta.json`, "" for any other name."""
    return next((name[: -len(end)] for end in ENDS if name.lower().endswith(end)), "")


def side_cars(names: Iterable[str]) -> set[str]:
    """Return those names of a folder that stand beside a transcript of the same stem."""
    every = set(names)
    stems = {_stem(name) for name in every if not stem_beside(name)}
    return {name for name in every if stem_beside(name) in stems}


def _stem(name: str) -> str:
    """Return a name without its last suffix; folders stay."""
    last = PurePosixPath(name.replace("\\", "/")).name
    return name[: len(name) - len(PurePosixPath(last).suffix)] if last else name


def with_facts(source: Source, name: str, data: bytes) -> Source:
    """Return a transcript with what its side-car says, or a note that it cannot be read."""
    try:
        document = parse(decode(data)[0])
        if not isinstance(document, dict):
            raise Refusal("no object with keys")
    except Refusal as refusal:
        note = f"the metadata in {shown(name)} could not be read: {refusal.reason}"
        return replace(source, notes=(*source.notes, note))
    found: dict[str, str] = {}
    for path, value in islice(_plain(document, ""), MOST):
        last = meaning(path.rpartition(".")[2])
        found.setdefault(last if last in FIELDS else path, value)
    return replace(source, beside=found)


def _plain(
    document: dict[str, object], before: str, depth: int = DEEPEST
) -> Iterator[tuple[str, str]]:
    for key, value in document.items():
        if isinstance(value, bool):
            yield before + key, "true" if value else "false"
        elif isinstance(value, str | int | float):
            yield before + key, str(value)
        elif isinstance(value, dict) and depth:
            yield from _plain(value, f"{before}{key}.", depth - 1)
