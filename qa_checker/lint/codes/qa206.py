"""A neutral entry that no rubric asks for. 没有评分表引用的中性词条。

A neutral entry judges nothing by itself: it is an anchor or a condition for rules. One that
no rubric of the run asks for does nothing. Only lexicons that some rubric uses are looked at.

中性词条本身不评好坏，只给规则当锚点或条件；没有评分表引用它，它就不起作用。只查被评分表用到的词库。

Wrong 错:

    # lexicon
    - {id: hello, polarity: prefer, phrases: [您好], examples: {hit: [您好], miss: [喂]}}
    - {id: hold, polarity: neutral, phrases: [稍等], examples: {hit: [稍等], miss: [喂]}}
    #      ^^^^

Right 对:

    # lexicon
    - {id: hello, polarity: prefer, phrases: [您好], examples: {hit: [您好], miss: [喂]}}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding, holds
from qa_checker.rules.lexicon import Lexicon

SEVERITY = "info"


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the neutral entries of a lexicon in use that nobody asks for."""
    if not book.complete or not any(
        lexicon.lines == used.lines for r in book.rubrics for used in r.lexicons
    ):
        return
    for entry in lexicon.entries:
        asked = any(holds(name, entry.full_name) for name in book.asked)
        if entry.polarity == "neutral" and not asked and entry.node is not None:
            message = f'neutral entry "{entry.id}" is asked for by no rubric of this run'
            help = "neutral entries do nothing on their own; name it in a check, or remove it"
            yield Finding(entry.node.at("id"), message, help)
