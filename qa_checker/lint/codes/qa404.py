"""An exception that swallows a phrase whole. 把整条短语都放过的例外。

Every hit of the phrase lies inside the exception, so the phrase never counts.

短语的每次命中都落在例外之内，这条短语永远不算数。

Wrong 错:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      unless: [不能]
      #        ＾＾
      instead: [我帮您看看]
      examples: {hit: [办不了], miss: [不能退]}

Right 对:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      unless: [能不能]
      instead: [我帮您看看]
      examples: {hit: [办不了], miss: [能不能退]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.forms import forms
from qa_checker.matching.variants import whole_literals
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern

SEVERITY = "error"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the exceptions that cover all a phrase can be."""
    for exception in entry.unless:
        for pattern in entry.phrases:
            if covers(exception, pattern) and exception.node is not None:
                message = (
                    f'exception "{exception.written}" equals the phrase "{pattern.written}", '
                    "so that phrase can never hit"
                )
                yield Finding(exception.node, message, "drop one of them")


def covers(exception: Pattern, pattern: Pattern) -> bool:
    """Tell whether every text of a phrase is also one of an exception."""
    if not pattern.phrase or not exception.phrase:
        same = (exception.regex, exception.tokens) == (pattern.regex, pattern.tokens)
        return same and not pattern.phrase and not exception.phrase
    texts = set(forms(pattern.phrase))
    spared = set(whole_literals(exception.phrase))
    return exception.phrase == pattern.phrase or bool(texts and texts <= spared)
