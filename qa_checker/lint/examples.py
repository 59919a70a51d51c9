"""Run the examples that rule files carry: sentences of a lexicon, calls of a rubric."""

from __future__ import annotations

from pathlib import Path

from qa_checker.lint.cases import Ran
from qa_checker.lint.example_calls import run_rubric
from qa_checker.lint.example_sentences import run_lexicon
from qa_checker.problem import BadFile, Problem
from qa_checker.resources import yaml_below
from qa_checker.rules.load import open_source


def rule_files(*paths: str | Path) -> list[Path]:
    """Return the YAML files at and below some paths; BadFile with every one that cannot be
    opened.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        inside = yaml_below(path) if path.is_dir() else [path]
        found.update(dict.fromkeys(each for each in inside if not each.is_dir()))
    problems = [problem for path in found for problem in cannot_open(path)]
    if problems:
        raise BadFile(problems)
    return list(found)


def cannot_open(path: Path) -> list[Problem]:
    """Return why a file cannot be opened, if it cannot."""
    try:
        path.open("rb").close()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return [Problem(str(path), 0, 0, "QA001", f"cannot open: {reason}", "check the path")]
    return []


def run_file(path: Path) -> Ran:
    """Run the examples of one rule file."""
    try:
        source = open_source(path)
        head = source.tree()
        if head is None:
            return Ran(str(path), 0, tuple(source.problems))
        if head.at("qa_checker").text.startswith("rubric"):
            return run_rubric(path)
        return run_lexicon(source)
    except BadFile as bad:
        return Ran(str(path), 0, bad.problems)
