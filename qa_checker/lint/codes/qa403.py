"""An exception that never fires. 永远不起作用的例外。

A hit is dropped if it lies inside an exception. An exception that contains none of the entry's
phrases can hold no hit, so it does nothing: write the longer phrase that makes the hit
acceptable.

命中落在例外之内才会被去掉。例外里不含本词条的任何短语，就装不下命中，等于没写；应写出包含该短语的完整说法。

Wrong 错:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      unless: [可不可以]
      #        ＾＾＾＾
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [可不可以退]}

Right 对:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 办不了]
      unless: [能不能]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [能不能退]}
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from qa_checker.lint.book import Book, Finder, Finding
from qa_checker.lint.forms import forms
from qa_checker.lint.overlap import may_hold
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.patterns import Pattern

SEVERITY = "error"
HELP = (
    "an exception is the longer phrase that makes the hit acceptable, "
    "so it must include the phrase itself"
)


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the exceptions inside which no phrase of their entry can be hit."""
    listed = [
        (number, entry, exception)
        for number, entry in enumerate(lexicon.entries)
        if not entry.fillers and all(pattern.phrase for pattern in entry.phrases)
        for exception in entry.unless
        if exception.phrase
    ]
    fires = hit_exceptions(lexicon, listed)
    for place, (_, entry, exception) in enumerate(listed):
        if place not in fires and exception.node is not None and never(entry, exception):
            message = f'exception "{exception.written}" never fires: it contains none of the '
            yield Finding(exception.node, f'{message}phrases of "{entry.id}"', HELP)


def hit_exceptions(lexicon: Lexicon, listed: list[tuple[int, Entry, Pattern]]) -> set[int]:
    """Return which exceptions have a text in which their own entry is hit."""
    bare = (
        replace(e, unless=(), negation="keep", boundary="", role="any") for e in lexicon.entries
    )
    finder = Finder(tuple(bare))
    texts = [(place, text) for place, (_, _, u) in enumerate(listed) for text in forms(u.phrase)]
    fires: set[int] = set()
    for language in lexicon.languages:
        found = finder.hits([("agent", text) for _, text in texts], language)
        for turn, hits in found.items():
            place = texts[turn][0]
            if any(hit.name == f".{listed[place][0]}" for hit in hits):
                fires.add(place)
    return fires


def never(entry: Entry, exception: Pattern) -> bool:
    """Tell whether an exception that was not hit can hold no phrase whatever its gaps hold."""
    if forms(exception.phrase):
        return True
    sound = entry.homophones
    return not any(may_hold(exception.phrase, p.phrase, sound) for p in entry.phrases)
