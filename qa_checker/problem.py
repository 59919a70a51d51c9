"""What is wrong with a file, where, and what to do about it."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from qa_checker import lazy_re

SEVERITIES = ("error", "warning", "info")
WIDEST = 160
"""Characters of a line that are shown; of a longer one, those around the mistake."""
UNSAFE = lazy_re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
"""What could move a terminal's cursor or turn its text round."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One mistake at `path:line:column` (from 1, in characters; 0 if not in a line).

    `text` is the line it stands in, `length` how many characters to underline,
    `code` the lint code ("QA403") and `help` what to do. `where` is the way to it through
    the file by names ("entries/refuse/unless"), which stays when lines move.
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
    where: str = ""

    def __str__(self) -> str:
        """Return the message with its line and a caret that lines up under Han."""
        message = self.message.replace("\n", " ")
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        head = f"{place}: {self.severity}[{self.code}] {message}"
        rows = [head]
        if self.text:
            margin = f"{self.line:>5} | "
            text, column = self.excerpt()
            carets = underline(text, column, self.length)
            rows += [margin + text, " " * (len(margin) - 2) + "| " + carets]
        if self.help:
            rows.append(f"      = help: {self.help}")
        return UNSAFE.sub("\ufffd", "\n".join(rows))

    def excerpt(self) -> tuple[str, int]:
        """Return the line, or of a long one the part around the mistake, and the column in it."""
        if len(self.text) <= WIDEST:
            return self.text, self.column
        start = max(0, self.column - 1 - WIDEST // 2)
        part = self.text[start : start + WIDEST]
        before, after = "..." * (start > 0), "..." * (start + WIDEST < len(self.text))
        return before + part + after, self.column - start + len(before)


def underline(text: str, column: int, length: int) -> str:
    """Return blanks and carets as wide as the text above them."""
    before = text[: column - 1]
    marked = text[column - 1 : column - 1 + length] or " "
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

    def __reduce__(self) -> tuple[type[BadFile], tuple[tuple[Problem, ...]]]:
        """Return how to make it again: another process sends it home so."""
        return type(self), (self.problems,)


class BadInput(Exception):
    """A transcript that cannot be used; the text says why and what would help."""
