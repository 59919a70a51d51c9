"""Too little is left when conditions fail. 条件都不成立时剩下的分太少。

Items with `when` are not applicable in many calls. If none of them applies, few items carry the
whole score, and one of them decides more than half of it.

带 when 的项目在很多通话里不适用。全都不适用时，分数只靠剩下几项，其中一项就决定了一半以上。

Wrong 错:

    # rubric
    sections:
      - id: s
        title: 用语
        items:
          - {id: a, title: 问候, points: 20, check: {find: words.hello}}
          - {id: b, title: 结束, points: 15, check: {find: words.sorry}}
          - {id: c, title: 安抚, points: 65, when: {find: words.angry}, check: {find: words.sorry}}
    total: 100
    #      ^^^

Right 对:

    # rubric
    sections:
      - id: s
        title: 用语
        items:
          - {id: a, title: 问候, points: 35, check: {find: words.hello}}
          - {id: b, title: 结束, points: 35, check: {find: words.sorry}}
          - {id: c, title: 安抚, points: 30, when: {find: words.angry}, check: {find: words.sorry}}
    total: 100
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import text

SEVERITY = "warning"
MOST = Fraction(1, 2)


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield a rubric of which one item may decide more than half the score."""
    always = [
        item.points for section, item in rubric.items if section.when is None and item.when is None
    ]
    left = sum(always, Fraction(0))
    if len(always) == len(rubric.items) or rubric.node is None:
        return
    message = f"if every conditional item is na, only {text(left)} of {text(rubric.total)} points "
    if not left:
        message = f"if every conditional item is na, none of {text(rubric.total)} points remain"
    elif max(always) <= MOST * left:
        return
    else:
        share = round(100 * max(always) / left)
        message += f"remain; one {text(max(always))}-point item then decides {share} %"
    yield Finding(rubric.node.at("total"), message, "move points to unconditional items")
