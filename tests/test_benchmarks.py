"""The benchmark measures the same work: its calls are repeatable, its contenders agree."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks import reading  # noqa: E402
from benchmarks.agreement import Agreement, agreement  # noqa: E402
from benchmarks.contenders import NAMES, contender, scan  # noqa: E402
from benchmarks.fragments import phrases  # noqa: E402
from benchmarks.generate import call, calls, write  # noqa: E402
from benchmarks.rulebook import write_rules  # noqa: E402
from benchmarks.run import Compared  # noqa: E402
from qa_checker import read  # noqa: E402
from qa_checker.call import Segment  # noqa: E402

LANGUAGES = ("zh", "en")
FEW, SOME = 12, 400


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_seed_gives_the_same_call(language: str) -> None:
    many = list(calls(3, language, SOME))
    assert many[2] == call(2, language, SOME)
    assert many[2] != call(2, language, SOME, seed=1)
    assert len(many[2].turns) == 60


@pytest.mark.parametrize("language", LANGUAGES)
def test_calls_are_written_as_they_are_made(language: str, tmp_path: Path) -> None:
    size = write(tmp_path / "calls.jsonl", FEW, language, SOME)
    assert size == (tmp_path / "calls.jsonl").stat().st_size
    for read_again, made in zip(read(tmp_path), calls(FEW, language, SOME), strict=True):
        assert read_again.call_id == made.call_id
        assert read_again.language == language
        assert sorted(map(said, read_again.segments)) == sorted(map(said, made.segments))


def said(one: Segment) -> tuple[str, str, float | None, float | None]:
    return one.role, one.text, one.start, one.end


def test_long_turns_are_hardly_ever_said_twice() -> None:
    said = [turn.text for each in calls(50, "zh", SOME) for turn in each.turns]
    long = [text for text in said if len(text) > 20]
    assert len(long) > 1000
    assert len(set(long)) > 0.98 * len(long)


@pytest.mark.parametrize("number", [200, SOME, 20_000])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_lexicon_has_as_many_phrases_as_asked_for(language: str, number: int) -> None:
    written = [p.written for found in phrases(language, number).values() for p in found]
    assert len(written) == len(set(written)) == number


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_contenders_agree(language: str, tmp_path: Path) -> None:
    rubric = write_rules(tmp_path, language, SOME)
    corpus = [call(number, language, SOME, running=0.0) for number in range(FEW)]
    results = {name: judged(name, rubric, language, corpus) for name in NAMES}
    agreed = agreement(results["ours"], results["naive"], results["plain_spacy"])
    assert results["ours"] == results["call_by_call"]
    assert agreed.hits > 3 * FEW
    assert agreed.changed == 0
    assert {verdict for card in results["ours"] for verdict, _ in card["items"].values()} == {
        "pass",
        "fail",
        "na",
    }


def test_the_scan_finds_at_least_what_is_said(tmp_path: Path) -> None:
    rubric = write_rules(tmp_path, "zh", SOME)
    corpus = list(calls(FEW, "zh", SOME))
    (found,) = scan.prepare(rubric, "zh")(scan.given(corpus))
    said = judged("naive", rubric, "zh", corpus)
    hits = sum(len(spans) for each in said for spans in each["found"].values())
    assert found >= hits > FEW


def test_times_are_medians_of_the_rounds() -> None:
    seconds = {"ours": [1.0, 2.0, 1.0], "naive": [4.0, 8.0, 40.0]}
    agreed = Agreement(verdicts=1, hits=1, missed=0, changed=0)
    assert Compared("zh", 200, 10, seconds, {}, agreed).times("naive") == 4


def judged(name: str, rubric: Path, language: str, corpus: list[Any]) -> list[dict[str, Any]]:
    told = []
    for result in contender(name).prepare(rubric, language)(corpus):
        score, items = contender(name).outline(result)
        told.append({"score": score, "items": items, "found": getattr(result, "found", {})})
    return told


def test_a_difference_that_spacy_does_not_explain_is_an_error() -> None:
    mine = {"score": 1.0, "items": {"greeting": ("pass", 0)}, "found": {"greeting": [(0, 0, 2)]}}
    other = {**mine, "items": {"greeting": ("fail", 1)}}
    with pytest.raises(AssertionError):
        agreement([mine], [other], [mine])
    with pytest.raises(AssertionError):
        agreement([mine], [mine], [other])
    missed = {**other, "found": {"greeting": []}}
    assert agreement([mine], [mine], [missed]).changed == 1


@pytest.mark.parametrize("form", reading.FORMS)
def test_every_form_that_is_measured_holds_the_same_calls(form: str, tmp_path: Path) -> None:
    reading.FORMS[form](tmp_path / "calls", FEW, "zh")
    seconds, whole, found, held = reading.measured(tmp_path / "calls", 1)
    assert (found, seconds > 0, whole > 0, held > 0) == (FEW, True, True, True)
    made = [record["turns"] for record in reading.records(FEW, "zh")]
    for each, turns in zip(read(tmp_path / "calls"), made, strict=True):
        assert sorted(one.text for one in each.segments) == sorted(one["text"] for one in turns)
