"""A quick question never hides what the slow regex behind it would have found."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path

import pytest
import yaml
from scene import call_of

from qa_checker import read
from qa_checker.events import (
    _facts_en,
    _facts_zh,
    _hints,
    _paraphrase_en,
    _questions_en,
    _questions_zh,
)
from qa_checker.events import _secrets as secrets
from qa_checker.events._numbers import may_read_out
from qa_checker.events.pii import RUN_EN, RUN_ZH, TEN_ZH
from qa_checker.judging.look import language_of
from qa_checker.text.plain import plain

HERE = Path(__file__).parent
Quick = Callable[[str], object]


def holds(hints: Iterable[str]) -> Quick:
    """Return what tells whether a text holds a hint."""
    wanted = tuple(hints)
    return lambda text: any(hint in text for hint in wanted)


BEHIND: dict[str, tuple[str, re.Pattern[str], Quick]] = {
    "money zh": ("zh", _facts_zh.MONEY, holds(_hints.HINTS_ZH[_hints.MONEY])),
    "date zh": ("zh", _facts_zh.DATE, holds(_hints.HINTS_ZH[_hints.DATE])),
    "count zh": ("zh", _facts_zh.COUNT, holds(_hints.HINTS_ZH[_hints.COUNT])),
    "given name zh": ("zh", _facts_zh.GIVEN, holds(_hints.HINTS_ZH[_hints.NAME])),
    "title zh": ("zh", _facts_zh.CALLED, holds(_hints.HINTS_ZH[_hints.TITLE])),
    "digits zh": ("zh", _facts_zh.DIGITS, _facts_zh.FIGURES.search),
    "money en": ("en", _facts_en.MONEY, holds(_hints.HINTS_EN[_hints.MONEY])),
    "date en": ("en", _facts_en.DATE, holds(_hints.HINTS_EN[_hints.DATE])),
    "name en": ("en", _facts_en.NAME, holds(_hints.HINTS_EN[_hints.NAME])),
    "digits en": ("en", _facts_en.DIGITS, may_read_out),
    "long number zh": ("zh", RUN_ZH, TEN_ZH.search),
    "long number en": ("en", RUN_EN, may_read_out),
    "secret zh": ("zh", secrets.ASKS_ZH, secrets.HAS_SECRET_ZH.search),
    "secret en": ("en", secrets.ASKS_EN, secrets.HAS_SECRET_EN.search),
    "open question zh": ("zh", _questions_zh.OPEN, _questions_zh.HINTS["open"].search),
    "closed question zh": ("zh", _questions_zh.CLOSED, _questions_zh.HINTS["closed"].search),
    "open question en": ("en", _questions_en.OPEN, _questions_en.HINTS["open"].search),
    "closed question en": ("en", _questions_en.CLOSED, _questions_en.HINTS["closed"].search),
    "so": ("en", _paraphrase_en.SO, lambda text: "so" in text),
    "you": ("en", _paraphrase_en.YOU, lambda text: "you" in text),
}


def calls() -> Iterator[tuple[str, list[str]]]:
    """Yield the language and the turns of every sample and of every case of an event."""
    for call in read(HERE.parents[1] / "samples"):
        yield language_of(call), [turn.text for turn in call.turns]
    for path in sorted(HERE.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            language = case.get("language", "zh")
            yield language, [turn.text for turn in call_of(case["call"], language).turns]


@cache
def sentences(language: str) -> frozenset[str]:
    """The turns of all calls in a language as plain text, and each of their sentences."""
    whole = {
        said
        for own, turns in calls()
        if own == language
        for said in plain(turns).text.split("\x1d")
    }
    return frozenset(whole | {part.strip() for said in whole for part in said.split("。")})


@pytest.mark.parametrize("name", list(BEHIND))
def test_hides_nothing(name: str) -> None:
    language, slow, quick = BEHIND[name]
    found = [text for text in sentences(language) if slow.search(text)]
    assert found
    assert [text for text in found if not quick(text)] == []


@pytest.mark.parametrize("name", list(BEHIND))
def test_spares_something(name: str) -> None:
    language, _, quick = BEHIND[name]
    assert not all(quick(text) for text in sentences(language))
