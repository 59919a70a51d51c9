"""A rule that nobody has seen fail. 没有人见过它不通过。

An item without an example that expects fail may pass every call, because of a typing error in a
window or a phrase. One failing call shows that it can find fault.

没有期望“不符合”的样例，这一项可能因为窗口或短语写错而永远通过。写一通不符合的通话来证明它能发现问题。

Wrong 错:

    # rubric
    examples:
      - name: 问候
        turns: |
          客服: 您好
          客户: 喂
        expect: {greet: pass}

Right 对:

    # rubric
    examples:
      - name: 没有问候
        turns: |
          客服: 喂
          客户: 喂
        expect: {greet: fail}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.checks import kind_of
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the items that no example expects to fail."""
    failed = {
        id for each in rubric.examples for id, verdict in each.expect.items() if verdict == "fail"
    }
    for _, item in rubric.items:
        if item.id not in failed and kind_of(item.check) != "manual" and item.node is not None:
            message = f'no example expects fail for item "{item.id}"'
            yield Finding(item.node.at("id"), message, "a rule nobody has seen fail is not tested")
