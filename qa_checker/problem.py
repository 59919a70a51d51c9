"""What is wrong with a file, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at `path:line:column` (from 1, in characters; 0 if not in a line).

    `text` is the line it stands in, `length` how many characters to underline,
    `code` the lint code ("QA403") and `help` what to do.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    help: str = ""
    severity: str = "error"
    length: int = 1
    text: str = ""

    def __str__(self) -> str:
        """Return the message with its line and a caret that lines up under Han."""
        head = f"{self.path}:{self.line}:{self.column}: {self.severity}[{self.code}] {self.message}"
        rows = [head]
        if self.text:
            margin = f"{self.line:>5} | "
            rows += [margin + self.text, " " * (len(margin) - 2) + "| " + self.underline()]
        if self.help:
            rows.append(f"      = help: {self.help}")
        return "\n".join(rows)

    def underline(self) -> str:
        """Return blanks and carets as wide as the text above them."""
        before = self.text[: self.column - 1]
        marked = self.text[self.column - 1 : self.column - 1 + self.length] or " "
        blanks = "".join("\t" if c == "\t" else "\u3000" if wide(c) else " " for c in before)
        return blanks + "".join("＾" if wide(c) else "^" for c in marked)


def wide(character: str) -> bool:
    """Tell whether a terminal gives the character two columns."""
    return unicodedata.east_asian_width(character) in "WF"


class BadFile(Exception):
    """A file that cannot be used; `problems` holds every mistake in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class BadInput(Exception):
    """A transcript that cannot be used; the text says why and what would help."""
