"""A spaCy pipeline component that puts the hits of lexicons on `doc.spans`.

    import spacy
    nlp = spacy.blank("zh")
    nlp.add_pipe("qa_checker", config={"lexicons": ["zh/apology"]})
    for span in nlp("非常抱歉，让您久等了").spans["qa_checker"]:
        print(span.label_, span._.qa_start, span._.qa_end, span._.qa_phrase)

A doc is taken as one turn of any speaker. Spans are widened to whole tokens; the exact
characters stand in `span._.qa_start` and `span._.qa_end`, the phrase that matched in
`span._.qa_phrase` and how it was found in `span._.qa_via`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc, Span

from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.rules.load import load_lexicons
from qa_checker.text.characters import HAN, kinds
from qa_checker.text.plain import plain

ATTRIBUTES = ("qa_start", "qa_end", "qa_phrase", "qa_via")
LANGUAGES = ("zh", "en")


@Language.factory("qa_checker", default_config={"lexicons": [], "spans_key": "qa_checker"})
def make(nlp: Language, name: str, lexicons: Sequence[str], spans_key: str) -> Callable[[Doc], Doc]:
    """Return the component. `lexicons` are files, folders or shipped names; BadFile if bad."""
    read = load_lexicons(lexicons)
    entries = [replace(entry, role="any") for lexicon in read for entry in lexicon.entries]
    plans = {language: compile_plan(entries, language) for language in LANGUAGES}
    for attribute in ATTRIBUTES:
        if not Span.has_extension(attribute):
            Span.set_extension(attribute, default=None)

    def component(doc: Doc) -> Doc:
        language = nlp.lang if nlp.lang in LANGUAGES else language_of(doc.text)
        doc.spans[spans_key] = spans(doc, plans[language])
        return doc

    return component


def language_of(text: str) -> str:
    """Return zh if there is any Han in a text, else en."""
    return "zh" if any(kinds()[ord(character)] == HAN for character in text) else "en"


def spans(doc: Doc, plan: Plan) -> list[Span]:
    """Return the hits of a plan in a doc as spans of whole tokens."""
    text = doc.text
    found = []
    for name, hits in find(plan, plain([text]), [text], ["any"]).items():
        for hit in hits:
            span = doc.char_span(hit.start, hit.end, label=name, alignment_mode="expand")
            if span is not None:
                span._.qa_start, span._.qa_end = hit.start, hit.end
                span._.qa_phrase, span._.qa_via = hit.phrase, hit.via
                found.append(span)
    return sorted(found, key=lambda span: (span.start, span.end, span.label_))
