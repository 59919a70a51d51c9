"""The files of a workbook: a rubric with the lexicons beside it, or a lexicon alone."""

from __future__ import annotations

import codecs
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from qa_checker.exchange.rulebook.places import Page
from qa_checker.exchange.rulebook.rows import Row, rows_of
from qa_checker.judging.compiled import load_rubric
from qa_checker.problem import BadInput
from qa_checker.rules.load import (
    File,
    find_rubric,
    lexicon_files,
    load_lexicons,
    open_source,
    shipped_lexicons,
)

if TYPE_CHECKING:
    from qa_checker.rules.tree import Node


@dataclass(frozen=True)
class RuleFile:
    """One file as it was: `name` is its path from the folder of the rubric."""

    name: str
    content: bytes

    @property
    def hash(self) -> str:
        """SHA-256 of the content, in hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()

    @cached_property
    def page(self) -> Page:
        """The text with simple line ends, the last line ended too."""
        text = self.content.decode("utf-8-sig").replace("\r\n", "\n")
        return Page(text if text.endswith("\n") else text + "\n")

    def rows(self, number: int) -> list[Row]:
        """Return its rows as the n-th file of a workbook."""
        return rows_of(self.page, number, self.name)

    def bytes_of(self, text: str) -> bytes:
        """Return a changed text as this file is written: its line ends, its first bytes."""
        if text == self.page.text:
            return self.content
        if not self.content.endswith(b"\n"):
            text = text.removesuffix("\n")
        if b"\r\n" in self.content:
            text = text.replace("\n", "\r\n")
        bom = codecs.BOM_UTF8 if self.content.startswith(codecs.BOM_UTF8) else b""
        return bom + text.encode("utf-8")


def rule_files(wanted: str) -> list[RuleFile]:
    """Return a rubric and the lexicons beside it that it uses, or one lexicon.

    Shipped lexicons are left out: they are not the team's to change. Raises BadFile,
    BadInput.
    """
    if not Path(wanted).exists() and shipped_lexicons(wanted).keys() == {f"lexicons/{wanted}.yaml"}:
        ((shown, lexicon),) = shipped_lexicons(wanted).items()
        return [RuleFile(Path(shown).name, lexicon.read_bytes())]
    file, shown = find_rubric(wanted)
    source = open_source(file, shown)
    root = source.tree()
    source.check()
    if root is not None and root.at("qa_checker").text.startswith("lexicon"):
        load_lexicons([wanted])
        return [RuleFile(file.name, file.read_bytes())]
    load_rubric(wanted)
    return [RuleFile(file.name, file.read_bytes()), *beside(file, root)]


def beside(file: File, root: Node | None) -> list[RuleFile]:
    """Return the lexicons at and below the folder of a rubric that it uses."""
    uses = root.get("uses") if root is not None else None
    names = [] if uses is None else list(uses.items) if uses.kind == "list" else [uses]
    if not isinstance(file, Path):
        return []
    found = [lexicon for node in names for lexicon in lexicon_files(node.text, file).values()]
    folder = file.resolve().parent
    own = dict.fromkeys(path for path in found if isinstance(path, Path))
    inside = [path for path in own if path.is_relative_to(folder)]
    return [RuleFile(path.relative_to(folder).as_posix(), path.read_bytes()) for path in inside]


def check_unchanged(files: Sequence[RuleFile], folder: Path) -> None:
    """Raise BadInput if a file is no longer what the workbook was made of."""
    for each in files:
        path = folder / each.name
        if not path.is_file() or path.read_bytes() != each.content:
            raise BadInput(
                f"{path}: not the file that the workbook was made of: put back that version, "
                "or write into a new folder with -o and compare"
            )
