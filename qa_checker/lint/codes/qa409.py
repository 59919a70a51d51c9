"""A negation setting that does nothing. 不起作用的否定设置。

`negation: drop` drops hits after 不, 没, 别 … (not, never …). Phrases that begin with a negator
themselves are negative on purpose; nothing is left to be dropped.

negation: drop 会去掉“不、没、别……”之后的命中；
短语自己就以否定词开头，本来就是否定的说法，没有可去掉的。

Wrong 错:

    # lexicon
    - id: refuse
      polarity: avoid
      negation: drop
      #         ^^^^
      phrases: [不能, 没办法]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [喂]}

Right 对:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 没办法]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.forms import samples
from qa_checker.matching.negation import data
from qa_checker.rules.lexicon import Entry

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the setting of an entry all of whose phrases begin with a negator."""
    node = entry.node.get("negation") if entry.node is not None else None
    if node is None or entry.negation != "drop" or not all(p.phrase for p in entry.phrases):
        return
    texts = [text for pattern in entry.phrases for text in samples(pattern.phrase)]
    if texts and all(negative(text, entry.languages) for text in texts):
        message = "negation: drop has no effect: every phrase already starts with a negator"
        yield Finding(node, message, "use keep")


def negative(text: str, languages: tuple[str, ...]) -> bool:
    """Tell whether a text begins with a negator."""
    word = text.split(" ")[0]
    chinese = "zh" in languages and text.startswith(tuple(data()["zh"]["negators"]))
    return chinese or ("en" in languages and word in data()["en"]["negators"])
