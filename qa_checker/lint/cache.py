"""What lint and test found, kept until a file changes: a second run reads it again.

The folder is the user's cache folder (platformdirs); $QA_CHECKER_CACHE names another one. It
holds one file for each set of paths that was looked at: problems, with the lines of the rule
files they stand in. No calls, and nothing that cannot be deleted at any time. A result counts
only for the same bytes of every rule file it rests on, and for the same program.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from importlib.resources.abc import Traversable
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
import platformdirs

import qa_checker
from qa_checker.lint.run import is_rubric
from qa_checker.problem import BadFile
from qa_checker.rules.load import lexicon_files, open_source, shipped, uses_of
from qa_checker.text import segment

T = TypeVar("T")


class Kept(msgspec.Struct, Generic[T], frozen=True):
    """A result with the digest of all it rests on."""

    key: str
    found: T


def cached(name: str, paths: Iterable[Path], kind: type[T], make: Callable[[], T]) -> T:
    """Return what was found last time if nothing has changed since, else make it and keep it."""
    listed = list(paths)
    place = folder() / f"{digest([name, *map(os.path.abspath, listed)])}.json"
    key = digest([engine(), *(part for path in listed for part in ground(path))])
    try:
        kept = msgspec.json.decode(place.read_bytes(), type=Kept[kind])  # type: ignore[valid-type]
        if kept.key == key:
            found: T = kept.found
            return found
    except (OSError, msgspec.DecodeError):
        pass
    found = make()
    keep(place, Kept(key, found))
    return found


def keep(place: Path, kept: Kept[T]) -> None:
    """Write a result in one step; where that cannot be done, the next run works again."""
    try:
        written = msgspec.json.encode(kept)
        place.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.NamedTemporaryFile(dir=place.parent, delete=False) as file:
            file.write(written)
        Path(file.name).replace(place)
    except (OSError, UnicodeEncodeError):
        pass


def folder() -> Path:
    """Return where results are kept."""
    named = os.environ.get("QA_CHECKER_CACHE")
    return Path(named or platformdirs.user_cache_dir("qa_checker", appauthor=False)) / "rules"


def ground(path: Path) -> Iterator[str]:
    """Yield what the result for a file rests on: its bytes, and those of lexicons it uses."""
    yield from (str(path), content(path))
    try:
        source = open_source(path)
    except BadFile:
        return
    if is_rubric(source.text):
        for node in uses_of(source):
            for shown, file in lexicon_files(node.text, path).items():
                yield from (shown, content(file))


def content(file: Path | Traversable) -> str:
    """Return the digest of a file, or why it cannot be read."""
    try:
        return hashlib.sha256(file.read_bytes()).hexdigest()
    except OSError as error:
        return str(error)


@cache
def engine() -> str:
    """Return the digest of the program: its files by size and time, what ships, jieba."""
    root = Path(qa_checker.__file__).parent
    code = sorted(path for path in root.rglob("*") if path.suffix in (".py", ".yaml", ".md"))
    stats = [(path, path.stat()) for path in code]
    parts = [f"{path}:{stat.st_size}:{stat.st_mtime_ns}" for path, stat in stats]
    parts += [content(file) for file in shipped("lexicons").values()]
    return digest([qa_checker.__version__, segment.installed(), *parts])


def digest(parts: Iterable[str]) -> str:
    """Return one digest of several texts."""
    made = hashlib.sha256()
    for part in parts:
        encoded = part.encode("utf-8", "surrogatepass")
        made.update(len(encoded).to_bytes(8, "big") + encoded)
    return made.hexdigest()
