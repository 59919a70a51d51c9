"""A regex that could be a phrase. 可以写成短语的正则。

A phrase is compared with the others, heard by its sound, and never hits inside a word; a regex
is a closed box. Keep `re:` for what a phrase cannot say.

短语能和别的短语比较，能按读音匹配，也不会命中单词内部；正则做不到。短语写不出来的才用 re:。

Wrong 错:

    # lexicon
    - id: sorry
      polarity: prefer
      phrases: [{re: (非常|十分)?抱歉}]
      #              ^＾＾^＾＾^^＾＾
      examples: {hit: [十分抱歉], miss: [喂]}

Right 对:

    # lexicon
    - id: sorry
      polarity: prefer
      phrases: [(非常|十分)?抱歉]
      examples: {hit: [十分抱歉], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.lint.book import Book, Finding
from qa_checker.rules.grammar import NotPhrase, parse_phrase
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.phrase import Part

SEVERITY = "info"
SIGNS = lazy_re.compile(r"[][{}.*+\\^$<>]|(?<!\))\?")


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the regexes that consist of text, alternatives and optional groups."""
    for pattern in (*entry.phrases, *entry.unless):
        phrase = as_phrase(pattern.regex)
        if phrase and pattern.node is not None:
            help = f"write {phrase} without re:, so that it can be compared with the others"
            yield Finding(pattern.node, "this regex is a plain phrase", help)


def as_phrase(regex: str) -> str:
    """Return a regex as a phrase, "" if it cannot be written as one."""
    written = regex.replace("(?:", "(")
    if not regex or SIGNS.search(written):
        return ""
    for phrase in (written, f"({written})"):
        try:
            parse_phrase(phrase, no_slot)
        except NotPhrase:
            continue
        return phrase
    return ""


def no_slot(name: str, offset: int) -> Part:
    """Refuse slots: a regex has none."""
    raise NotPhrase(offset, 1, "QA303", "a regex has no slots")
