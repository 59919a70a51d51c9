"""A row of a kind is what a row of cells would be, and a workbook what openpyxl would make."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from cards import ASIDE, misses, run, sentence
from hostile import ALL
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell as OpenpyxlCell
from openpyxl.cell.rich_text import CellRichText
from openpyxl.utils import column_index_from_string
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.xml.constants import SHEET_MAIN_NS

from qa_checker.reports import agent, held, theme, workbook, write
from qa_checker.reports.cells import (
    INLINE,
    KEPT,
    Cell,
    Link,
    Texts,
    number,
    once,
    rich,
    text,
)
from qa_checker.reports.heights import height
from qa_checker.reports.kind import LETTERS, NUMBER, Blank, Filled, kind, live, settled
from qa_checker.reports.sheet import FIRST, Sheet, row_xml

STYLES = theme.style_numbers("zh")
INKS = theme.inks("zh")
LOOKS = ("font", "fill", "border", "alignment", "number_format", "protection")

styles = st.sampled_from(sorted(theme.STYLES))
said = st.text(st.characters(), max_size=40) | st.sampled_from(ALL) | st.just("{0} {{x}} %s {row}")
links = st.none() | st.builds(Link, st.just("02 通话"), st.integers(4, 99))
cells = (
    st.builds(text, said, styles)
    | st.builds(number, st.none() | st.integers() | st.floats(), styles)
    | st.builds(lambda one, look: rich([(one, "bad"), ("后", "")], INKS, look), said, styles)
    | st.builds(lambda one, link: text(one, "link", link), said, links)
)
formulas = st.sampled_from(('IF(H{row}="",E{row},H{row})', "SUM('03 打分项'!$A$4:$A$9)-F{row}"))
blanks = cells.map(lambda one: (Blank(one.style), one))
computed = st.builds(
    lambda formula, one, look: (live(formula, one, look), None),
    formulas, st.none() | st.integers() | st.sampled_from(("符合", "", "#N/A", "a<b")), styles,
)  # fmt: skip
fixed = cells.map(lambda one: (one._replace(link=None), None))
parts = st.lists(fixed | blanks | computed, max_size=6)


def as_cells(row: Filled, place: int) -> list[Cell]:
    """Return the row that a row of a kind stands for."""
    made, fillings = [], iter(row.cells)
    for one in row.kind.cells:
        if isinstance(one, Blank):
            filling = next(fillings)
            assert filling.style == one.style
            made.append(filling)
        else:
            made.append(one._replace(body=one.body.replace(NUMBER, str(place))))
    return made


def same(row: Filled, place: int, widths: Sequence[float], texts: Texts) -> None:
    """Check that a row of a kind has the XML and the links of the row it stands for.

    The texts of its own are among those that the workbook holds once.
    """
    plain, before = as_cells(row, place), len(texts)
    own = [isinstance(one, Cell) for one in row.kind.cells]
    held = [once(one, texts) if known else one for one, known in zip(plain, own, strict=True)]
    assert len(texts) == before
    assert row.xml(place) == row_xml(held, place, STYLES, height(plain, widths))
    expected = {at: one.link for at, one in zip(LETTERS, plain, strict=False) if one.link}
    assert {at: link for at, link in row.links() if link} == expected


def inline(cell: Cell, texts: Texts) -> Cell:
    """Return a cell with its text in it, be it held once or not."""
    if cell.kind != KEPT:
        return cell
    held = list(texts)[int(cell.body.removeprefix("<v>").removesuffix("</v>"))]
    return cell._replace(kind=INLINE, body=f"<is>{held}</is>")


@given(cells, st.lists(said.map(lambda one: f"<t>{one}</t>"), unique=True))
def test_a_text_that_is_held_once_is_the_same_text(cell: Cell, others: list[str]) -> None:
    texts: Texts = {other: number for number, other in enumerate(others)}
    held = once(cell, texts)
    assert inline(held, texts) == cell
    assert (held.kind == KEPT) == (cell.kind == INLINE)
    assert list(texts.values()) == list(range(len(texts)))
    assert once(cell, texts) == held


@given(parts, st.integers(FIRST, 2_000_000))
def test_a_row_of_a_kind_is_a_row_of_cells(
    given_parts: list[tuple[Cell | Blank, Cell | None]], place: int
) -> None:
    widths = [6, 30, 12, 60, 9, 96][: len(given_parts)]
    texts: Texts = {"<t>在前</t>": 0}
    of = settled(kind([one for one, _ in given_parts], widths, STYLES), texts)
    same(Filled(of, [one for _, one in given_parts if one is not None]), place, widths, texts)


Made = tuple[Path, list[Sheet], Texts]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> list[Made]:
    """Return the agents' workbooks of a run with everything in it, and their sheets as data."""
    folder, every = tmp_path_factory.mktemp("out"), list[Made]()

    def save(path: Path, sheets: Sequence[Sheet], *more: object) -> None:
        kept = [replace(sheet, rows=list(sheet.rows)) for sheet in sheets]
        every.append((path, kept, more[-1]))  # type: ignore[arg-type]
        workbook.save(path, kept, *more)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(agent, "save", save)
        write(folder, held(run()), ASIDE, "zh", sentence, misses)
    return every


def test_rows_of_workbooks(made: list[Made]) -> None:
    filled = [
        (row, place, [column.width for column in sheet.columns], texts)
        for _, sheets, texts in made
        for sheet in sheets
        for place, row in enumerate(sheet.rows, FIRST)
        if isinstance(row, Filled)
    ]
    assert len({row.kind.template for row, *_ in filled}) > 20
    for row, place, widths, texts in filled:
        same(row, place, widths, texts)


def openpyxl_value(cell: Cell) -> object:
    """Return what openpyxl would have been given for a cell."""
    body = etree.fromstring(f'<c xmlns="{SHEET_MAIN_NS}">{cell.body}</c>')
    formula, inline, plain = (body.find(f"{{{SHEET_MAIN_NS}}}{name}") for name in ("f", "is", "v"))
    if formula is not None:
        return f"={formula.text}"
    if inline is not None:
        plain = inline.find(f"{{{SHEET_MAIN_NS}}}t")
        return CellRichText.from_tree(inline) if plain is None else plain.text
    return None if plain is None else float(plain.text)


def by_openpyxl(path: Path, sheets: Sequence[Sheet], texts: Texts) -> None:
    """Write the rows of sheets the way openpyxl does, cell by cell."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for sheet in sheets:
        worksheet = book.create_sheet(sheet.title)
        for place, row in enumerate(sheet.rows, FIRST):
            plain = as_cells(row, place) if isinstance(row, Filled) else row
            worksheet.row_dimensions[place].height = height(plain, [c.width for c in sheet.columns])
            for letter, one in zip(LETTERS, plain, strict=False):
                if one is not None:
                    cell = worksheet.cell(place, column_index_from_string(letter))
                    theme.dress(cell, theme.STYLES[one.style], "zh")
                    cell.value = openpyxl_value(inline(one, texts))
                    cell.data_type = "s" if one.kind in (INLINE, KEPT) else cell.data_type
                    if one.link:
                        place_of = f"'{one.link.sheet}'!A{one.link.row}"
                        cell.hyperlink = Hyperlink(cell.coordinate, location=place_of)
    book.save(path)


def test_workbooks_read_as_those_that_openpyxl_makes(made: list[Made], tmp_path: Path) -> None:
    for path, sheets, texts in made:
        by_openpyxl(tmp_path / "plain.xlsx", sheets, texts)
        ours = load_workbook(path, rich_text=True)
        theirs = load_workbook(tmp_path / "plain.xlsx", rich_text=True)
        for sheet in theirs.worksheets:
            for row in sheet.iter_rows(min_row=FIRST):
                place = row[0].row
                tall = ours[sheet.title].row_dimensions[place].height
                assert tall == sheet.row_dimensions[place].height
                for cell in row:
                    assert_same(ours[sheet.title][cell.coordinate], cell)


def assert_same(ours: OpenpyxlCell, theirs: OpenpyxlCell) -> None:
    """Check that two cells that were read have one value, look and link."""
    assert (ours.value, ours.data_type) == (theirs.value, theirs.data_type)
    for look in LOOKS if theirs.has_style else ():
        assert repr(getattr(ours, look)) == repr(getattr(theirs, look))
    link, other = ours.hyperlink, theirs.hyperlink
    assert (link and link.location) == (other and other.location)
