"""JUnit XML: a suite for each file, a case for each example; GitLab and Jenkins show it.

Lint has no cases: there each problem is one, and a file without problems has a case that
passes. Only errors fail; known gaps (todo) are skipped.
"""

from __future__ import annotations

from collections.abc import Iterable
from xml.etree import ElementTree

from qa_checker import lazy_re
from qa_checker.problem import UNSAFE, Problem
from qa_checker.reports.ci import Results, as_posix

NOT_XML = lazy_re.compile("[\ud800-\udfff\ufffe\uffff]")
Outcome = tuple[str, tuple[Problem, ...], bool]
"""The name of a case, what failed in it, and whether it is skipped."""


def report(results: Results) -> str:
    """Return the suites of all files."""
    root = ElementTree.Element("testsuites", name="qa-checker")
    for path in results.files:
        root.append(suite(path, outcomes(results, path)))
    ElementTree.indent(root)
    written = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def outcomes(results: Results, path: str) -> list[Outcome]:
    """Return the cases of one file; what stands in no case is one of its own."""
    cases = [case for case in results.cases if case.path == path]
    told = {problem for case in cases for problem in case.problems}
    found: list[Outcome] = [(case.name, case.problems, case.todo) for case in cases]
    for problem in results.problems:
        if problem.path == path and problem not in told:
            name = f"{problem.code} {problem.line}:{problem.column}"
            found.append((name, (problem,), False))
    return found or [("no problems", (), False)]


def suite(path: str, found: Iterable[Outcome]) -> ElementTree.Element:
    """Return one suite."""
    name = clean(as_posix(path))
    made = ElementTree.Element("testsuite", name=name)
    number = failed = skipped = 0
    for case, problems, todo in found:
        wrong = [problem for problem in problems if problem.severity == "error"]
        element = ElementTree.SubElement(made, "testcase", name=clean(case), classname=name)
        if todo:
            ElementTree.SubElement(element, "skipped", message="todo: a known gap")
        elif wrong:
            first = wrong[0]
            failure = ElementTree.SubElement(
                element, "failure", type=first.code, message=clean(first.message)
            )
            failure.text = clean("\n".join(map(str, wrong)))
        elif problems:
            said = ElementTree.SubElement(element, "system-out")
            said.text = clean("\n".join(map(str, problems)))
        number, skipped = number + 1, skipped + todo
        failed += bool(wrong) and not todo
    for key, value in (("tests", number), ("failures", failed), ("errors", 0)):
        made.set(key, str(value))
    made.set("skipped", str(skipped))
    return made


def clean(text: str) -> str:
    """Return a text that XML may hold."""
    return NOT_XML.sub("\ufffd", UNSAFE.sub("\ufffd", text))
