"""What only the past shows: versions that were not raised (QA901), items that vanished (QA902).

The rule (docs/language.md, 1.8): patch for words, titles, advice and examples; minor for new
entries and 0-point items; major where the score of some call may change.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qa_checker.judging.compiled import Compiled
from qa_checker.problem import Problem
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.load import open_source
from qa_checker.rules.source import Source
from qa_checker.studies.impact import Impact

LEVELS = ("", "patch", "minor", "major")


def rubric_problems(impact: Impact, path: Path, base_name: str) -> list[Problem]:
    """Return what the version and the ids of a changed rubric lack."""
    source = open_source(path)
    root = source.tree()
    assert root is not None
    base, head = impact.base.rubric, impact.head.rubric
    needed, why = level_of(impact)
    if LEVELS.index(raised(base.version, head.version)) < LEVELS.index(needed):
        message = (
            f"{why} since {base_name} ({digest(impact.base)} → {digest(impact.head)}) "
            f"but version is {'still ' * (base.version == head.version)}{head.version}"
        )
        source.problem(root.at("version"), "QA901", message, bump(base.version, needed, impact))
    known = {id for _, item in head.items for id in (item.id, *item.was)}
    for _, item in base.items:
        if item.id not in known:
            message = f'item "{item.id}" was removed; earlier results refer to it'
            help = f"rename: was: [{item.id}] at the item that replaces it, or raise the version"
            if raised(base.version, head.version) != "major":
                source.problem(root.at("sections"), "QA902", message, help)
    return source.problems


def level_of(impact: Impact) -> tuple[str, str]:
    """Return how far a rubric's version must be raised, and why."""
    if fingerprint(impact.base) == fingerprint(impact.head):
        return "", ""
    if impact.changes or worth(impact.base) != worth(impact.head):
        return "major", "scores may change"
    return "minor", "rules changed"


def worth(compiled: Compiled) -> dict[str, object]:
    """Return what decides on scores besides the checks: points, deductions, red lines, bands."""
    rubric = compiled.rubric
    items = {i.id: (i.points, i.deduct, i.auto_fail) for _, i in rubric.items if i.points}
    return {"items": items, "bands": dict(rubric.bands), "pass": rubric.pass_band}


def raised(before: str, after: str) -> str:
    """Return which part of a version went up: major, minor, patch, or "" for none."""
    old, new = (tuple(map(int, version.split("."))) for version in (before, after))
    for level, was, now in zip(("major", "minor", "patch"), old, new, strict=True):
        if now != was:
            return level if now > was else ""
    return ""


def bump(version: str, level: str, impact: Impact) -> str:
    """Say which version to write."""
    major, minor, _ = map(int, version.split("."))
    wanted = f"{major + 1}.0.0" if level == "major" else f"{major}.{minor + 1}.0"
    count = f": {len(impact.changes)} of {impact.calls} corpus calls change" if impact.calls else ""
    return f"{level} bump, write version: {wanted}{count}"


def digest(compiled: Compiled) -> str:
    """Return the short hash of what can change a verdict."""
    return "#" + fingerprint(compiled)[:4]


def fingerprint(compiled: Compiled) -> str:
    """Return the hash of what can change a verdict."""
    return compiled.rule.rpartition("#")[2]


def lexicon_problems(
    base: Mapping[str, Sequence[Lexicon]], head: Mapping[str, Lexicon], base_name: str
) -> list[Problem]:
    """Return the lexicon files whose entries changed and whose version did not.

    `base` has the lexicons by id as they were, `head` those of today by path.
    """
    problems: list[Problem] = []
    for path, lexicon in head.items():
        before = next((each for each in base.get(lexicon.id, ()) if similar(each, lexicon)), None)
        if before is None or matching(before) == matching(lexicon):
            continue
        if raised(before.version, lexicon.version) in ("", "patch") and lexicon.node is not None:
            source = Source(path, "\n".join(lexicon.lines))
            message = f"phrases changed since {base_name} but version is {lexicon.version}"
            major, minor, _ = map(int, before.version.split("."))
            help = f"minor bump, write version: {major}.{minor + 1}.0"
            source.problem(lexicon.node.at("version"), "QA901", message, help)
            problems += source.problems
    return problems


def similar(one: Lexicon, other: Lexicon) -> bool:
    """Tell whether two files are versions of one: they share an entry."""
    return not {e.id for e in one.entries}.isdisjoint(e.id for e in other.entries)


def matching(lexicon: Lexicon) -> dict[str, object]:
    """Return what decides on the hits of a lexicon's entries."""
    return {entry.id: decisive(entry) for entry in lexicon.entries}


def decisive(entry: Entry) -> object:
    """Return what decides on the hits of an entry."""
    patterns = entry.phrases, entry.unless
    ways = entry.negation, entry.homophones, entry.boundary, entry.fillers
    return patterns, ways, entry.role, entry.languages
