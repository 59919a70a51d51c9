"""What a spaCy user would write: a blank pipeline, PhraseMatcher, Matcher, plain checks.

Chinese is cut by jieba with the HMM off, as everywhere in qa_checker (it is also faster).
A phrase is found where it consists of whole words of the text; what
negates it is found by the Matcher, and a gap is measured between the two ends of a phrase: a
pattern of the Matcher for each phrase with a gap would be ten times slower.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.contenders import Judge, Outline
from benchmarks.contenders.phrasebook import (
    Entry,
    Found,
    compared,
    entries,
    fits,
    leftmost_longest,
)
from benchmarks.contenders.plain_checks import Result, checks
from qa_checker.call import Call

NEGATORS = {
    "zh": ["不", "没", "没有", "不能", "不敢", "不是", "没说"],
    "en": ["not", "never", "n't"],
}
BETWEEN = {
    "zh": {"ORTH": {"IN": ["说", "敢", "是", "能", "有"]}, "OP": "*"},
    "en": {"IS_PUNCT": False, "OP": "{0,2}"},
}
HEAD, TAIL = "<", ">"


class Pipeline:
    """The pipeline with its matchers; the name of a match is its entry, or an end of a gap."""

    def __init__(self, known: Sequence[Entry], language: str) -> None:
        from spacy.matcher import Matcher, PhraseMatcher

        self.nlp = blank(language)
        self.names = self.nlp.vocab.strings
        self.matcher = PhraseMatcher(self.nlp.vocab)
        self.negation = Matcher(self.nlp.vocab)
        self.gaps: dict[str, list[tuple[str, int, str]]] = {}
        for entry in known:
            self.matcher.add(entry.name, [self.nlp.make_doc(each) for each in entry.phrases])
            for gap in entry.gaps:
                self.gaps.setdefault(HEAD + gap[0], []).append((entry.name, gap[1], gap[2]))
                for name in (HEAD + gap[0], TAIL + gap[2]):
                    self.matcher.add(name, [self.nlp.make_doc(name[1:])])
        self.negation.add("negated", [[{"ORTH": {"IN": NEGATORS[language]}}, BETWEEN[language]]])
        self.roles = {entry.name: entry.role for entry in known}
        self.droppers = {entry.name for entry in known if entry.negation == "drop"}

    def hits(self, text: str, role: str) -> Iterator[tuple[str, int, int]]:
        """Yield (entry, start, end) for each hit in a turn."""
        doc = self.nlp(text)
        matches = self.matcher(doc)
        if not matches:
            return
        negated = {doc[end].idx for _, _, end in self.negation(doc) if end < len(doc)}
        spans = [
            (self.names[key], doc[first].idx, doc[last - 1].idx + len(doc[last - 1]))
            for key, first, last in matches
        ]
        for name, start, end in (*spans, *self.stretches(text, spans)):
            dropped = name in self.droppers and start in negated
            if self.roles.get(name) == role and not dropped:
                yield name, start, end

    def stretches(
        self, text: str, spans: Sequence[tuple[str, int, int]]
    ) -> Iterator[tuple[str, int, int]]:
        """Yield the phrases with a gap whose two ends were found."""
        for head, start, stop in spans:
            for name, most, tail in self.gaps.get(head, ()):
                for found, begin, end in spans:
                    if found == TAIL + tail and begin >= stop and fits(text, stop, begin, most):
                        yield name, start, end


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


def prepare(rubric: Path, language: str) -> Judge:
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
        return checks(call, texts, ordered)

    return partial(map, judge)


def outline(result: Result) -> tuple[float | None, Outline]:
    """Return the score and the verdicts."""
    return result.score, result.items
