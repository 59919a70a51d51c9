"""SARIF 2.1.0, for code scanning: columns count characters, fingerprints outlive moved lines."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

from qa_checker import __version__
from qa_checker.lint.manual import pages
from qa_checker.problem import Problem
from qa_checker.reports.ci import Results, as_posix, fingerprints

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {"error": "error", "warning": "warning", "info": "note"}
PATH = "qaCheckerWay/v1"


def report(results: Results) -> str:
    """Return one run with its rules and results."""
    named = sorted({problem.code for problem in results.problems})
    prints = fingerprints(results.problems)
    run = {
        "tool": {
            "driver": {
                "name": "qa-checker",
                "version": __version__,
                "rules": [rule(code) for code in named],
            }
        },
        "columnKind": "unicodeCodePoints",
        "results": [
            result(problem, named.index(problem.code), mark)
            for problem, mark in zip(results.problems, prints, strict=True)
        ],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=2) + "\n"


def rule(code: str) -> dict[str, Any]:
    """Return what is said of a code: its page."""
    page = pages().get(code)
    if page is None:
        return {"id": code}
    return {
        "id": code,
        "shortDescription": {"text": page.title["en"]},
        "fullDescription": {"text": page.text["en"]},
        "help": {"text": page.shown("en")},
        "defaultConfiguration": {"level": LEVELS[page.severity]},
    }


def result(problem: Problem, index: int, mark: str) -> dict[str, Any]:
    """Return one problem with its place."""
    said = "\n".join(part for part in (problem.message, problem.help) if part)
    place: dict[str, Any] = {
        "artifactLocation": {"uri": quote(as_posix(problem.path), errors="replace")}
    }
    if problem.line:
        place["region"] = {
            "startLine": problem.line,
            "startColumn": max(1, problem.column),
            "endColumn": max(1, problem.column) + problem.length,
        }
    return {
        "ruleId": problem.code,
        "ruleIndex": index,
        "level": LEVELS[problem.severity],
        "message": {"text": said},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {PATH: mark},
    }
