"""How workbooks look: one table of styles, fonts that have Chinese, and the printed page.

Colours never speak alone: every colour goes with a word, a mark or a weight, so that a
page printed in grey says the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.utils.indexed_list import IndexedList
from openpyxl.worksheet.header_footer import HeaderFooterItem, _HeaderFooterPart
from openpyxl.worksheet.properties import PageSetupProperties

if TYPE_CHECKING:
    from openpyxl.worksheet.worksheet import Worksheet

# programs without these fonts fall back to one of their own that has the characters
FONTS = {"zh": "Microsoft YaHei", "en": "Calibri"}
SIZE = 10
NAVY, INK, GREY, GREEN, RED, BLUE = "1F3864", "222222", "6B6B6B", "1B6E3C", "B00020", "1F4E9E"
PALE, YELLOW, MINT, ROSE, SILVER = "EEF2F8", "FFF4CC", "E3F3E6", "FBE0E0", "EDEDED"
LINE = "D0D5DD"


@dataclass(frozen=True, slots=True)
class Style:
    """How a kind of cell looks; colours are RRGGBB, `size` is in points."""

    bold: bool = False
    colour: str = INK
    fill: str = ""
    size: int = SIZE
    across: str = "left"
    upright: str = "top"
    wrap: bool = True
    format: str = "General"
    underline: bool = False
    lined: bool = True


STYLES: Mapping[str, Style] = {
    "text": Style(),
    "plain": Style(lined=False, wrap=False, upright="center"),
    "quiet": Style(colour=GREY),
    "strong": Style(bold=True),
    "id": Style(format="@"),
    "link": Style(colour=BLUE, underline=True, format="@"),
    "number": Style(across="right"),
    "points": Style(across="center"),
    "centre": Style(across="center"),
    "score": Style(bold=True, across="center", format="0.0"),
    "percent": Style(across="center", format="0.0%"),
    "time": Style(across="center", format="[mm]:ss", colour=GREY),
    "human": Style(fill=YELLOW, across="center", bold=True),
    "note_human": Style(fill=YELLOW),
    "live": Style(fill=PALE, across="center"),
    "live_score": Style(fill=PALE, across="center", bold=True, format="0.0"),
    "live_percent": Style(fill=PALE, across="center", format="0.0%"),
    "head": Style(bold=True, colour="FFFFFF", fill=NAVY, across="center", upright="center"),
    "heading": Style(bold=True, colour=NAVY, size=16, wrap=False, upright="center", lined=False),
    "subheading": Style(bold=True, colour=NAVY, size=12, wrap=False, lined=False),
    "hint": Style(colour=GREY, wrap=False, upright="center", lined=False),
    "banner": Style(bold=True, colour=NAVY, fill=SILVER, wrap=False),
    "banner_link": Style(bold=True, colour=BLUE, fill=SILVER, wrap=False, underline=True),
    "key": Style(fill=PALE, bold=True, upright="center"),
    "live_big": Style(fill=PALE, bold=True, size=12, across="right", upright="center"),
    "live_score_big": Style(
        fill=PALE, bold=True, size=12, across="right", upright="center", format="0.0"
    ),
    "live_percent_big": Style(
        fill=PALE, bold=True, size=12, across="right", upright="center", format="0.0%"
    ),
    "faint": Style(colour="FFFFFF", lined=False),
    "figure": Style(bold=True, size=12, across="right", upright="center"),
    "figure_score": Style(bold=True, size=12, across="right", upright="center", format="0.0"),
    "figure_percent": Style(bold=True, size=12, across="right", upright="center", format="0.0%"),
}


def font(language: str, style: Style) -> Font:
    """Return the font of a style; the character set tells programs that it has Chinese."""
    return Font(
        name=FONTS.get(language, FONTS["zh"]),
        charset=134 if language != "en" else None,
        family=2,
        sz=style.size,
        b=style.bold,
        u="single" if style.underline else None,
        color=style.colour,
    )


@cache
def style_numbers(language: str) -> Mapping[str, int]:
    """Return name → number of every style, as `register` gives them to any workbook."""
    return register(Workbook(), language)


def register(book: Workbook, language: str) -> dict[str, int]:
    """Put every style into a workbook; return name → its number in the rows' XML."""
    usual = font(language, Style(lined=False))
    book._fonts = IndexedList([usual])  # type: ignore[attr-defined]
    book._named_styles["Normal"].font = usual  # type: ignore[attr-defined]
    scratch = book.create_sheet("scratch")
    numbers = {}
    for name, style in STYLES.items():
        cell = Cell(scratch, 1, 1)
        dress(cell, style, language)
        numbers[name] = cell.style_id
    book.remove(scratch)
    return numbers


def dress(cell: Cell, style: Style, language: str) -> None:
    """Give a cell the looks of a style."""
    thin = Side("thin", LINE)
    cell.font = font(language, style)
    cell.alignment = Alignment(
        horizontal=style.across, vertical=style.upright, wrap_text=style.wrap
    )
    cell.number_format = style.format
    if style.fill:
        cell.fill = PatternFill("solid", style.fill)
    if style.lined:
        cell.border = Border(thin, thin, thin, thin)


def inks(language: str) -> dict[str, str]:
    """Return the run properties of highlighted text: good, bad, a bad stretch, context."""
    name = FONTS.get(language, FONTS["zh"])
    end = f'<sz val="{SIZE}"/><rFont val="{name}"/><family val="2"/>'
    return {
        "": f'<rPr><color rgb="FF{INK}"/>{end}</rPr>',
        "good": f'<rPr><b/><color rgb="FF{GREEN}"/>{end}</rPr>',
        "bad": f'<rPr><b/><u/><color rgb="FF{RED}"/>{end}</rPr>',
        "stretch": f'<rPr><i/><color rgb="FF{RED}"/>{end}</rPr>',
        "context": f'<rPr><i/><color rgb="FF{BLUE}"/>{end}</rPr>',
    }


def tints() -> dict[str, DifferentialStyle]:
    """Return the looks of verdicts, which follow the value of their cell."""
    looks = {
        "pass": (GREEN, MINT),
        "fail": (RED, ROSE),
        "na": (GREY, SILVER),
        "manual": (INK, YELLOW),
    }
    return {
        name: DifferentialStyle(
            font=Font(color=colour, b=name in ("fail", "manual")),
            fill=PatternFill("solid", bgColor=fill),
        )
        for name, (colour, fill) in looks.items()
    }


def page(sheet: Worksheet, header_row: int = 0) -> None:
    """Set up A4, landscape, as wide as the page, with the header repeated and pages numbered."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = 9
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0 if header_row else 1
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    sheet.page_margins.top = sheet.page_margins.bottom = 0.5
    sheet.HeaderFooter.oddFooter = HeaderFooterItem(center=_HeaderFooterPart("&A  ·  &P / &N"))
    if header_row:
        sheet.print_title_rows = f"{header_row}:{header_row}"
