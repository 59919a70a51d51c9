"""Nothing to say instead. 只说不许说，没说该怎么说。

A scorecard that only forbids helps nobody. `instead:` is what the agent reads beside the quote.

只写禁止帮不了坐席；评分表会把 instead: 的内容显示在原话旁边。

Wrong 错:

    # lexicon
    - id: blame
    # ^
      polarity: avoid
      phrases: [不归我管]
      examples: {hit: [不归我管], miss: [喂]}

Right 对:

    # lexicon
    - id: blame
      polarity: avoid
      phrases: [不归我管]
      instead: [我来帮您联系负责的同事]
      examples: {hit: [不归我管], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.lexicon import Entry

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield an entry to avoid that offers nothing instead."""
    if entry.polarity == "avoid" and not entry.instead and entry.node is not None:
        message = f'avoid entry "{entry.id}" says what not to say, but not what to say instead'
        yield Finding(entry.node, message, "add instead:")
