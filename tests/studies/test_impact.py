"""diff: a planted change names exactly the calls that flip, and the version rule is enforced."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from qa_checker.cli import group
from qa_checker.judging.compiled import load_with_places as load_rubric
from qa_checker.problem import BadInput
from qa_checker.readers import read
from qa_checker.studies.impact import impact
from qa_checker.studies.impact_text import CALLS, markdown, text
from qa_checker.studies.revisions import rules_at

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
  - id: refuse
    polarity: avoid
    role: agent
    phrases: [不能退]
    unless: [也不是不能退]
    instead: 我可以……
    examples: {hit: [不能退], miss: [也不是不能退]}
"""
RUBRIC = """\
qa_checker: rubric/v1
id: r
version: 1.0.0
languages: [zh]
uses: [w.yaml]
total: 30
bands: {好: 60, 差: 0}
sections:
  - id: all
    items:
      - id: calm
        points: 20
        check: {find: w.sorry, after: {each: w.angry, within: 2 turns}}
      - id: no_refusal
        points: 10
        auto_fail: true
        check: {find: w.refuse, max: 0}
"""
CALM = "客户：气死我了\n坐席：您好\n客户：说话\n坐席：抱歉\n客户：嗯\n"
SOON = "客户：气死我了\n坐席：抱歉\n客户：好吧\n坐席：再见\n客户：嗯\n"
NEVER = "客户：气死我了\n坐席：哦\n客户：喂\n坐席：再见\n客户：嗯\n"


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path, Path]:
    for name in ("base", "head"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "w.yaml").write_text(LEXICON, encoding="utf-8")
        (tmp_path / name / "r.yaml").write_text(RUBRIC, encoding="utf-8")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name, said in (("late", CALM), ("soon", SOON), ("never", NEVER)):
        (corpus / f"{name}.txt").write_text(said, encoding="utf-8")
    return tmp_path / "base", tmp_path / "head", corpus


def rewrite(path: Path, old: str, new: str) -> None:
    written = path.read_text(encoding="utf-8")
    assert old in written
    path.write_text(written.replace(old, new), encoding="utf-8")


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["diff", *map(str, arguments)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


def test_a_planted_threshold_names_exactly_the_calls_that_flip(
    versions: tuple[Path, Path, Path],
) -> None:
    base, head, corpus = versions
    rewrite(head / "r.yaml", "within: 2 turns", "within: 1 turn")
    found = impact(load_rubric(base / "r.yaml"), load_rubric(head / "r.yaml"), read(corpus))
    assert found.flips == {("calm", "pass", "fail"): ["late"]}
    assert [(c.call_id, c.score, c.band) for c in found.changes] == [
        ("late", ("100.0", "33.3"), ("好", "差"))
    ]
    assert (found.calls, round(found.share, 3)) == (3, 0.333)
    assert "calm: pass→fail x1\n      late" in text(found)
    assert "好 → 差: 1" in text(found)
    assert "      late: 100.0 → 33.3 (好 → 差)" in text(found)
    assert "| `calm` | pass → fail × 1 | late |" in markdown(found)
    assert "| late | 100.0 → 33.3 (好 → 差) |" in markdown(found)


def test_of_many_changed_calls_the_first_are_named(versions: tuple[Path, Path, Path]) -> None:
    base, head, _ = versions
    call = next(read(versions[2] / "late.txt"))
    calls = [replace(call, call_id=f"c{number}") for number in range(CALLS + 3)]
    rewrite(head / "r.yaml", "within: 2 turns", "within: 1 turn")
    found = impact(load_rubric(base / "r.yaml"), load_rubric(head / "r.yaml"), calls)
    said = text(found)
    assert "c19: 100.0 → 33.3" in said
    assert "c20: " not in said
    assert "… and 3 more" in said
    assert "| … and 3 more |  |" in markdown(found)


@pytest.mark.parametrize("form", ["text", "md"])
def test_a_share_above_the_limit_is_told(versions: tuple[Path, Path, Path], form: str) -> None:
    base, head, corpus = versions
    rewrite(head / "r.yaml", "within: 2 turns", "within: 1 turn")
    rewrite(head / "r.yaml", "version: 1.0.0", "version: 2.0.0")
    line = (base, head, "--corpus", corpus, "--format", form, "--max-changed")
    code, said = run(*line, "2%")
    assert (code, "33.33 % of the calls change, more than 2 %" in said) == (1, True)
    code, said = run(*line, "50%")
    assert (code, "more than" in said) == (0, False)


def test_no_call_proves_nothing(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    base, head, _ = versions
    (tmp_path / "none").mkdir()
    code, said = run(base, head, "--corpus", tmp_path / "none")
    assert (code, "no call was judged" in said) == (1, True)


def test_new_and_lost_hits_are_quoted(versions: tuple[Path, Path, Path]) -> None:
    base, head, corpus = versions
    rewrite(head / "w.yaml", "phrases: [抱歉]", "phrases: [再见]")
    found = impact(load_rubric(base / "r.yaml"), load_rubric(head / "r.yaml"), read(corpus))
    entry = found.entries["w.sorry"]
    assert (entry.new, entry.lost, entry.calls) == (2, 2, [2, 2])
    assert "+ never, turn 4: “再见”" in text(found)
    assert "- late, turn 4: “抱歉”" in text(found)


def test_red_lines_are_listed_in_full(versions: tuple[Path, Path, Path]) -> None:
    base, head, corpus = versions
    rewrite(head / "w.yaml", "phrases: [不能退]", "phrases: [不能退, 再见]")
    found = impact(load_rubric(base / "r.yaml"), load_rubric(head / "r.yaml"), read(corpus))
    assert "auto-fail: never: none → no_refusal" in text(found)
    assert "auto-fail: soon: none → no_refusal" in text(found)


@pytest.mark.parametrize(
    ("file", "old", "new", "version", "code"),
    [
        ("r.yaml", "within: 2 turns", "within: 1 turn", "1.0.0", 1),
        ("r.yaml", "within: 2 turns", "within: 1 turn", "1.1.0", 1),
        ("r.yaml", "within: 2 turns", "within: 1 turn", "2.0.0", 0),
        ("r.yaml", "within: 2 turns", "within: 5 turns", "1.0.1", 1),
        ("r.yaml", "within: 2 turns", "within: 5 turns", "1.1.0", 0),
        ("r.yaml", "points: 20", "points: 20\n        title: 安抚", "1.0.0", 0),
        ("w.yaml", "[抱歉]", "[抱歉, 对不起]", "1.0.0", 1),
        ("w.yaml", "[抱歉]", "[抱歉, 对不起]", "1.1.0", 0),
        ("w.yaml", "hit: [非常抱歉]", "hit: [很抱歉]", "1.0.0", 0),
    ],
)
def test_the_version_rule(
    versions: tuple[Path, Path, Path], file: str, old: str, new: str, version: str, code: int
) -> None:
    base, head, corpus = versions
    rewrite(head / file, old, new)
    rewrite(head / file, "version: 1.0.0", f"version: {version}")
    if file == "w.yaml":
        rewrite(head / "r.yaml", "version: 1.0.0", "version: 1.1.0")
    exit_code, said = run(base, head, "--corpus", corpus)
    assert (exit_code, f"{file}:3:10: error[QA901]" in said) == (code, bool(code)), said


def test_a_removed_item_is_told_unless_it_was_renamed(versions: tuple[Path, Path, Path]) -> None:
    base, head, corpus = versions
    rewrite(head / "r.yaml", "id: no_refusal", "id: no_blunt_refusal")
    assert 'error[QA902] item "no_refusal"' in run(base, head, "--corpus", corpus)[1]
    rewrite(
        head / "r.yaml", "id: no_blunt_refusal", "id: no_blunt_refusal\n        was: [no_refusal]"
    )
    assert "QA902" not in run(base, head, "--corpus", corpus)[1]


def test_too_many_changed_calls_fail(versions: tuple[Path, Path, Path]) -> None:
    base, head, corpus = versions
    rewrite(head / "r.yaml", "within: 2 turns", "within: 1 turn")
    rewrite(head / "r.yaml", "version: 1.0.0", "version: 2.0.0")
    assert run(base, head, "--corpus", corpus, "--max-changed", "40%")[0] == 0
    assert run(base, head, "--corpus", corpus, "--max-changed", "30%")[0] == 1


def corpus_of(folder: Path, number: int, said: str) -> Path:
    folder.mkdir()
    for n in range(number):
        (folder / f"{n:02}.txt").write_text(said, encoding="utf-8")
    return folder


def test_what_only_many_calls_show(versions: tuple[Path, Path, Path], tmp_path: Path) -> None:
    base, head, _ = versions
    said = SOON.replace("再见", "能不能退？不能退货")
    corpus = corpus_of(tmp_path / "many", 30, said)
    rewrite(head / "w.yaml", "unless: [也不是不能退]", "unless: [也不是不能退, 能不能退]")
    _, printed = run(base, head, "--corpus", corpus)
    assert 'warning[QA903] item "calm" passes 30 of 30 calls' in printed
    assert "info[QA906] exception “也不是不能退” suppressed no hit in 30 calls" in printed
    assert "exception “能不能退” suppressed" not in printed


def test_an_entry_that_hits_much_more_is_told(
    versions: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    base, head, _ = versions
    corpus = corpus_of(tmp_path / "many", 29, NEVER)
    (corpus / "x.txt").write_text(SOON, encoding="utf-8")
    rewrite(head / "w.yaml", "phrases: [抱歉]", "phrases: [抱歉, 哦]")
    _, printed = run(base, head, "--corpus", corpus)
    assert 'error[QA904] entry "w.sorry" now hits 30 of 30 calls (was 1)' in printed


def test_a_phrase_inside_a_longer_word_is_told(
    versions: tuple[Path, Path, Path], tmp_path: Path
) -> None:
    base, head, _ = versions
    corpus = corpus_of(tmp_path / "many", 5, NEVER.replace("再见", "这是保证书"))
    rewrite(head / "w.yaml", "phrases: [不能退]", "phrases: [不能退, 保证]")
    _, printed = run(base, head, "--corpus", corpus)
    assert "info[QA905] 5 of 5 hits of “保证” lie inside the longer word “保证书”" in printed


def test_revisions_of_a_repository(
    versions: tuple[Path, Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    base, _, corpus = versions

    def git(*arguments: str) -> None:
        who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
        subprocess.run(["git", *who, *arguments], cwd=base, check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "rules")
    rewrite(base / "r.yaml", "within: 2 turns", "within: 1 turn")
    monkeypatch.chdir(base)
    exit_code, said = run("HEAD", ".", "--corpus", corpus)
    assert exit_code == 1
    assert "r.yaml:3:10: error[QA901] scores may change since HEAD" in said
    assert "calm: pass→fail x1" in said
    with pytest.raises(BadInput, match="nowhere: no such folder or revision"):
        run("nowhere", ".", "--corpus", corpus)
    with pytest.raises(BadInput, match="not in HEAD"), rules_at("HEAD", Path("absent")):
        pass
