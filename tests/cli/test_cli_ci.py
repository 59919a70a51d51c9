"""qa-checker ci and test --mutate: one line for a build."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from qa_checker.cli import main

LEXICON = """\
qa_checker: lexicon/v1
id: w
version: 1.0.0
languages: [zh]
entries:
  - id: sorry
    polarity: prefer
    role: agent
    phrases: [抱歉]
    examples: {hit: [非常抱歉], miss: [好的]}
  - id: angry
    polarity: neutral
    role: customer
    phrases: [气死]
    examples: {hit: [气死我了], miss: [生气]}
"""
RUBRIC = """\
qa_checker: rubric/v1
id: r
version: 1.0.0
languages: [zh]
uses: [w.yaml]
total: 20
bands: {好: 60, 差: 0}
sections:
  - id: all
    items:
      - id: calm
        points: 20
        check: {find: w.sorry, after: {each: w.angry, within: 2 turns}}
examples:
  - name: 安抚
    turns: |
      客户：气死我了
      坐席：您好
      客户：说话
      坐席：抱歉
    expect: {calm: pass}
  - name: 没有安抚
    turns: |
      客户：气死我了
      坐席：您好
      客户：说话
      坐席：再见
    expect: {calm: fail}
"""
Typed = Callable[..., tuple[int, str]]


@pytest.fixture
def typed(capsys: pytest.CaptureFixture[str]) -> Typed:
    """Run the command line; return the exit code and what it said."""

    def go(*arguments: str | Path) -> tuple[int, str]:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        assert isinstance(end.value.code, int)
        return end.value.code, capsys.readouterr().out

    return go


@pytest.fixture
def rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository of rules with one commit, in which the commands are run."""
    folder = tmp_path / "repository"
    (folder / "rules").mkdir(parents=True)
    (folder / "rules/w.yaml").write_text(LEXICON, encoding="utf-8")
    (folder / "rules/r.yaml").write_text(RUBRIC, encoding="utf-8")
    (folder / "calls").mkdir()
    said = "客户：气死我了\n坐席：您好\n客户：说话\n坐席：抱歉\n客户：嗯\n"
    (folder / "calls/late.txt").write_text(said, encoding="utf-8")
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "rules"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("GITHUB_STEP_SUMMARY", raising=False)
    return folder / "rules"


def rewrite(path: Path, old: str, new: str) -> None:
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new), encoding="utf-8")


def test_unchanged_rules_pass(typed: Typed, rules: Path) -> None:
    code, said = typed("ci", "rules", "--base", "HEAD", "--corpus", "calls")
    assert code == 0, said
    assert "unchanged" in said
    assert "6 expectations in 2 files, 0 failed" in said


def test_a_changed_threshold_is_stopped_until_the_version_says_so(
    typed: Typed, rules: Path
) -> None:
    rewrite(rules / "r.yaml", "within: 2 turns", "within: 1 turn")
    rewrite(rules / "r.yaml", "expect: {calm: pass}", "expect: {calm: fail}")
    code, said = typed("ci", "rules", "--base", "HEAD", "--corpus", "calls")
    assert code == 1
    assert "rules/r.yaml:3:10: error[QA901] scores may change since HEAD" in said
    assert "calm: pass→fail x1" in said
    rewrite(rules / "r.yaml", "version: 1.0.0", "version: 2.0.0")
    assert typed("ci", "rules", "--base", "HEAD", "--corpus", "calls")[0] == 0
    limit = ("--max-changed", "10%")
    code, said = typed("ci", "rules", "--base", "HEAD", "--corpus", "calls", *limit)
    assert (code, "100 % of the calls change, more than 10 %" in said) == (1, True)


def test_too_many_changes_are_told_beside_a_machine_form(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(rules / "r.yaml", "within: 2 turns", "within: 1 turn")
    line = ["ci", "rules", "--base", "HEAD", "--corpus", "calls", "--max-changed", "2%"]
    with pytest.raises(SystemExit):
        main([*line, "--format", "json"])
    assert "100 % of the calls change, more than 2 %" in capsys.readouterr().err


def test_without_calls_or_a_base_nothing_is_compared(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (rules.parent / "none").mkdir()
    for line, code, said in (
        (["--base", "HEAD", "--corpus", "none"], 1, "no call was judged: that proves nothing"),
        (["--corpus", "calls"], 2, "--corpus needs --base"),
    ):
        with pytest.raises(SystemExit) as end:
            main(["ci", "rules", *line])
        assert end.value.code == code
        assert said in capsys.readouterr().err


def test_a_mistake_is_told_once(typed: Typed, rules: Path) -> None:
    rewrite(rules / "r.yaml", "points: 20", "points: 10")
    said = typed("ci", "rules")[1]
    assert said.count("error[QA501]") == 1, said


@pytest.mark.parametrize(
    ("file", "old", "new", "code"),
    [
        ("w.yaml", "phrases: [抱歉]", "phrases: [抱歉?]", "QA301"),
        ("w.yaml", "hit: [非常抱歉]", "hit: [对不起]", "QA701"),
        ("r.yaml", "expect: {calm: fail}", "expect: {calm: pass}", "QA701"),
        ("r.yaml", "w.sorry", "w.sory", "QA202"),
        ("r.yaml", "points: 20", "points: 10", "QA501"),
    ],
)
def test_broken_rules_fail(
    typed: Typed, rules: Path, file: str, old: str, new: str, code: str
) -> None:
    rewrite(rules / file, old, new)
    exit_code, said = typed("ci", "rules", "--base", "HEAD", "--corpus", "calls")
    assert exit_code == 1
    assert f"rules/{file}:" in said
    assert f"error[{code}]" in said


def test_a_hit_outside_the_window_is_shown(typed: Typed, rules: Path) -> None:
    rewrite(rules / "r.yaml", "within: 2 turns", "within: 1 turn")
    code, said = typed("test", "rules")
    assert code == 1
    assert "       | outside the window: turn 4 “抱歉” for w.sorry" in said


def test_forms_for_build_servers(
    typed: Typed, rules: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rewrite(rules / "r.yaml", "within: 2 turns", "within: 1 turn")
    rewrite(rules / "r.yaml", "expect: {calm: pass}", "expect: {calm: fail}")
    line = ("ci", "rules", "--base", "HEAD", "--corpus", "calls", "--format")
    _, sarif = typed(*line, "sarif")
    results = json.loads(sarif)["runs"][0]["results"]
    assert "QA901" in {result["ruleId"] for result in results}
    _, table = typed(*line, "md")
    assert "| `calm` | pass → fail × 1 | late |" in table
    page = tmp_path / "summary.md"
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(page))
    _, annotations = typed(*line, "github")
    assert "::error file=rules/r.yaml,title=QA901,line=3,col=10,endColumn=15::" in annotations
    assert "| `calm` | pass → fail × 1 | late |" in page.read_text(encoding="utf-8")


def test_without_a_base_rules_are_linted_and_tested(typed: Typed, rules: Path) -> None:
    code, said = typed("ci", "rules")
    assert code == 0
    assert said.splitlines()[-2] == "6 expectations in 2 files, 0 failed"


def test_rules_that_are_new_have_no_past(typed: Typed, rules: Path) -> None:
    (rules.parent / "more").mkdir()
    written = LEXICON.replace("id: w\n", "id: v\n")
    (rules.parent / "more/v.yaml").write_text(written, encoding="utf-8")
    assert typed("ci", "rules", "more", "--base", "HEAD", "--corpus", "calls")[0] == 0


def test_mutation_is_told_file_by_file(typed: Typed, rules: Path) -> None:
    rewrite(rules / "w.yaml", "phrases: [抱歉]", "phrases: [抱歉, 对不起]")
    for _ in ("made", "kept"):
        code, said = typed("test", "rules", "--mutate")
        assert code == 0
        assert "rules/w.yaml: 1/2 noticed" in said
        assert "no example notices this change — phrase “对不起” dropped" in said
        assert "rules/w.yaml:9:19: warning[QA710]" in said


def test_nothing_is_changed_while_examples_fail(
    rules: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rewrite(rules / "w.yaml", "hit: [非常抱歉]", "hit: [对不起]")
    with pytest.raises(SystemExit) as end:
        main(["test", "rules", "--mutate"])
    said = capsys.readouterr()
    assert end.value.code == 1
    assert "noticed" not in said.out
    assert "nothing was changed: first mend the examples that fail" in said.err
