"""GitLab's Code Quality report: shown in the merge request, compared by fingerprint."""

from __future__ import annotations

import json

from qa_checker.reports.ci import Results, as_posix, fingerprints

SEVERITIES = {"error": "major", "warning": "minor", "info": "info"}


def report(results: Results) -> str:
    """Return the report as one JSON array."""
    prints = fingerprints(results.problems)
    issues = [
        {
            "description": f"{problem.code}: {problem.message}",
            "check_name": problem.code,
            "fingerprint": mark,
            "severity": SEVERITIES[problem.severity],
            "location": {
                "path": as_posix(problem.path),
                "lines": {"begin": max(1, problem.line)},
            },
        }
        for problem, mark in zip(results.problems, prints, strict=True)
    ]
    return json.dumps(issues, indent=2) + "\n"
