"""A preferred phrase that holds an avoided one. 推荐用语里含有禁用语。

Whoever says what this entry asks for is also hit by the entry to avoid. If the longer wording is
fine, say so under `unless:` of the entry to avoid.

照着推荐的说，就会命中禁用词条。如果这种完整说法没问题，就写进禁用词条的 unless:。

Wrong 错:

    # lexicon
    - id: offer
      polarity: prefer
      phrases: [这个不能再优惠了]
      #         ＾＾＾＾＾＾＾＾
      examples: {hit: [这个不能再优惠了], miss: [喂]}
    - id: refuse
      polarity: avoid
      phrases: [不能]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [喂]}

Right 对:

    # lexicon
    - id: offer
      polarity: prefer
      phrases: [这个不能再优惠了]
      examples: {hit: [这个不能再优惠了], miss: [喂]}
    - id: refuse
      polarity: avoid
      phrases: [不能]
      unless: [不能再优惠]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [不能再优惠了]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.clashes import clashes
from qa_checker.rules.lexicon import Lexicon

SEVERITY = "warning"


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the preferred phrases in which an entry to avoid is hit."""
    for clash in book.once(clashes):
        here = clash.entry.path == lexicon.path
        if here and not clash.whole and clash.phrase.node is not None:
            said = clash.text[clash.hit.start : clash.hit.end]
            message = (
                f"prefer phrase “{clash.text}” contains the avoided phrase “{said}” "
                f'of "{clash.avoided.id}"'
            )
            yield Finding(clash.phrase.node, message, f'add it to unless: of "{clash.avoided.id}"')
