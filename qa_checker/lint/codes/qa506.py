"""A red line worth no points. 零分的一票否决项。

Such an item can only zero the score, never add to it: no call is better for passing it. Where that
is meant, suppress the warning with the reason.

这种项目只会把分数清零，符合了也不加分。如果就是要这样，写明理由并忽略本警告。

Wrong 错:

    # rubric
    - id: red_line
      points: 0
      #       ^
      auto_fail: true
      check: {find: words.no, max: 0}

Right 对:

    # rubric
    - id: red_line
      points: 10
      auto_fail: true
      check: {find: words.no, max: 0}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the auto_fail items without points."""
    for _, item in rubric.items:
        if item.auto_fail and item.points == 0 and item.node is not None:
            message = (
                f'auto_fail item "{item.id}" has 0 points: '
                "it can only zero the score, never add to it"
            )
            help = "fine if meant; write a reason: # qa-checker: ignore QA506 …"
            yield Finding(item.node.at("points"), message, help)
