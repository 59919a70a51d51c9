"""A phrase that can never add a hit. 永远多不出命中的短语。

Wherever the longer phrase stands, a shorter one of the same entry has been found already. It only
makes the entry longer to read. (Not reported where an exception lets the shorter one pass, where
negation could tell them apart, or with `boundary: word`.)

凡是长短语出现的地方，同一词条里的短短语已经命中，长的白写。
（例外会放过短的、否定会区别对待、或设了 boundary: word 时不报。）

Wrong 错:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 不能办]
      #         　　  ＾＾＾
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [喂]}

Right 对:

    # lexicon
    - id: refuse
      polarity: avoid
      phrases: [不能, 不能办]
      unless: [能不能]
      instead: [我帮您看看]
      examples: {hit: [不能退], miss: [能不能退]}
"""

from __future__ import annotations

from collections.abc import Iterator

import ahocorasick_rs as aho

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.forms import bare, runs
from qa_checker.lint.overlap import may_hold
from qa_checker.matching.variants import goes_on, variants, whole_literals
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.patterns import Pattern

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the phrases of which every text holds another phrase of the entry."""
    if entry.boundary or len(entry.phrases) < 2:
        return
    texts = [whole_literals(p.phrase) if p.phrase else () for p in entry.phrases]
    owners: dict[str, list[int]] = {}
    for number, forms in enumerate(texts):
        for form in forms:
            owners.setdefault(form, []).append(number)
    if not owners:
        return
    finder = aho.AhoCorasick(list(owners), store_patterns=False)
    listed = list(owners.values())
    for number, pattern in enumerate(entry.phrases):
        shorter = contained(pattern, number, finder, listed, entry.negation != "keep")
        shorter = {n for n in shorter if set(texts[n]) != set(texts[number])}
        safe = [n for n in sorted(shorter) if not spared(entry, entry.phrases[n])]
        if safe and pattern.node is not None:
            message = (
                f'"{pattern.written}" can never add a hit: the phrase '
                f'"{entry.phrases[safe[0]].written}" of the same entry already matches it'
            )
            yield Finding(pattern.node, message, "remove one of them")


def contained(
    pattern: Pattern, number: int, finder: aho.AhoCorasick, owners: list[list[int]], first: bool
) -> set[int]:
    """Return the phrases that stand in every text of one stretch of a phrase.

    With `first`, only those that stand at its beginning: a negator may stand before it.
    """
    found: set[int] = set()
    stretches = runs(pattern.phrase) if pattern.phrase else ()
    if first:
        stretches = stretches[:1] if variants(bare(pattern.phrase)[:1]) else ()
    for stretch in stretches:
        everywhere: set[int] | None = None
        for text in stretch:
            here = {
                owner
                for which, start, end in finder.find_matches_as_indexes(text, overlapping=True)
                for owner in owners[which]
                if owner != number and whole_words(text, start, end) and not (first and start)
            }
            everywhere = here if everywhere is None else everywhere & here
            if not everywhere:
                break
        found |= everywhere or set()
    return found


def whole_words(text: str, start: int, end: int) -> bool:
    """Tell whether a place of a text begins and ends with words."""
    begins = start == 0 or not goes_on(text[start - 1], text[start])
    return begins and (end == len(text) or not goes_on(text[end - 1], text[end]))


def spared(entry: Entry, shorter: Pattern) -> bool:
    """Tell whether an exception may let a phrase pass."""
    return any(
        not outer.phrase or may_hold(outer.phrase, shorter.phrase, entry.homophones)
        for outer in entry.unless
    )
