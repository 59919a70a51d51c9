"""Two versions of a folder of rules side by side: each rubric's impact, and what QA9 says of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled, load_with_places
from qa_checker.lint.examples import rule_files
from qa_checker.problem import Problem
from qa_checker.rules.lexicon import Entry, Lexicon, read_lexicon
from qa_checker.rules.load import open_source
from qa_checker.rules.rubric import Rubric
from qa_checker.studies.corpus import entry_problems, item_problems, use_problems
from qa_checker.studies.history import decisive, lexicon_problems, rubric_problems
from qa_checker.studies.impact import Impact, impact

Corpus = Callable[[], Iterable[Call]]
"""Gives the calls anew each time it is asked."""


@dataclass(frozen=True, slots=True)
class Review:
    """What became of one rubric: its impact (None if only one version has it), and problems."""

    rubric: str
    impact: Impact | None
    problems: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Rules:
    """The rule files of one version: rubrics by id, with their files, and lexicons by path."""

    rubrics: dict[str, tuple[Path, Compiled]]
    lexicons: dict[str, Lexicon]


def rules_of(paths: Iterable[Path]) -> Rules:
    """Read the rules in some files and folders. Raises BadFile with every mistake."""
    rubrics: dict[str, tuple[Path, Compiled]] = {}
    lexicons: dict[str, Lexicon] = {}
    for path in rule_files(*paths):
        source = open_source(path)
        root = source.tree()
        if root is not None and root.at("qa_checker").text.startswith("rubric"):
            compiled = load_with_places(path)
            rubrics[compiled.rubric.id] = path, compiled
        else:
            lexicon = read_lexicon(source)
            if lexicon is not None:
                lexicons[source.path] = lexicon
    return Rules(rubrics, lexicons)


def review(base: Rules, head: Rules, corpus: Corpus, base_name: str) -> Iterator[Review]:
    """Yield each rubric that changed, then a review of the lexicon files."""
    for id in sorted({*base.rubrics, *head.rubrics}):
        if id not in base.rubrics or id not in head.rubrics:
            said = "new" if id in head.rubrics else "removed"
            yield Review(f"{id}: {said}", None)
            continue
        path, after = head.rubrics[id]
        _, before = base.rubrics[id]
        found = impact(before, after, corpus())
        source = open_source(path)
        problems = [
            *rubric_problems(found, path, base_name),
            *item_problems(found, source),
            *entry_problems(found),
            *use_problems(after.rubric, changed_entries(before.rubric, after.rubric), corpus()),
        ]
        yield Review(id, found, tuple(problems))
    by_id: defaultdict[str, list[Lexicon]] = defaultdict(list)
    for lexicon in base.lexicons.values():
        by_id[lexicon.id].append(lexicon)
    yield Review("lexicons", None, tuple(lexicon_problems(by_id, head.lexicons, base_name)))


def changed_entries(before: Rubric, after: Rubric) -> list[Entry]:
    """Return the entries that are new, or that match otherwise than before."""
    old = before.entries
    return [
        entry
        for name, entry in after.entries.items()
        if name not in old or decisive(old[name]) != decisive(entry)
    ]


def shown_as(problem: Problem, root: Path, shown: Path) -> Problem:
    """Return a problem with the folder it was found in under the name that people know."""
    path = Path(problem.path)
    if not path.is_relative_to(root):
        return problem
    return replace(problem, path=str(shown / path.relative_to(root)))
