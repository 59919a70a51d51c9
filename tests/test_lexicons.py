"""Every shipped entry says why it is there, where it comes from, and what to say instead."""

from __future__ import annotations

import pytest

from qa_checker.rules.lexicon import Entry
from qa_checker.rules.load import load_lexicons

LEXICONS = load_lexicons(["zh/", "en/"])
ENTRIES = [(lexicon.source, entry) for lexicon in LEXICONS for entry in lexicon.entries]


@pytest.mark.parametrize(("policy", "entry"), ENTRIES, ids=[each.full_name for _, each in ENTRIES])
def test_an_entry_is_whole(policy: str, entry: Entry) -> None:
    assert entry.why
    assert entry.title
    assert "domain " in (entry.source or policy)
    assert entry.examples.hit
    assert entry.examples.miss
    assert entry.instead or entry.polarity != "avoid"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_there_are_enough_of_them(language: str) -> None:
    entries = [entry for _, entry in ENTRIES if language in entry.languages]
    assert len(entries) >= 60
    assert sum(len(entry.phrases) for entry in entries) >= 600
