"""Every lint code has a page, and the examples on it show what it says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from whole import Example, example

from qa_checker.lint.examples import run_file
from qa_checker.lint.manual import pages
from qa_checker.lint.run import lint
from qa_checker.problem import Problem

ROOT = Path(__file__).parents[2]
PAGES = pages()
BY_TEST = ("QA701", "QA707", "QA708")
"""Found when examples are run."""
WITHOUT_CARETS = ("QA703",)
"""What is wrong with these is what is not there."""
ELSEWHERE = {"QA710", "QA901", "QA902", "QA903", "QA904", "QA905", "QA906"}
"""Found by comparing runs, not by reading one file."""
RUN = [code for code in PAGES if code not in ELSEWHERE]


def found(made: Example, code: str, folder: Path) -> list[Problem]:
    """Return the problems of a code that lint or test finds in an example."""
    paths = made.write(folder)
    if code in BY_TEST:
        problems = [problem for path in paths for problem in run_file(path).problems]
    else:
        problems = lint(paths)
    return [problem for problem in problems if problem.code == code]


@pytest.mark.parametrize("code", RUN)
def test_the_wrong_example_is_found_at_its_place(code: str, tmp_path: Path) -> None:
    made = example(PAGES[code].wrong)
    problems = found(made, code, tmp_path)
    assert problems, f"{code} is not found"
    assert {Path(problem.path).name for problem in problems} == {made.name}
    assert {problem.severity for problem in problems} == {PAGES[code].severity}
    assert (made.place is None) == (code in WITHOUT_CARETS)
    if made.place:
        assert made.place in {(p.line, p.column, p.length) for p in problems}
        assert len(problems) == 1


@pytest.mark.parametrize("code", RUN)
def test_the_right_example_is_not(code: str, tmp_path: Path) -> None:
    made = example(PAGES[code].right)
    paths = made.write(tmp_path)
    assert found(made, code, tmp_path) == []
    errors = [str(p) for p in lint(paths) if p.severity == "error"]
    assert [error for error in errors if made.name in error.partition(":")[0]] == []


@pytest.mark.parametrize("code", PAGES)
def test_a_page_is_written_in_both_languages(code: str) -> None:
    page = PAGES[code]
    assert page.severity in ("error", "warning", "info")
    assert not re.search("[\u4e00-\u9fff]", page.title["en"])
    assert page.title["en"].endswith(".")
    assert page.title["zh"].endswith("。")
    for text in (page.title["zh"], page.text["zh"]):
        assert len(re.findall("[\u4e00-\u9fff]", text)) >= 4
    assert page.shown("zh").startswith(f"{code} ({page.severity}): {page.title['zh']}\n\n")
    assert page.text["en"] not in page.shown("zh")


def test_the_language_names_every_code_and_no_other() -> None:
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    table = text[text.index("## Part 3") : text.index("## Part 4")]
    named = set(re.findall(r"(?:error|warning|info)\[(QA\d{3})\]", table))
    assert named - ELSEWHERE <= set(PAGES) <= named


@pytest.mark.parametrize("code", PAGES)
def test_severities_are_those_of_the_language(code: str) -> None:
    text = (ROOT / "docs" / "language.md").read_text(encoding="utf-8")
    table = text[text.index("## Part 3") : text.index("## Part 4")]
    assert f"{PAGES[code].severity}[{code}]" in table[table.index("| | ideal") :]
