"""The steps of a run, each on one batch of calls, in processor time.

python -m pytest benchmarks/small --benchmark-autosave   # keep the figures of this commit
python -m pytest benchmarks/small --benchmark-compare    # beside those kept last
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from pathlib import Path
from time import process_time
from typing import Any

import pytest
from pytest_benchmark.fixture import BenchmarkFixture

from benchmarks.contenders import call_by_call, ours
from benchmarks.generate import calls, write
from benchmarks.rulebook import write_rules
from qa_checker import load_rubric, read
from qa_checker.call import Call

pytestmark = pytest.mark.benchmark(timer=process_time, min_rounds=7, warmup=True)
CALLS, PHRASES = 64, 2000


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
    benchmark(load_rubric, rubric)


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
