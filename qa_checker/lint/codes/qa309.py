"""A phrase with very many variants. 变体过多的短语。

Alternatives multiply. The matcher does not mind, but nobody can say any more what such a phrase
finds, and it can no longer be compared with the others.

各处的备选项会相乘。匹配器不怕，但没人说得清这样的短语到底命中什么，也没法再和别的短语比较。

Wrong 错:

    # lexicon
    slots:
      digit: [零, 一, 二, 三, 四, 五, 六, 七, 八, 九]
    entries:
      - id: number
        polarity: neutral
        phrases: [工号<digit><digit><digit><digit><digit><digit><digit><digit>]
        #         ＾＾^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
        examples: {hit: [工号一二三四五六七八], miss: [喂]}

Right 对:

    # lexicon
    - id: number
      polarity: neutral
      phrases: [工号<num>]
      examples: {hit: [工号一二三四五六七八], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.forms import count
from qa_checker.rules.lexicon import Entry

SEVERITY = "warning"
MOST = 10_000_000


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the phrases that can be written out in more than MOST ways."""
    for pattern in (*entry.phrases, *entry.unless):
        ways = count(pattern.phrase)
        if ways > MOST and pattern.node is not None:
            help = "replace a group by a gap such as <0-4>, or split the phrase"
            yield Finding(pattern.node, f"phrase expands to {ways:,} variants", help)
