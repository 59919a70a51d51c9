"""A phrase of one character. 单字短语。

One Chinese character stands inside countless words: 嗯 is harmless, but 请 is hit in 申请. A phrase
whose optional parts may all be missing counts too. `^` and `$` or `boundary: word` make it safe.

一个汉字会出现在无数词语里面：“请”会命中“申请”。可省略的部分都省去后
只剩一个字的短语也算。加 ^ $ 或 boundary: word 就安全了。

Wrong 错:

    # lexicon
    - id: ask
      polarity: prefer
      phrases: [请]
      #         ＾
      examples: {hit: [请问], miss: [喂]}

Right 对:

    # lexicon
    - id: ask
      polarity: prefer
      phrases: [请问, ^请$]
      examples: {hit: [请问], miss: [申请]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.matching.variants import whole_literals
from qa_checker.rules.lexicon import Entry
from qa_checker.text.characters import HAN
from qa_checker.text.plain import plain

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the phrases that can be a single Chinese character anywhere in a turn."""
    for pattern in entry.phrases if not entry.boundary else ():
        texts = whole_literals(pattern.phrase) if pattern.phrase else ()
        short = [t for t in texts if len(t) == 1 and plain([t]).kinds == bytes([HAN])]
        if short and pattern.node is not None:
            said = f'one-character phrase "{short[0]}"'
            if pattern.written != short[0]:
                said = f'"{pattern.written}" can be the one character "{short[0]}", which'
            help = f"lengthen it, or anchor it: ^{short[0]}$"
            yield Finding(pattern.node, f"{said} will hit inside ordinary words", help)
