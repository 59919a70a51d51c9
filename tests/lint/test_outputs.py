"""What build servers get: each output in the form that its reader demands."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest
from lxml import etree

from qa_checker.lint.cases import Case
from qa_checker.problem import Problem
from qa_checker.reports.ci import Results, counted, fingerprints, outputs

SCHEMAS = Path(__file__).parent / "schemas"
NASTY = "“不能”, 50%:\n<b>&\x1b[2J\ud800\ufffe|`*"
ERROR = Problem(
    "规则/w.yaml", 19, 14, "QA403", 'exception "可不可以" never fires', "mend it", "error", 4,
    "    unless: [可不可以, 不能]", "entries/refuse/unless",
)  # fmt: skip
WARNING = Problem("规则/w.yaml", 7, 1, "QA305", NASTY, NASTY, "warning", 1, "- 嗯", "entries/x")
INFO = replace(WARNING, severity="info", code="QA310", message="plain", line=9)
NOWHERE = Problem("none.yaml", 0, 0, "QA001", "cannot open: no such file", "check the path")
UNKNOWN = replace(ERROR, code="QA999", line=30)
PROBLEMS = (ERROR, WARNING, INFO, NOWHERE, UNKNOWN)
FILES = ("规则/w.yaml", "none.yaml", "fine.yaml")
RESULTS = Results(PROBLEMS, FILES, summary=counted(PROBLEMS, 3))
CASES = (
    Case("规则/w.yaml", "refuse/hit/1"),
    Case("规则/w.yaml", "refuse/hit/2", (replace(ERROR, code="QA701"),)),
    Case("规则/w.yaml", "\x07方言", todo=True),
)
TESTED = Results((replace(ERROR, code="QA701"), WARNING), FILES, CASES, "3 expectations")
NONE = Results((), ("fine.yaml",), summary="0 errors, 0 warnings in 1 file")


def report(form: str, results: Results = RESULTS) -> str:
    return outputs()[form].report(results)


def test_the_outputs_are_those_of_the_language_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "language.md").read_text(encoding="utf-8")
    table = page[page.index("| format | contents |") :].split("\n\n")[0]
    assert set(re.findall(r"^\| `(\w+)`", table, re.MULTILINE)) == set(outputs())


@pytest.mark.parametrize("form", outputs())
@pytest.mark.parametrize("results", [RESULTS, TESTED, NONE, Results((), ())])
def test_every_output_ends_its_last_line_and_can_be_written(form: str, results: Results) -> None:
    text = report(form, results)
    assert text == "" or text.endswith("\n")
    assert "\x1b" not in text
    if form in ("sarif", "junit", "gitlab", "json"):
        text.encode("utf-8")


# ---- for people --------------------------------------------------------------------------


def test_text_shows_the_line_a_caret_and_help() -> None:
    head = report("text", replace(RESULTS, problems=(ERROR,), summary="1 error"))
    assert head == (
        '规则/w.yaml:19:14: error[QA403] exception "可不可以" never fires\n'
        "   19 |     unless: [可不可以, 不能]\n"
        "      |              ＾＾＾＾\n"
        "      = help: mend it\n"
        "1 error\n"
    )


def test_colour_changes_nothing_but_colour() -> None:
    coloured = report("text", replace(RESULTS, colour=True))
    assert "\x1b[31m\x1b[1merror[QA403]\x1b[0m" in coloured
    assert re.sub(r"\x1b\[\d*m", "", coloured) == report("text")


def test_one_line_a_problem() -> None:
    rows = report("line").split("\n")
    assert rows[0] == '规则/w.yaml:19:14: error[QA403] exception "可不可以" never fires'
    assert len(rows) == len(PROBLEMS) + 1


def test_what_is_counted() -> None:
    assert counted(PROBLEMS, 3) == "3 errors, 1 warning, 1 remark in 3 files"
    assert counted([], 1) == "0 errors, 0 warnings in 1 file"


def test_markdown_cannot_be_broken_out_of() -> None:
    text = report("md")
    rows = [row for row in text.split("\n") if row.startswith("| ")][1:]
    assert len(rows) == len(PROBLEMS)
    assert all(len(re.findall(r"(?<!\\)\|", row)) == 5 for row in rows)
    assert "<b>" not in text
    assert rows[0].startswith("| 规则/w.yaml:19:14 | error QA403 | exception")


def test_markdown_stays_below_what_github_takes() -> None:
    many = tuple(replace(WARNING, line=n, message="很长" * 200) for n in range(1, 2000))
    text = report("md", replace(RESULTS, problems=many))
    assert 800_000 < len(text.encode("utf-8", "replace")) < 1_000_000
    rows = text.count("\n| 规则")
    assert text.endswith(f"\n… and {1999 - rows} more\n")


# ---- GitHub ------------------------------------------------------------------------------


def test_annotations_are_escaped() -> None:
    rows = report("github").split("\n")
    assert rows[0] == (
        "::error file=规则/w.yaml,title=QA403,line=19,col=14,endColumn=18::"
        'exception "可不可以" never fires%0Amend it'
    )
    nowhere = "::error file=none.yaml,title=QA001::cannot open: no such file%0Acheck the path"
    assert rows[1] == nowhere
    warning = next(row for row in rows if row.startswith("::warning "))
    assert "50%25:%0A<b>&" in warning
    odd = replace(RESULTS, problems=(replace(ERROR, path="a,b:c.yaml"),))
    assert report("github", odd).startswith("::error file=a%2Cb%3Ac.yaml,")


def test_github_shows_ten_of_each_and_says_how_many_are_left() -> None:
    errors = [replace(ERROR, line=n) for n in range(1, 33)]
    warnings = [replace(WARNING, line=n) for n in range(1, 11)]
    text = report("github", replace(RESULTS, problems=(*warnings, *errors), summary="done"))
    rows = text.split("\n")
    assert [row.split(" ")[0] for row in rows] == ["::error"] * 10 + ["::warning"] * 10 + [
        "done",
        "",
    ]
    assert rows[9].endswith("%0A… and 22 more, see summary")
    assert text.count("see summary") == 1


# ---- SARIF -------------------------------------------------------------------------------


@pytest.mark.parametrize("results", [RESULTS, TESTED, NONE])
def test_sarif_keeps_to_its_schema(results: Results) -> None:
    schema = json.loads((SCHEMAS / "sarif-2.1.0-rtm.5.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft4Validator(schema)
    log = json.loads(report("sarif", results))
    assert [error.message for error in validator.iter_errors(log)] == []
    log["runs"][0]["columnKind"] = "bytes"
    assert list(validator.iter_errors(log)) != []


def test_what_sarif_says() -> None:
    (run,) = json.loads(report("sarif"))["runs"]
    rules, results = run["tool"]["driver"]["rules"], run["results"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert [rules[r["ruleIndex"]]["id"] for r in results] == [p.code for p in PROBLEMS]
    assert [r["level"] for r in results] == ["error", "warning", "note", "error", "error"]
    known = next(rule for rule in rules if rule["id"] == "QA403")
    assert known["defaultConfiguration"] == {"level": "error"}
    assert "Wrong:" in known["help"]["text"]
    place = results[0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%E8%A7%84%E5%88%99/w.yaml"
    assert place["region"] == {"startLine": 19, "startColumn": 14, "endColumn": 18}
    assert "region" not in results[3]["locations"][0]["physicalLocation"]


def test_fingerprints_outlive_moved_lines_and_differ_otherwise() -> None:
    moved = [replace(problem, line=problem.line + 5) for problem in PROBLEMS]
    assert fingerprints(moved) == fingerprints(PROBLEMS)
    assert len(set(fingerprints([ERROR, ERROR, replace(ERROR, where="entries/b/unless")]))) == 3


# ---- JUnit -------------------------------------------------------------------------------


@pytest.mark.parametrize("results", [RESULTS, TESTED, NONE, Results((), ())])
def test_junit_keeps_to_its_schema(results: Results) -> None:
    schema = etree.XMLSchema(etree.parse(str(SCHEMAS / "junit-10.xsd")))
    root = etree.fromstring(report("junit", results).encode())
    assert schema.validate(root), schema.error_log
    root.append(etree.SubElement(root, "nonsense"))
    assert not schema.validate(root)


def test_a_suite_for_each_file_and_a_case_for_each_example() -> None:
    root = etree.fromstring(report("junit", TESTED).encode())
    assert [suite.get("name") for suite in root] == list(FILES)
    first = root[0]
    assert {k: first.get(k) for k in ("tests", "failures", "errors", "skipped")} == {
        "tests": "4", "failures": "1", "errors": "0", "skipped": "1",
    }  # fmt: skip
    passed, failed, skipped, told = first
    assert (passed.get("name"), len(passed)) == ("refuse/hit/1", 0)
    assert failed[0].tag == "failure"
    assert failed[0].get("message") == 'exception "可不可以" never fires'
    assert "＾＾＾＾" in failed[0].text
    assert (skipped.get("name"), skipped[0].tag) == ("\ufffd方言", "skipped")
    assert (told.get("name"), told[0].tag) == ("QA305 7:1", "system-out")
    assert [case.get("name") for case in root[2]] == ["no problems"]


# ---- JSON --------------------------------------------------------------------------------


def test_json_lines() -> None:
    objects = [json.loads(line) for line in report("json", TESTED).splitlines()]
    assert [each["type"] for each in objects] == [
        "problem", "problem", "case", "case", "case", "summary",
    ]  # fmt: skip
    assert all(each["version"] == 1 for each in objects)
    first = objects[0]
    assert len(first.pop("fingerprint")) == 64
    assert first == {
        "version": 1, "type": "problem", "path": "规则/w.yaml", "line": 19, "column": 14,
        "end_column": 18, "severity": "error", "code": "QA701",
        "message": 'exception "可不可以" never fires', "help": "mend it",
        "where": "entries/refuse/unless", "text": "    unless: [可不可以, 不能]",
    }  # fmt: skip
    outcomes = [each["outcome"] for each in objects if each["type"] == "case"]
    assert outcomes == ["passed", "failed", "skipped"]
    assert objects[-1] == {
        "version": 1, "type": "summary", "files": 3, "cases": 3,
        "errors": 1, "warnings": 1, "infos": 0,
    }  # fmt: skip


def test_gitlab_code_quality() -> None:
    issues = json.loads(report("gitlab"))
    assert [issue["severity"] for issue in issues] == ["major", "minor", "info", "major", "major"]
    assert [issue["location"]["lines"]["begin"] for issue in issues] == [19, 7, 9, 1, 30]
    assert len({issue["fingerprint"] for issue in issues}) == len(issues)
    assert issues[0]["check_name"] == "QA403"
    assert issues[0]["location"]["path"] == "规则/w.yaml"
