"""Patterns of words: spaCy's Matcher over the words of the pinned segmenter.

Chinese turns are cut by jieba (HMM off); in other text a word is a word, and each Han
character and run of symbols is one too. A regex of a token is RE2, asked once for each
different word.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

import re2

from qa_checker import lazy_re
from qa_checker.matching.views import View
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.regexes import regex_options
from qa_checker.rules.tokens import Token
from qa_checker.text import segment
from qa_checker.text.plain import plain

PIECES = lazy_re.compile(r"[^\W_]+(?:['.,:][^\W_]+)*|\s|\S")


@cache
def matcher(pattern: Pattern) -> Any:
    """Return a compiled spaCy Matcher for one pattern, with its vocabulary."""
    from spacy.matcher import Matcher
    from spacy.vocab import Vocab

    vocab = Vocab()
    found = Matcher(vocab)
    found.add("pattern", [[spec for token in pattern.tokens for spec in specs(token, vocab)]])
    return found


def specs(token: Token, vocab: Any) -> Iterator[dict[Any, Any]]:
    """Yield what spaCy's Matcher wants to know of one token."""
    if token.any is not None:
        least, most = token.any
        yield from ({} for _ in range(least))
        yield from ({"OP": "?"} for _ in range(most - least))
    elif token.regex:
        regex = re2.compile(token.regex, regex_options())
        yield {vocab.add_flag(lambda word: regex.fullmatch(word) is not None): True}
    else:
        yield {"ORTH": {"IN": [plain([word]).text for word in token.words]}}


def words(text: str, language: str) -> list[str]:
    """Cut the plain text of a turn into words; together they are the text again."""
    return segment.words(text) if language == "zh" else PIECES.findall(text)


def possible(pattern: Pattern, text: str) -> bool:
    """Tell quickly whether a turn holds one of the words that each fixed token needs."""
    return all(
        any(plain([word]).text in text for word in token.words)
        for token in pattern.tokens
        if token.words
    )


def spans(pattern: Pattern, view: View, turn: int, language: str) -> Iterator[tuple[int, int]]:
    """Yield the spans of plain text at which a pattern of words matches in a turn."""
    low, high = view.bounds(turn)
    text = view.text[low:high]
    if not text or not possible(pattern, text):
        return
    from spacy.tokens import Doc

    found = matcher(pattern)
    cut = words(text, language)
    places = [low]
    for word in cut:
        places.append(places[-1] + len(word))
    for _, start, end in found(Doc(found.vocab, words=cut, spaces=[False] * len(cut))):
        yield places[start], places[end]
