"""init: a repository that passes its own checks; hooks, action and templates that run."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
import yaml
from click.testing import CliRunner

from qa_checker.cli import group
from qa_checker.exchange.template import repository
from qa_checker.problem import BadInput, Problem
from qa_checker.reports.ci import Results
from qa_checker.reports.ci.line import report

ROOT = Path(__file__).parents[2]
EDITORS = (ROOT / "docs" / "editors.md").read_text(encoding="utf-8")
SHIPPED = {
    name: (ROOT / name).read_text(encoding="utf-8")
    for name in (".pre-commit-hooks.yaml", "action.yml", "templates/qa-checker.gitlab-ci.yml")
}
TEMPLATE = {name: content.decode() for name, content in repository("en").items()}
BUILDS = {
    **SHIPPED,
    **{name: TEMPLATE[name] for name in
       (".github/workflows/rules.yaml", ".gitlab-ci.yml", ".pre-commit-config.yaml")},
}  # fmt: skip


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(group, [*map(str, arguments)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_new_repository_passes_its_own_checks(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "rules of mine"
    assert run("init", folder, "--lang", language)[0] == 0
    rules = folder / "rules"
    assert run("fmt", "--check", rules) == (0, "")
    assert run("lint", "--strict", "--no-cache", rules)[0] == 0
    code, said = run("test", "--mutate", "--no-cache", rules)
    assert (code, "QA710" in said, "25 expectations in 2 files, 0 failed" in said) == (
        0, False, True,
    ), said  # fmt: skip
    assert run("ci", rules, "--strict", "--no-cache", "--base", folder,
               "--corpus", folder / "corpus")[0] == 0  # fmt: skip
    rubric = rules / "service.rubric.yaml"
    code, said = run("audit", folder / "corpus", "-r", rubric, "-o", tmp_path / "out")
    assert (code, "2 calls judged" in said) == (0, True), said


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", encoding="utf-8")
    with pytest.raises(BadInput, match=r"README\.md: is there already"):
        run("init", tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["README.md"]
    assert (tmp_path / "README.md").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_rule_files_name_a_schema_that_is_there(language: str) -> None:
    made = repository(language)
    for name in ("lexicon", "rubric"):
        path = f"rules/service.{name}.yaml"
        first = made[path].decode().split("\n")[0]
        assert first == f"# yaml-language-server: $schema=../schema/{name}-v1.json"
        assert json.loads(made[f"schema/{name}-v1.json"])["title"] == f"qa_checker {name}"


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_readmes_name_what_is_there(name: str) -> None:
    text = TEMPLATE[name]
    for path in re.findall(r"`([\w./-]+/)`", text):
        assert any(each.startswith(path) for each in TEMPLATE), path
    for path in re.findall(r"(?:-r|to-xlsx|--into) (\S+\.yaml)", text):
        assert path in TEMPLATE
    check_commands(text)


@pytest.mark.parametrize("name", BUILDS)
def test_builds_are_yaml_and_run_commands_that_exist(name: str) -> None:
    assert isinstance(next(yaml.safe_load_all(BUILDS[name])), dict | list)
    assert check_commands("\n".join(texts(yaml.safe_load(BUILDS[name])))) > 0


def test_the_task_of_vs_code_runs_a_command_that_exists() -> None:
    for task in json.loads(TEMPLATE[".vscode/tasks.json"])["tasks"]:
        assert check_commands(shlex.join([task["command"], *task["args"]])) == 1


def texts(data: Any) -> Iterator[str]:
    """Yield every text in some data."""
    if isinstance(data, dict | list):
        for part in data.values() if isinstance(data, dict) else data:
            yield from texts(part)
    elif isinstance(data, str):
        yield data


def check_commands(text: str) -> int:
    """Check that each `qa-checker COMMAND --option` exists; return how many there are."""
    context, count = click.Context(group), 0
    for line in text.split("\n"):
        for name, rest in re.findall(r"qa-checker ([a-z][a-z-]+)([^`>]*)", line):
            if re.search(r"(name|label): qa-checker", line):
                continue
            command = group.get_command(context, name)
            assert command is not None, f"no command {name}: {line}"
            known = {each for option in command.params for each in option.opts}
            assert set(re.findall(r"(?<=\s)(--?[a-z][a-z-]*)", rest)) <= known, line
            count += 1
    return count


@pytest.mark.parametrize("name", ["action.yml", "templates/qa-checker.gitlab-ci.yml"])
def test_options_that_a_build_adds_exist(name: str) -> None:
    command = group.get_command(click.Context(group), "ci")
    assert command is not None
    known = {each for option in command.params for each in option.opts}
    added = set(re.findall(r'"\$@" (--[a-z-]+)', BUILDS[name]))
    assert {"--base", "--corpus"} <= added <= known


def test_hooks_of_the_repository() -> None:
    hooks = yaml.safe_load(SHIPPED[".pre-commit-hooks.yaml"])
    assert [hook["id"] for hook in hooks] == [
        "qa-checker-fmt", "qa-checker-lint", "qa-checker-test",
    ]  # fmt: skip
    for hook in hooks:
        assert re.search(hook["files"], "rules/service.lexicon.yaml")
        assert hook["id"] in EDITORS


PROBLEMS = [
    Problem(path, 12, 5, "QA101", 'unknown key "b": a', severity=severity)
    for severity in ("error", "warning", "info")
    for path in ("rules/a b.yaml", "规则/词.yaml", r"C:\rules\w.yaml")
]
LINES = list(zip(report(Results(tuple(PROBLEMS), ())).splitlines(), PROBLEMS, strict=True))


def block(language: str) -> str:
    """Return the code of a language in docs/editors.md."""
    found = re.search(rf"^```{language}\n(.*?)^```$", EDITORS, re.MULTILINE | re.DOTALL)
    assert found is not None
    return found[1]


def matcher(tasks: str) -> dict[str, Any]:
    """Return the problem matcher of a tasks.json."""
    pattern = json.loads(tasks)["tasks"][0]["problemMatcher"]["pattern"]
    assert isinstance(pattern, dict)
    return pattern


def test_vs_code_reads_the_lines_of_lint() -> None:
    pattern = matcher(TEMPLATE[".vscode/tasks.json"])
    assert matcher(block("json")) == pattern
    for line, problem in LINES:
        found = re.match(pattern["regexp"], line)
        assert found is not None
        read = {name: found[number] for name, number in pattern.items() if name != "regexp"}
        assert read == {
            "file": problem.path, "line": "12", "column": "5", "code": "QA101",
            "severity": problem.severity, "message": problem.message,
        }  # fmt: skip
    assert re.match(pattern["regexp"], "3 errors, 2 warnings in 5 files") is None


VIM = {"%f": r"(?P<file>.+?)", "%l": r"(?P<line>\d+)", "%c": r"(?P<column>\d+)",
       "%t": "(?P<type>.)", "%m": "(?P<message>.+)"}  # fmt: skip


def test_vim_reads_the_lines_of_lint() -> None:
    setting = re.search(r"errorformat=(.*)", block("vim"))
    assert setting is not None
    formats = [
        "".join(VIM.get(part, re.escape(part)) for part in re.split("(%.)", one))
        for one in setting[1].replace("\\ ", " ").split(",")
    ]
    for line, problem in LINES:
        (found,) = [match for each in formats if (match := re.fullmatch(each, line))]
        assert found.groupdict() == {
            "file": problem.path, "line": "12", "column": "5", "type": problem.severity[0],
            "message": f"[QA101] {problem.message}",
        }  # fmt: skip


def test_emacs_reads_the_lines_of_lint() -> None:
    quoted = re.search(r'"(\^.*)"$', block("elisp"), re.MULTILINE)
    assert quoted is not None
    lisp = quoted[1].replace("\\\\", "\\")
    pattern = re.sub(r"\\([(|)])", r"\1", lisp)  # in Emacs \\( groups, as ( does elsewhere
    for line, problem in LINES:
        found = re.match(pattern, line)
        assert found is not None
        assert found.groups()[:3] == (problem.path, "12", "5")
        assert (bool(found[4]), bool(found[5])) == (
            problem.severity == "warning", problem.severity == "info",
        )  # fmt: skip


def test_lint_prints_such_lines(tmp_path: Path) -> None:
    path = tmp_path / "w.lexicon.yaml"
    path.write_text("qa_checker: lexicon/v1\nid: w\nnothing: 1\n", encoding="utf-8")
    _, said = run("lint", path, "--format", "line", "--no-cache")
    pattern = matcher(TEMPLATE[".vscode/tasks.json"])["regexp"]
    assert said.splitlines()
    assert all(re.match(pattern, line) for line in said.splitlines()), said
