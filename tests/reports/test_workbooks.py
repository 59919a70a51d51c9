"""The workbooks of a run: what stands in them, where links lead, and of which type cells are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import cast
from urllib.parse import unquote

import pytest
from cards import ASIDE, english, misses, mixed, run, sentence, skipped
from hostile import ALL
from openpyxl import load_workbook
from openpyxl.cell import Cell
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from qa_checker.reports import Judged, held, write
from qa_checker.reports.heights import lines
from qa_checker.reports.summary.calls import TALLEST
from qa_checker.reports.summary.ground import LINES, Ground, counts
from qa_checker.reports.words import messages

IDS = ("通话编号", "来源文件", "规则版本", "打分项代号", "开始时间", "坐席")
NUMBERS = (
    "序号",
    "轮数",
    "机器分",
    "分值",
    "机器得分",
    "得分",
    "次数",
    "通话数",
    "合计丢分",
    "时间",
)
AGENT = ["01 概览", "02 通话", "03 打分项", "04 对话原文", "05 说明"]
SUMMARY = [
    "01 总览", "02 坐席", "03 通话", "04 打分项", "05 禁忌用语", "06 未能判定", "07 未读入的文件",
]  # fmt: skip


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a run with everything in it."""
    folder = tmp_path_factory.mktemp("out")
    write(folder, held(run()), ASIDE, "zh", sentence, misses)
    return folder


def workbooks(out: Path) -> Iterator[tuple[Path, Workbook]]:
    """Yield every workbook of a run."""
    for path in sorted(out.rglob("*.xlsx")):
        yield path, load_workbook(path, rich_text=True)


def table(sheet: Worksheet) -> list[dict[str, Cell]]:
    """Return the rows of a table by column title."""
    titles = [cell.value for cell in sheet[3]]
    return [dict(zip(titles, row, strict=True)) for row in sheet.iter_rows(min_row=4)]


def column(sheet: Worksheet, title: str) -> list[object]:
    """Return the values of a column."""
    return [row[title].value for row in table(sheet)]


def test_sheets_are_named_by_us_and_set_up_for_work_and_print(out: Path) -> None:
    for path, book in workbooks(out):
        assert book.sheetnames == (SUMMARY if path.name == "summary.xlsx" else AGENT)
        for sheet in book:
            assert sheet.page_setup.orientation == "landscape"
            assert str(sheet.page_setup.paperSize) == "9"
            assert sheet.page_setup.fitToWidth == 1
            if sheet.title in ("01 总览", "01 概览"):
                continue
            assert sheet.print_title_rows == "$3:$3"
            assert int(sheet.freeze_panes[1:]) == 4
            assert sheet["A3"].font.name == "Microsoft YaHei"
            if sheet.title != "05 说明":
                assert sheet.auto_filter.ref.startswith("A3:")


def test_numbers_are_numbers_and_ids_are_text(out: Path) -> None:
    seen = set()
    for _, book in workbooks(out):
        for sheet in book:
            for row in table(sheet) if sheet["A3"].value else []:
                for title, cell in row.items():
                    if cell.value is not None and title in IDS:
                        assert cell.data_type == "s"
                        seen.add(title)
                    if cell.value is not None and title in NUMBERS:
                        assert cell.data_type in ("n", "d", "f"), (sheet.title, title, cell.value)
                        seen.add(title)
    assert seen >= {*IDS, *NUMBERS} - {"开始时间"}


def test_every_link_leads_to_a_row_that_exists(out: Path) -> None:
    books = {path.name: book for path, book in workbooks(out)}
    seen = 0
    for name, book in books.items():
        for cell in (c for sheet in book for row in sheet for c in row if c.hyperlink):
            target = cell.hyperlink.target
            if target:
                assert (out / unquote(target)).is_file()
                name = unquote(target).removeprefix("scorecards/")
            sheet, place = cell.hyperlink.location.split("!")
            assert int(place[1:]) <= books[name][sheet.strip("'")].max_row
            seen += 1
    assert seen > 60


def test_agents_whose_numbers_stand_in_for_last_rows_elsewhere_are_linked(tmp_path: Path) -> None:
    names = [f"98000{number}" for number in range(9)]
    write(tmp_path, held([mixed(agent=name) for name in names]), (), "zh", sentence)
    sheet = load_workbook(tmp_path / "summary.xlsx")["02 坐席"]
    linked = [row["坐席"].hyperlink for row in table(sheet)]
    assert [link and link.target for link in linked] == [f"scorecards/{n}.xlsx" for n in names]


def test_a_call_leads_to_its_transcript_and_back(out: Path) -> None:
    book = load_workbook(out / "scorecards" / "1024_王丽.xlsx")
    for row in table(book["02 通话"]):
        link = row["通话编号"].hyperlink.location
        banner = book["04 对话原文"][int(link.split("!A")[1])]
        assert row["通话编号"].value in banner[4].value
        assert banner[5].hyperlink.location == f"'02 通话'!A{row['序号'].row}"
    first = table(book["03 打分项"])[4]
    assert first["轮次"].value == "第5轮"
    said = book["04 对话原文"][int(first["轮次"].hyperlink.location.split("!A")[1])]
    assert (said[1].value, said[4].value) == (5, "这个我们不能处理，这事不归我管。")
    found = said[6].hyperlink.location
    assert book["03 打分项"][int(found.split("!A")[1])][3].value == first["打分项"].value


def test_people_choose_from_a_list_that_stands_in_the_workbook(out: Path) -> None:
    book = load_workbook(out / "scorecards" / "1024_王丽.xlsx")
    (rule,) = book["03 打分项"].data_validations.dataValidation
    assert (rule.type, rule.formula1) == ("list", "'05 说明'!$A$4:$A$6")
    assert [book["05 说明"].cell(row, 1).value for row in (4, 5, 6)] == ["符合", "不符合", "不适用"]
    assert str(rule.sqref) == f"H4:H{book['03 打分项'].max_row}"
    assert book["03 打分项"]["H3"].value == "人工判定"


def test_the_items_sheet_says_why(out: Path) -> None:
    book = load_workbook(out / "scorecards" / "1024_王丽.xlsx")
    rows = {row["打分项代号"].value: row for row in table(book["03 打分项"])[:12]}
    quotes = rows["soft_words"]["证据（轮次 时间 原话 扣分）"].value
    assert quotes == "✗ 第5轮 00:16 坐席：这个我们【不能】处理，这事不归我管。（「不能」） −2"
    assert (
        rows["interrupting"]["证据（轮次 时间 原话 扣分）"].value
        == "缺少完整的起止时间，无法按时长判断"
    )
    assert rows["over_explaining"]["证据（轮次 时间 原话 扣分）"].value == "测得：41 chars"
    assert rows["paraphrase"]["查找范围与最接近的话"].value == (
        "查找范围：坐席第 1、3、5、7 轮\n"
        "最接近：第3轮“先跟您核对”，对照“(跟|和)<您>(确认|核对)一下”（差三个字）"
    )
    assert rows["verify_first"]["一票否决"].value == "整通清零"
    assert rows["red_line_words"]["一票否决"].value == "本环节清零"
    assert rows["soft_words"]["规则版本"].value == "refund_hotline@2.1.0#0a1b"
    assert rows["greeting"]["改进建议"].value is None


def test_hits_are_highlighted_inside_the_text(out: Path) -> None:
    book = load_workbook(out / "scorecards" / "1024_王丽.xlsx", rich_text=True)
    said = next(r for r in table(book["04 对话原文"]) if r["轮次"].value == 5)["原话"].value
    assert isinstance(said, CellRichText)
    assert str(said) == "这个我们不能处理，这事不归我管。"
    red = [run.text for run in said if isinstance(run, TextBlock) and run.font.u]
    assert red == ["不能", "不归我管"]


def test_the_summary_counts_everything_once(out: Path) -> None:
    book = load_workbook(out / "summary.xlsx")
    figures = {row[0].value: row[1].value for row in book["01 总览"].iter_rows(max_row=20)}
    assert figures["找到的通话与文件"] == 8
    assert (figures["　读入的通话"], figures["　未读入的文件"]) == (6, 2)
    assert figures["不适用本评分表的通话"] == figures["无法评分的通话"] == 1
    assert figures["有分数的通话"] == 4
    assert len(book["01 总览"]._charts) == 3
    assert column(book["03 通话"], "得分") == [23.1, 0, 80, None, None, 23.1]
    assert column(book["03 通话"], "已判分值") == [65, 100, 50, None, 0, 65]
    assert column(book["03 通话"], "评分表总分") == [100, 100, 100, 100, 100, 100]
    assert column(book["02 坐席"], "坐席") == ["1024 王丽", "@SUM(A1)", "Dana Whitlock"]


def test_a_call_with_much_to_say_leaves_room_for_others(tmp_path: Path) -> None:
    one, said = mixed(), "\n".join(f"第{number}件事" for number in range(60))
    told = Judged(one.call, replace(one.card, notes=(said,)), one.rubric)
    write(tmp_path, held([told]), (), "zh", sentence)
    sheet = load_workbook(tmp_path / "summary.xlsx")["03 通话"]
    (row,) = table(sheet)
    assert said in str(row["说明"].value)
    assert sheet.row_dimensions[4].height == TALLEST
    assert "点单元格看全文" in str(sheet["A2"].value)


def test_columns_of_counts_are_as_broad_as_their_titles() -> None:
    said = ("打断（坐席）", "客户提到媒体曝光 / 客户提到律师或法院 / 客户提到监管机构（客户）")
    short, long = counts(cast(Ground, SimpleNamespace(counted=said)))
    assert (short.title, long.title) == said
    assert short.width < long.width
    for one in (short, long):
        # a title has less room than its column: there is a button for filters
        assert lines(one.title, one.width - 3) <= LINES + 1


def test_avoided_words_come_with_what_to_say_instead(out: Path) -> None:
    rows = table(load_workbook(out / "summary.xlsx")["05 禁忌用语"])
    said = "说过的话（最常说的在前）"
    told = {str(row[said].value).split(" ×")[0]: row for row in rows}
    assert set(told) == {"不归我管", "不能", "can't"}
    assert told["不能"][said].value == "不能 ×2"
    assert (told["不能"]["次数"].value, told["不能"]["通话数"].value) == (2, 2)
    assert told["不能"]["可以这样说"].value == "我帮您看看可以怎么处理\n目前可以为您做的是……"
    assert told["不能"]["例句"].value == "ZH-001 第5轮：这个我们【不能】处理，这事不归我管。"
    pattern = "词库写法（供改规则的人）"
    assert told["不归我管"][pattern].value == "不归(我|我们)管 ×2"
    assert told["不能"][pattern].value is None, "it is what was said"
    assert told["不能"]["按哪条规则扣分"].value.startswith("refund_hotline/")


def test_what_could_not_be_judged_is_named_with_the_reason(out: Path) -> None:
    rows = table(load_workbook(out / "summary.xlsx")["06 未能判定"])
    told = {(row["打分项或通话"].value, row["原因"].value): row["通话数"].value for row in rows}
    assert told["沟通与处理 · 打断客户不超过两次", "缺少完整的起止时间，无法按时长判断"] == 2
    assert told["收尾 · 解决方案正确（人工判）", "需要人工判定"] == 2
    assert told["ZH-003", "评分表不适用：渠道是“chat”，而不是“phone”"] == 1
    assert told["ZH-004", "没有分数：分不清谁是坐席、谁是客户"] == 1
    assert {reason for _, reason in told} >= {
        messages()[f"reason.{name}"]["zh"]
        for name in ("unknown_roles", "no_opportunity", "not_applicable", "too_short")
    }


def test_files_set_aside_are_listed(out: Path) -> None:
    rows = table(load_workbook(out / "summary.xlsx")["07 未读入的文件"])
    assert [[cell.value for cell in row.values()] for row in rows] == [
        [1, "calls/broken.json", 12, "broken JSON: a brace is missing", "export it again"],
        [2, "=cmd|' /C calc'!A0", None, "所有轮次都没有文字", None],
    ]


def test_hostile_text_everywhere_is_text_everywhere(tmp_path: Path) -> None:
    hostile = [one for one in ALL if len(one) < 100]
    judged = [mixed(one, hostile[-1 - n]) for n, one in enumerate(hostile[:12])]
    write(tmp_path, held(judged), ASIDE, "zh", sentence)
    for _, book in workbooks(tmp_path):
        for cell in (c for sheet in book for row in sheet for c in row):
            ours = cell.data_type == "f" and cell.value.startswith(("=IF", "=COUNT", "=SUM"))
            assert cell.data_type in ("s", "n", "d") or ours, cell.value


@pytest.mark.parametrize(
    ("language", "summary", "agent"),
    [("en", "01 Dashboard", "01 Overview"), ("", "01 总览", "01 Overview")],
)
def test_reports_speak_the_language_asked_for_or_that_of_the_rubric(
    tmp_path: Path, language: str, summary: str, agent: str
) -> None:
    write(tmp_path, held([mixed(), english(), skipped()]), (), language, sentence)
    assert load_workbook(tmp_path / "summary.xlsx").sheetnames[0] == summary
    dana = load_workbook(tmp_path / "scorecards" / "Dana_Whitlock.xlsx")
    assert dana.sheetnames[0] == agent
    assert dana["03 Items"]["E4"].value == "Pass"


def test_a_run_without_calls_still_says_so(tmp_path: Path) -> None:
    (path,) = write(tmp_path, held([]), ASIDE, "", sentence)
    book = load_workbook(path)
    assert book.sheetnames == SUMMARY
    assert len(table(book["07 未读入的文件"])) == 2
