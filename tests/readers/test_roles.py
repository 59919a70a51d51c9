"""Who is the agent: the user, the file, the words; else nobody is."""

from __future__ import annotations

import pytest

from qa_checker.readers import Options, read_text
from qa_checker.readers.people.roles import role_of


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("客服", "agent"),
        ("坐席1024", "agent"),
        ("座席-张三", "agent"),
        ("工号 8001", "agent"),
        ("客服小王", "agent"),
        ("客户经理", "agent"),
        ("HUMAN_AGENT", "agent"),
        ("Customer Service Rep", "agent"),
        ("Agent (Dana)", "agent"),
        ("Rep", "agent"),
        ("客户", "customer"),
        ("客戶", "customer"),
        ("来电者", "customer"),
        ("客户王女士", "customer"),
        ("客户李四", "customer"),
        ("用户小王", "customer"),
        ("李四客户", "customer"),
        ("张三坐席", "agent"),
        ("张三客户经理", "agent"),
        ("客户经理李四", "agent"),
        ("客户服务部", "unknown"),
        ("客户服务专员", "unknown"),
        ("客户周期", "unknown"),
        ("客户陈述", "unknown"),
        ("客户张经理", "unknown"),
        ("END_USER", "customer"),
        ("Ｃｕｓｔｏｍｅｒ 2", "customer"),
        ("Caller", "customer"),
        ("AI", "bot"),
        ("机器人", "bot"),
        ("IVR", "system"),
        ("班长", "supervisor"),
        ("客服主管", "supervisor"),
        ("经理", "unknown"),
        ("Alice", "unknown"),
        ("SPEAKER_00", "unknown"),
        ("客户说", "unknown"),
        ("", "unknown"),
    ],
)
def test_what_a_label_says(label, role):
    assert role_of(label) == role


TALK = "SPEAKER_00: 喂\nSPEAKER_01: 您好，请问有什么可以帮您？\nSPEAKER_00: 我想查一下我的订单\n"


def test_cue_words_decide_with_a_margin():
    call = read_text(TALK)
    assert [turn.role for turn in call.turns] == ["customer", "agent", "customer"]
    assert call.notes == (
        "roles by cue words: SPEAKER_00 = customer, SPEAKER_01 = agent (margin 6)",
    )


def test_the_user_knows_better_than_cue_words():
    call = read_text(TALK, options=Options(roles={"SPEAKER_00": "客服", "SPEAKER_01": "customer"}))
    assert [turn.role for turn in call.turns] == ["agent", "customer", "agent"]
    assert call.notes == ()


def test_without_cues_nobody_is_the_agent():
    call = read_text("A: 喂\nB: 嗯\nA: 好\nB: 行" + "，很长很长的话" * 50)
    assert {turn.role for turn in call.turns} == {"unknown"}
    assert call.notes == (
        "roles unknown for A, B: cue words are too close, margin 0; "
        "name them, e.g. --roles 0=agent",
    )


def test_cue_words_never_contradict_a_label():
    call = read_text("客服：我想查一下\nX：您好，很高兴为您服务\n客服：嗯\nX：好")
    assert [turn.role for turn in call.turns] == ["agent", "unknown", "agent", "unknown"]


def test_a_speaker_with_the_name_of_the_agent_is_the_agent(results):
    (call,) = results(
        '{"agent":"Dana","turns":[{"role":"Dana","text":"a"},{"role":"Eve","text":"b"}]}'
    )
    assert [turn.role for turn in call.turns] == ["agent", "unknown"]


def test_a_role_nobody_knows_is_an_error_at_once():
    with pytest.raises(ValueError, match="'boss' is not a role"):
        Options(roles={"0": "boss"})
