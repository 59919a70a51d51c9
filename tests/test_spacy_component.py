"""The spaCy component puts on a doc what the matcher finds, as spans of whole tokens."""

from __future__ import annotations

import pytest
import spacy

import qa_checker.spacy_component  # noqa: F401 - registers the factory in a bare checkout
from qa_checker.problem import BadFile

SPANS = "qa_checker"


def test_hits_stand_on_the_doc_with_their_exact_characters() -> None:
    nlp = spacy.blank("zh")
    nlp.add_pipe("qa_checker", config={"lexicons": ["zh/apology"]})
    doc = nlp("非常抱歉，让您久等了")
    found = {(s.label_, doc.text[s._.qa_start : s._.qa_end]) for s in doc.spans[SPANS]}
    assert ("apology.said", "非常抱歉") in found
    assert all(span._.qa_via == "text" and span._.qa_phrase for span in doc.spans[SPANS])


def test_spans_are_widened_to_whole_tokens() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qa_checker", config={"lexicons": ["en/apology"], "spans_key": "mine"})
    doc = nlp("I'm so sorry about that!")
    span = doc.spans["mine"][0]
    assert span.text.startswith(doc.text[span._.qa_start])
    assert span.start_char <= span._.qa_start < span._.qa_end <= span.end_char


def test_nothing_is_found_in_other_words() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("qa_checker", config={"lexicons": ["en/apology"]})
    assert not nlp("The parcel is in the shed.").spans[SPANS]


def test_an_unknown_lexicon_is_named() -> None:
    with pytest.raises(BadFile, match="no such lexicon"):
        spacy.blank("en").add_pipe("qa_checker", config={"lexicons": ["en/apologies"]})
