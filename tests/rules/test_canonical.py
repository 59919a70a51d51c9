"""fmt: keys in order, comments kept, meaning kept."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.cli import group
from qa_checker.rules.canonical import ORDER, canonical
from qa_checker.rules.fields import keys
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.rubric import Item, Label, Rubric, Section, SignalRule

ROOT = Path(__file__).parents[2]
FILES = sorted(
    path
    for folder in ("lexicons", "rubrics", "tests/contract")
    for path in (ROOT / folder).rglob("*.yaml")
)

UNTIDY = """\
# about the file
id: w
qa_checker: lexicon/v1   \r
languages: ['zh']
version: "1.0.0"



entries:
  # the first entry
  - examples:
      miss: ["好的"]   # looks alike
      hit: ['不能退']
    phrases:
      - "不能"        # short
      # the long one
      - 办不了
    id: refuse
    # why it matters
    polarity: 'avoid'
"""
TIDY = """\
# about the file
qa_checker: lexicon/v1
id: w
version: "1.0.0"
languages: [zh]

entries:
  # the first entry
  - id: refuse
    # why it matters
    polarity: avoid
    phrases:
      - 不能        # short
      # the long one
      - 办不了
    examples:
      miss: [好的]   # looks alike
      hit: [不能退]
"""


def test_an_untidy_file_becomes_tidy() -> None:
    assert canonical(UNTIDY) == TIDY
    assert canonical(TIDY) == TIDY


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_every_file_keeps_its_meaning_and_its_comments(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    made = canonical(text)
    assert yaml.load(made, yaml.CSafeLoader) == yaml.load(text, yaml.CSafeLoader)
    assert canonical(made) == made
    assert sorted(comments(made)) == sorted(comments(text))


def comments(text: str) -> list[str]:
    return [line.strip() for line in text.split("\n") if line.strip().startswith("#")]


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        (Lexicon, "lexicon"),
        (Entry, "entries"),
        (Rubric, "rubric"),
        (Section, "sections"),
        (Item, "items"),
        (SignalRule, "signals"),
        (Label, "labels"),
    ],
)
def test_the_order_names_every_key(kind: type, name: str) -> None:
    assert set(keys(kind)) == set(ORDER[name])


@given(st.permutations(range(6)), st.lists(st.sampled_from(["# a", "", "#b"]), max_size=3))
def test_any_order_comes_to_the_same(order: list[int], between: list[str]) -> None:
    parts = [
        "qa_checker: lexicon/v1",
        "id: w",
        "version: 1.0.0",
        "languages: [zh]",
        "title: 词",
        "entries: []",
    ]
    text = "\n".join([*between, *(parts[n] for n in order)]) + "\n"
    made = canonical(text)
    assert [line for line in made.split("\n") if ":" in line] == parts


@pytest.mark.parametrize("value", ["'1'", "'true'", "'null'", "'a: b'", "'- x'", "''", "'(了)?'"])
def test_quotes_that_are_needed_stay(value: str) -> None:
    text = f"qa_checker: lexicon/v1\nid: {value}\n"
    assert canonical(text) == text


def test_text_with_spaces_at_line_ends_is_left_alone() -> None:
    text = "qa_checker: rubric/v1\nid: r\nexamples:\n  - turns: |\n      客服：好   \n    name: a\n"
    assert canonical(text) == text


def run(*arguments: str) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["fmt", *arguments], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


def test_the_command_rewrites_and_checks(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(UNTIDY, encoding="utf-8")
    assert run(str(tmp_path), "--check") == (1, f"{path}: would change\n")
    assert run(str(tmp_path)) == (0, f"{path}: changed\n")
    assert path.read_text(encoding="utf-8") == TIDY
    assert run(str(tmp_path), "--check") == (0, "")
    assert list(tmp_path.iterdir()) == [path]


def test_a_broken_file_is_left_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text("a: [1\n", encoding="utf-8")
    code, said = run(str(tmp_path))
    assert (code, path.read_text(encoding="utf-8")) == (2, "a: [1\n")
    assert f"{path}: left as it is: not valid YAML" in said
