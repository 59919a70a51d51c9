"""A red line without its source. 红线用语没有出处。

An entry of severity error costs people points at once. Name the clause of the policy, at the entry
or at the head of the lexicon, so that they can look it up.

severity: error 的词条直接让人失分，要在词条或词库开头写明依据的条款，让人查得到。

Wrong 错:

    # lexicon
    - id: promise
      polarity: avoid
      severity: error
      #         ^^^^^
      phrases: [肯定能]
      instead: [我帮您跟进]
      examples: {hit: [肯定能退], miss: [喂]}

Right 对:

    # lexicon
    - id: promise
      polarity: avoid
      severity: error
      source: 规范 6.1
      phrases: [肯定能]
      instead: [我帮您跟进]
      examples: {hit: [肯定能退], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.lexicon import Lexicon

SEVERITY = "warning"


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the severe entries that name no source."""
    for entry in () if lexicon.source else lexicon.entries:
        severe = entry.polarity == "avoid" and entry.severity == "error"
        if severe and not entry.source and entry.node is not None:
            node = entry.node.get("severity") or entry.node.at("id")
            help = "red lines must cite the policy they come from"
            yield Finding(node, "severity error without source:", help)
