"""Lint rule files: all problems of all files in one run, sorted.

What keeps a file from loading comes from the reader that every other command uses, so that
the engine refuses nothing that lint has not shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from qa_checker import events, lazy_re
from qa_checker.judging.asked import settings_of
from qa_checker.judging.misuse import check_segmenter, further_problems
from qa_checker.lint.book import Book, File
from qa_checker.lint.codes import codes, findings
from qa_checker.lint.example_calls import speaker_problems
from qa_checker.lint.suppress import suppressed
from qa_checker.lint.where import with_where
from qa_checker.problem import BadFile, Problem
from qa_checker.rules.load import Memo, check_twice, open_source, read_once, read_with_lexicons
from qa_checker.rules.mapping import read_mapping
from qa_checker.rules.source import Source, sorted_problems

HEAD = lazy_re.compile(r"^\ufeff?qa_checker\s*:\s*[\"']?(rubric|lexicon|mapping)", re.MULTILINE)
SECTIONS = lazy_re.compile(r"^sections\s*[:：]", re.MULTILINE)


@dataclass(slots=True)
class Opened:
    """A file as far as it could be read, with what keeps it, or others, from loading."""

    file: File
    problems: list[Problem]

    @property
    def sound(self) -> bool:
        """Whether the engine would take it."""
        return not any(problem.severity == "error" for problem in self.problems)


def lint(paths: Iterable[Path]) -> list[Problem]:
    """Return every problem of some rule files, in the order of path, line and column."""
    opened: list[Opened] = []
    refused: list[Problem] = []
    mapped: list[Problem] = []
    memo: Memo = {}
    for path in paths:
        try:
            source = open_source(path)
        except BadFile as bad:
            refused += bad.problems
            continue
        if is_mapping(source.text):
            mapped += mapping_problems(source)
        else:
            opened.append(open_one(source, path, memo))
    twice(opened)
    sound = tuple(one.file for one in opened if one.sound)
    book = Book(sound, complete=len(sound) == len(opened) and not refused)
    inside = {one.file.source.path for one in opened}
    outside = [p for one in opened for p in one.problems if p.path not in inside]
    found = [problem for one in opened for problem in problems_of(one, opened, book)]
    return sorted_problems([*refused, *mapped, *outside, *found])


def open_one(source: Source, path: Path, memo: Memo) -> Opened:
    """Read one file as the engine does."""
    if is_rubric(source.text):
        kinds = {name: event.Settings for name, event in events.kinds().items()}
        rubric, problems = read_with_lexicons(source, path, kinds, memo)
        if rubric is not None and not any(p.severity == "error" for p in problems):
            problems += further_problems(rubric, settings_of(rubric))
        return Opened(File(source, rubric=rubric), problems)
    _, lexicon = read_once(source, memo)
    problems = [*source.problems, *check_segmenter([lexicon] if lexicon else [])]
    return Opened(File(source, lexicon=lexicon), problems)


def is_rubric(text: str) -> bool:
    """Tell whether a file is a rubric, or seems to be meant for one."""
    head = HEAD.search(text)
    return head[1] == "rubric" if head else SECTIONS.search(text) is not None


def is_mapping(text: str) -> bool:
    """Tell whether a file says that it is a mapping."""
    head = HEAD.search(text)
    return head is not None and head[1] == "mapping"


def mapping_problems(source: Source) -> list[Problem]:
    """Return what is wrong in a mapping, which no rule file has to do with."""
    read_mapping(source)
    return with_where(source, None, suppressed(source, source.problems, ()))


def twice(opened: Sequence[Opened]) -> None:
    """Note entries of all files whose full name is taken already."""
    lexicons = [one for one in opened if one.file.rubric is None]
    fresh = [(Source(o.file.source.path, o.file.source.text), o.file.lexicon) for o in lexicons]
    check_twice(fresh)
    for one, (source, _) in zip(lexicons, fresh, strict=True):
        one.problems += source.problems


def problems_of(one: Opened, opened: Sequence[Opened], book: Book) -> list[Problem]:
    """Return what is wrong in one file, with what other files' reading showed about it."""
    source = one.file.source
    firm = {p: None for each in opened for p in each.problems if p.path == source.path}
    found = Source(source.path, source.text)
    for name, code in codes().items() if one.sound else ():
        for f in findings(code, one.file, book):
            found.problem(f.node, name, f.message, f.help, f.offset, f.length, code.SEVERITY)
    fixed = [*firm, *speaker_problems(one.file.rubric, source)]
    unique = dict.fromkeys(found.problems)
    kept = suppressed(source, fixed, unique)
    read = one.file.lexicon or one.file.rubric
    return with_where(source, read.node if read is not None else None, kept)
