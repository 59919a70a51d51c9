"""Text is text, a number is a number, and nothing that was read is a formula."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest
from hostile import ALL, CHARACTERS, FORMULAS, as_shown
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import load_workbook
from openpyxl.cell.rich_text import CellRichText

from qa_checker.reports import cells
from qa_checker.reports.cells import BREAKS, UNSEEN
from qa_checker.reports.heights import height, lines, width
from qa_checker.reports.sheet import FIRST, Column, Sheet
from qa_checker.reports.theme import inks
from qa_checker.reports.workbook import save


def saved(path: Path, made: list[cells.Cell]) -> list[list[object]]:
    """Save cells, one a row, and read their types and values back."""
    sheet = Sheet("01 Test", [Column("x", 20)], ([cell] for cell in made))
    save(path / "test.xlsx", [sheet], "zh")
    read = load_workbook(path / "test.xlsx", rich_text=True).active
    return [
        [read.cell(FIRST + n, 1).data_type, read.cell(FIRST + n, 1).value] for n in range(len(made))
    ]


def test_hostile_text_comes_back_as_text(tmp_path: Path) -> None:
    for given_text, (kind, value) in zip(
        ALL, saved(tmp_path, [cells.text(one) for one in ALL]), strict=True
    ):
        assert kind == "s", given_text[:30]
        assert isinstance(value, str)
        assert value == as_shown(cells.cut(cells.clean(given_text)))
        assert cells.units(value) <= cells.LIMIT


def test_short_text_without_control_characters_is_unchanged(tmp_path: Path) -> None:
    plain = [one for one in (*FORMULAS, *CHARACTERS) if one.isprintable() or one == "\n=1+1"]
    values = [value for _, value in saved(tmp_path, [*map(cells.text, plain)])]
    assert values == plain


def test_hostile_runs_come_back_as_rich_text(tmp_path: Path) -> None:
    colours = inks("zh")
    made = [cells.rich([("前", ""), (one, "bad"), ("后", "good")], colours) for one in ALL]
    for given_text, (kind, value) in zip(ALL, saved(tmp_path, made), strict=True):
        assert kind == "s", given_text[:30]
        assert isinstance(value, CellRichText)
        assert str(value[0]) == "前"
        assert cells.units(str(value)) <= cells.LIMIT
        assert len(given_text) > cells.LIMIT // 2 or str(value[-1]) == "后"


@given(st.text(st.characters(), max_size=60))
def test_clean_text_is_well_formed_and_stays_clean(text: str) -> None:
    once = cells.clean(text)
    assert etree.fromstring(f"<t>{cells.escape(once)}</t>").text in (once, None)
    assert as_shown(once) == UNSEEN.sub(cells._picture, BREAKS.sub("\n", text))


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("a\x07b", "a␇b"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("\ud83d", "\ufffd"),
        ("_x000D_", "_x005F_x000D_"),
        ("_x005F_x0041_", "_x005F_x005F_x005F_x0041_"),
        ("\u202egnp.exe", "⟦U+202E⟧gnp.exe"),
        ("a\u2028b", "a\nb"),
        ("tab\there", "tab\there"),
    ],
)
def test_what_cannot_be_shown_is_made_visible(text: str, clean: str) -> None:
    assert cells.clean(text) == clean


def test_long_text_is_cut_by_utf_16_units_with_a_mark() -> None:
    shown = cells.cut("😀" * 40_000)
    assert cells.units(shown) in (cells.LIMIT, cells.LIMIT - 1)
    assert shown.endswith("😀…✂")
    assert cells.cut("x" * cells.LIMIT) == "x" * cells.LIMIT
    assert not cells.cut("a_x005F_x0041_" * 9_000)[:-2].endswith(
        ("_", "_x", "_x0", "_x00", "_x005")
    )
    assert cells.cut("a\n" * 1_000).count("\n") <= cells.LINE_ENDS


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        (5, "n", 5),
        (2.5, "n", 2.5),
        (Fraction(5, 2), "n", 2.5),
        (Fraction(6, 2), "n", 3),
        (None, "n", None),
        (2**53 + 1, "s", str(2**53 + 1)),
        (float("inf"), "s", "inf"),
    ],
)
def test_numbers(tmp_path: Path, value: float, kind: str, read: object) -> None:
    assert saved(tmp_path, [cells.number(value)]) == [[kind, read]]


def test_a_formula_takes_no_text_that_was_read() -> None:
    with pytest.raises(TypeError, match="name may not stand in a formula: str"):
        cells.formula("IF({name}=1,2)", "", name="x")  # type: ignore[arg-type]
    made = cells.formula("IF(A{row}={yes},1,{where})", 1, row=4, yes=cells.Word("是"),
                         where=cells.Range("B", 4, 9, "01 A"))  # fmt: skip
    assert made.body == "<f>IF(A4=\"是\",1,'01 A'!$B$4:$B$9)</f><v>1</v>"


def test_rows_are_as_high_as_their_text() -> None:
    assert width("ab好") == 4
    assert lines("好" * 20, 21) == 3
    assert lines("a\n\nb", 20) == 3
    short, tall = cells.text("好"), cells.text("好" * 400)
    assert height([short], [20]) == 17.2
    assert height([tall], [20]) == height([tall, None, short], [20, 5, 20]) == 409
    assert height([tall, None, short], [20, 5, 20], 100) == 100
    assert height([short], [20], 100) == 17.2
    assert height([cells.text("好", "subheading")], [20]) > 17.2
