"""The steps of a run, each on one batch of calls, in processor time.

python -m pytest benchmarks/small --benchmark-autosave   # keep the figures of this commit
python -m pytest benchmarks/small --benchmark-compare    # beside those kept last
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.contenders import call_by_call, ours
from benchmarks.generate import calls, write
from benchmarks.rulebook import write_rules
from qa_checker import read
from qa_checker.call import Call
from qa_checker.judging.compiled import load_with_places
from qa_checker.store import cards, parts
from qa_checker.store.rows import Row

pytestmark = pytest.mark.benchmark(timer=process_time, min_rounds=7, warmup=True)
CALLS, PHRASES = 64, 2000


@pytest.fixture(scope="module", autouse=True)
def _nothing_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("QA_CHECKER_CACHE", "off")
        yield


@pytest.fixture(scope="module", params=["zh", "en"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def rubric(language: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_rules(tmp_path_factory.mktemp("rules"), language, PHRASES)


@pytest.fixture(scope="module")
def corpus(language: str) -> list[Call]:
    return list(calls(CALLS, language, PHRASES))


def all_of(results: Iterable[Any]) -> None:
    deque(results, maxlen=0)


def test_compile(benchmark: BenchmarkFixture, rubric: Path) -> None:
    benchmark(load_with_places, rubric)


def test_read(benchmark: BenchmarkFixture, language: str, tmp_path: Path) -> None:
    write(tmp_path / "calls.jsonl", CALLS, language, PHRASES)
    benchmark(lambda: all_of(read(tmp_path)))


def test_judge(
    benchmark: BenchmarkFixture, rubric: Path, corpus: list[Call], language: str
) -> None:
    judge = call_by_call.prepare(rubric, language)
    benchmark(lambda: all_of(judge(corpus)))


def test_judge_each(
    benchmark: BenchmarkFixture, rubric: Path, corpus: list[Call], language: str
) -> None:
    judge = ours.prepare(rubric, language)
    benchmark(lambda: all_of(judge(corpus)))


@pytest.fixture(scope="module")
def rows(rubric: Path, corpus: list[Call], language: str) -> list[Row]:
    judge = ours.prepare(rubric, language)
    return [Row(call, "", card) for call, card in zip(corpus, judge(corpus), strict=True)]


def store(place: Path, rows: list[Row]) -> str:
    parts.write(str(place), rows, parts.About([], [], parts.Counts()))
    return str(place)


def test_store(benchmark: BenchmarkFixture, rows: list[Row], tmp_path: Path) -> None:
    benchmark(store, tmp_path / "part.parquet", rows)


def test_read_the_store(
    benchmark: BenchmarkFixture, rows: list[Row], rubric: Path, tmp_path: Path
) -> None:
    place = store(tmp_path / "part.parquet", rows)
    known = {rows[0].card.rule: load_with_places(rubric).rubric}
    benchmark(lambda: [all_of(cards.judged(table, known)) for table in parts.tables(place)])
