"""What `--help` says of each command without importing it, and the list of what ships."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from qa_checker.cli import group, main, modules, rubrics, said_of
from qa_checker.judging import compiled
from qa_checker.judging.compiled import load_names, load_rubric
from qa_checker.resources import shipped


@pytest.mark.parametrize(("name", "module"), modules().items())
def test_a_command_says_in_the_list_what_it_says_itself(name: str, module: str) -> None:
    command = group.get_command(click.Context(group), name)
    assert command is not None
    listed = click.Command(name, help=said_of(module))
    assert listed.get_short_help_str(200) == command.get_short_help_str(200) != ""
    assert not any([command.hidden, command.deprecated]), "the list would have to know that"


def test_the_help_lists_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        main(["--help"])
    assert end.value.code == 0
    listed = capsys.readouterr().out.partition("Commands:")[2]
    assert re.findall(r"^  ([a-z-]+)  ", listed, re.MULTILINE) == sorted(modules())


def test_names_are_those_of_compiled_rubrics() -> None:
    names = ["support_en", "facts_zh"]
    for name, (rubric, rule) in zip(names, load_names(names), strict=True):
        known = load_rubric(name)
        assert (rubric, rule) == (known.rubric, known.rule)


def test_what_ships_is_listed_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path))
    few = {"rubrics": {"facts_zh": shipped("rubrics")["facts_zh"]}, "lexicons": {}}
    monkeypatch.setattr(rubrics, "shipped", few.__getitem__)
    said = []
    for _ in range(2):
        with pytest.raises(SystemExit):
            main(["rubrics"])
        said.append(capsys.readouterr().out)
        monkeypatch.setattr(compiled, "load_names", None)
    assert said[0] == said[1]
    assert re.match(r"facts_zh  .+  \(\d+ items, .+\)\nlexicons", said[0])
