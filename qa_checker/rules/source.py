"""A rule file being read: its lines, its tree, and every mistake found so far."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, field

from qa_checker import lazy_re
from qa_checker.problem import BadFile, Problem
from qa_checker.rules.tree import LINE_BREAK, Node, NotYaml, parse

FULL_WIDTH_KEY = lazy_re.compile(r"[ -]*([a-z_]+)(：)")
SYNONYMS = {
    "weight": "points",
    "score": "points",
    "critical": "auto_fail",
    "fatal": "auto_fail",
    "exceptions": "unless",
    "exclude": "unless",
    "replace": "instead",
    "keywords": "phrases",
    "words": "phrases",
    "name": "title",
    "condition": "when",
    "every": "each",
    "importance": "severity",
    "level": "severity",
    "priority": "severity",
    "短语": "phrases",
    "关键词": "phrases",
    "标题": "title",
    "分值": "points",
    "例外": "unless",
    "角色": "role",
    "建议": "instead",
    "例句": "examples",
    "级别": "severity",
    "环节": "sections",
    "打分项": "items",
    "总分": "total",
    "等级": "bands",
    "一票否决": "auto_fail",
    "命中": "hit",
    "不命中": "miss",
}
"""What other tools and other languages call our keys, to guess what a writer meant."""


@dataclass(slots=True)
class Source:
    """One YAML file: `path` as shown to people, its text, and the problems found."""

    path: str
    text: str
    problems: list[Problem] = field(default_factory=list)
    lines: list[str] = field(init=False)

    def __post_init__(self) -> None:
        self.lines = LINE_BREAK.split(self.text)

    def tree(self) -> Node | None:
        """Return the file's tree, or None with a problem noted."""
        try:
            return parse(self.text)
        except NotYaml as error:
            if error.code != "QA001" or not self.full_width_colons():
                place = Node("", "text", error.line, error.column)
                self.problem(place, error.code, error.message, error.help)
            return None

    def full_width_colons(self) -> bool:
        """Note every line that begins like a key but has a full-width colon."""
        found = False
        for number, row in enumerate(self.lines if "：" in self.text else (), 1):
            match = FULL_WIDTH_KEY.match(row)
            if match:
                place = Node("", "text", number, match.start(2) + 1)
                message = f'full-width colon “：” after "{match[1]}"'
                help = f"type an ASCII colon and a space: {match[1]}: …"
                self.problem(place, "QA002", message, help)
                found = True
        return found

    def problem(
        self,
        node: Node,
        code: str,
        message: str,
        help: str = "",
        offset: int = 0,
        length: int | None = None,
        severity: str = "error",
    ) -> None:
        """Note a problem at a node, or `offset` characters into its text."""
        column = node.column
        if length is not None and node.plain:
            column += offset + node.quoted
        width = node.width if length is None else length
        row = self.lines[node.line - 1] if node.line <= len(self.lines) else ""
        self.problems.append(
            Problem(self.path, node.line, column, code, message, help, severity, width, row)
        )

    def errors(self) -> list[Problem]:
        """Return the problems that keep the file from being used."""
        return [problem for problem in self.problems if problem.severity == "error"]

    def check(self) -> None:
        """Raise BadFile if there is any error."""
        if self.errors():
            raise BadFile(sorted_problems(self.problems))


def sorted_problems(problems: Iterable[Problem]) -> list[Problem]:
    """Order problems by place; the same one is told once."""
    return sorted(set(problems), key=lambda p: (p.path, p.line, p.column, p.code, p.message))


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """Return a sentence with the nearest known name, or with all of them if few."""
    names = list(dict.fromkeys(known))
    guesses = {**{name: name for name in names}, **SYNONYMS}
    near = [guesses[guess] for guess in difflib.get_close_matches(wrong, guesses, 3, 0.5)]
    likely = next((guess for guess in near if guess in names), None)
    if likely:
        return f'did you mean "{likely}"?'
    return f"one of: {', '.join(names)}" if 0 < len(names) <= 20 else ""
