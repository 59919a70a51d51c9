"""Word lists that ship beside the code: `[section]` lines, then one entry a line."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from qa_checker.text.characters import compared_as
from qa_checker.text.codes import as_codes


@cache
def sections(file: str) -> Mapping[str, tuple[str, ...]]:
    """Return the entries of each section of `readers/words/FILE`, as they are written."""
    found: dict[str, list[str]] = {}
    lines = (files("qa_checker.readers.words") / file).read_text(encoding="utf-8").splitlines()
    current: list[str] = []
    for line in (line.strip() for line in lines):
        if line.startswith("["):
            current = found.setdefault(line.strip("[]"), [])
        elif line and not line.startswith("#"):
            current.append(line)
    return {section: tuple(entries) for section, entries in found.items()}


def fold(text: str) -> str:
    """Return the text as labels are compared.

    NFKC, lower case, Simplified, and single spaces for _ and -.
    """
    flat = unicodedata.normalize("NFKC", text).casefold()
    if not flat.isascii():
        flat = compared_as().take(as_codes(flat)).tobytes().decode("utf-32-le")
    return " ".join(flat.replace("_", " ").replace("-", " ").split())
