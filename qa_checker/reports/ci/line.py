"""One line a problem, for editors, problem matchers and grep."""

from __future__ import annotations

from qa_checker.problem import UNSAFE
from qa_checker.reports.ci import Results


def report(results: Results) -> str:
    """Return path:line:column: severity[CODE] message."""
    return "".join(
        UNSAFE.sub(
            "\ufffd",
            f"{p.path}:{p.line}:{p.column}: {p.severity}[{p.code}] " + p.message.replace("\n", " "),
        )
        + "\n"
        for p in results.problems
    )
