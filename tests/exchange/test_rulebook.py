"""to-xlsx, from-xlsx: unchanged means the same bytes, a change touches only its own lines."""

from __future__ import annotations

import difflib
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_checker.cli import group
from qa_checker.exchange.rulebook.applying import changed
from qa_checker.exchange.rulebook.files import RuleFile
from qa_checker.exchange.rulebook.rows import Row
from qa_checker.exchange.rulebook.wanted import BadCell
from qa_checker.problem import BadInput

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "tests" / "contract"
FILES = sorted(
    path
    for folder in ("lexicons", "rubrics", "tests/contract")
    for path in (ROOT / folder).rglob("*.yaml")
)
IDS = [path.relative_to(ROOT).as_posix() for path in FILES]
LEXICON = """\
# the top
qa_checker: lexicon/v1
id: w   # its name
version: 1.0.0
languages: [zh]

entries:
  # ---- first ----
  - id: refuse
    title: 拒绝
    polarity: avoid
    homophones: off      # 常被识别错
    phrases:
      - 不能        # short
      # the long one
      - "办不了"
      - re: 'a\\d+'
    unless: [能不能, 不能再...了]
    instead:
      - 我帮您看看
    examples:
      hit: ["这个不能退", 这个办不了]
      miss: [您看能不能登记]

  # ---- second ----
  - {id: sorry, polarity: prefer, phrases: [抱歉], examples: {hit: [抱歉], miss: [好]}}
# the end
"""


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(group, [*map(str, arguments)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


def file_of(path: Path) -> RuleFile:
    return RuleFile(path.name, path.read_bytes())


def rewrite(file: RuleFile, edit: Callable[[list[Row]], Sequence[Row]]) -> str:
    rows = [replace(row, number=n) for n, row in enumerate(file.rows(0), 2)]
    return changed(file, 0, edit(rows))[0]


def with_cell(row: Row, column: str, text: str) -> Row:
    cells = {**row.cells, column: text}
    return replace(row, cells={name: said for name, said in cells.items() if said})


def set_cell(sheet: str, key: str, column: str, text: str) -> Callable[[list[Row]], list[Row]]:
    def edit(rows: list[Row]) -> list[Row]:
        assert any((row.sheet, row.key) == (sheet, key) for row in rows)
        return [
            with_cell(row, column, text) if (row.sheet, row.key) == (sheet, key) else row
            for row in rows
        ]

    return edit


def difference(old: str, new: str) -> tuple[list[str], list[str]]:
    """Return the lines that went and those that came."""
    lines = list(difflib.ndiff(old.split("\n"), new.split("\n")))
    return (
        [line[2:] for line in lines if line.startswith("- ")],
        [line[2:] for line in lines if line.startswith("+ ")],
    )


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_rows_that_nobody_changed_give_the_same_text(path: Path) -> None:
    file = file_of(path)
    assert rewrite(file, lambda rows: rows) == file.page.text
    assert file.bytes_of(file.page.text) == path.read_bytes()


@pytest.mark.parametrize("path", FILES, ids=IDS)
def test_the_rows_hold_every_comment(path: Path) -> None:
    file = file_of(path)
    cells = "\n".join(cell for row in file.rows(0) for cell in row.cells.values())
    for start, end in file.page.comments:
        assert file.page.text[start:end] in cells


@pytest.mark.parametrize(
    "wanted",
    ["complaint_zh", "support_en", "zh/refuse", CONTRACT / "refund_zh.rubric.yaml",
     CONTRACT / "support_en.rubric.yaml", CONTRACT / "service_zh.lexicon.yaml"],
)  # fmt: skip
def test_an_unchanged_workbook_gives_the_same_bytes(tmp_path: Path, wanted: str | Path) -> None:
    book, out = tmp_path / "book.xlsx", tmp_path / "out"
    assert run("to-xlsx", wanted, "-o", book)[0] == 0
    assert run("from-xlsx", book, "-o", out)[0] == 0
    made = sorted(out.rglob("*.yaml"))
    assert made
    by_name = {path.name: path.read_bytes() for path in FILES if path.parent.name != "en"}
    assert [path.read_bytes() for path in made] == [by_name[path.name] for path in made]


def test_the_same_rules_give_the_same_workbook(tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        run("to-xlsx", "zh/refuse", "-o", tmp_path / name)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def lexicon() -> RuleFile:
    return RuleFile("w.yaml", LEXICON.encode())


CASES = {
    "a value, its comment stays": (
        ("Entries", "0.0", "homophones", "near"),
        ["    homophones: off      # 常被识别错"],
        ["    homophones: near      # 常被识别错"],
    ),
    "a quoted phrase": (
        ("Phrases", "0.0.phrases.1", "text", "办不到"),
        ['      - "办不了"'],
        ['      - "办不到"'],
    ),
    "a phrase that needs quotes": (
        ("Phrases", "0.0.phrases.0", "text", "(不)?能: 不"),
        ["      - 不能        # short"],
        ["      - '(不)?能: 不'        # short"],
    ),
    "a regex": (
        ("Phrases", "0.0.phrases.2", "text", "it's"),
        ["      - re: 'a\\d+'"],
        ["      - re: 'it''s'"],
    ),
    "one of a list in brackets": (
        ("Phrases", "0.0.unless.0", "text", "能不能, 行"),
        ["    unless: [能不能, 不能再...了]"],
        ["    unless: ['能不能, 行', 不能再...了]"],
    ),
    "a new key": (("Entries", "0.0", "severity", "error"), [], ["    severity: error"]),
    "a key in another language": (
        ("Entries", "0.0", "title en", "No"),
        ["    title: 拒绝"],
        ["    title: {zh: 拒绝, en: 'No'}"],
    ),
    "a key less, its comment stays": (
        ("Entries", "0.0", "homophones", ""),
        ["    homophones: off      # 常被识别错"],
        ["    # 常被识别错"],
    ),
    "a line more": (
        ("Entries", "0.0", "instead", "我帮您看看\n我来登记"),
        [],
        ["      - 我来登记"],
    ),
    "a new key in brackets": (
        ("Entries", "0.1", "role", "agent"),
        ["  - {id: sorry, polarity: prefer, phrases: [抱歉], examples: {hit: [抱歉], miss: [好]}}"],
        [
            "  - {id: sorry, polarity: prefer, role: agent, phrases: [抱歉], "
            "examples: {hit: [抱歉], miss: [好]}}"
        ],
    ),
    "a comment": (
        ("Phrases", "0.0.phrases.0", "comments", "# tiny"),
        ["      - 不能        # short"],
        ["      - 不能        # tiny"],
    ),
    "another comment": (
        ("Entries", "0.0", "comments", "# ---- first ----\n# 常被识别错\nwhy"),
        [],
        ["  # why"],
    ),
    "a comment less": (
        ("Phrases", "0.0.phrases.1", "comments", ""),
        ["      # the long one"],
        [],
    ),
    "the head": (("Head", "0", "version", "1.1.0"), ["version: 1.0.0"], ["version: 1.1.0"]),
    "slots": (
        ("Head", "0", "slots", "您: [您, 你]"),
        [],
        ["slots:", "  您: [您, 你]"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_changed_cell_changes_its_line(name: str) -> None:
    cell, gone, come = CASES[name]
    assert difference(LEXICON, rewrite(lexicon(), set_cell(*cell))) == (gone, come)


def test_a_renamed_entry_keeps_its_phrases() -> None:
    text = rewrite(lexicon(), set_cell("Entries", "0.0", "id", "deny"))
    assert difference(LEXICON, text) == (["  - id: refuse"], ["  - id: deny"])


def test_rows_go_come_and_move() -> None:
    def edit(rows: list[Row]) -> list[Row]:
        long = next(row for row in rows if row["text"] == "办不了")
        kept = [row for row in rows if row["text"] not in ("不能", "办不了", "抱歉")]
        place = next(n for n, row in enumerate(kept) if row.key == "0.0.phrases.2")
        new = Row("Phrases", "", {**long.cells, "text": "没办法", "comments": "new\n# two"})
        return [*kept[: place + 1], new, long, *kept[place + 1 :]]

    text = rewrite(lexicon(), edit)
    assert (
        """
    phrases:
      - re: 'a\\d+'
      # new
      # two
      - 没办法
      # the long one
      - "办不了"
    unless:"""
        in text
    )
    assert "{id: sorry, polarity: prefer, examples: {miss: [好]}}" in text
    assert text.replace("examples", "", 1).count("\n") == LEXICON.count("\n") + 2


def test_a_row_of_an_entry_that_is_not_there_is_refused() -> None:
    stray = Row("Phrases", "", {"file": "w.yaml", "entry": "x", "kind": "phrase", "text": "喂"})
    with pytest.raises(BadCell, match='no entry "x"'):
        rewrite(lexicon(), lambda rows: [*rows, stray])


def test_an_entry_moves_with_its_comment_and_a_new_one_is_written() -> None:
    def edit(rows: list[Row]) -> list[Row]:
        first, second = (row for row in rows if row.sheet == "Entries")
        new = Row("Entries", "", {"file": "w.yaml", "id": "hello", "polarity": "neutral"})
        where = {"file": "w.yaml", "entry": "hello"}
        said = [
            Row("Phrases", "", {**where, "kind": "phrase", "text": "喂"}),
            Row("Sentences", "", {**where, "kind": "hit", "text": "喂"}),
            Row("Sentences", "", {**where, "kind": "miss", "text": "好"}),
        ]
        others = [row for row in rows if row.sheet != "Entries"]
        return [others[0], second, new, first, *others[1:], *said]

    text = rewrite(lexicon(), edit)
    start = text.index("entries:")
    assert text[start:].startswith("entries:\n  # ---- second ----\n  - {id: sorry,")
    assert """
  - id: hello
    polarity: neutral
    phrases:
      - 喂
    examples:
      hit:
        - 喂
      miss:
        - 好

  # ---- first ----
  - id: refuse
""" in text  # fmt: skip
    assert text.endswith("      miss: [您看能不能登记]\n# the end\n")


def test_calls_of_one_name_keep_their_own_verdicts() -> None:
    path = CONTRACT / "refund_zh.rubric.yaml"
    text = path.read_text(encoding="utf-8").replace("- name: 打断三次", "- name: 规范的一通电话")
    file = RuleFile(path.name, text.encode())
    assert rewrite(file, lambda rows: rows) == text
    renamed = rewrite(file, set_cell("Calls", "0.0", "name", "another"))
    assert difference(text, renamed) == (["  - name: 规范的一通电话"], ["  - name: another"])


WORDS = st.text(
    st.sampled_from([*"ab 1:#-[]{}'\"\\,?<>()|&*!%@`=~", "不", "能", "，", "…", "😀"]),
    min_size=1,
    max_size=12,
).map(str.strip).filter(lambda text: text and not text.startswith("#"))  # fmt: skip
COLUMNS = ("title zh", "title en", "polarity", "role", "severity", "why en", "source", "text",
           "points", "advice zh", "instead", "was", "item", "name", "score")  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_any_changes_are_read_back_and_touch_only_their_rows(data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(SMALL))
    file = file_of(path)
    before = file.rows(0)
    rows = list(before)
    for _ in range(data.draw(st.integers(1, 4))):
        n = data.draw(st.integers(1, len(rows) - 1))
        known = [name for name in COLUMNS if name in rows[n].cells]
        rows[n] = with_cell(rows[n], data.draw(st.sampled_from(known)), data.draw(WORDS))
    touched = [old.spans[""] for old, new in zip(before, rows, strict=True) if old != new]
    text = changed(file, 0, rows)[0]  # compares what it wrote with the rows
    old = file.page.text.split("\n")
    may = {
        number
        for start, end in touched
        for number in range(
            file.page.text.count("\n", 0, start), file.page.text.count("\n", 0, end) + 1
        )
    }
    matcher = difflib.SequenceMatcher(None, old, text.split("\n"), autojunk=False)
    for kind, a, b, _, _ in matcher.get_opcodes():
        assert kind == "equal" or set(range(a, b)) <= may


SMALL = [
    *sorted(CONTRACT.glob("*.yaml")),
    ROOT / "lexicons" / "zh" / "refuse.yaml",
    ROOT / "lexicons" / "en" / "hold.yaml",
]


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_rows_in_any_order_and_number_are_read_back(data: st.DataObject) -> None:
    file = file_of(data.draw(st.sampled_from(SMALL)))
    head, *rest = file.rows(0)
    sheet = data.draw(st.sampled_from(sorted({row.sheet for row in rest} - {"Items", "Entries"})))
    movable = [row for row in rest if row.sheet == sheet]
    moved = data.draw(st.permutations(movable[:12]))
    dropped = data.draw(st.integers(0, max(0, len(moved) - 1)))
    gone = {row["name"] for row in moved[:dropped]} if sheet == "Calls" else set()
    others = [row for row in rest if row.sheet != sheet and row["call"] not in gone]
    text = changed(file, 0, [head, *others, *moved[dropped:], *movable[12:]])[0]
    yaml.load(text, yaml.CSafeLoader)


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.data())
def test_items_go_to_any_section(data: st.DataObject) -> None:
    file = file_of(CONTRACT / "refund_zh.rubric.yaml")
    head, *rest = file.rows(0)
    items = [row for row in rest if row.sheet == "Items" and row["kind"] == "item"]
    first, *sections = [row for row in rest if row.sheet == "Items" and row["kind"] == "section"]
    moved = data.draw(st.permutations([*items, *sections]))
    others = [row for row in rest if row.sheet != "Items"]
    text = changed(file, 0, [head, first, *moved, *others])[0]
    old = file.page.text
    lines = sorted(line.strip() for line in text.split("\n") if line.strip())
    same = sorted(line.strip() for line in old.split("\n") if line.strip())
    assert [line for line in lines if line != "items:"] == [x for x in same if x != "items:"]


def made(tmp_path: Path) -> tuple[Path, Path, openpyxl.Workbook]:
    """Return a rubric, its workbook's path and the workbook opened."""
    for path in CONTRACT.glob("*_zh.*.yaml"):
        shutil.copy(path, tmp_path)
    rubric, book = tmp_path / "refund_zh.rubric.yaml", tmp_path / "book.xlsx"
    run("to-xlsx", rubric, "-o", book)
    return rubric, book, openpyxl.load_workbook(book)


def cell(opened: openpyxl.Workbook, sheet: str, row: int, column: str) -> openpyxl.cell.Cell:
    titles = [str(each.value).split("\n")[0] for each in opened[sheet][1]]
    return opened[sheet].cell(row, titles.index(column) + 1)


def test_a_change_in_the_workbook_changes_the_file_in_place(tmp_path: Path) -> None:
    rubric, book, opened = made(tmp_path)
    before = rubric.read_text(encoding="utf-8")
    target = cell(opened, "Items", 3, "advice en")
    assert target.value == "Open with brand and agent number."
    target.value = "Say who you are."
    opened.save(book)
    code, said = run("from-xlsx", book, "--into", rubric)
    assert (code, "service_zh.lexicon.yaml: unchanged" in said) == (0, True)
    gone, come = difference(before, rubric.read_text(encoding="utf-8"))
    assert len(gone) == len(come) == 1
    assert come[0] == gone[0].replace("Open with brand and agent number.", "Say who you are.")


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "said"),
    [
        ("Entries", 2, "polarity", "avod", "Entries!F2: must be prefer, avoid or neutral"),
        ("Phrases", 3, "text", "(不", "Phrases!E3: "),
        ("Items", 3, "points", 11, "add up to 101"),
        ("Items", 3, "points", "many", 'Items!F3: points are a number, not "many"'),
        ("Items", 3, "check", "{find: service.nothing}", "Items!J3: no lexicon entry"),
        ("Items", 2, "points", 5, 'Items!F2: a section has no "points"'),
        ("Items", 3, "check", "{find: [", "Items!J3: not YAML: "),
        ("Verdicts", 2, "verdict", "passt", "Verdicts!D2: "),
        ("Phrases", 2, "entry", "nobody", 'Phrases!C2: no entry "nobody"'),
        ("Phrases", 2, "kind", "word", 'Phrases!D2: "word" is no kind'),
        ("Phrases", 2, "file", "x.yaml", 'Phrases!B2: no file "x.yaml"'),
        ("Phrases", 2, "text", "=1+1", "Phrases!E2: a formula"),
        ("Head", 4, "value", "one", 'Head!E4: '),
    ],
)  # fmt: skip
def test_a_bad_cell_is_named_and_nothing_is_written(
    tmp_path: Path, sheet: str, row: int, column: str, value: object, said: str
) -> None:
    rubric, book, opened = made(tmp_path)
    before = [path.read_bytes() for path in sorted(tmp_path.glob("*.yaml"))]
    cell(opened, sheet, row, column).value = value
    opened.save(book)
    code, output = run("from-xlsx", book, "--into", rubric)
    assert (code, said in output) == (1, True), output
    assert [path.read_bytes() for path in sorted(tmp_path.glob("*.yaml"))] == before


def test_files_that_changed_meanwhile_are_not_touched(tmp_path: Path) -> None:
    rubric, book, _ = made(tmp_path)
    rubric.write_text(rubric.read_text(encoding="utf-8") + "# more\n", encoding="utf-8")
    with pytest.raises(BadInput, match="not the file that the workbook was made of"):
        run("from-xlsx", book, "--into", rubric)


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    rubric, book, _ = made(tmp_path)
    with pytest.raises(BadInput, match="is there already"):
        run("to-xlsx", rubric, "-o", book)
    with pytest.raises(BadInput, match="is there already"):
        run("from-xlsx", book, "-o", tmp_path)


@pytest.mark.parametrize(
    ("sheet", "said"),
    [("Calls", 'Verdicts!B2: no call "规范的一通电话"'), ("Entries", "Phrases!C2: no entry")],
)
def test_rows_whose_owner_is_gone_are_not_lost_in_silence(
    tmp_path: Path, sheet: str, said: str
) -> None:
    rubric, book, opened = made(tmp_path)
    before = [path.read_bytes() for path in sorted(tmp_path.glob("*.yaml"))]
    opened[sheet].delete_rows(2, opened[sheet].max_row)
    opened.save(book)
    code, output = run("from-xlsx", book, "--into", rubric)
    assert (code, said in output) == (1, True), output
    assert f"its row in {sheet} is gone" in output
    assert [path.read_bytes() for path in sorted(tmp_path.glob("*.yaml"))] == before


def test_a_call_goes_with_its_verdicts(tmp_path: Path) -> None:
    rubric, book, opened = made(tmp_path)
    gone = opened["Calls"].cell(2, 2).value
    opened["Calls"].delete_rows(2)
    while opened["Verdicts"].cell(2, 2).value == gone:
        opened["Verdicts"].delete_rows(2)
    opened.save(book)
    assert run("from-xlsx", book, "--into", rubric)[0] == 0
    assert gone not in rubric.read_text(encoding="utf-8")


@pytest.mark.parametrize("sheet", ["_files", "Head", "Calls", "Verdicts", "Phrases", "Sentences"])
def test_a_workbook_of_another_kind_is_refused(tmp_path: Path, sheet: str) -> None:
    _, book, opened = made(tmp_path)
    del opened[sheet]
    opened.save(book)
    with pytest.raises(BadInput, match=sheet):
        run("from-xlsx", book, "-o", tmp_path / "out")
    (tmp_path / "x.xlsx").write_bytes(b"PK nothing")
    with pytest.raises(BadInput, match="not a workbook"):
        run("from-xlsx", tmp_path / "x.xlsx", "-o", tmp_path / "out")


def test_text_that_looks_like_a_formula_stays_text(tmp_path: Path) -> None:
    path = tmp_path / "w.yaml"
    path.write_text(LEXICON.replace("我帮您看看", "'=HYPERLINK(\"x\")'"), encoding="utf-8")
    book = tmp_path / "book.xlsx"
    run("to-xlsx", path, "-o", book)
    opened = openpyxl.load_workbook(book)
    assert cell(opened, "Entries", 2, "instead").data_type == "s"
    assert opened["_files"].sheet_state == "veryHidden"
    lists = opened["Entries"].data_validations.dataValidation
    assert {'"prefer,avoid,neutral"', '"off,same,near"'} <= {each.formula1 for each in lists}


@pytest.mark.parametrize("end", ["\r\n", "\n"])
def test_line_ends_and_first_bytes_stay(tmp_path: Path, end: str) -> None:
    content = b"\xef\xbb\xbf" + LEXICON.rstrip("\n").replace("\n", end).encode()
    file = RuleFile("w.yaml", content)
    text = rewrite(file, set_cell("Head", "0", "version", "1.1.0"))
    assert file.bytes_of(text) == content.replace(b"1.0.0", b"1.1.0")
