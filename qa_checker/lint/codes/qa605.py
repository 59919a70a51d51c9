"""A reward for what is to be avoided. 说了禁用语反而得分。

The check wants hits of an entry that tells agents what not to say. Most often `max: 0` was
forgotten: without `min` and `max` a check asks for at least one hit.

检查项要求命中禁用词条。多半是漏了 max: 0；不写 min 和 max，就是要求至少出现一次。

Wrong 错:

    # rubric
    - id: soft
      points: 10
      check: {find: words.no, role: agent}
      #             ^^^^^^^^

Right 对:

    # rubric
    - id: soft
      points: 10
      check: {find: words.no, role: agent, max: 0}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.checks import kind_of
from qa_checker.rules.consistency import name_nodes, parts, resolve
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the names of avoid entries that an item wants to find."""
    for check in (part for _, item in rubric.items for part in parts(item.check)):
        if kind_of(check) != "find" or check.max is not None or not check.min:
            continue
        for node, named in list(name_nodes(check))[: len(check.find)]:
            found = [rubric.entries[full] for full in resolve(rubric, named)]
            if found and all(entry.polarity == "avoid" for entry in found):
                message = f'this rewards saying "{named}", which the lexicon tells agents to avoid'
                yield Finding(node, message, "use max: 0")
