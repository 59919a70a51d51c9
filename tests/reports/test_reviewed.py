"""What people wrote in a workbook outlives the next run."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pytest
from cards import ASIDE, english, mixed, run, sentence
from openpyxl import load_workbook

from qa_checker.reports import excel, held, reviewed, write
from qa_checker.reports.reviewed import written_in

AGENT = "1024_王丽.xlsx"


def again(out: Path, language: str = "zh") -> None:
    """Run once more into the same folder."""
    write(out, held(run()), ASIDE, language, sentence)


def review(path: Path, place: str, said: str, sheet: str = "03 打分项") -> bytes:
    """Write into a cell of a workbook as a person does; return its bytes."""
    book = load_workbook(path, rich_text=True)
    book[sheet][place] = said
    book.save(path)
    return path.read_bytes()


def kept(out: Path, fate: str = "reviewed") -> dict[str, bytes]:
    """Return the workbooks that were kept."""
    return {path.name: path.read_bytes() for path in (out / "scorecards" / fate).glob("*")}


def name(content: bytes, digits: int = 8) -> str:
    """Return the name under which a workbook is kept."""
    return f"1024_王丽-{hashlib.sha256(content).hexdigest()[:digits]}.xlsx"


def test_a_run_after_which_nobody_wrote_changes_nothing(tmp_path: Path) -> None:
    again(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    again(tmp_path)
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before
    assert not (tmp_path / "scorecards/reviewed").exists()


def test_only_workbooks_that_have_changed_are_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(tmp_path)
    paths = sorted((tmp_path / "scorecards").glob("*.xlsx"))
    before = {f"scorecards/{path.name}": reviewed.digest_of(path) for path in paths}
    old, looked_at, look = review(tmp_path / "scorecards" / AGENT, "H6", "符合"), [], written_in

    def noted(path: Path) -> bool:
        looked_at.append(path.name)
        return look(path)

    monkeypatch.setattr(reviewed, "written_in", noted)
    write(tmp_path, held(run()), ASIDE, "zh", sentence, before=before)
    assert len(paths) > 1
    assert looked_at == [AGENT]
    assert (tmp_path / "scorecards" / AGENT).read_bytes() == old
    write(tmp_path, held(run()), ASIDE, "en", sentence, before=before)
    assert kept(tmp_path) == {name(old): old}


@pytest.mark.parametrize("place", ["H6", "I9"])
def test_a_verdict_or_a_note_is_kept_and_the_summary_says_where(tmp_path: Path, place: str) -> None:
    again(tmp_path)
    fresh = (tmp_path / "scorecards" / AGENT).read_bytes()
    old = review(tmp_path / "scorecards" / AGENT, place, "符合")
    again(tmp_path, "en")
    again(tmp_path)
    assert kept(tmp_path) == {name(old): old}
    assert (tmp_path / "scorecards" / AGENT).read_bytes() == fresh
    book = load_workbook(tmp_path / "summary.xlsx")
    assert "scorecards/reviewed" in book["01 总览"]["A2"].value
    assert book["07 未读入的文件"]["B6"].value == f"scorecards/reviewed/{name(old)}"


def test_the_same_bytes_are_kept_once_and_others_beside_them(tmp_path: Path) -> None:
    again(tmp_path)
    path = tmp_path / "scorecards" / AGENT
    old = review(path, "H6", "不适用")
    again(tmp_path)
    path.write_bytes(old)
    again(tmp_path)
    assert kept(tmp_path) == {name(old): old}
    (tmp_path / "scorecards/reviewed" / name(old)).write_bytes(b"changed since")
    path.write_bytes(old)
    again(tmp_path)
    assert kept(tmp_path) == {name(old): b"changed since", name(old, 16): old}


def test_saved_by_another_program_without_a_word_is_replaced(tmp_path: Path) -> None:
    again(tmp_path)
    review(tmp_path / "scorecards" / AGENT, "H6", "  ")
    again(tmp_path)
    assert kept(tmp_path) == {}


def test_rows_that_went_on_in_a_next_sheet_are_looked_at(tmp_path: Path) -> None:
    def small() -> None:
        list(excel.write_workbooks(tmp_path, held([mixed()]), (), "zh", sentence, None, limit=10))

    small()
    old = review(tmp_path / "scorecards" / AGENT, "I5", "听过录音", "03 打分项 (2)")
    small()
    assert kept(tmp_path) == {name(old): old}


@pytest.mark.parametrize("sheet", ["", "03 打分项"])
def test_what_is_not_known_to_be_ours_is_kept(tmp_path: Path, sheet: str) -> None:
    path = tmp_path / "scorecards" / AGENT
    path.parent.mkdir()
    path.write_bytes(b"not a workbook")
    if sheet:
        write(tmp_path, held([mixed()]), (), "zh", sentence)
        (tmp_path / "scorecards/damaged" / name(b"not a workbook")).unlink()
        review(path, "H3", "renamed")
    old = path.read_bytes()
    again(tmp_path)
    assert kept(tmp_path, "reviewed" if sheet else "damaged") == {name(old): old}
    assert not kept(tmp_path, "damaged" if sheet else "reviewed")
    cell = load_workbook(tmp_path / "summary.xlsx")["07 未读入的文件"]["D6"]
    assert ("打不开" in cell.value) != bool(sheet)


def test_what_cannot_be_kept_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    again(tmp_path)
    old = review(tmp_path / "scorecards" / AGENT, "H6", "符合")
    (tmp_path / "scorecards/reviewed").write_bytes(b"in the way")
    with pytest.raises(OSError, match="what was there before is unchanged"):
        again(tmp_path)
    assert (tmp_path / "scorecards" / AGENT).read_bytes() == old


def test_means_of_several_rubrics_stand_apart(tmp_path: Path) -> None:
    write(tmp_path, held([mixed(), english()]), (), "zh", sentence)
    rows = load_workbook(tmp_path / "summary.xlsx")["01 总览"].iter_rows(values_only=True)
    shown = [row[:2] for row in rows]
    named = ("退款热线质检评分表 2.1.0", 23.1), ("Support voice scorecard 1.0.0", 80)
    for name, score in named:
        at = shown.index((f"{name}：通话数", 1))
        assert shown[at + 1 : at + 3] == [("　平均分（机器）", score), ("　中位数（机器）", score)]
    assert not [name for name, _ in shown if name in ("平均分（机器）", "中位数（机器）")]
    write(tmp_path, held([mixed()]), (), "zh", sentence)
    rows = load_workbook(tmp_path / "summary.xlsx")["01 总览"].iter_rows(values_only=True)
    shown = [row[:2] for row in rows]
    assert {("平均分（机器）", 23.1), ("中位数（机器）", 23.1)} <= {*shown}
    assert not any("评分表" in str(name) for name, _ in shown if name != "不适用本评分表的通话")


def test_rubrics_of_one_name_are_told_apart_by_their_rules(tmp_path: Path) -> None:
    one, changed = mixed(), mixed("ZH-009")
    other = replace(changed, card=replace(changed.card, rule="refund_hotline@2.1.0#ffff"))
    write(tmp_path, held([one, other]), (), "zh", sentence)
    rows = load_workbook(tmp_path / "summary.xlsx")["01 总览"].iter_rows(values_only=True)
    shown = [row[0] for row in rows]
    assert {f"{one.card.rule}：通话数", f"{other.card.rule}：通话数"} <= {*shown}


def test_an_agent_of_several_rubrics_has_no_mean_of_all(tmp_path: Path) -> None:
    both = [mixed(agent="A"), english(agent="A"), mixed("ZH-009", "B")]
    write(tmp_path, held(both), (), "zh", sentence)
    titles, *rows = load_workbook(tmp_path / "summary.xlsx")["02 坐席"].iter_rows(
        min_row=3, values_only=True
    )
    first, second = (dict(zip(titles, row, strict=True)) for row in rows)
    assert [first[name] for name in ("平均分", "最低分", "最高分")] == [None] * 3
    assert first["各评分表的平均分"].splitlines() == [
        "Support voice scorecard 1.0.0（1 通）  80.0",
        "退款热线质检评分表 2.1.0（1 通）  23.1",
    ]
    assert [second[name] for name in ("平均分", "最低分", "最高分")] == [23.1] * 3
