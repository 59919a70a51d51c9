"""Why a call got its score, on the terminal."""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

import pytest
from cards import english, misses, mixed, run, skipped, unscored, zeroed

from qa_checker.problem import BadInput
from qa_checker.readers import read_text
from qa_checker.reports import Judged, why
from qa_checker.scorecard import Loss


def lost(text: str) -> list[float]:
    """Return the points lost in the sum at the end."""
    end = text[text.index("满分") if "满分" in text else text.index("Possible") :]
    return [float(points) for points in re.findall(r"^    −(\S+)", end, re.MULTILINE)]


@pytest.mark.parametrize("judged", [one for one in run() if one.card.possible])
def test_the_losses_add_up_to_the_score(judged: Judged) -> None:
    text = why(judged.rubric, judged.call, judged.card)
    left = judged.card.possible - sum(map(round, lost(text)))
    assert left == judged.card.earned
    assert f"= {judged.card.shown}" in text


def test_a_chinese_ledger() -> None:
    judged = mixed()
    near = misses(judged)
    text = why(judged.rubric, judged.call, judged.card, "zh", "paraphrase", near)
    assert text == (
        "通话 ZH-001　坐席：1024 王丽\n"
        "规则 refund_hotline@2.1.0#0a1b\n"
        "来源 calls/ZH-001.txt\n"
        "\n"
        "■ 沟通与处理\n"
        "  ✗ 不符合  0/10  复述并确认客户诉求  [paraphrase]\n"
        "      ✗ 没有说到 −10\n"
        "      查找范围：坐席第 1、3、5、7 轮\n"
        "      最接近：第3轮“先跟您核对”，对照“(跟|和)<您>(确认|核对)一下”（差三个字）\n"
        "      依据 refund_hotline@2.1.0#0a1b 的 paraphrase"
    )


def test_every_loss_has_its_words_place_and_rule() -> None:
    judged = mixed()
    text = why(judged.rubric, judged.call, judged.card, "zh", "red_line_words")
    assert (
        "      ✗ 第5轮 00:18 坐席：这个我们不能处理，这事【不归我管】。"
        "（「不归(我|我们)管」、按文字） −10  [第 12–15 字]\n" in text
    )
    assert why(judged.rubric, judged.call, judged.card).splitlines()[-7:] == [
        "满分 65（评分表共 100 分，判定了 7 项）",
        "    −10  复述并确认客户诉求",
        "    −2  不使用生硬拒绝用语",
        "    −10  不使用红线用语",
        "    −28  本环节清零：不使用红线用语",
        "得分 15 ÷ 65 = 23.1",
        "等级 不合格",
    ]


def test_an_english_ledger() -> None:
    judged = english()
    text = why(judged.rubric, judged.call, judged.card)
    assert "✗ turn 3 00:08 agent: We [can't] change it online. (“can't”, by text) −10" in text
    assert text.endswith(
        "Possible 50 (of 100 in the scorecard, 2 items judged)\n"
        "    −10  No blunt refusals\nScore 40 of 50 = 80.0\n"
        "Band Meets\nProvisional, items with points that wait for a person: 1"
    )


def replace_card(judged: Judged, **changes: object) -> Judged:
    return replace(judged, card=replace(judged.card, **changes))


def untimed(judged: Judged) -> Judged:
    verdicts = [one._replace(reason="no_timestamps") for one in judged.card]
    return replace_card(judged, verdicts=verdicts)


def test_calls_without_a_score_say_why() -> None:
    for judged, last in (
        (skipped(), "评分表不适用：渠道是“chat”，而不是“phone”"),
        (unscored(), "没有分数：分不清谁是坐席、谁是客户"),
        (replace_card(unscored(), one_sided=True), "没有分数：只有一方说话，或双方都不足两轮"),
        (untimed(unscored()), "没有分数：能判定的分值不足一成"),
    ):
        assert why(judged.rubric, judged.call, judged.card).splitlines()[-1] == last


def test_a_red_line_takes_what_is_left() -> None:
    judged = zeroed()
    text = why(judged.rubric, judged.call, judged.card)
    assert "    −75  整通清零：报金额之前先核实身份\n得分 0 ÷ 100 = 0.0" in text


def test_control_characters_do_not_reach_the_terminal() -> None:
    judged = mixed()
    call = replace(judged.call, call_id="a\x1b[31mb\u202e")
    assert "a\\x1b[31mb\\u202e" in why(judged.rubric, call, judged.card)


def test_an_unknown_item_is_a_key_error() -> None:
    judged = mixed()
    with pytest.raises(KeyError):
        why(judged.rubric, judged.call, judged.card, "zh", "nothing")


def twice(points: Fraction) -> Judged:
    """Return a call in which an item of so many points is violated twice, the second time free."""
    judged = english()
    first = judged.card["no_cant"]
    (loss,) = first.losses
    gone = loss.evidence._replace(start=0, end=2, quote="We") if loss.evidence else None
    losses = (loss._replace(points=points), Loss("surplus", Fraction(0), gone))
    more = (*losses, Loss("missing", Fraction(0)))
    verdict = first._replace(points=points, earned=Fraction(0), losses=more)
    verdicts = tuple(verdict if one is first else one for one in judged.card)
    return replace(judged, card=replace(judged.card, verdicts=verdicts))


def test_a_violation_that_costs_nothing_says_so() -> None:
    judged = twice(Fraction(10))
    text = why(judged.rubric, judged.call, judged.card, "en", "no_cant")
    assert text.count("nothing left to lose") == 2
    assert "✗ Not said (nothing left to lose)" in text
    assert "已扣完" in why(judged.rubric, judged.call, judged.card, "zh", "no_cant")


@pytest.mark.parametrize(
    ("role", "language", "expected"),
    [
        ("customer", "zh", "没有得到回应"),
        ("customer", "en", "not answered"),
        ("agent", "zh", "没有配上该说的话"),
        ("agent", "en", "without what should go with it"),
    ],
)
def test_only_what_customers_say_wants_an_answer(role: str, language: str, expected: str) -> None:
    judged = twice(Fraction(10))
    verdict = judged.card["no_cant"]
    lone = tuple(
        loss._replace(evidence=loss.evidence._replace(kind="unanswered", role=role))
        for loss in verdict.losses
        if loss.evidence
    )
    changed = verdict._replace(losses=lone, evidence=())
    cards = tuple(changed if one is verdict else one for one in judged.card)
    card = replace(judged.card, verdicts=cards)
    assert expected in why(judged.rubric, judged.call, card, language, "no_cant")


def test_an_item_without_points_has_nothing_to_lose() -> None:
    judged = twice(Fraction(0))
    text = why(judged.rubric, judged.call, judged.card, "en", "no_cant")
    assert "−0" not in text
    assert "nothing left" not in text
    assert "✗ Not said\n" in text


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_ledger_is_not_read_as_a_call(language: str) -> None:
    judged = mixed()
    card = replace(judged.card, rule="refund_hotline@2.1.0#0a1b2c3d4e5f")
    told = why(judged.rubric, judged.call, card, language)
    with pytest.raises(BadInput, match="what qa-checker why printed, not a transcript"):
        read_text(told)
