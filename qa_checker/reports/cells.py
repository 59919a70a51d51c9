"""The only way into a cell: text stays text, numbers stay numbers, formulas are our own.

A workbook is opened by people who did not choose what customers say, so nothing that
was read may become a formula, break the file or hide what stands in it.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from qa_checker import lazy_re

LIMIT = 32_767  # UTF-16 units in a cell
LINE_ENDS = 253  # in a cell
EXACT = 2**53  # whole numbers above it lose digits
MARK = "…✂"
REPEATED = 400  # characters of a text that may come again; a longer one costs memory
UNSEEN = lazy_re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]"
)
ESCAPE = lazy_re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
HALF_ESCAPE = lazy_re.compile(r"_x?[0-9A-Fa-f]{0,4}$")
BREAKS = lazy_re.compile(r"\r\n?|[\x85\u2028\u2029]")
INLINE, KEPT = ' t="inlineStr"', ' t="s"'
Texts = dict[str, int]
"""Texts that a workbook holds only once, as XML, by their numbers."""


class Link(NamedTuple):
    """Where a cell leads: a row of a sheet, in this workbook or in a file named by us."""

    sheet: str
    row: int
    file: str = ""


class Cell(NamedTuple):
    """A cell as XML: the type of its value, what stands in it, its style and its link.

    `kind` is an attribute, "" for a number; `shown` is the text of the cell, for the height
    of its row. Made only by the functions of this module.
    """

    kind: str
    body: str
    style: str
    link: Link | None = None
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Range:
    """Cells of one column, for a formula; `sheet` is a title of ours."""

    column: str
    first: int
    last: int
    sheet: str = ""

    def __str__(self) -> str:
        """Return the reference with dollar signs."""
        place = f"'{self.sheet}'!" if self.sheet else ""
        end = f":${self.column}${self.last}" if self.last != self.first else ""
        return f"{place}${self.column}${self.first}{end}"


class Word(str):
    """A word of our own that may stand in a formula."""

    __slots__ = ()


def clean(value: str) -> str:
    """Return text that a workbook can hold and that shows what is in it.

    Control characters become their pictures (␇), direction marks their names, halves
    of characters U+FFFD; text that looks like an escape of the format is escaped.
    """
    if value.isprintable() and "_x" not in value:
        return value
    if "\r" in value or not value.isascii():
        value = BREAKS.sub("\n", value)
    value = UNSEEN.sub(_picture, value)
    return ESCAPE.sub("_x005F_", value) if "_x" in value else value


def _picture(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "␡"
    return "\ufffd" if code >= 0xD800 else f"⟦U+{code:04X}⟧"


def units(value: str) -> int:
    """Count UTF-16 units, as Excel does."""
    return len(value) if value.isascii() else len(value.encode("utf-16-le", "surrogatepass")) // 2


def cut(value: str, room: int = LIMIT) -> str:
    """Shorten clean text to `room` UTF-16 units and LINE_ENDS lines, with a mark at the end."""
    if len(value) > LINE_ENDS and value.count("\n") > LINE_ENDS:
        kept = value.split("\n", LINE_ENDS)
        value = "\n".join(kept[:-1]) + "⏎" + kept[-1].replace("\n", "⏎")
    if len(value) * 2 <= room or units(value) <= room:
        return value
    left = max(0, room - units(MARK))
    end = min(len(value), left)
    while units(value[:end]) > left:
        end -= max(1, (units(value[:end]) - left) // 2)
    return HALF_ESCAPE.sub("", value[:end]) + MARK


def escape(value: str) -> str:
    """Return text that may stand between two XML tags."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text(value: str, style: str = "text", link: Link | None = None) -> Cell:
    """Return a cell of text, whatever it begins with."""
    cell = again(value, style) if len(value) < REPEATED else text_cell(value, style)
    return cell if link is None else Cell(cell.kind, cell.body, style, link, cell.shown)


def text_cell(value: str, style: str = "text") -> Cell:
    """Make a cell of text that hardly comes again."""
    if not value:
        return Cell("", "", style)
    shown = cut(clean(value))
    body = f'<is><t xml:space="preserve">{escape(shown)}</t></is>'
    return Cell(INLINE, body, style, None, shown)


# questions, sections, rules and verdicts stand in thousands of rows
again = lru_cache(4096)(text_cell)


def once(cell: Cell, texts: Texts) -> Cell:
    """Return a cell of text that comes again and again: its text goes to those held once."""
    if cell.kind != INLINE:
        return cell
    body = f"<v>{texts.setdefault(inner(cell), len(texts))}</v>"
    return Cell(KEPT, body, cell.style, cell.link, cell.shown)


def inner(cell: Cell) -> str:
    """Return the text of a cell as XML, without what is around it."""
    return cell.body.removeprefix("<is>").removesuffix("</is>")


def rich(runs: Iterable[tuple[str, str]], inks: Mapping[str, str], style: str = "text") -> Cell:
    """Return a cell of text in several inks.

    `runs` are pairs of text and the name of an ink; `inks` maps that name to run
    properties as XML (theme.inks), "" being the ink of the cell.
    """
    room, parts, all_shown = LIMIT - units(MARK), [], []
    for said, ink in runs:
        whole = clean(said)
        if whole:
            shown = cut(whole, room) if room else MARK
            run = f'<t xml:space="preserve">{escape(shown)}</t>'
            parts.append(f"<r>{inks.get(ink, '')}{run}</r>")
            all_shown.append(shown)
            room -= units(whole)
        if room < 0:
            break
    if not parts:
        return Cell("", "", style)
    return Cell(INLINE, f"<is>{''.join(parts)}</is>", style, None, "".join(all_shown))


def number(value: float | Fraction | None, style: str = "number") -> Cell:
    """Return a cell with a number; nothing for None; text where a number would be wrong."""
    return whole_number(value, style) if type(value) is int else number_cell(value, style)


def number_cell(value: float | Fraction | None, style: str) -> Cell:
    """Make a cell with a number."""
    if value is None:
        return Cell("", "", style)
    # isinstance takes long to tell a Fraction from other numbers
    if type(value) is int and abs(value) > EXACT:
        return text(str(value), style)
    if type(value) is float and not math.isfinite(value):
        return text(str(value), style)
    return Cell("", f"<v>{_digits(value)}</v>", style)


# calls, turns and points are counted in thousands of rows
whole_number = lru_cache(4096)(number_cell)


def _digits(value: float | Fraction) -> str:
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    whole = value.denominator == 1
    return str(value.numerator) if whole else repr(float(value))


class _Parts(dict[str, int | Range | Word]):
    """The parts of a formula as text, each checked when the pattern asks for it."""

    def __getitem__(self, name: str) -> str:  # type: ignore[override]
        part = super().__getitem__(name)
        if not isinstance(part, int | Range | Word):
            raise TypeError(f"{name} may not stand in a formula: {type(part).__name__}")
        return f'"{part}"' if isinstance(part, Word) else str(part)


def formula(
    pattern: str,
    cached: str | float | Fraction | None,
    style: str = "live",
    **parts: int | Range | Word,
) -> Cell:
    """Return a live formula: a pattern of this package, filled with places and words of ours.

    `cached` is the value shown until a program computes the formula. Raises TypeError
    for any other kind of part: what was read from a file never stands in a formula.
    """
    return computed(escape(pattern.format_map(_Parts(parts))), cached, style)


def filled(pattern: str, parts: Mapping[str, int | Range | Word]) -> str:
    """Return a pattern of a formula with all but {row} filled in, for `formula_in_row`."""
    return escape(pattern.replace("{row}", "{{row}}").format_map(_Parts(parts)))


def computed(body: str, cached: str | float | Fraction | None, style: str) -> Cell:
    """Return a cell with a formula, which is XML by now, and its value."""
    if isinstance(cached, str):
        cell = said(cached, style)
        return Cell(cell.kind, f"<f>{body}</f>{cell.body}", style)
    shown = "" if cached is None else f"<v>{_digits(cached)}</v>"
    return Cell("", f"<f>{body}</f>{shown}", style)


def formula_in_row(
    ready: str, row: int, cached: str | float | Fraction | None, style: str = "live"
) -> Cell:
    """Return a live formula that is the same in every row but for the row."""
    return computed(ready.replace("{row}", str(row)), cached, style)


@lru_cache(1024)  # verdicts and bands
def said(cached: str, style: str) -> Cell:
    """Return a text as the value of a formula."""
    kind = ' t="e"' if cached == "#N/A" else ' t="str"'
    shown = escape(cut(clean(cached))) if cached else ""
    return Cell(kind, f"<v>{shown}</v>", style)
