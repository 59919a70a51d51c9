"""What a spaCy user would write: a blank pipeline, PhraseMatcher, Matcher, plain checks.

Chinese is cut by jieba with the HMM off, as everywhere in qa_checker (it is also faster).
A phrase is found where it consists of whole words of the text; a negated one and one with
a gap by patterns of the Matcher.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from benchmarks.contenders import Outline
from benchmarks.contenders.phrasebook import (
    HARD,
    Entry,
    Found,
    compared,
    entries,
    leftmost_longest,
)
from benchmarks.contenders.plain_checks import Result, checks
from qa_checker.call import Call

NEGATORS = {
    "zh": ["不", "没", "没有", "不能", "不敢", "不是", "没说"],
    "en": ["not", "never", "n't"],
}
BETWEEN = {"zh": {"ORTH": {"IN": ["说", "敢", "是", "能", "有"]}, "OP": "*"}, "en": {"IS_PUNCT": False, "OP": "{0,2}"}}


class Pipeline:
    """The pipeline with its matchers; the name of a match is its entry."""

    def __init__(self, known: Sequence[Entry], language: str) -> None:
        from spacy.matcher import Matcher, PhraseMatcher

        self.nlp = blank(language)
        self.phrases = PhraseMatcher(self.nlp.vocab)
        self.gaps, self.negation = Matcher(self.nlp.vocab), Matcher(self.nlp.vocab)
        for entry in known:
            self.phrases.add(entry.name, [self.nlp.make_doc(each) for each in entry.phrases])
            for head, most, tail in entry.gaps:
                self.gaps.add(entry.name, [self.pattern(head, most, tail)], greedy="LONGEST")
        self.negation.add("negated", [[{"ORTH": {"IN": NEGATORS[language]}}, BETWEEN[language]]])
        self.roles = {entry.name: entry.role for entry in known}
        self.droppers = {entry.name for entry in known if entry.negation == "drop"}

    def pattern(self, head: str, most: int, tail: str) -> list[dict[str, Any]]:
        """Return a Matcher pattern: the words of both ends, and what may stand between."""
        between = {"ORTH": {"NOT_IN": list(HARD)}, "OP": f"{{0,{most}}}"}
        return [*self.words(head), between, *self.words(tail)]

    def words(self, text: str) -> list[dict[str, Any]]:
        """Return the words of a text as patterns."""
        return [{"ORTH": token.text} for token in self.nlp.make_doc(text)]

    def hits(self, text: str, role: str) -> Iterator[tuple[str, int, int]]:
        """Yield (entry, start, end) for each hit in a turn."""
        doc = self.nlp(text)
        matches = self.phrases(doc) + self.gaps(doc)
        if not matches:
            return
        negated = {end for _, _, end in self.negation(doc)}
        for key, first, last in matches:
            name = self.nlp.vocab.strings[key]
            if self.roles[name] == role and not (name in self.droppers and first in negated):
                yield name, doc[first].idx, doc[last - 1].idx + len(doc[last - 1])


def blank(language: str) -> Any:
    """Return a blank pipeline; the Chinese one cuts by jieba without its HMM."""
    import spacy

    if language != "zh":
        return spacy.blank(language)
    import jieba

    jieba.setLogLevel(logging.ERROR)
    nlp = spacy.blank("zh", config={"nlp": {"tokenizer": {"segmenter": "jieba"}}})
    nlp.tokenizer.jieba_seg = WithoutHmm
    return nlp


class WithoutHmm:
    """jieba as spaCy calls it, with the HMM off."""

    @staticmethod
    def cut(text: str, cut_all: bool = False) -> list[str]:
        """Return the words of a text."""
        import jieba

        return jieba.lcut(text, cut_all=cut_all, HMM=False)  # type: ignore[no-any-return]


def prepare(rubric: Path, language: str) -> Callable[[Call], Result]:
    """Read the lexicon and return the pipeline with the checks behind it."""
    known = list(entries(rubric))
    pipeline = Pipeline(known, language)

    def judge(call: Call) -> Result:
        texts = [compared(turn, language) for turn in call.turns]
        found: Found = {entry.name: [] for entry in known}
        for turn, text in enumerate(texts):
            for name, start, end in pipeline.hits(text, call.turns[turn].role):
                found[name].append((turn, start, end))
        ordered = {name: leftmost_longest(spans) for name, spans in found.items()}
        return checks(call, texts, ordered, language)

    return judge


def outline(result: Result) -> tuple[float | None, Outline]:
    """Return the score and the verdicts."""
    return result.score, result.items
