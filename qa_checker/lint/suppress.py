"""Suppressions: `# qa-checker: ignore QA305 reason` on a line of its own, above the line meant.

Several may stand above one line. What keeps a file from loading cannot be suppressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.problem import Problem
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node

COMMENT = lazy_re.compile(r"\s*#\s*qa-checker:\s*ignore\b\s*(\S*)\s*(.*?)\s*$")
CODE = lazy_re.compile(r"QA\d{3}")


@dataclass(frozen=True, slots=True)
class Suppression:
    """A comment: where it stands, the code it names, why, and the line it is about."""

    node: Node
    code: str
    reason: str
    target: int


def suppressions(source: Source) -> Iterator[Suppression]:
    """Yield the suppressions of a file, the last one first."""
    if "qa-checker:" not in source.text:
        return
    target = len(source.lines) + 1
    for number in range(len(source.lines), 0, -1):
        row = source.lines[number - 1]
        found = COMMENT.match(row)
        if found:
            column = row.index("#") + 1
            node = Node("", "text", number, column, len(row.rstrip()) - column + 1)
            yield Suppression(node, found[1], found[2], target)
        else:
            target = number


def suppressed(
    source: Source, fixed: Iterable[Problem], problems: Iterable[Problem]
) -> list[Problem]:
    """Return the problems that stay, and a QA007 for each suppression that does nothing.

    `fixed` are those that cannot be suppressed.
    """
    listed, stay, used = list(suppressions(source)), [], set()
    for problem in problems:
        by = [s for s in listed if (s.code, s.target) == (problem.code, problem.line)]
        reasoned = [one for one in by if one.reason]
        used.update(reasoned)
        if not reasoned:
            stay.append(problem)
    noted = Source(source.path, source.text)
    firm = {(problem.code, problem.line) for problem in fixed}
    for one in listed:
        if one not in used:
            message, help = useless(one, firm)
            noted.problem(one.node, "QA007", message, help, severity="warning")
    return [*fixed, *stay, *noted.problems]


def useless(one: Suppression, firm: set[tuple[str, int]]) -> tuple[str, str]:
    """Return why a suppression does nothing, and what to do."""
    if not CODE.fullmatch(one.code):
        return "a suppression names one code", "write # qa-checker: ignore QA305 reason"
    if not one.reason:
        return f"suppression of {one.code} without a reason", f"say why: ignore {one.code} …"
    if (one.code, one.target) in firm:
        message = f"{one.code} cannot be suppressed: the file does not load with it"
        return message, "mend the next line, and delete the comment"
    return (
        f"unused suppression of {one.code}",
        "the next line no longer triggers it; delete the comment",
    )
