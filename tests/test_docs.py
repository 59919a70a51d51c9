"""The documents say what is there: both READMEs agree, and what they name exists and runs."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
READMES = (README, ROOT / "README.zh-CN.md")
FOLDERS = ("benchmarks", "docs", "lexicons", "rubrics", "samples", "tests")
PAGES = (
    *READMES,
    ROOT / "CONTRIBUTING.md",
    ROOT / "CHANGELOG.md",
    *(ROOT / folder / "README.md" for folder in FOLDERS),
    ROOT / "docs" / "architecture.md",
)
FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LINK = re.compile(r"\]\((?!https?:)([^)#]+)")


def read(page: Path) -> str:
    """Return the text of a page."""
    return page.read_text(encoding="utf-8")


def blocks(page: Path, language: str = "") -> list[str]:
    """Return the code blocks of a page, of one language if one is named."""
    return [code for name, code in FENCE.findall(read(page)) if language in ("", name)]


def prose(page: Path) -> str:
    """Return a page without its code blocks."""
    return FENCE.sub("", read(page))


def headings(page: Path) -> list[int]:
    """Return the levels of a page's headings, in order."""
    return [len(marks) for marks in re.findall(r"^(#+) ", prose(page), re.MULTILINE)]


def named(page: Path) -> list[str]:
    """Return what a page names in back-quotes."""
    return re.findall(r"`([^`\n]+)`", prose(page))


def listed(page: Path) -> list[str]:
    """Return what a page lists: the back-quoted names that open its bullets and rows."""
    openings = re.findall(r"^(?:- |\| )(`[^`\n]+`(?:, `[^`\n]+`)*)", prose(page), re.MULTILINE)
    return [name for opening in openings for name in re.findall(r"`([^`]+)`", opening)]


def contents(folder: Path) -> list[str]:
    """Return the names in a folder; folders end in a slash."""
    return sorted(
        path.name + "/" * path.is_dir()
        for path in folder.iterdir()
        if path.name not in ("README.md", "__pycache__") and not path.name.startswith(".")
    )


def run(*arguments: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    """Run Python with these arguments from a folder."""
    command = [sys.executable, *map(str, arguments)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, encoding="utf-8")


def test_both_readmes_have_the_same_headings() -> None:
    english, chinese = map(headings, READMES)
    assert english == chinese


def test_both_readmes_have_the_same_code() -> None:
    english, chinese = map(blocks, READMES)
    assert english == chinese


def test_readme_begins_with_two_commands_of_one_line() -> None:
    audit, tests = blocks(README)[:2]
    assert "qa-checker audit samples -o out" in audit
    assert "-m pytest -q" in tests
    assert audit.count("\n") == tests.count("\n") == 1


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_readme_names_every_command(page: Path) -> None:
    import click

    from qa_checker import cli

    (group,) = [value for value in vars(cli).values() if isinstance(value, click.Group)]
    for command in group.list_commands(click.Context(group)):
        assert f"`qa-checker {command}" in prose(page)


@pytest.mark.parametrize("page", READMES, ids=lambda page: page.name)
def test_readme_names_no_unknown_command(page: Path) -> None:
    named_commands = set(re.findall(r"qa-checker ([a-z]+(?:-[a-z]+)*)", read(page)))
    for command in sorted(named_commands):
        shown = run("-m", "qa_checker", command, "--help")
        assert shown.returncode == 0, shown.stderr


def test_python_in_the_readme_runs() -> None:
    for code in blocks(README, "python"):
        done = run("-c", code)
        assert done.returncode == 0, done.stderr
        assert done.stdout.strip()


def test_rules_in_the_readme_pass_their_own_tests(tmp_path: Path) -> None:
    pages = blocks(README, "yaml")
    assert len(pages) == 2
    for page in pages:
        first = page.splitlines()[0]
        assert first.startswith("# ")
        (tmp_path / first[2:]).write_text(page, encoding="utf-8")
    for command in (("lint", "--strict"), ("test",)):
        done = run("-m", "qa_checker", *command, tmp_path)
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_folders_and_links_exist(page: Path) -> None:
    folders = [name for name in named(page) if re.fullmatch(r"[\w.-]+(/[\w.-]+)*/", name)]
    bases = (page.parent, ROOT, ROOT / "qa_checker")
    for name in folders:
        assert any((base / name).is_dir() for base in bases), f"no folder {name}"
    for link in LINK.findall(prose(page)):
        assert (page.parent / link).exists(), f"no {link}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_folder_lists_what_it_holds(folder: str) -> None:
    page = ROOT / folder / "README.md"
    names = named(page)
    for name in contents(ROOT / folder):
        assert any(fnmatchcase(name, pattern) for pattern in names), f"{page} must name {name}"


@pytest.mark.parametrize("folder", FOLDERS)
def test_folder_lists_nothing_else(folder: str) -> None:
    page = ROOT / folder / "README.md"
    for pattern in listed(page):
        assert any((ROOT / folder).glob(pattern)), f"{page} lists {pattern}, which is not there"


def test_every_room_opens_with_a_sentence() -> None:
    for path in sorted((ROOT / "qa_checker").rglob("__init__.py")):
        text = ast.get_docstring(ast.parse(read(path))) or ""
        assert text.splitlines()[:1] != [], f"{path} has no docstring"
        assert text.split("\n\n")[0].rstrip().endswith((".", "。")), f"{path}: {text[:60]}"


def test_architecture_names_every_room() -> None:
    rooms = {
        path.name + "/" * path.is_dir()
        for path in (ROOT / "qa_checker").iterdir()
        if (path / "__init__.py").is_file() or path.suffix == ".py"
    }
    page = read(ROOT / "docs" / "architecture.md")
    for room in sorted(rooms - {"__init__.py", "__main__.py"}):
        assert f"`{room}`" in page, f"docs/architecture.md must name {room}"
