"""qa-checker test, explain and rubrics as people type them: what is said, and the exit code."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from qa_checker.cli import main

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "tests" / "contract"
LEXICON = """\
qa_checker: lexicon/v1
id: w
version: 1.0.0
languages: [zh]
entries:
  - id: no
    title: 生硬拒绝
    polarity: avoid
    role: agent
    phrases: [不能]
    examples:
      hit: [这个<不能>办]
      miss: [可以办]
"""
RUBRIC = """\
qa_checker: rubric/v1
id: r
version: 1.0.0
languages: [zh, en]
title: {zh: 评分表, en: Scorecard}
uses: [w.yaml]
total: 10
bands: {good: 60, bad: 0}
sections:
  - id: s
    title: {zh: 用语, en: Wording}
    items:
      - {id: soft, title: {zh: 不拒绝, en: No refusal}, points: 10, check: {find: w.no, max: 0}}
examples:
  - name: 拒绝
    turns: |
      客服: 不能办
      客户: 好吧
    expect: {soft: fail}
    score: 0
"""


@pytest.fixture
def rules(tmp_path: Path) -> Path:
    """A folder with a lexicon and a rubric whose examples all hold."""
    (tmp_path / "w.yaml").write_text(LEXICON, encoding="utf-8")
    (tmp_path / "r.yaml").write_text(RUBRIC, encoding="utf-8")
    return tmp_path


Said = tuple[int, str, str]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]):  # type: ignore[no-untyped-def]
    """Run the command line; return the exit code and what it said on both channels."""

    def typed(*arguments: str | Path) -> Said:
        with pytest.raises(SystemExit) as end:
            main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        assert isinstance(end.value.code, int)
        return end.value.code, out, err

    return typed


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1
    path.write_text(text.replace(old, new), encoding="utf-8")


# ---- test ------------------------------------------------------------------------------


def test_examples_that_hold(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    assert run("test", rules) == (0, "4 expectations in 2 files, 0 failed\n", "")
    assert run("test", rules / "w.yaml") == (0, "2 expectations in 1 file, 0 failed\n", "")


def test_the_contract_holds(run) -> None:  # type: ignore[no-untyped-def]
    assert run("test", CONTRACT) == (0, "129 expectations in 4 files, 0 failed\n", "")


@pytest.mark.parametrize(
    ("old", "new", "place", "message"),
    [
        ("[这个<不能>办]", "[这个不行]", "12:13", '"no": this hit example is not hit: “这个不行”'),
        (
            "[可以办]", "[不能办]", "13:14",
            '"no": this miss example is hit at “不能” by “不能”: “不能办”',
        ),
        ("<不能>办", "<不能办>", "12:13", '"no": the hit should be “不能办”, not “不能”'),
    ],
)  # fmt: skip
def test_a_sentence_that_does_not_hold_fails(  # type: ignore[no-untyped-def]
    run, rules: Path, old: str, new: str, place: str, message: str
) -> None:
    change(rules / "w.yaml", old, new)
    code, out, err = run("test", rules / "w.yaml")
    assert (code, err) == (1, "")
    assert out.startswith(f"{rules / 'w.yaml'}:{place}: error[QA701] {message}\n")
    assert out.endswith("\n2 expectations in 1 file, 1 failed\n")


def test_a_call_that_gets_another_verdict_fails_and_says_why(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    change(rules / "r.yaml", "expect: {soft: fail}", "expect: {soft: pass}")
    change(rules / "r.yaml", "score: 0", "score: 100")
    code, out, _ = run("test", rules / "r.yaml")
    assert code == 1
    assert (
        out
        == f"""\
{rules / "r.yaml"}:19:20: error[QA701] example “拒绝”: soft expected pass, got fail
   19 |     expect: {{soft: pass}}
      |                    ^^^^
      = help: 10 分：坐席的话里不得出现“生硬拒绝”。
       | searched: agent turns 1
       | surplus: turn 1 “不能”
{rules / "r.yaml"}:20:12: error[QA701] example “拒绝”: score expected 100, got 0.0
   20 |     score: 100
      |            ^^^
      = help: lost: soft 0/10
2 expectations in 1 file, 2 failed
"""
    )


def test_a_speaker_that_nobody_knows(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    change(rules / "r.yaml", "客户: 好吧", "经理: 好吧")
    code, out, _ = run("test", rules / "r.yaml")
    assert code == 1
    assert ':18:7: error[QA706] unknown speaker "经理"\n' in out
    assert "      = help: use 客服 / 客户 (or Agent / Customer)\n" in out


def test_examples_are_run_whatever_calls_the_rubric_is_for(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    change(rules / "r.yaml", "total: 10", "applies_to: {language: [en]}\ntotal: 10")
    assert run("test", rules) == (0, "4 expectations in 2 files, 0 failed\n", "")


def test_a_known_gap_is_counted_and_does_not_fail(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    change(
        rules / "r.yaml",
        "expect: {soft: fail}\n    score: 0",
        "expect: {soft: pass}\n    todo: true",
    )
    assert run("test", rules) == (
        0, "2 expectations in 2 files, 0 failed, 1 known gap (todo)\n", "",
    )  # fmt: skip


def test_a_known_gap_that_is_closed_fails(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    change(rules / "r.yaml", "score: 0", "todo: true")
    code, out, _ = run("test", rules)
    assert code == 1
    assert "error[QA708] todo example “拒绝” passes now\n" in out
    assert "      = help: remove todo: true so that it stays that way\n" in out


def test_to_run_no_example_is_to_fail(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    text = (rules / "r.yaml").read_text(encoding="utf-8")
    (rules / "r.yaml").write_text(text[: text.index("examples:")], encoding="utf-8")
    expected = "no example was run: that proves nothing 没有运行任何样例\n"
    assert run("test", rules / "r.yaml") == (1, "0 expectations in 1 file, 0 failed\n", expected)
    (rules / "empty").mkdir()
    assert run("test", rules / "empty") == (1, "0 expectations in 0 files, 0 failed\n", expected)


def test_a_mapping_has_no_examples_and_the_others_are_run(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    vendor = rules / "vendor.yaml"
    vendor.write_text("qa_checker: mapping/v1\ntext: said\n", encoding="utf-8")
    code, out, err = run("test", rules)
    assert (code, out) == (0, "4 expectations in 2 files, 0 failed\n")
    assert err.startswith(f"{vendor}: a mapping has no examples: qa-checker lint checks it")
    assert "映射文件没有样例：用 qa-checker lint 检查" in err
    code, _, err = run("test", vendor)
    assert code == 1
    assert err.endswith("no example was run: that proves nothing 没有运行任何样例\n")
    assert run("ci", rules)[0] == 0
    assert "give it as --mapping 映射文件要用 --mapping 指定" in run("explain", vendor)[2]


def test_a_file_with_mistakes_fails_and_the_others_are_run(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    (rules / "bad.yaml").write_text("a: [", encoding="utf-8")
    (rules / "twice.yaml").write_text(
        LEXICON + LEXICON[LEXICON.index("  - id") :], encoding="utf-8"
    )
    code, out, _ = run("test", rules)
    assert code == 1
    assert re.findall(r"(\w+\.yaml):\d+:\d+: error\[(\w+)]", out) == [
        ("bad.yaml", "QA001"), ("twice.yaml", "QA201"),
    ]  # fmt: skip
    assert out.endswith("\n4 expectations in 4 files, 2 failed\n")


def test_a_path_that_cannot_be_opened_is_2(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    missing = rules / "missing.yaml"
    said = f"{missing}: error[QA001] cannot open: no such file or directory\n"
    said += f"      = help: check the path\n{missing}：没有这个文件或文件夹，请检查路径\n"
    assert run("test", rules, missing) == (2, "", said)
    (rules / "link.yaml").symlink_to(missing)
    code, out, err = run("test", rules)
    assert (code, out) == (2, "")
    assert "link.yaml: error[QA001] cannot open: no such file or directory" in err


def test_without_a_path_the_usage_is_shown(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("test")
    assert (code, out) == (2, "")
    assert "Missing argument 'PATHS...'" in err


# ---- explain ---------------------------------------------------------------------------


def test_explain_in_chinese(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("explain", rules / "r.yaml")
    assert (code, err) == (0, "")
    assert re.sub("#[0-9a-f]{12}", "#HASH", out) == (
        "评分表  (r@1.0.0#HASH)\n\n用语\n  [soft] 不拒绝\n"
        "      10 分：坐席的话里不得出现“生硬拒绝”。\n"
    )


def test_explain_in_english(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    _, out, _ = run("explain", rules / "r.yaml", "--lang", "en")
    assert out.endswith(
        "\n\nWording\n  [soft] No refusal\n"
        "      10 points: “生硬拒绝” must not occur by the agent.\n"
    )


SENTENCES = {
    "verify_first": "20 分，一票否决：每次出现“报出账户金额”之前，"
    "坐席的话里至少出现 1 次“核实身份”；从未出现前述情形时不适用。",
    "empathy": "20 分，每次违反扣 10 分：每次出现“客户不满”之后的 2 轮坐席发言内，"
    "坐席的话里至少出现 1 次“致歉与安抚”；从未出现前述情形时不适用。",
    "closing": "5 分：在坐席最后 2 轮内，坐席的话里至少出现 1 次“标准结束语”。",
    "flow": "5 分：以下步骤首次出现的先后必须是：“标准开场白” → “核实身份” → “标准结束语”"
    "（不足两步时不适用）。",
}


@pytest.mark.parametrize("item", SENTENCES)
def test_rules_read_as_the_language_page_says(run, item: str) -> None:  # type: ignore[no-untyped-def]
    code, out, _ = run("explain", CONTRACT / "refund_zh.rubric.yaml", "--item", item)
    assert code == 0
    assert out.endswith(f"\n      {SENTENCES[item]}\n")
    assert out.count("  [") == 1


def test_explain_an_item_that_is_not_there(run, rules: Path) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("explain", rules / "r.yaml", "--item", "sfot")
    assert (code, out) == (2, "")
    assert 'Invalid value for --item: no item "sfot"; items: soft\n' in err


@pytest.mark.parametrize(
    ("rubric", "message"),
    [
        ("nothing", "nothing: error[QA001] cannot open: no such file"),
        ("w.yaml", 'w.yaml:1:13: error[QA105] this is "lexicon/v1", not rubric/v1'),
    ],
)
def test_explain_what_is_no_rubric(run, rules: Path, rubric: str, message: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("explain", rules / rubric)
    assert (code, out) == (2, "")
    assert message in err


# ---- rubrics, and the program itself -----------------------------------------------------


def test_rubrics_lists_what_ships(run) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("rubrics")
    assert (code, err) == (0, "")
    *rubrics, lexicons = out.splitlines()
    names = sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml"))
    assert [line.split()[0] for line in rubrics] == names
    assert all(
        re.search(r"\(\d+ items, \w+@\d+\.\d+\.\d+#[0-9a-f]{12}\)$", line) for line in rubrics
    )
    shipped = (ROOT / "lexicons").rglob("*.yaml")
    listed = sorted(
        path.relative_to(ROOT / "lexicons").with_suffix("").as_posix() for path in shipped
    )
    assert lexicons == f"lexicons (for uses:): {', '.join(listed)}"


@pytest.mark.parametrize("name", sorted(path.stem for path in (ROOT / "rubrics").glob("*.yaml")))
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_shipped_rubric_can_be_read_aloud(run, name: str, language: str) -> None:  # type: ignore[no-untyped-def]
    code, out, err = run("explain", name, "--lang", language)
    assert (code, err) == (0, "")
    assert "event." not in out


def test_python_m_qa_checker_is_the_same_program(rules: Path) -> None:
    command = [sys.executable, "-m", "qa_checker", "test", str(rules)]
    done = subprocess.run(command, capture_output=True, cwd=ROOT, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        0, b"4 expectations in 2 files, 0 failed\n", b"",
    )  # fmt: skip
