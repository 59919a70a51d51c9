"""More calls than a workbook shows in detail: which are chosen, what becomes of the others."""

from __future__ import annotations

import tracemalloc
from collections.abc import Collection, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import repeat
from pathlib import Path

import pytest
from calculate import Book
from cards import ZH, call, card, every, misses, mixed, run, sentence, skipped, unscored, zeroed
from model import final
from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import Judged, held, spool, write
from qa_checker.reports.agent import course
from qa_checker.reports.excel import gather, write_workbooks
from qa_checker.reports.results import DETAILS, bare
from qa_checker.scorecard import FAIL, MANUAL, NA, PASS

CALLS, ITEMS, TRANSCRIPT, OVERVIEW = "02 通话", "03 打分项", "04 对话原文", "01 概览"
LOSSES = ("greeting", "paraphrase", "empathy", "closing", "callback_time")


def plain(number: int, failed: int = 0, manual: bool = False) -> Judged:
    """Return a call of the usual agent that failed so many items, and may wait for a person."""
    said = replace(call(f"C{number:03d}"), started_at=f"2026-01-{number + 1:02d} 09:00")
    verdicts = dict.fromkeys(LOSSES[:failed], FAIL) | ({"flow": MANUAL} if manual else {})
    return Judged(said, card(ZH, said, every(ZH, **verdicts)), ZH)


def dated(judged: Judged, number: int) -> Judged:
    """Return a call as if it had been one of the plain ones."""
    start = f"2026-01-{number + 1:02d} 09:00"
    card = replace(judged.card, call_id=f"C{number:03d}")
    said = replace(judged.call, call_id=f"C{number:03d}", started_at=start)
    return Judged(said, card, judged.rubric)


def month() -> list[Judged]:
    """Return 28 calls of one agent: two red lines, three bad ones, some waiting, one not scored."""
    calls = [plain(number) for number in range(28)]
    calls[20], calls[7] = dated(zeroed(), 20), dated(mixed(), 7)
    for number, failed in ((25, 5), (3, 4), (14, 3)):
        calls[number] = plain(number, failed)
    calls[11], calls[12] = dated(unscored(), 11), plain(12, manual=True)
    calls[26] = dated(skipped(), 26)
    return calls


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a month of which ten calls have details."""
    folder = tmp_path_factory.mktemp("out")
    write(folder, held(month()), (), "zh", sentence, misses, details=10)
    return folder


@pytest.fixture
def book(out: Path) -> Workbook:
    """Return the agent's workbook of that month."""
    return load_workbook(out / "scorecards" / "1024_王丽.xlsx")


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """Return the values of a table by column title."""
    titles, *found = sheet.iter_rows(min_row=3, values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in found]  # type: ignore[arg-type]


def chosen(book: Workbook) -> list[str]:
    """Return the calls that have details."""
    return list(dict.fromkeys(str(row["通话编号"]) for row in rows(book[ITEMS])))


def test_red_lines_come_first_then_low_scores_then_what_waits_then_the_rest(
    book: Workbook,
) -> None:
    shown = chosen(book)
    assert len(shown) == 10
    red, low, waiting = {"C007", "C020"}, {"C025", "C003", "C014"}, {"C011", "C012"}
    assert red | low | waiting <= {*shown}
    rest = [int(name[1:]) for name in shown if name not in red | low | waiting]
    assert len(rest) == 3
    # the fourth lowest score is that of all the others, the first of which wins
    assert rest[0] == 0
    assert rest[1] < 9
    assert rest[2] > 12
    assert shown == sorted(shown), "the sheet stays in the order of the calls"


def test_every_call_has_a_row_and_the_others_keep_the_score_of_the_machine(book: Workbook) -> None:
    told, shown = rows(book[CALLS]), chosen(book)
    assert [row["通话编号"] for row in told] == [one.call.call_id for one in month()]
    for number, (row, judged) in enumerate(zip(told, month(), strict=True), 4):
        links = [book[CALLS].cell(number, column).hyperlink for column in (2, 15)]
        if row["通话编号"] in shown:
            assert row["详情"] == "查看 →"
            assert all(links)
        else:
            assert row["详情"] == "qa-checker why"
            assert not any(links)
            card = judged.card
            score = float(card.shown) if card.shown else None
            assert (row["机器分"], row["最终分"], row["最终等级"]) == (
                score,
                score,
                card.band or None,
            )
            assert row["得分"] == (None if card.skipped else card.earned)
        assert row["轮数"] == len(judged.call.turns)


def test_only_the_transcripts_that_are_shown_are_asked_for(tmp_path: Path) -> None:
    results, asked = held(month()), list[list[int]]()

    def whole(numbers: Collection[int]) -> Iterator[tuple[int, Judged]]:
        asked.append(sorted(numbers))
        return results.whole(numbers)

    write(tmp_path, replace(results, whole=whole), (), "zh", sentence, details=10)
    # the ten with details, and the first call in which a word to avoid was said is among them
    assert [len(numbers) for numbers in asked] == [10]
    write(tmp_path, replace(results, whole=whole), (), "zh", sentence, details=1)
    assert len(asked[1]) <= 2


def test_calls_that_are_read_once_give_the_workbooks_of_those_read_twice(tmp_path: Path) -> None:
    once = held([*run(), *month()])
    twice = replace(once, agents=lambda: repeat("", DETAILS + 1))
    for name, results in (("once", once), ("twice", twice)):
        write(tmp_path / name, results, (), "zh", sentence)
    made = {path.relative_to(tmp_path / "once") for path in (tmp_path / "once").rglob("*.xlsx")}
    assert len(made) > 2
    for path in made:
        other = (tmp_path / "twice" / path).read_bytes()
        assert (tmp_path / "once" / path).read_bytes() == other


def decide(book: Workbook) -> dict[str, dict[str, str]]:
    """Write every third human verdict as not fit, some as fit; return them by call and item."""
    human: dict[str, dict[str, str]] = {}
    for number, row in enumerate(book[ITEMS].iter_rows(min_row=4)):
        if number % 3 == 0:
            word = (PASS, FAIL, NA)[number // 3 % 3]
            row[7].value = {PASS: "符合", FAIL: "不符合", NA: "不适用"}[word]
            human.setdefault(row[1].value, {})[row[17].value] = word
    return human


def test_the_overview_is_over_all_calls_and_follows_what_people_decide(book: Workbook) -> None:
    calls = {one.call.call_id: one for one in month()}
    for deciding in (lambda _: {}, decide):
        human: dict[str, dict[str, str]] = deciding(book)
        computed, sheet = Book(book), book[OVERVIEW]
        outcome = {name: final(one, human.get(name, {})) for name, one in calls.items()}
        scores = [one.score for one in outcome.values() if one.score is not None]
        told = {row[0].value: row[1].coordinate for row in sheet.iter_rows(max_row=16)}
        mean = computed.at(OVERVIEW, told["平均分（最终）"])
        assert mean == pytest.approx(sum(scores) / len(scores))
        assert sheet[told["通话数"]].value == 28
        assert sheet[told["　其中有打分项和原文的"]].value == 10
        for row in range(23, 23 + len(ZH.sections)):
            items = {i.id for s, i in ZH.items if s.title["zh"] == sheet.cell(row, 1).value}
            got = sum(
                (one.items.get(item) or Fraction(0) for one in outcome.values() for item in items),
                Fraction(0),
            )
            assert computed.cell(OVERVIEW, row, 2) == pytest.approx(float(got))
            share = computed.cell(OVERVIEW, row, 2) / computed.cell(OVERVIEW, row, 3)
            assert computed.cell(OVERVIEW, row, 4) == pytest.approx(share)
        for row, name in enumerate(calls, 4):
            score = outcome[name].score
            if name in chosen(book):
                want = "" if score is None else score
                assert (computed.cell(CALLS, row, 6) or "") == (want or "")


def test_what_stands_in_the_overview_is_what_a_program_computes(out: Path) -> None:
    path = out / "scorecards" / "1024_王丽.xlsx"
    formulas, cached = load_workbook(path), load_workbook(path, data_only=True)
    computed = Book(formulas)
    cells = [c for row in formulas[OVERVIEW].iter_rows() for c in row if c.data_type == "f"]
    assert len(cells) > 15
    for cell in cells:
        shown = cached[OVERVIEW][cell.coordinate].value
        assert (shown or 0) == pytest.approx(computed.at(OVERVIEW, cell.coordinate) or 0)


@pytest.mark.parametrize(("language", "title"), [("zh", "01 概览"), ("en", "01 Overview")])
def test_the_workbook_says_how_many_calls_have_details(
    tmp_path: Path, language: str, title: str
) -> None:
    _, path = write(tmp_path, held(month()), (), language, sentence, details=10)
    hint = load_workbook(path)[title]["A2"].value
    assert "28" in hint
    assert "10" in hint
    _, path = write(tmp_path, held(month()), (), language, sentence, details=28)
    assert "28" not in load_workbook(path)[title]["A2"].value


def test_a_line_over_many_calls_is_one_of_means_that_follow_people(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course, "POINTS", 20)
    monkeypatch.setattr(course, "MEANS", 5)
    *_, (path, _), _ = write_workbooks(
        tmp_path, held(month()), (), "zh", sentence, None, details=10, limit=13
    )
    book = load_workbook(path)
    human = decide(book)
    sheet, computed = book[OVERVIEW], Book(book)
    want = [final(one, human.get(one.call.call_id, {})).score for one in month()]
    names = [sheet.cell(row, 8).value for row in range(4, 9)]
    assert names == ["1–6", "7–12", "13–17", "18–23", "24–28"]
    for row, name in enumerate(names, 4):
        first, last = map(int, name.split("–"))
        machine = [one.card.shown for one in month()[first - 1 : last] if one.card.shown]
        mean = sum(map(Fraction, machine), Fraction(0)) / len(machine)
        assert sheet.cell(row, 9).value == pytest.approx(float(mean))
        scores = [score for score in want[first - 1 : last] if score is not None]
        assert computed.cell(OVERVIEW, row, 10) == pytest.approx(sum(scores) / len(scores))
    line = sheet._charts[0]
    assert line.series[0].val.numRef.f == "'01 概览'!$I$4:$I$8"
    assert all(sheet.column_dimensions[letter].hidden for letter in "HIJ")


def test_an_item_that_fails_only_elsewhere_is_named_without_a_link(tmp_path: Path) -> None:
    calls = [plain(0), plain(1, 1), dated(zeroed(), 2)]
    _, path = write(tmp_path, held(calls), (), "zh", sentence, details=1)
    sheet = load_workbook(path)[OVERVIEW]
    found = {row[0].value: row for row in sheet.iter_rows() if row[5].hyperlink or row[3].value}
    title = next(item.title["zh"] for _, item in ZH.items if item.id == "greeting")
    assert found[title][5].hyperlink is None
    assert found[title][4].value
    assert (found[title][2].value, found[title][3].value) == (1, 10)


def test_the_summary_lists_what_matters_and_says_where_the_rest_is(tmp_path: Path) -> None:
    calls = [*month(), *(unscored(f"U{number}") for number in range(9))]
    *_, (path, _) = write_workbooks(
        tmp_path, held(calls), (), "zh", sentence, None, details=10, listed=8
    )
    book = load_workbook(path)
    told = rows(book["03 通话"])
    assert len(told) == 8
    assert {"C007", "C020", "C025", "C003"} <= {row["通话编号"] for row in told}
    assert "37" in book["03 通话"]["A2"].value
    assert "8" in book["03 通话"]["A2"].value
    assert "结果库" in book["03 通话"]["A2"].value
    blank = [row for row in rows(book["06 未能判定"]) if row["类型"] == "通话"]
    assert len(blank) == 9
    assert blank[-1]["打分项或通话"] == "另有 3 通没有分数，这里没有列出；全部在结果库里。"
    figures = {row[0].value: row[1].value for row in book["01 总览"].iter_rows(max_row=20)}
    assert figures["　读入的通话"] == 37


def test_links_of_the_summary_lead_to_the_row_of_the_call(out: Path) -> None:
    agent = load_workbook(out / "scorecards" / "1024_王丽.xlsx")[CALLS]
    sheet = load_workbook(out / "summary.xlsx")["03 通话"]
    for (cell,) in sheet.iter_rows(min_row=4, min_col=2, max_col=2):
        place = cell.hyperlink.location.split("!")[1]
        assert agent[place.replace("A", "B")].value == cell.value


def test_equal_runs_give_equal_bytes_and_leave_nothing_behind(tmp_path: Path) -> None:
    for name in "ab":
        write(tmp_path / name, held(month()), (), "", sentence, misses, details=10, listed=20)
    one, two = ({p.relative_to(d): p.read_bytes() for p in d.rglob("*") if p.is_file()}
                for d in (tmp_path / "a", tmp_path / "b"))  # fmt: skip
    assert one == two
    assert sorted(map(str, one)) == ["scorecards/1024_王丽.xlsx", "summary.xlsx"]


def of(agent: str, calls: int) -> list[Judged]:
    """Return calls of an agent of that name."""
    made = (plain(number, number % 4, manual=number % 5 == 0) for number in range(calls))
    return [
        replace(one, call=replace(one.call, agent=agent), card=replace(one.card, agent=agent))
        for one in made
    ]


def test_a_workbook_is_the_same_whoever_else_is_in_the_run(tmp_path: Path) -> None:
    agents = {"a": of("a", 2), "b": of("b", 7), "c": of("c", 1)}
    calls = [one for each in agents.values() for one in each]
    write(tmp_path / "all", held(calls), (), "zh", sentence, misses)
    for agent, own in agents.items():
        write(tmp_path / agent, held(own), (), "zh", sentence, misses)
        alone = (tmp_path / agent / f"scorecards/{agent}.xlsx").read_bytes()
        assert (tmp_path / f"all/scorecards/{agent}.xlsx").read_bytes() == alone


def test_every_area_ends_with_the_rows(tmp_path: Path) -> None:
    calls = [*of("a", 2), *of("b", 7)]
    write(tmp_path, held(calls), (), "zh", sentence, misses)
    for agent, count in (("a", 2), ("b", 7)):
        book = load_workbook(tmp_path / f"scorecards/{agent}.xlsx")
        last = {CALLS: 3 + count, ITEMS: 3 + 12 * count, TRANSCRIPT: 3 + 8 * count}
        for title, row in last.items():
            sheet = book[title]
            assert sheet.max_row == row
            assert sheet.auto_filter.ref.endswith(str(row))
            colours = [str(area.sqref) for area in sheet.conditional_formatting]
            assert all(area.endswith(str(row)) for area in colours)
        assert book[ITEMS].print_area.endswith(f"${last[ITEMS]}")
        line = book[OVERVIEW]._charts[0].series[0]
        assert line.val.numRef.f == f"'02 通话'!$E$4:$E${last[CALLS]}"


def test_a_full_disk_is_told_in_words_and_leaves_the_old_workbooks(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(tmp_path, held(month()), (), "zh", sentence)
    old = {path: path.read_bytes() for path in tmp_path.rglob("*.xlsx")}
    full = spool.TABLES.replace("BEGIN", "PRAGMA max_page_count = 12; BEGIN")
    monkeypatch.setattr(spool, "TABLES", full)
    with pytest.raises(OSError, match=r"could not keep the calls .* is full"):
        write(tmp_path, held(month()), (), "zh", sentence)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == old


def test_memory_does_not_grow_with_the_calls(tmp_path: Path) -> None:
    def peak(count: int) -> int:
        calls = (bare(plain(number % 28, number % 3)) for number in range(count))
        with spool.open_spool(tmp_path) as opened:
            tracemalloc.start()
            gather(opened, enumerate(calls), "zh", {})
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
        return most

    peak(30)  # fills what is kept between runs
    # what the summary says about a call takes 2 kB
    assert peak(600) < peak(30) + 600 * 500
