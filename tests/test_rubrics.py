"""Shipped rubrics: every item is seen to pass and to fail, and says where it comes from."""

from __future__ import annotations

import re

import pytest

from qa_checker.resources import shipped
from qa_checker.rules.checks.manual import Check as Manual
from qa_checker.runs.usual import USUAL, load_once

RUBRICS = list(shipped("rubrics"))
DOMAIN = re.compile(r"domain [A-E]\d+(, [A-E]\d+)*")


def expected(name: str) -> dict[str, set[str]]:
    """Return the verdicts that the examples of a rubric expect of each item."""
    found: dict[str, set[str]] = {}
    for example in load_once(name).rubric.examples:
        for item, verdict in example.expect.items():
            found.setdefault(item, set()).add(verdict)
    return found


def test_the_usual_rubrics_ship() -> None:
    assert set(USUAL.values()) <= set(shipped("rubrics"))


@pytest.mark.parametrize("name", RUBRICS)
def test_every_item_is_seen_to_pass_and_to_fail(name: str) -> None:
    seen = expected(name)
    for _, item in load_once(name).rubric.items:
        wanted = {"manual"} if isinstance(item.check, Manual) else {"pass", "fail"}
        assert wanted <= seen.get(item.id, set()), f"{name}: {item.id}"


@pytest.mark.parametrize("name", RUBRICS)
def test_every_item_is_named_in_both_languages_and_has_its_source(name: str) -> None:
    rubric = load_once(name).rubric
    assert (rubric.id, set(rubric.title)) == (name, {"zh", "en"})
    for section, item in rubric.items:
        assert set(section.title) == set(item.title) == {"zh", "en"}, item.id
        assert DOMAIN.fullmatch(item.source), f"{name}: {item.id}: {item.source}"
        assert item.points == 0 or item.advice or item.auto_fail, item.id
