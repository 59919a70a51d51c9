"""Every text exists in both languages and is used."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest

from qa_checker import reports
from qa_checker.reports.words import LANGUAGES, clock, known, messages, moment, speaker
from qa_checker.scorecard import REASONS

SOURCES = sorted(Path(reports.__file__).parent.rglob("*.py"))
FAMILIES = (
    "column.", "verdict.", "meaning.", "reason.", "remedy.", "short.", "kind.", "via.", "role.",
    "language.", "sheet.agent.", "figure.", "subheading.", "auto.", "term.", "mark.",
    "encoding.", "rung.", "unit.", "kept.", "damaged.", "card.",
)  # fmt: skip


@pytest.mark.parametrize("key", sorted(messages()))
def test_both_languages_have_a_text_with_the_same_blanks(key: str) -> None:
    texts = messages()[key]
    assert sorted(texts) == sorted(LANGUAGES)
    blanks = [
        {name for _, name, _, _ in Formatter().parse(text) if name} for text in texts.values()
    ]
    assert blanks[0] == blanks[1]
    assert all(isinstance(text, str) and text for text in texts.values())


def test_every_key_in_the_code_exists_and_every_text_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in SOURCES)
    named = set(re.findall(r'say\(\s*"([^"]+)"', code))
    assert named - set(messages()) == set()
    unused = [key for key in messages() if f'"{key}"' not in code and not key.startswith(FAMILIES)]
    assert [key for key in unused if f"'{key}'" not in code] == []


def test_sheet_titles_fit() -> None:
    titles = [
        text for key in messages() if key.startswith("sheet.") for text in messages()[key].values()
    ]
    assert all(len(title) <= 26 and not set(title) & set("'[]:*?/\\") for title in titles)


def test_words_in_formulas_have_no_signs_that_formulas_read() -> None:
    for key in ("verdict.pass", "verdict.fail", "verdict.manual", "auto.score", "auto.section"):
        for text in messages()[key].values():
            assert not set(text) & set('"*?~<>=')


def test_every_reason_has_words_and_a_remedy() -> None:
    for name in (*REASONS, "manual"):
        assert {f"reason.{name}", f"remedy.{name}"} <= set(messages())


def test_a_name_without_a_word_of_ours_is_shown_as_it_is() -> None:
    assert known(speaker("en"), "via", "telepathy") == "telepathy"


@pytest.mark.parametrize(
    ("seconds", "shown"), [(None, ""), (0, "00:00"), (59.9, "00:59"), (4509, "75:09")]
)
def test_clock(seconds: float | None, shown: str) -> None:
    assert clock(seconds) == shown


@pytest.mark.parametrize(
    ("iso", "shown"),
    [
        ("2026-11-03T10:00:05+08:00", "2026-11-03 10:00:05+08:00"),
        ("2025-12-11 16:20", "2025-12-11 16:20"),
        ("Tuesday", "Tuesday"),
        ("", ""),
    ],
)
def test_moment(iso: str, shown: str) -> None:
    assert moment(iso) == shown
