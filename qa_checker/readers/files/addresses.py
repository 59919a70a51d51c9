"""Files at addresses (s3://bucket/calls/) as inputs: folders, patterns, single files.

What is passed over in a folder, its order and the names are those of a folder on the disk.
A folder is listed once, level by level, and no file in it is asked about by itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import PurePosixPath

from qa_checker import remote
from qa_checker.readers.files.beside import around, side_cars, with_facts
from qa_checker.readers.files.listed import HEAD, NOT_MEANT, WHOLE, Listed
from qa_checker.readers.source import SetAside, Source, shown
from qa_checker.remote import Entry


def listed_at(address: str) -> Iterator[Listed | SetAside]:
    """Yield every file at an address without opening it, in the order of sorted names."""
    try:
        found = remote.entry(address)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and any(sign in address for sign in "*?["):
            yield from _pattern(address)
        else:
            yield _closed(address, error)
        return
    yield from _folder(address) if found.folder else [_listed(found, found.name, None)]


def _pattern(pattern: str) -> Iterator[Listed | SetAside]:
    try:
        matches = remote.matches(pattern)
    except OSError as error:
        yield _closed(pattern, error)
        return
    if not matches:
        yield SetAside(shown(pattern), "no file matches", "check the pattern")
    beside = side_cars(one.address for one in matches)
    for one in matches:
        if one.folder:
            if "**" not in pattern:
                yield from _folder(one.address)
        elif one.address not in beside:
            yield _listed(one, one.name, None)


def _folder(address: str, within: str = "") -> Iterator[Listed | SetAside]:
    try:
        found = remote.entries(address)
        if within and is_output(address, found):
            return
    except OSError as error:
        yield _closed(within or address, error)
        return
    beside = side_cars(one.name for one in found)
    for one in found:
        if NOT_MEANT.match(one.name) or one.name in beside:
            continue
        if one.folder:
            yield from _folder(one.address, f"{within}{one.name}/")
            continue
        folder = one.address.removesuffix(one.name)
        its = next((folder + name for name in around(one.name) if name in beside), "")
        yield _listed(one, within + one.name, its)


def is_output(address: str, found: Sequence[Entry]) -> bool:
    """Tell whether a folder that holds this is one we write to. Raises OSError."""
    folders = {one.name for one in found if one.folder}
    if "scorecards" in folders and any(one.name == "summary.xlsx" for one in found):
        return True
    return "results" in folders and remote.exists(f"{address.rstrip('/')}/results/_manifest.json")


def _listed(found: Entry, name: str, beside: str | None) -> Listed:
    return Listed(found.address, shown(name), True, found.size, found.changed, beside)


def fetched_at(found: Listed) -> Source | SetAside:
    """Return the bytes of a listed file at an address, of a large one its beginning."""
    try:
        size = remote.entry(found.path).size if found.size is None else found.size
        if size <= WHOLE:
            source = Source(found.name, remote.content(found.path))
        else:
            head = remote.content(found.path, 0, HEAD)
            source = Source(found.name, head, reopen=partial(remote.opened, found.path))
    except OSError as error:
        return _closed(found.name, error)
    return _with_side_car(source, found)


def _with_side_car(source: Source, found: Listed) -> Source:
    name = PurePosixPath(found.path).name
    folder = found.path.removesuffix(name)
    places = [folder + one for one in around(name)] if found.beside is None else [found.beside]
    for place in filter(None, places):
        try:
            return with_facts(source, PurePosixPath(place).name, remote.content(place))
        except OSError:
            continue
    return source


def _closed(name: str, error: OSError) -> SetAside:
    return SetAside(shown(name), f"cannot be opened: {error.strerror}", "check the address")
