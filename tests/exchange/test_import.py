"""import: word lists and Aliyun rules become a lexicon, and what is lost is told."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.cli import group
from qa_checker.exchange.aliyun import read_rules
from qa_checker.exchange.drafts import Draft, mistakes, written
from qa_checker.exchange.word_list import read_table
from qa_checker.lint.examples import run_file
from qa_checker.problem import BadInput

TABLE = """\
短语,分类,类型,角色,建议,权重,例外
不能退,拒绝,禁用,客服,我帮您看看,5,能不能退
办不了;没办法,拒绝,禁用,客服,,3,
(试用)期内,拒绝,禁用,客服,,,
不能退,拒绝,禁用,客服,,,
？？？,拒绝,禁用,客服,,,
"您好，请问",问候,推荐,客服,,,
"""


def run(*arguments: object) -> tuple[int, str]:
    done = CliRunner().invoke(group, ["import", *map(str, arguments)], standalone_mode=False)
    if done.exception is not None:
        raise done.exception
    return done.return_value, done.output


def entries(path: Path) -> dict[str, Any]:
    data = yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
    return {entry["id"]: entry for entry in data["entries"]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_word_list_becomes_a_lexicon_that_passes_its_examples(
    tmp_path: Path, encoding: str
) -> None:
    table, out = tmp_path / "list.csv", tmp_path / "words.yaml"
    table.write_bytes(TABLE.encode(encoding))
    code, said = run("csv", table, "-o", out)
    assert code == 0
    made = entries(out)
    assert made["拒绝"]["phrases"] == ["不能退", "办不了", "没办法", r"\(试用\)期内"]
    assert made["拒绝"]["unless"] == ["能不能退"]
    assert made["拒绝"]["instead"] == ["我帮您看看"]
    assert (made["拒绝"]["polarity"], made["拒绝"]["role"]) == ("avoid", "agent")
    assert (made["问候"]["polarity"], made["问候"]["phrases"]) == ("prefer", ["您好 请问"])
    assert "row 6: “？？？” has no letter to look for" in said
    assert "row 5: “不能退” stands twice in 拒绝" in said
    assert "# 不能退: 权重: 5" in out.read_text(encoding="utf-8")
    ran = run_file(out)
    assert (ran.problems, ran.expectations) == ((), 4)


@pytest.mark.parametrize("header", ["替代说法", "推荐话术", "改为"])
def test_what_to_say_instead_has_many_names(tmp_path: Path, header: str) -> None:
    table, out = tmp_path / "list.csv", tmp_path / "words.yaml"
    table.write_text(f"禁忌用语,类别,{header}\n办不了,拒绝,我帮您看看\n", encoding="utf-8")
    code, said = run("csv", table, "-o", out)
    assert (code, entries(out)["拒绝"]["instead"]) == (0, ["我帮您看看"])
    assert entries(out)["拒绝"]["polarity"] == "avoid"
    assert "1 entry, 1 phrase 词条 1 个，短语 1 个" in said


def test_a_workbook_is_read_as_a_table_is(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (["敏感词表"], [], ["关键词", "级别"], ["保证赚钱", "严重"], [12315, "提示"]):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    read = read_table(tmp_path / "list.xlsx")
    (draft,) = read.drafts
    assert draft.phrases == ["保证赚钱", "12315"]
    assert (draft.severity, draft.notes) == ("error", ["row 5 says severity: info"])


def test_a_table_as_teams_keep_it(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    assert book.active is not None
    for row in (
        ["违禁语", "场景", "替换话术", "说明", "角色", "分类"],
        ["这不归我管", "转接", "我帮您转给同事", "首问负责", "坐席", "推诿"],
        ["=1+1", None, None, None, None, "推诿"],
        ["请稍等", None, None, None, None, "等待"],
    ):
        book.active.append(row)
    book.save(tmp_path / "list.xlsx")
    read = read_table(tmp_path / "list.xlsx")
    first, second = read.drafts
    assert (first.phrases, first.instead, first.role) == (
        ["这不归我管"],
        ["我帮您转给同事"],
        "agent",
    )
    assert (first.polarity, second.polarity) == ("avoid", "neutral")
    assert (first.why, first.notes) == ("", ["这不归我管: 场景: 转接; 说明: 首问负责"])
    assert read.lost == ("row 3: “=1+1” is a formula: =1+1 | 推诿",)


def test_a_list_without_a_header_is_a_list_of_phrases(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("不归我管\n\n你急什么\n", encoding="gb18030")
    assert [draft.phrases for draft in read_table(path).drafts] == [["不归我管", "你急什么"]]


def test_a_stated_polarity_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("短语,性质,级别\n请稍等,中性,高\n", encoding="utf-8")
    assert [draft.polarity for draft in read_table(path).drafts] == ["neutral"]


def test_help_lists_the_headers() -> None:
    said = CliRunner().invoke(group, ["import", "--help"]).output
    assert "违禁语" in said
    assert "替换话术" in said


@pytest.mark.parametrize(
    ("content", "message"),
    [("a,b\n1,2\n", "no column of phrases"), ("", "no column of phrases")],
)
def test_a_table_without_phrases_is_refused(tmp_path: Path, content: str, message: str) -> None:
    path = tmp_path / "list.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=message):
        run("csv", path, "-o", tmp_path / "x.yaml")
    assert not (tmp_path / "x.yaml").exists()


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(TABLE, encoding="utf-8")
    with pytest.raises(BadInput, match="is there already"):
        run("csv", path, "-o", path)


RULES = {
    "conditions": [
        {
            "cid": "1",
            "check_range": {"role": "客服", "range": {"from": 1, "to": 3}},
            "lambda": "1||2",
            "operators": [
                {
                    "oid": "1",
                    "name": "问候",
                    "type": "HIT_ANY_KEYWORDS",
                    "param": {"keywords": ["你好", "您好"]},
                },
                {"oid": "2", "type": "INTERVAL_GREATER", "param": {"interval": 2000}},
                {
                    "oid": "3",
                    "name": "编号",
                    "type": "REGULAR_EXPRESSION",
                    "param": {"regex": r"工号\d+", "notRegex": "(?<!没)工号"},
                },
                {
                    "oid": "4",
                    "name": "相似",
                    "type": "SIMILAR_MATCH",
                    "param": {"similarlySentences": ["请问有什么可以帮您"], "score": 80},
                },
            ],
        }
    ],
    "rules": [{"rid": "9", "name": "开场", "triggers": ["1"], "score": 5}],
}


@pytest.mark.parametrize(
    "wrap",
    [
        lambda rules: rules,
        lambda rules: {"Data": [rules]},
        lambda rules: {"JsonStr": json.dumps(rules)},
        lambda rules: [rules],
    ],
)
def test_aliyun_rules_become_entries(tmp_path: Path, wrap: Any) -> None:
    path = tmp_path / "rules.json"
    path.write_text(json.dumps(wrap(RULES), ensure_ascii=False), encoding="utf-8")
    read = read_rules(path)
    assert [(d.title, d.phrases, d.regexes, d.role) for d in read.drafts] == [
        ("问候", ["你好", "您好"], [], "agent"),
        ("编号", [], [r"工号\d+"], "agent"),
        ("相似", ["请问有什么可以帮您"], [], "agent"),
    ]
    assert read.lost == (
        "condition 1: INTERVAL_GREATER (interval: 2000): use event.silence in a rubric",
    )
    notes = "\n".join(note for draft in read.drafts for note in draft.notes)
    for kept in ("lambda: 1||2", '"from": 1', "rule score: 5", "score: 80", "(?<!没)工号"):
        assert kept in notes
    text = written("a", "zh", read.drafts)
    assert mistakes(text) == []


def test_a_role_may_stand_in_the_condition(tmp_path: Path) -> None:
    operator = {"type": "HIT_ANY_KEYWORDS", "param": {"keywords": ["傻"]}}
    path = tmp_path / "rules.json"
    condition = {"cid": "1", "role": "坐席", "operators": [operator]}
    path.write_text(json.dumps({"conditions": [condition]}), encoding="utf-8")
    assert [draft.role for draft in read_rules(path).drafts] == ["agent"]


@pytest.mark.parametrize("content", ["{}", "[1, 2]", "no json", '{"conditions": []}'])
def test_what_holds_no_rules_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "rules.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadInput):
        read_rules(path)


WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=12
).filter(lambda text: any(c.isalnum() for c in text))


@given(st.lists(WORDS, min_size=1, max_size=4), WORDS, WORDS)
def test_any_words_give_a_lexicon_that_says_them(phrases: list[str], title: str, why: str) -> None:
    draft = Draft(title, "avoid", phrases=phrases, why=why, notes=[title])
    text = written("w", "zh", [draft])
    data = yaml.load(text, yaml.CSafeLoader)
    assert len(data["entries"][0]["phrases"]) == len(phrases)
    wrong = [each for each in mistakes(text) if "empty string" not in each]
    assert wrong == []
