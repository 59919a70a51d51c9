"""Rules and calls in files, for what is measured as a whole process."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.children import used
from benchmarks.rulebook import write_rules


@contextmanager
def workplace(folder: Path | None) -> Iterator[Path]:
    """Give a folder for the files of a benchmark; what is made there goes when it is over.

    That is also so for what processes keep in the cache folder.
    """
    with TemporaryDirectory(dir=folder, prefix="qa-checker-bench-") as place:
        os.environ["QA_CHECKER_CACHE"] = str(Path(place) / "cache")
        yield Path(place)


def rules(folder: Path, language: str, phrases: int) -> Path:
    """Write a rubric over so many phrases, compile and keep it; return its path.

    What is measured then starts with a warm cache, the first run like those after it.
    """
    (folder / "rules").mkdir()
    path = write_rules(folder / "rules", language, phrases)
    used("-m", "benchmarks.steps", "start", path, path)
    return path


def calls_file(folder: Path, number: int, language: str, phrases: int) -> Path:
    """Write calls as JSON lines, in a process of its own so that this one stays small."""
    path = folder / f"{language}-{number}.jsonl"
    of = ("--lang", language, "--phrases", phrases)
    used("-m", "benchmarks.generate", "--calls", number, *of, "-o", path)
    return path
