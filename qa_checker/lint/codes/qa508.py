"""Bands that look like points. 像是按项目分写的等级线。

Bands are lines on the score, which runs from 0 to 100 whatever the items add up to. With a small
total, a highest band at or below it was most likely meant in points: a call that earns 3 of 10
points has the score 30, and is far above a band that begins at 7.

等级线是按得分划的，得分总是 0 到 100，与各项合计多少无关。合计很小、最高一级的线又不超过它，多半是
按项目分写的：10 分里得了 3 分，得分就是 30，远高于写成 7 的线。

Wrong 错:

    # rubric
    sections:
      - id: s
        title: 用语
        items:
          - {id: a, title: 问候, points: 5, check: {find: words.hello}}
          - {id: b, title: 道歉, points: 5, check: {find: words.sorry}}
    total: 10
    bands: {合格: 7, 不合格: 0}
    #       　　  ^
    pass: 合格

Right 对:

    # rubric
    sections:
      - id: s
        title: 用语
        items:
          - {id: a, title: 问候, points: 5, check: {find: words.hello}}
          - {id: b, title: 道歉, points: 5, check: {find: words.sorry}}
    total: 10
    bands: {合格: 70, 不合格: 0}
    pass: 合格
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import text

SEVERITY = "warning"
SMALL = 50
"""From here on, a highest band that is no more than the total may well be a share of 100."""


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield a rubric with a small total whose highest band is no more than that."""
    name, highest = next(iter(rubric.bands.items()), ("", Fraction(0)))
    if 0 < highest <= rubric.total <= SMALL and rubric.node is not None:
        message = (
            f'band "{name}" begins at {text(highest)} of 100, not of the total of '
            f"{text(rubric.total)} points"
        )
        share = text(100 * highest / rubric.total)
        help = f"scores run from 0 to 100; for {text(highest)} of the points write {share}"
        yield Finding(rubric.node.at("bands", name), message, help)
