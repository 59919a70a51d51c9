"""A misspelling that is heard anyway. 已按读音匹配的错别字。

With `homophones`, whatever sounds like a phrase is found. Listing the recogniser's misspelling
as well adds nothing.

设了 homophones，读音相同的写法都能命中，不必再列出识别错的写法。

Wrong 错:

    # lexicon
    - id: sorry
      polarity: prefer
      homophones: same
      phrases: [抱歉, 报歉]
      #         　　  ＾＾
      examples: {hit: [抱歉], miss: [喂]}

Right 对:

    # lexicon
    - id: sorry
      polarity: prefer
      homophones: same
      phrases: [抱歉]
      examples: {hit: [抱歉, 报歉], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.matching.variants import whole_literals
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern
from qa_checker.text.pinyin import heard_as, soundings

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the phrases that sound like an earlier one of the entry."""
    if entry.homophones == "off":
        return
    heard: dict[str, Pattern] = {}
    for pattern in entry.phrases:
        texts = whole_literals(pattern.phrase)
        earlier = [heard.get(heard_as(text, entry.homophones)) for text in texts]
        written = {text for each in earlier if each for text in whole_literals(each.phrase)}
        if texts and all(earlier) and not set(texts) <= written and pattern.node and earlier[0]:
            message = (
                f"“{pattern.written}” sounds like “{earlier[0].written}”, which this entry "
                f"already lists with homophones: {entry.homophones}"
            )
            yield Finding(pattern.node, message, "remove the misspelling")
        for text in texts:
            for sounding in soundings(text, entry.homophones):
                heard.setdefault(sounding, pattern)
