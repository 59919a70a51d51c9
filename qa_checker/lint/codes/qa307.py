"""The same phrase twice. 重复的短语。

Two phrases that are the same after normalisation (width, case, traditional characters, spaces
beside Chinese characters) find the same words. One of them was probably meant to be another.

两条短语归一化（全半角、大小写、繁简、汉字旁的空格）之后相同，命中也相同；多半其中一条本来想写别的。

Wrong 错:

    # lexicon
    - id: wait
      polarity: prefer
      phrases: [稍 等, 稍等]
      #         　 　  ＾＾
      examples: {hit: [您稍等], miss: [喂]}

Right 对:

    # lexicon
    - id: wait
      polarity: prefer
      phrases: [稍 等, 等一下]
      examples: {hit: [您稍等], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.matching.variants import whole_literals
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.text.plain import plain

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield every phrase and exception that stood before."""
    for patterns in (entry.phrases, entry.unless):
        seen: dict[object, Pattern] = {}
        for pattern in patterns:
            key = essence(pattern)
            earlier = seen.setdefault(key, pattern)
            if earlier is not pattern and pattern.node and earlier.node:
                message = f'duplicate phrase "{pattern.written}"'
                place = f"“{earlier.written}” at line {earlier.node.line}"
                same = "same as" if earlier.written == pattern.written else "after normalisation"
                same += " the same as" * (same != "same as")
                yield Finding(pattern.node, f"{message} ({same} {place})", "remove one")


def essence(pattern: Pattern) -> object:
    """Return what two patterns share that find the same words."""
    texts = whole_literals(pattern.phrase) if pattern.phrase else ()
    if texts:
        return frozenset(plain([text]).text if " " in text else text for text in texts)
    return pattern.phrase, pattern.regex, pattern.tokens
