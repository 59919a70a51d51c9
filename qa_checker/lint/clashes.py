"""Where one entry prefers words that another one tells people to avoid.

The words of a preferred phrase are looked for just as in a call, with the exceptions and the
negation of the entry to avoid: what those let pass is no clash.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker.hit import Hit
from qa_checker.lint.book import Book, roles_meet
from qa_checker.lint.forms import samples
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Clash:
    """A phrase of a preferred entry, one of its texts, and the hit of an entry to avoid in it."""

    entry: Entry
    phrase: Pattern
    text: str
    avoided: Entry
    hit: Hit

    @property
    def whole(self) -> bool:
        """Whether the hit is all of the text."""
        return self.hit.start == 0 and self.hit.end == len(self.text)

    @property
    def avoided_phrase(self) -> Pattern | None:
        """The phrase to avoid that was hit."""
        written = self.hit.phrase
        return next((p for p in self.avoided.phrases if p.written == written), None)


def clashes(book: Book) -> tuple[Clash, ...]:
    """Return the clashes of all lexicons of a book."""
    return tuple(clash for lexicon in book.lexicons for clash in clashes_of(book, lexicon))


def clashes_of(book: Book, lexicon: Lexicon) -> Iterator[Clash]:
    """Yield each pair of a preferred phrase of a lexicon and an entry to avoid, once."""
    for language in lexicon.languages:
        said = [
            (entry, phrase, text)
            for entry in lexicon.entries
            if entry.polarity == "prefer"
            for phrase in entry.phrases
            if phrase.phrase
            for text in samples(phrase.phrase)
        ]
        texts = [("agent" if e.role == "any" else e.role, text) for e, _, text in said]
        told: set[tuple[int, int]] = set()
        for number, hits in sorted(book.avoided.hits(texts, language).items()):
            entry, phrase, text = said[number]
            for hit in hits:
                avoided = book.avoided.entry(hit)
                meet = roles_meet(entry, avoided) and book.together(entry.path, avoided.path)
                if meet and (id(phrase), id(avoided)) not in told:
                    told.add((id(phrase), id(avoided)))
                    yield Clash(entry, phrase, text, avoided, hit)
