"""Colours that follow values: verdicts, and a line where the next call begins."""

from __future__ import annotations

from openpyxl.formatting.rule import DataBar, FormatObject, Rule
from openpyxl.styles import Border, Color, Side
from openpyxl.styles.differential import DifferentialStyle
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports.theme import NAVY, tints
from qa_checker.reports.words import Say


def verdicts(worksheet: Worksheet, area: str, say: Say) -> None:
    """Colour the cells of an area by the verdict that stands in them."""
    for name, look in tints().items():
        same = [f'"{say(f"verdict.{name}")}"']
        rule = Rule(type="cellIs", operator="equal", formula=same, dxf=look)
        worksheet.conditional_formatting.add(area, rule)


def unscored(worksheet: Worksheet, area: str, condition: str) -> None:
    """Leave the cells of an area pale where a formula holds, whatever verdict stands in them."""
    rule = Rule(type="expression", formula=[condition], dxf=tints()["na"], stopIfTrue=True)
    worksheet.conditional_formatting.add(area, rule)


def words(worksheet: Worksheet, area: str, good: str, bad: str) -> None:
    """Colour two words of ours: one as good, one as bad."""
    looks = tints()
    for word, look in ((good, looks["pass"]), (bad, looks["fail"])):
        rule = Rule(type="cellIs", operator="equal", formula=[f'"{word}"'], dxf=look)
        worksheet.conditional_formatting.add(area, rule)


def bar(worksheet: Worksheet, area: str, colour: str = "9DB7DD", top: int | None = 100) -> None:
    """Draw numbers as bars in their cells, from 0 to `top` or the largest."""
    ends = FormatObject("num", 0), FormatObject("max" if top is None else "num", top)
    look = DataBar(cfvo=list(ends), color=Color(rgb=colour))
    worksheet.conditional_formatting.add(area, Rule(type="dataBar", dataBar=look))


def bold_first(worksheet: Worksheet, area: str, first: int) -> None:
    """Draw a line above each row whose call is not that of the row before."""
    look = DifferentialStyle(border=Border(top=Side("thin", NAVY)))
    rule = Rule(type="expression", formula=[f"$A{first}<>$A{first - 1}"], dxf=look)
    worksheet.conditional_formatting.add(area, rule)
