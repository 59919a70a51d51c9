"""One sentence, hit and miss. 同一句既要命中又要不命中。

The two expectations contradict each other; one of them can never hold.

两个期望互相矛盾，总有一个不成立。

Wrong 错:

    # lexicon
    - id: cross
      polarity: neutral
      phrases: [怎么回事]
      examples: {hit: [怎么回事], miss: [怎么回事]}
      #                　　　　          ＾＾＾＾

Right 对:

    # lexicon
    - id: cross
      polarity: neutral
      phrases: [怎么回事]
      examples: {hit: [怎么回事], miss: [我想知道怎么用]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.lexicon import Entry

SEVERITY = "error"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the miss sentences that are hit sentences too."""
    hits = {unmarked(sentence) for sentence in entry.examples.hit}
    for number, sentence in enumerate(entry.examples.miss):
        if unmarked(sentence) in hits and entry.node is not None:
            message = f'“{sentence}” is both a hit and a miss example of "{entry.id}"'
            yield Finding(entry.node.at("examples", "miss", number), message, "keep one")


def unmarked(sentence: str) -> str:
    """Return a sentence without the marks around its hit."""
    return sentence.replace("<", "").replace(">", "").strip()
