"""The examples on the pages of lint codes, made whole so that they can be run.

An example names what it is a part of: `# lexicon` or `# rubric`. Keys at its head take the
place of the same keys of the files below; a list takes the place of all entries, of the items
of the one section, or (if it begins with `- name`) of the example calls.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent, indent

LEXICON = {
    "qa_checker": "qa_checker: lexicon/v1",
    "id": "id: words",
    "version": "version: 1.0.0",
    "languages": "languages: [zh]",
    "entries": """\
entries:
  - id: hello
    polarity: prefer
    role: agent
    phrases: [您好]
    examples: {hit: [您好], miss: [喂]}
  - id: sorry
    polarity: prefer
    role: agent
    phrases: [抱歉]
    examples: {hit: [抱歉], miss: [喂]}
  - id: no
    polarity: avoid
    role: agent
    phrases: [办不了]
    instead: [我帮您看看]
    examples: {hit: [办不了], miss: [喂]}
  - id: angry
    polarity: neutral
    role: customer
    phrases: [气死了]
    examples: {hit: [气死了], miss: [喂]}""",
}
RUBRIC = {
    "qa_checker": "qa_checker: rubric/v1",
    "id": "id: hotline",
    "version": "version: 1.0.0",
    "languages": "languages: [zh]",
    "title": "title: 热线",
    "uses": "uses: [words.yaml]",
    "total": "total: 20",
    "bands": "bands: {优秀: 90, 合格: 75, 不合格: 0}",
    "pass": "pass: 合格",
    "sections": """\
sections:
  - id: opening
    title: 开场
    items:
      - id: greet
        title: 问候
        points: 20
        check: {find: words.hello, role: agent}""",
}
CARETS = re.compile(r"\s*#[ \u3000]*[\^＾][\^＾ ]*$")


@dataclass(frozen=True)
class Example:
    """The two files of an example, which of them it is about, and where its carets stand."""

    lexicon: str
    rubric: str
    name: str
    place: tuple[int, int, int] | None

    def write(self, folder: Path) -> list[Path]:
        """Write the files; return the paths to look at."""
        (folder / "words.yaml").write_text(self.lexicon, encoding="utf-8")
        (folder / "r.yaml").write_text(self.rubric, encoding="utf-8")
        return [folder / "words.yaml", folder / "r.yaml"]


def example(written: str) -> Example:
    """Make an example of a page whole."""
    head, _, text = dedent(written).strip("\n").partition("\n")
    assert head in ("# lexicon", "# rubric"), head
    parts = blocks(text)
    base = {**(LEXICON if head == "# lexicon" else RUBRIC), **parts}
    if head == "# rubric" and "total" not in parts:
        points = re.findall(r"points[:：] ?(\d+)", base["sections"])
        base["total"] = f"total: {sum(map(int, points))}"
    rows, place = place_of("\n".join(base.values()))
    whole = "\n".join(rows) + "\n"
    other = "\n".join((RUBRIC if head == "# lexicon" else LEXICON).values()) + "\n"
    files = (whole, other) if head == "# lexicon" else (other, whole)
    return Example(*files, "words.yaml" if head == "# lexicon" else "r.yaml", place)


def blocks(text: str) -> dict[str, str]:
    """Return the parts of an example by the key whose place they take."""
    if text.startswith("- name"):
        return {"examples": "examples:\n" + indent(text, "  ", keep)}
    if re.match(r"- \{?id", text) and re.search(r"polarity|phrases", text):
        return {"entries": "entries:\n" + indent(text, "  ", keep)}
    if re.match(r"- \{?id", text):
        head = "sections:\n  - id: opening\n    title: 开场\n    items:\n"
        return {"sections": head + indent(text, "      ", keep)}
    parts: dict[str, str] = {}
    for block in re.split(r"^(?=\w)", text, flags=re.MULTILINE):
        if block:
            parts[block.partition(":")[0]] = block.rstrip("\n")
    return parts


def keep(row: str) -> bool:
    """Indent every row, carets too."""
    return bool(row)


def place_of(text: str) -> tuple[list[str], tuple[int, int, int] | None]:
    """Return the rows without carets, and the line, column and length that these show."""
    rows: list[str] = []
    place = None
    for row in text.split("\n"):
        if CARETS.match(row):
            column = min(row.index(c) for c in "^＾" if c in row)
            place = (len(rows), column + 1, len(row.rstrip()) - column)
        else:
            rows.append(row)
    return rows, place
