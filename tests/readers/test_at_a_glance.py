"""What is known at a glance is what looking with care finds: nothing to change, nothing to say."""

from __future__ import annotations

import sys
from dataclasses import replace
from math import inf, nan
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker.call import AGENT, CUSTOMER, UNKNOWN, Call, Columns, Segment, columns, turns
from qa_checker.readers import Options, Source
from qa_checker.readers.finishing.at_a_glance import NOTHING, glances
from qa_checker.readers.finishing.at_a_glance import plainly_sound as sound_if_known
from qa_checker.readers.finishing.finish import finish
from qa_checker.readers.finishing.soundness import sound
from qa_checker.readers.strict_json import Refusal

FINISH = sys.modules["qa_checker.readers.finishing.finish"]
LONG_WAY = Options(metadata={"of another call": {"queue": "x"}})

SAID = ["您好，请问有什么可以帮您的吗？", "我的订单还没有收到。", "Could you tell me your number?"]
ODD_TEXT = [
    *("", " ", "您好 ", "\t您好", "\u3000", "您好\u3000", "\u200b", "您\u200b好", "您\n好"),
    *("[Music]", "(laughs) 您好", "<unk>", "【音乐】", "<音乐>", "♪", "_x000D_", "您好_x000d_"),
    *(
        "0.1秒",
        "等3.25秒 吧",
        "请等30秒",
        "浣犲ソ浣犲ソ",
        "锟斤拷锟斤拷",
        "â€™",
        "ÄúºÃÄúºÃ",
        "烫烫烫",
    ),
    *("╨╤╨╤", "您\ud800好", "您\ufffd好", "好😀", "\U000e0001"),
]
ODD_LABEL = ["", " 0", "0 ", "\ud800", "\u3000", "客服", "客户", "张三", "SPEAKER_00", "agent"]


def the_long_way(call: Call) -> object:
    """Finish a call as if nothing could be known at a glance."""
    with patch.object(FINISH, "glances", lambda calls: [NOTHING for _ in calls]):
        return finished(call, LONG_WAY)


def plainly_clean(said: Columns) -> bool:
    return glances([said])[0].clean


def plainly_sound(said: Columns, duration: float | None) -> bool:
    return sound_if_known(glances([said])[0], said, duration)


def finished(call: Call, options: Options) -> object:
    try:
        call = finish(call, Source("a/b.jsonl", notes=("n",)), options)
    except Refusal as refusal:
        return refusal.reason, refusal.help
    return replace(call, turns=()), call.segments, repr(call)


@st.composite
def segments(draw: st.DrawFn) -> list[Segment]:
    """Draw a call that is in order but for what is drawn: texts, labels, gaps and paces."""
    texts = st.sampled_from(SAID) | st.sampled_from(ODD_TEXT)
    lengths = st.sampled_from([4.0, 6.0, 0.0, 0.4, 28.0, 40.0, -1.0, nan, inf])
    gaps = st.sampled_from([1.0, 2.0, 0.0, -3.0, -9.0, 30_000.0])
    usual, now, found = draw(st.booleans()), draw(st.sampled_from([0.0, -1.0])), []
    for number in range(draw(st.integers(0, 8))):
        text = draw(texts) if not usual else f"{SAID[number % 3]} {number}"
        long = draw(lengths) if not usual or draw(st.integers(0, 6)) == 0 else 5.0
        label = draw(st.sampled_from(ODD_LABEL)) if not usual else ""
        role = draw(st.sampled_from([AGENT, CUSTOMER, UNKNOWN]))
        end = draw(st.sampled_from([now + long, now + long, now + long, None]))
        found.append(Segment(role, text, label, now, end, number, label[:1]))
        now += draw(gaps) + (long if 0 <= long < inf else 5.0)
    return found


@given(segments(), st.sampled_from(["", "2", "40", "4000"]), st.sampled_from(["A1", " A1", "客服"]))
@settings(max_examples=600, deadline=None)
def test_a_call_is_finished_as_the_long_way_does(given_, duration, agent):
    about = {"duration": duration} if duration else {}
    call = Call("7", turns(given_), agent=agent, language="zh", metadata=about)
    assert finished(call, Options()) == the_long_way(call)


@given(st.lists(segments(), max_size=5))
@settings(max_examples=400, deadline=None)
def test_a_call_is_known_beside_others_as_it_is_known_alone(calls):
    said = [columns(call) for call in calls]
    assert glances(said) == [glances([one])[0] for one in said]


@pytest.mark.parametrize("text", ODD_TEXT)
def test_an_odd_text_gives_what_the_long_way_gives(text):
    said = [*SAID, text, f"{text}{SAID[0]}", f"{SAID[0]}{text}"]
    roles = [AGENT, CUSTOMER] * 3
    call = Call("7", turns(map(Segment, roles, said)))
    assert finished(call, Options()) == the_long_way(call)


@pytest.mark.parametrize("label", ODD_LABEL)
def test_an_odd_label_gives_what_the_long_way_gives(label):
    for one in (
        Segment(AGENT, SAID[0], speaker=label),
        Segment(AGENT, SAID[0], channel=label),
        Segment(UNKNOWN, SAID[0], label, channel=label),
    ):
        call = Call("7", turns([one, Segment(CUSTOMER, SAID[1])]))
        assert finished(call, Options()) == the_long_way(call)


@pytest.mark.parametrize("field", ["call_id", "agent", "queue", "started_at", "language"])
@pytest.mark.parametrize("value", ["", " zh ", "\ud800", "zh\u3000"])
def test_fields_are_trimmed_as_the_long_way_does(field, value):
    call = replace(Call("7", turns([Segment(AGENT, SAID[0])])), **{field: value})
    assert finished(call, Options()) == the_long_way(call)


TIMES = st.sampled_from([0.0, -1.0, 0.3, 1.0, 3.0, 6.0, 28.0, 29.5, 60.0, 500.0, nan, inf])
TEXTS = st.sampled_from(
    [
        "好",
        "",
        *SAID,
        "我" * 60,
        "no " * 20,
        "a\tb\nc d e f g h i j",
        "我a我b我c我d我e我f我g",
        "가 " * 9,
    ]
)


@given(
    st.lists(st.tuples(TEXTS, TIMES, TIMES, st.sampled_from([AGENT, CUSTOMER])), max_size=6),
    st.sampled_from([1.0, 1.0, 0.0, -0.5, 400.0]),
    st.sampled_from([None, 5.0, 100.0, 1e9]),
)
@settings(max_examples=1500, deadline=None)
def test_times_that_are_plainly_sound_are_sound(given_, scale, duration):
    now, said = 0.0, []
    for number, (text, gap, long, role) in enumerate(given_):
        said.append(Segment(role, text, start=now, end=now + long, line=number))
        now += gap * scale
    if plainly_sound(columns(said), duration):
        assert sound(said, duration) == (columns(said).by_start().segments(), [])


def paced(text: str, long: float, apart: float = 40.0) -> list[Segment]:
    return [
        Segment((AGENT, CUSTOMER)[n % 2], text, start=n * apart, end=n * apart + long)
        for n in range(6)
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        paced(SAID[0], 0.5),
        paced(SAID[0], 400.0, 1000.0),
        paced("one two three four five six seven", 0.5),
        paced("one two three four five six seven", 39.0),
        paced("a\tb\tc\td\te\tf\tg\th", 0.3),
        paced("好", 400.0, 1000.0),
        paced(SAID[0], 5.0, 0.0),
        paced(SAID[0], 5.0, 5000.0),
        paced(SAID[0], 5.0, -1.0),
        [replace(one, start=one.start + 9, end=one.end + 9) for one in paced(SAID[0], 5.0, -1.0)],
        paced(SAID[0], -5.0),
        paced(SAID[0], nan),
        paced("", 5.0),
        [],
    ],
)
def test_what_is_not_sound_is_not_plainly_so(wrong):
    assert not plainly_sound(columns(wrong), None)


def test_a_duration_that_is_too_short_is_looked_at():
    assert plainly_sound(columns(paced(SAID[0], 5.0)), None)
    assert plainly_sound(columns(paced(SAID[0], 5.0)), 205.0)
    assert not plainly_sound(columns(paced(SAID[0], 5.0)), 204.0)


def test_two_who_talk_at_once_are_in_order_again():
    first, second = (
        Segment(AGENT, SAID[0], start=3, end=8),
        Segment(CUSTOMER, SAID[1], start=2, end=6),
    )
    third = Segment(AGENT, SAID[2], start=9, end=14)
    said = columns([first, second, third, replace(third, start=10)])
    assert plainly_sound(said, None)
    assert said.by_start().segments()[:3] == [second, first, third]
    assert sound([first, second, third])[0] == [second, first, third]


def test_a_usual_call_is_plainly_in_order():
    said = [Segment((AGENT, CUSTOMER)[n % 2], text, f"SPEAKER_0{n}") for n, text in enumerate(SAID)]
    assert plainly_clean(columns(said))
    assert not plainly_clean(columns([]))


@pytest.mark.parametrize(("shared", "told"), [(1, False), (2, True)])
def test_half_of_three_sentences_on_both_sides_is_one_recording(shared, told):
    theirs = [f"这是第{n}句不同的话" for n in range(3)]
    others = [*theirs[:shared], *[f"那是第{n}句别的话" for n in range(3 - shared)]]
    said = [Segment(AGENT, text) for text in theirs] + [Segment(CUSTOMER, text) for text in others]
    call = finish(Call("7", turns(said)), Source("x"), Options())
    assert any("both sides" in note for note in call.notes) is told


@pytest.mark.parametrize(
    ("second", "told"), [("这是第1句不同的话", True), ("那是另外的一句话", False)]
)
def test_all_of_two_sentences_on_both_sides_are_one_recording(second, told):
    theirs = ["这是第0句不同的话", "这是第1句不同的话"]
    others = [theirs[0], second]
    said = [Segment(AGENT, text) for text in theirs] + [Segment(CUSTOMER, text) for text in others]
    call = finish(Call("7", turns(said)), Source("x"), Options())
    assert any("both sides" in note for note in call.notes) is told
