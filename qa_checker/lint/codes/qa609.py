"""Times that no example has. 样例里没有时间。

Seconds, silence, speaking speed and overlaps need start and end times; without them the verdict is
na. Here no example with times expects pass or fail of the item, so it has never been seen at work.

秒数、静默、语速、抢话都要有起止时间，没有就判“不适用”。这一项没有任何带时间的样例期望“符合”或“不符合”，等于没试过。

Wrong 错:

    # rubric
    - id: greet
      points: 10
      check: {find: words.hello, in: {first: 10 s}}
      #      ^

Right 对:

    # rubric
    sections:
      - id: s
        title: 用语
        items:
          - id: greet
            title: 十秒内问候
            points: 20
            check: {find: words.hello, in: {first: 10 s}}
    examples:  # with times
      - name: 太晚
        turns: |
          [0-12] 客户: 喂
          [12-15] 客服: 您好
        expect: {greet: fail}

"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_checker import events, lazy_re
from qa_checker.lint.book import Book, Finding
from qa_checker.rules.checks import Check, kind_of
from qa_checker.rules.consistency import EVENT, parts
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"
TIMED = lazy_re.compile(r"^\s*\[\s*\d", re.MULTILINE)


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the checks that need times, where no example has them."""
    tried = {
        id
        for example in rubric.examples
        if TIMED.search(example.turns)
        for id, verdict in example.expect.items()
        if verdict in ("pass", "fail")
    }
    for _, item in rubric.items:
        if item.id not in tried and any(map(needs_times, parts(item.check))) and item.node:
            message = (
                f'"{item.id}" needs start/end times: no example that has them expects '
                "pass or fail of it"
            )
            yield Finding(item.node.at("check"), message, "give an example times, or count turns")


def needs_times(check: Check) -> bool:
    """Tell whether a check says na of every call without times."""
    if kind_of(check) == "measure":
        return check.measure in ("duration", "silence_share")
    if kind_of(check) != "find":
        return False
    named = [name.removeprefix(EVENT) for name in check.find if name.startswith(EVENT)]
    return check.in_seconds or any(
        events.kinds()[name].timing(check.over) == "always" for name in named
    )
