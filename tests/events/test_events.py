"""Every event finds what its cases say, and keeps silent where they say none."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from scene import call_of, scene

from qa_checker.call import Call
from qa_checker.events import ALWAYS, CONVICTS, NEVER, kinds
from qa_checker.hit import Hit
from qa_checker.rules.fields import fill, keys
from qa_checker.rules.source import Source
from qa_checker.rules.windows import Amount, as_amount

HERE = Path(__file__).parent


def cases(event: str) -> list[dict[str, Any]]:
    """Return the cases of an event."""
    text = (HERE / f"{event}.yaml").read_text(encoding="utf-8")
    loaded: list[dict[str, Any]] = yaml.safe_load(text)
    return loaded


def every_case() -> Iterator[Any]:
    """Yield every case of every event with a readable id."""
    for file in sorted(HERE.glob("*.yaml")):
        for case in cases(file.stem):
            yield pytest.param(file.stem, case, id=f"{file.stem}: {case['name']}")


@pytest.mark.parametrize(("event", "case"), list(every_case()))
def test_case(event: str, case: dict[str, Any]) -> None:
    language = case.get("language", "zh")
    call = call_of(case["call"], language)
    found = list(
        kinds()[event].detect(
            scene(call, language), settings_of(event, case), amount_of(case.get("over"))
        )
    )
    shown = [shown_as(call, hit) for hit in found]
    wanted = [] if case["finds"] == "none" else case["finds"]
    assert len(shown) == len(wanted), shown
    for actual, expected in zip(shown, wanted, strict=True):
        assert actual.startswith(expected)
    assert all(hit.name == f"event.{event}" for hit in found)
    assert [hit.turn for hit in found] == sorted(hit.turn for hit in found)


def settings_of(event: str, case: dict[str, Any]) -> Any:
    """Return the settings of a case, read as a rubric's `events:` are."""
    source = Source("case", yaml.safe_dump(case.get("settings", {}), default_style='"'))
    node = source.tree()
    assert node is not None
    settings = fill(kinds()[event].Settings, node, source, event)
    assert not source.problems, source.problems
    return settings


def amount_of(written: str | None) -> Amount | None:
    """Return `over` as checks read it."""
    if written is None:
        return None
    source = Source("over", f"over: {written}\n")
    node = source.tree()
    assert node is not None
    amount: Amount = as_amount("s", "chars", "words", "%")(node.at("over"), source)
    return amount


def shown_as(call: Call, hit: Hit) -> str:
    """Return a hit as the cases write it."""
    turn = call.turns[hit.turn]
    size = "" if hit.size is None else f", {hit.size:g} {hit.unit}"
    other = "" if hit.other is None else f", other turn {call.turns[hit.other].number}"
    detail = f": {hit.detail[1]}" if hit.detail[1] else ""
    quote = turn.text[hit.start : hit.end]
    return f"turn {turn.number} {hit.role} “{quote}” via {hit.via}{size}{other}{detail}"


@pytest.mark.parametrize("event", list(kinds()))
def test_has_cases_of_both_kinds(event: str) -> None:
    silent = [case for case in cases(event) if case["finds"] == "none"]
    assert len(cases(event)) > len(silent) >= 3


@pytest.mark.parametrize("event", list(kinds()))
def test_docstring_is_a_manual(event: str) -> None:
    manual = kinds()[event].__doc__ or ""
    assert f"event.{event}" in manual
    assert "check:" in manual
    assert re.search(rf"\n *events:\s*(?:\n\s+)?\{{?\s*{event}:|`events: {{{event}", manual)
    assert "Defaults:" in manual or not keys(kinds()[event].Settings)


@pytest.mark.parametrize("event", list(kinds()))
def test_settings_say_what_they_mean(event: str) -> None:
    module = kinds()[event]
    module.Settings()
    for name, field in keys(module.Settings).items():
        assert field.metadata["key"]["doc"], name
        assert name in (module.__doc__ or "") or name in ("hold", "wait_request")
    assert set(module.WORDS) <= set(keys(module.Settings))


@pytest.mark.parametrize("event", list(kinds()))
def test_timing_is_known_for_every_unit(event: str) -> None:
    module = kinds()[event]
    for unit in (None, *module.UNITS):
        over = None if unit is None else amount_of(f"1 {unit}")
        assert module.timing(over) in (NEVER, CONVICTS, ALWAYS)


@pytest.mark.parametrize("event", list(kinds()))
def test_has_its_line_in_the_docs(event: str) -> None:
    page = (Path(__file__).parents[2] / "docs" / "events.md").read_text(encoding="utf-8")
    module = kinds()[event]
    first = (module.__doc__ or "").splitlines()[0]
    units = ", ".join(module.UNITS) or "–"
    assert f"| `event.{event}` | {module.TITLE['zh']} | {first} | {units} |" in page
