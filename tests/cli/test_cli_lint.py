"""qa-checker lint and rule as people type them, and what is kept between two runs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_checker.cli import main
from qa_checker.lint import cache, examples, run
from qa_checker.reports.ci import outputs

ROOT = Path(__file__).parents[2]
GOOD = """\
qa_checker: lexicon/v1
id: w
version: 1.0.0
languages: [zh]
entries:
  - id: refuse
    polarity: avoid
    phrases: [不能]
    instead: [我帮您看看]
    examples: {hit: [这个<不能>办], miss: [可以办]}
"""
WARNED = GOOD.replace("    instead: [我帮您看看]\n", "")
WRONG = GOOD.replace("[不能]", "[不能?]")


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command line; return the exit code and what it said on both channels."""

    def go(*arguments: str | Path) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return go


@pytest.fixture
def words(tmp_path: Path) -> Path:
    path = tmp_path / "w.yaml"
    path.write_text(GOOD, encoding="utf-8")
    return path


# ---- lint --------------------------------------------------------------------------------


def test_nothing_wrong(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    assert typed("lint", words) == (0, "0 errors, 0 warnings in 1 file\n", "")


def test_an_error_fails(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    words.write_text(WRONG, encoding="utf-8")
    code, out, err = typed("lint", words)
    assert (code, err) == (1, "")
    assert out == (
        f'{words}:8:17: error[QA301] "?" must follow a group or a slot\n'
        "    8 |     phrases: [不能?]\n"
        "      |               　　^\n"
        "      = help: write 办不(了)?; \\? is a question mark\n"
        "1 error, 0 warnings in 1 file\n"
    )


def test_a_warning_fails_only_if_strict(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    words.write_text(WARNED, encoding="utf-8")
    code, out, _ = typed("lint", words)
    assert code == 0
    assert out.endswith("\n0 errors, 1 warning in 1 file\n")
    assert typed("lint", "--strict", words)[0] == 1


def test_what_ships_is_clean(typed) -> None:  # type: ignore[no-untyped-def]
    folders = (ROOT / "lexicons", ROOT / "rubrics", ROOT / "tests" / "contract")
    code, out, _ = typed("lint", "--strict", *folders)
    assert code == 0, out


def test_a_path_that_is_not_there_is_2(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = typed("lint", words, words.with_name("none.yaml"))
    assert (code, out) == (2, "")
    assert "none.yaml: error[QA001] cannot open: no such file" in err


def test_hidden_files_of_a_folder_are_no_rules(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    for name in (".pre-commit-config.yaml", "._w.yaml", ".github/workflows/rules.yaml"):
        hidden = words.parent / name
        hidden.parent.mkdir(parents=True, exist_ok=True)
        hidden.write_text("name: rules\n", encoding="utf-8")
    for command in ("lint", "test"):
        code, out, _ = typed(command, words.parent)
        assert (code, out.splitlines()[-1].split(" in ")[1].split(",")[0]) == (0, "1 file"), out
    assert typed("lint", words.parent / "._w.yaml")[0] == 1  # named, it is read


def test_a_repository_begun_by_init_is_clean_as_a_whole(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    assert typed("init", tmp_path / "rules")[0] == 0
    assert typed("lint", "--strict", tmp_path / "rules")[0] == 0
    assert typed("test", tmp_path / "rules")[0] == 0


def test_to_lint_nothing_proves_nothing(typed, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = typed("lint", tmp_path)
    assert (code, out) == (1, "0 errors, 0 warnings in 0 files\n")
    assert "proves nothing" in err


@pytest.mark.parametrize("command", ["lint", "test"])
@pytest.mark.parametrize("form", outputs())
def test_every_format_keeps_the_exit_code(typed, words: Path, command: str, form: str) -> None:  # type: ignore[no-untyped-def]
    assert typed(command, "--format", form, words)[0] == 0
    words.write_text(WRONG, encoding="utf-8")
    code, out, err = typed(command, "--format", form, words)
    assert (code, err) == (1, "")
    assert "QA301" in out


def test_github_gets_a_summary_page(  # type: ignore[no-untyped-def]
    typed, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = words.with_name("summary.md")
    page.write_text("before\n", encoding="utf-8")
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    words.write_text(WRONG, encoding="utf-8")
    assert typed("lint", words)[0] == 1
    assert page.read_text(encoding="utf-8") == "before\n"
    _, out, _ = typed("lint", "--format", "github", words)
    assert out.startswith(f"::error file={words},title=QA301,line=8,col=17,endColumn=18::")
    assert page.read_text(encoding="utf-8").startswith("before\n1 error, 0 warnings in 1 file\n")
    assert "QA301" in page.read_text(encoding="utf-8")


def test_junit_of_test_has_a_case_for_each_example(typed, words: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = typed("test", "--format", "junit", words)
    assert '<testcase name="refuse/hit/1"' in out
    assert '<testcase name="refuse/miss/1"' in out


def test_colour_is_for_terminals_only(  # type: ignore[no-untyped-def]
    typed, words: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words.write_text(WRONG, encoding="utf-8")
    assert "\x1b" not in typed("lint", words)[1]


# ---- what is kept ------------------------------------------------------------------------


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[str]:
    """Count how often files are looked at; keep results in a folder of this test."""
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path / "cache"))
    done: list[str] = []
    lint, run_file = run.lint, examples.run_file
    monkeypatch.setattr("qa_checker.cli.lint.lint", lambda p: done.append("lint") or lint(p))
    monkeypatch.setattr(
        "qa_checker.cli.test.run_file", lambda p: done.append("test") or run_file(p)
    )
    return done


@pytest.mark.parametrize("command", ["lint", "test"])
def test_a_second_run_takes_what_was_found(  # type: ignore[no-untyped-def]
    typed, words: Path, counted: list[str], command: str
) -> None:
    words.write_text(WRONG, encoding="utf-8")
    first = typed(command, words)
    assert typed(command, words) == first
    assert counted == [command]
    assert typed(command, "--no-cache", words) == first
    assert counted == [command] * 2
    words.write_text(GOOD, encoding="utf-8")
    assert typed(command, words)[0] == 0
    assert counted == [command] * 3


def test_a_changed_lexicon_makes_its_rubric_new(  # type: ignore[no-untyped-def]
    typed, counted: list[str], tmp_path: Path
) -> None:
    contract = ROOT / "tests" / "contract"
    for path in contract.glob("support_en.*"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    rubric = tmp_path / "support_en.rubric.yaml"
    assert [typed("lint", rubric)[0] for _ in range(2)] == [0, 0]
    assert counted == ["lint"]
    lexicon = tmp_path / "support_en.lexicon.yaml"
    text = lexicon.read_text(encoding="utf-8")
    lexicon.write_text(text.replace("id: greeting", "id: greetings"), encoding="utf-8")
    assert typed("lint", rubric)[0] == 1
    assert counted == ["lint"] * 2


def test_a_broken_cache_does_no_harm(typed, words: Path, counted: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert typed("lint", words)[0] == 0
    (kept,) = cache.folder("rules").iterdir()
    for content in (b"", b"{", b"\xff", json.dumps({"key": 1}).encode()):
        kept.write_bytes(content)
        assert typed("lint", words)[0] == 0
    assert counted == ["lint"] * 5


def test_where_nothing_can_be_kept(  # type: ignore[no-untyped-def]
    typed, words: Path, counted: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_CHECKER_CACHE", str(words))
    assert typed("lint", words)[0] == 0
    assert typed("lint", words)[0] == 0
    assert counted == ["lint"] * 2


# ---- rule --------------------------------------------------------------------------------


def test_rule_prints_the_page(typed) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = typed("rule", "qa403")
    assert code == 0
    assert out.startswith("QA403 (error): An exception that never fires.\n\nA hit is dropped")
    assert "\nWrong:\n\n    # lexicon\n" in out
    assert "\nRight:\n\n    # lexicon\n" in out
    _, out, _ = typed("rule", "QA403", "--lang", "zh")
    assert out.startswith("QA403 (error): 永远不起作用的例外。\n\n命中落在")


def test_rule_lists_all_codes(typed) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = typed("rule")
    assert out.startswith("QA001  error    The file cannot be read.\n")
    assert out.count("\n") > 60


def test_rule_guesses(typed) -> None:  # type: ignore[no-untyped-def]
    code, _, err = typed("rule", "QA430")
    assert code == 2
    assert 'no code "QA430"; did you mean "QA' in err
