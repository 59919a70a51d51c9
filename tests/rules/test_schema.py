"""The JSON Schemas: as generated, right about every file that ships, wrong about mistakes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from qa_checker import events
from qa_checker.rules.schema import schema_of

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path.relative_to(ROOT)
    for folder in ("lexicons", "rubrics", "tests/contract")
    for path in (ROOT / folder).rglob("*.yaml")
)


def schema(kind: str) -> Any:
    return schema_of(kind, {name: event.Settings for name, event in events.kinds().items()})


def read(path: Path) -> Any:
    return yaml.load((ROOT / path).read_text(encoding="utf-8"), yaml.CSafeLoader)


def mistakes(data: Any) -> list[str]:
    validator = jsonschema.Draft7Validator(schema(data["qa_checker"].partition("/")[0]))
    return [error.message for error in validator.iter_errors(data)]


@pytest.mark.parametrize("kind", ["lexicon", "rubric"])
def test_the_published_schema_is_the_generated_one(kind: str) -> None:
    published = json.loads((ROOT / f"docs/schema/{kind}-v1.json").read_text(encoding="utf-8"))
    assert published == schema(kind), f"run: qa-checker schema {kind} > docs/schema/{kind}-v1.json"
    jsonschema.Draft7Validator.check_schema(published)


@pytest.mark.parametrize("path", FILES, ids=str)
def test_files_that_load_are_valid(path: Path) -> None:
    assert mistakes(read(path)) == []


RUBRIC = Path("tests/contract/support_en.rubric.yaml")
LEXICON = Path("tests/contract/service_zh.lexicon.yaml")


@pytest.mark.parametrize(
    ("path", "place", "value"),
    [
        (RUBRIC, ("sections", 0, "items", 0, "weigth"), 3),
        (RUBRIC, ("sections", 0, "items", 0, "points"), "ten"),
        (RUBRIC, ("sections", 0, "items", 0, "check"), {"find": "a.b", "measure": "turns"}),
        (RUBRIC, ("sections", 0, "items", 0, "check"), {"find": "a.b", "in": {"first": "2 days"}}),
        (RUBRIC, ("events",), {"silence": {"loudness": 3}}),
        (RUBRIC, ("version",), 1.0),
        (LEXICON, ("entries", 0, "polarity"), "avod"),
        (LEXICON, ("entries", 0, "phrases"), [{"regex": "a+"}]),
        (LEXICON, ("entries", 0, "examples"), {"hits": ["x"]}),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) else "",
)
def test_a_mistake_is_seen(path: Path, place: tuple[str | int, ...], value: Any) -> None:
    data = read(path)
    inner = data
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    assert mistakes(data)


def test_every_key_says_what_it_means() -> None:
    for kind in ("lexicon", "rubric"):
        assert all("description" in key for key in schema(kind)["properties"].values())


SHIPPED = [path for path in FILES if path.parts[0] != "tests"]


@pytest.mark.parametrize("path", SHIPPED, ids=str)
def test_what_ships_names_its_schema(path: Path) -> None:
    first, _, _ = (ROOT / path).read_text(encoding="utf-8").partition("\n")
    head, _, named = first.partition("$schema=")
    assert head == "# yaml-language-server: "
    schema_file = (ROOT / path).parent / named
    assert schema_file.resolve() == ROOT / f"docs/schema/{path.parts[0][:-1]}-v1.json"
    assert schema_file.is_file()
