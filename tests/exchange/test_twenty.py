"""A repository made by init, broken in twenty ways: refused in each, by code and place."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from qa_checker.cli import main

LEXICON, RUBRIC = "rules/service.lexicon.yaml", "rules/service.rubric.yaml"

BREAKS = [
    (LEXICON, "phrases: [不能, 办不了]", "phrases: [不能, 办不了", "QA001"),
    (LEXICON, "source: 服务规范\n", "source：服务规范\n", "QA002"),
    (LEXICON, "phrases: [不能, 办不了]", "phrases: [不能，办不了]", "QA003"),
    (LEXICON, "    polarity: avoid\n", "    polarity: avoid\n    polarity: avoid\n", "QA004"),
    (LEXICON, "phrases: [不能, 办不了]", "phrases: &a [不能, 办不了]", "QA005"),
    (LEXICON, "version: 1.0.0", "version: 1.0", "QA006"),
    (LEXICON, "    instead: [", "    insted: [", "QA101"),
    (LEXICON, "polarity: avoid", "polarity: avod", "QA103"),
    (LEXICON, "- id: anger", "- id: refuse", "QA201"),
    (LEXICON, "- 抱歉\n", "- 抱歉?\n", "QA301"),
    (LEXICON, "- 让您久等了\n", "- <您们>久等了\n", "QA303"),
    (LEXICON, "unless: [能不能]", "unless: [可不可以]", "QA403"),
    (LEXICON, "hit: [您好，这里是客服中心, ", "hit: [喂，哪位, ", "QA704"),
    (RUBRIC, "find: service.greeting", "find: service.greting", "QA202"),
    (RUBRIC, "points: 40", "points: 30", "QA501"),
    (RUBRIC, "合格: {from: 70,", "合格: {from: 95,", "QA502"),
    (RUBRIC, "deduct: 20", "deduct: 50", "QA505"),
    (RUBRIC, "first: 1 turn", "first: 0 turns", "QA601"),
    (RUBRIC, "within: 2 turns", "within: 1 turn", "QA701"),
    (RUBRIC, "      客户: 我想改一下地址。", "      经理: 我想改一下地址。", "QA706"),
]
"""File, what stands there, what it becomes, and the code that refuses it."""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh repository with one commit, in which commands are run."""
    folder = tmp_path / "rules"
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path / "cache"))
    assert run("init", str(folder), "--lang", "zh") == 0
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], ["commit", "-qm", "rules"]):
        subprocess.run(["git", *who, *command], cwd=folder, check=True)
    monkeypatch.chdir(folder)
    return folder


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as end:
        main(list(arguments))
    assert isinstance(end.value.code, int)
    return end.value.code


def checked() -> int:
    return run("ci", "rules", "--base", "HEAD", "--corpus", "corpus", "--format", "line")


def test_as_it_is_made_it_passes(repository: Path) -> None:
    assert checked() == 0


ELSEWHERE = {
    "QA501": "total: 100",
    "QA701": "    expect: {greeting: pass, soothe: pass, no_refusal: pass}",
}
"""Codes that point at another line than the one that was changed."""


def test_there_are_twenty_ways() -> None:
    assert len({code for _, _, _, code in BREAKS}) == len(BREAKS) == 20


@pytest.mark.parametrize(("file", "old", "new", "code"), BREAKS, ids=[b[-1] for b in BREAKS])
def test_a_break_is_refused_in_its_place(
    repository: Path,
    capsys: pytest.CaptureFixture[str],
    file: str,
    old: str,
    new: str,
    code: str,
) -> None:
    text = (repository / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    broken = text.replace(old, new)
    (repository / file).write_text(broken, encoding="utf-8")
    capsys.readouterr()
    assert checked() == 1
    found = [line for line in capsys.readouterr().out.split("\n") if f"error[{code}]" in line]
    place = broken.index(ELSEWHERE[code]) if code in ELSEWHERE else text.index(old)
    first = broken.count("\n", 0, place) + 1
    lines = {str(first + more) for more in range(new.count("\n") + 2)}
    path, row, _ = found[0].split(":", 2)
    assert path == file
    assert row in lines
