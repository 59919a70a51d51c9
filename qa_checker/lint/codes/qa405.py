"""Advice that is itself to be avoided. 建议的说法本身是禁用语。

`instead:` is shown to agents on their scorecard. Here it tells them to say words that an entry
tells them to avoid.

instead: 会显示在坐席的评分表上，这里却建议了另一条（或本条）禁用语。

Wrong 错:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      instead: [暂时不能处理]
      #         ＾＾＾＾＾＾
      examples: {hit: [不能退], miss: [喂]}

Right 对:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      instead: [我帮您看看可以怎么处理]
      examples: {hit: [不能退], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.lexicon import Lexicon

SEVERITY = "error"


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the advice in which an entry to avoid is hit."""
    said = [(entry, n) for entry in lexicon.entries for n in range(len(entry.instead))]
    texts = [("agent", entry.instead[number]) for entry, number in said]
    for language in lexicon.languages:
        for turn, hits in sorted(book.avoided.hits(texts, language).items()):
            entry, number = said[turn]
            near = [h for h in hits if book.together(entry.path, book.avoided.entry(h).path)]
            if near and entry.node is not None:
                hit, avoided = near[0], book.avoided.entry(near[0])
                words = entry.instead[number][hit.start : hit.end]
                message = f'the advice says “{words}”, which "{avoided.id}" tells agents to avoid'
                yield Finding(entry.node.at("instead", number), message, "reword the advice")
