"""Starting stays quick: what is dear to import waits until it is needed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
DEAR = ("jieba", "lxml", "openpyxl", "opencc", "pandas", "pyarrow", "pypinyin", "rjieba", "spacy")
"""What a simple call needs nothing of."""
LIBRARIES = (*DEAR, "ahocorasick_rs", "click", "msgspec", "numpy", "rapidfuzz", "re2", "yaml")
JUDGED = """
from qa_checker import judge, load_rubric, read
rubric = load_rubric({rubric!r})
(call,) = read({call!r})
assert judge(rubric, call).score is not None
"""
SAID = "import sys; print('imported', *sorted(m for m in {names} if m in sys.modules))"


def imported(code: str, names: tuple[str, ...]) -> list[str]:
    """Return which of some modules a fresh Python has imported after some code."""
    command = [sys.executable, "-c", code + "\n" + SAID.format(names=names)]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, env=env, capture_output=True, text=True, check=True, cwd=ROOT)
    return done.stdout.splitlines()[-1].split()[1:]


def typed(*words: str) -> str:
    """Return the code that a command line runs."""
    return (
        f"import sys; sys.argv[1:] = {list(words)!r}\n"
        "from qa_checker.cli import main\n"
        "try: main()\nexcept SystemExit as end: assert not end.code, end.code\n"
    )


def test_the_package_imports_no_library() -> None:
    assert imported("import qa_checker", LIBRARIES) == []


@pytest.mark.parametrize("word", ["--version", "--help", "rubrics"])
def test_what_tells_of_the_program_needs_only_what_reads_the_command_line(word: str) -> None:
    imported(typed(word), ())
    assert imported(typed(word), LIBRARIES) == ["click"]


@pytest.mark.parametrize(
    ("rubric", "call"),
    [
        ("complaint_zh", "samples/zh_bank_fee.txt"),
        ("support_en", "samples/en_elderly_card.txt"),
    ],
)
def test_judging_a_call_imports_nothing_dear(rubric: str, call: str) -> None:
    code = JUDGED.format(rubric=rubric, call=call)
    imported(code, ())  # the first run makes what the second one finds in the cache
    assert imported(code, DEAR) == []


def test_why_writes_no_workbook() -> None:
    call = typed("why", "samples/en_elderly_card.txt", "-r", "support_en")
    imported(call, ())
    assert imported(call, ("openpyxl", "lxml", "pyarrow", "spacy", "jieba")) == []


def test_audit_cuts_no_words_and_makes_no_tables(tmp_path: Path) -> None:
    call = typed("audit", "samples/en_elderly_card.txt", "-r", "support_en", "-o", str(tmp_path))
    imported(call, ())
    assert imported(call, ("spacy", "jieba", "opencc", "pypinyin")) == []


def test_events_are_imported_when_they_are_asked_for() -> None:
    code = (
        "from qa_checker import events\n"
        "assert 'silence' in events.kinds() and len(events.kinds()) > 10\n"
        "events.kinds()['silence']"
    )
    names = ("qa_checker.events.silence", "qa_checker.events.pii")
    assert imported(code, names) == ["qa_checker.events.silence"]
