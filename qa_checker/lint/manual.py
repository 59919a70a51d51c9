"""The page of each lint code: what is wrong, why it matters, a wrong and a right example.

A page has a title and a paragraph in English and in Chinese, then an example marked "Wrong 错:"
and one marked "Right 对:". Codes that look at files carry theirs as the docstring of their
module in lint/codes/; what is found while files are read or examples run has a page in
lint/pages/. In an example, a comment of carets stands under what the code points at.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from textwrap import dedent

from qa_checker import lazy_re
from qa_checker.lint.codes import codes

MARKS = lazy_re.compile(r"^(?:Wrong 错|Right 对):\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Page:
    """What is to be known about a code; `title` and `text` by language."""

    code: str
    severity: str
    title: dict[str, str]
    text: dict[str, str]
    wrong: str
    right: str

    def __str__(self) -> str:
        """Return the page in English."""
        return self.shown("en")

    def shown(self, language: str) -> str:
        """Return the page in a language."""
        wrong, right = ("错", "对") if language == "zh" else ("Wrong", "Right")
        head = f"{self.code} ({self.severity}): {self.title[language]}"
        examples = f"{wrong}:\n\n{self.wrong}\n{right}:\n\n{self.right}"
        return f"{head}\n\n{self.text[language]}\n\n{examples}"


@cache
def pages() -> dict[str, Page]:
    """Return the page of every code, sorted."""
    found = {name: page(name, code.SEVERITY, code.__doc__ or "") for name, code in codes().items()}
    for file in (files("qa_checker.lint") / "pages").iterdir():
        name, _, ending = file.name.partition(".")
        if ending == "md":
            head, _, text = file.read_text(encoding="utf-8").partition("\n")
            found[name] = page(name, head.strip(), text.strip() + "\n")
    return dict(sorted(found.items()))


def page(code: str, severity: str, written: str) -> Page:
    """Read a page."""
    top, wrong, right = MARKS.split(dedent(written))
    heads, english, chinese = top.strip().split("\n\n")
    title = re.split(r"(?<=[.?]) (?=[^\x00-\x7f])", heads, maxsplit=1)
    examples = (dedent(each.strip("\n")).rstrip() for each in (wrong, right))
    shown = ("".join(f"    {row}".rstrip() + "\n" for row in each.split("\n")) for each in examples)
    return Page(
        code,
        severity,
        dict(zip(("en", "zh"), title, strict=True)),
        {"en": english, "zh": chinese},
        *shown,
    )
