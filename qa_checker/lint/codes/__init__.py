"""One file a lint code, found by this folder.

A code is a module whose docstring is its page, in the form that lint/manual.py reads, with
SEVERITY (error, warning or info) and one function, which yields Findings:

    in_entry(entry, book)       for each entry of a lexicon
    in_lexicon(lexicon, book)   for each lexicon
    in_rubric(rubric, book)     for each rubric

`book` holds all files of the run. Codes that are found while a file is read, or while its
examples are run, have a page in lint/pages/ instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

from qa_checker.lint.book import Book, File, Finding


@cache
def codes() -> dict[str, ModuleType]:
    """Return every code by its name ("QA403"), sorted."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name.upper(): import_module(f"{__name__}.{name}") for name in names}


def findings(code: ModuleType, file: File, book: Book) -> Iterator[Finding]:
    """Yield what a code finds in one file."""
    if file.lexicon is not None and hasattr(code, "in_lexicon"):
        yield from code.in_lexicon(file.lexicon, book)
    if file.lexicon is not None and hasattr(code, "in_entry"):
        for entry in file.lexicon.entries:
            yield from code.in_entry(entry, book)
    if file.rubric is not None and hasattr(code, "in_rubric"):
        yield from code.in_rubric(file.rubric, book)
