"""An unknown blank in advice. 建议里有不认识的占位符。

`{text}`, `{count}`, `{turn}` and `{instead}` are filled from the call; any other stays on the
scorecard as it is written.

{text}、{count}、{turn}、{instead} 会用通话内容填上；别的占位符会原样出现在评分表上。

Wrong 错:

    # rubric
    - id: greet
      points: 10
      check: {find: words.hello}
      advice: 第{turm}轮要问候
      #        ^^^^^^

Right 对:

    # rubric
    - id: greet
      points: 10
      check: {find: words.hello}
      advice: 第{turn}轮要问候
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.lint.book import Book, Finding
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.source import did_you_mean

SEVERITY = "error"
KNOWN = ("text", "count", "turn", "instead")
BLANK = lazy_re.compile(r"\{(\w+)\}")


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the blanks of advice that nothing fills."""
    for _, item in rubric.items:
        for language, written in item.advice.items():
            for found in BLANK.finditer(written):
                if found[1] not in KNOWN and item.node is not None:
                    near = did_you_mean(found[1], KNOWN).replace('"', "")
                    help = re.sub(
                        r"mean (\w+)\?", r"mean {\1}?  (text, count, turn, instead)", near
                    )
                    node = item.node.at("advice", language) if language else item.node.at("advice")
                    message = f"unknown placeholder {found[0]} in advice"
                    yield Finding(node, message, help, found.start(), len(found[0]))
