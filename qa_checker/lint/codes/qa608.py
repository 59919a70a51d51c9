"""A check that every call passes. 怎样都符合的检查。

`min: 0` without `max` is true of every call: the points are given away.

只写 min: 0 不写 max，任何通话都符合，等于白送分。

Wrong 错:

    # rubric
    - id: greet
      points: 10
      check: {find: words.hello, min: 0}
      #                               ^

Right 对:

    # rubric
    - id: greet
      points: 10
      check: {find: words.hello, min: 1}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.checks import kind_of
from qa_checker.rules.consistency import every_check
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the checks without a limit."""
    for check in every_check(rubric):
        limits = kind_of(check) in ("find", "measure") and check.node is not None
        if not limits or check.max is not None or check.min is None:
            continue
        least = check.min if kind_of(check) == "find" else check.min.value
        if least == 0:
            message = "min: 0 without max: passes every call"
            yield Finding(check.node.at("min"), message, "delete the item, or set a limit")
