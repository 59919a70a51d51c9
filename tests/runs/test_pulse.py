"""Calls are counted while parts are still being made, if somebody listens."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_checker.cli._progress import Progress
from qa_checker.runs import pulse
from qa_checker.runs.audit import Asked, audit

RUBRIC = Path(__file__).parents[1] / "contract" / "support_en.rubric.yaml"
TALK = "Agent: Thank you for calling.\nCustomer: Hello.\nAgent: Hi.\nCustomer: Bye.\n"
CALLS = 5


@pytest.fixture(autouse=True)
def quiet() -> Iterator[None]:
    yield
    pulse.share(None)


def run(tmp_path: Path, jobs: int) -> None:
    talks = tmp_path / "talks"
    talks.mkdir()
    for number in range(CALLS):
        (talks / f"{number}.txt").write_text(TALK)
    audit(Asked((str(talks),), str(tmp_path / "out"), str(RUBRIC), workers=jobs))


@pytest.mark.parametrize("jobs", [1, 2])
def test_calls_are_heard_of_from_every_process(tmp_path: Path, jobs: int) -> None:
    pulse.listen()
    run(tmp_path, jobs)
    assert pulse.heard() == CALLS


def test_nobody_has_to_listen(tmp_path: Path) -> None:
    run(tmp_path, 1)
    assert pulse.heard() == 0


def test_the_line_tells_calls_of_parts_not_yet_finished() -> None:
    bar = Progress()
    pulse.listen()
    pulse.beat(7)
    assert bar.line().startswith("7 calls")
