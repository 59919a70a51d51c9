"""The four files of tests/contract pass as they are, and fail if one thing in them changes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from qa_checker.lint.examples import run_file

FOLDER = Path(__file__).parent / "contract"
FILES = sorted(path.name for path in FOLDER.iterdir())
ZH, EN = "service_zh.lexicon.yaml", "support_en.lexicon.yaml"
REFUND, SUPPORT = "refund_zh.rubric.yaml", "support_en.rubric.yaml"


def test_all_expectations_hold() -> None:
    ran = [run_file(FOLDER / name) for name in FILES]
    assert [problem for each in ran for problem in each.problems] == []
    assert {name: each.expectations for name, each in zip(FILES, ran, strict=True)} == {
        REFUND: 40, ZH: 50, EN: 20, SUPPORT: 19,
    }  # fmt: skip
    assert sum(each.expectations for each in ran) == 129
    assert sum(each.todo for each in ran) == 0


MUTATIONS = [
    # phrases, exceptions and settings of entries
    (ZH, "请问有什么(可以|能)(帮助|帮到|帮)<您>", "请问有什么(可以|能)(帮助|帮到)<您>"),
    (ZH, "<您>好 ...很高兴为<您>服务", "<您>好 <0-2>很高兴为<您>服务"),
    (ZH, "(核实|核对|确认)(一下)?...(身份", "(核实|确认)(一下)?...(身份"),
    (ZH, "请问是...本人吗", "请问是<0-2>本人吗"),
    (ZH, "homophones: same", "homophones: off"),
    (ZH, "抱歉(什么|有用|有什么用)", "抱歉(什么|有用)"),
    (ZH, "unless: [能不能, 不能再...了]", "unless: [能不能]"),
    (ZH, "unless: [能不能, 不能再...了]", "unless: [不能再...了]"),
    (ZH, "phrases: [不能, 办不了, 没办法]", "phrases: [不能, 没办法]"),
    (ZH, "negation: drop                          # “不敢保证”不算承诺", "negation: keep"),
    (ZH, "unless: [保证金, 保证书]", "unless: [保证金]"),
    (ZH, "<num>小时|<num>个工作日)", "<num>个工作日)"),
    (ZH, "半个月, 好几天]", "好几天]"),
    (ZH, "unless: [(想|要)(了解|知道)...怎么回事]", "unless: [(想|要)知道...怎么回事]"),
    (ZH, "<您>的意思是", "<您>意思是"),
    (EN, "(frustrat*|upset|how you)", "(frustrate|upset|how you)"),
    (EN, "sorry ...(didn't|did not) (catch", "sorry ...did not (catch"),
    (EN, "(i|we) (can't|cannot|can not)]", "(i|we) (cannot|can not)]"),
    (EN, "(may|can|could) i (put|place) you", "(may|can|could) i put you"),
    (EN, "soon: [a moment, a minute, a sec, a second]", "soon: [a moment, a minute]"),
    (EN, "negation: drop", "negation: only"),
    # windows, limits, points and conditions of items
    (REFUND, "in: {first: 2 turns}}", "in: {first: 1 turns}}"),
    (REFUND, "in: {first: 2 turns}}", "in: {first: 3 turns}}"),
    (REFUND, "before: {each: service.disclose}", "after: {each: service.disclose}"),
    (REFUND, "within: 2 turns}}", "within: 1 turns}}"),
    (REFUND, "within: 2 turns}}", "within: 3 turns}}"),
    (REFUND, "each: service.anger", "first: service.anger"),
    (REFUND, "{find: service.avoid.refuse, max: 0}", "{find: service.avoid.refuse, max: 1}"),
    (REFUND, "over: 0.5s, max: 2}", "over: 0.5s, max: 3}"),
    (REFUND, "over: 0.5s, max: 2}", "over: 1.0s, max: 2}"),
    (REFUND, "over: 120 chars", "over: 240 chars"),
    (REFUND, "after: {first: service.complaint}", "before: {first: service.complaint}"),
    (REFUND, "in: {last: 2 turns}}", "in: {last: 1 turns}}"),
    (REFUND, "in: {last: 2 turns}}", "in: {last: 3 turns}}"),
    (REFUND, "service.identity, service.closing]", "service.closing, service.identity]"),
    (REFUND, "auto_fail: true", "auto_fail: false"),
    (SUPPORT, "in: {first: 1 turn}", "in: {first: 2 turns}"),
    (SUPPORT, "hold.start, within: 1 turn}", "hold.start, within: 2 turns}"),
    (SUPPORT, "before: {each: support.hold.start", "after: {each: support.hold.start"),
    (SUPPORT, "within: 2 turns}}", "within: 1 turn}}"),
    (SUPPORT, "within: 2 turns}}", "within: 3 turns}}"),
    (SUPPORT, "when: {find: support.dissatisfied}", "when: {find: support.dissatisfied, min: 2}"),
    (SUPPORT, "auto_fail: true", "auto_fail: section"),
    (SUPPORT, "deduct: 10", "deduct: 5"),
    (SUPPORT, "max: 0", "max: 1"),
    (SUPPORT, "score: 80", "score: 81"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "old", "new"), MUTATIONS)
def test_some_expectation_notices_a_single_change(
    name: str, old: str, new: str, tmp_path: Path
) -> None:
    shutil.copytree(FOLDER, tmp_path, dirs_exist_ok=True)
    text = (FOLDER / name).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (tmp_path / name).write_text(text.replace(old, new), encoding="utf-8")
    wrong = [problem for each in FILES for problem in run_file(tmp_path / each).problems]
    assert wrong
    assert {problem.code for problem in wrong} == {"QA701"}
