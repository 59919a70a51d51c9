"""What is said while workbooks are being written: on a terminal only."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from qa_checker.cli import DONE, main
from qa_checker.runs.audit import Asked, audit

RUBRIC = Path(__file__).parents[1] / "contract" / "support_en.rubric.yaml"
TALK = "Agent: Thank you for calling.\nCustomer: Hello.\nAgent: Hi.\nCustomer: Bye.\n"


@pytest.mark.parametrize("terminal", [True, False], ids=["terminal", "pipe"])
def test_workbooks_in_the_making_are_told_on_a_terminal(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    terminal: bool,
) -> None:
    (tmp_path / "talk.txt").write_text(TALK)
    audit(Asked((str(tmp_path / "talk.txt"),), str(tmp_path / "out"), str(RUBRIC)))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: terminal)
    with pytest.raises(SystemExit) as end:
        main(["report", str(tmp_path / "out")])
    assert end.value.code == DONE
    assert ("writing the workbooks" in capsys.readouterr().err) is terminal
