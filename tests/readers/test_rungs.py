"""Who is who: which rung of the ladder answers, and what is said about it."""

from __future__ import annotations

import json

import pytest

from qa_checker.call import Call, Reading, Segment, columns, turns
from qa_checker.readers import Options, read_text
from qa_checker.readers.people.rungs import assign

HELLO, ASK = "您好，请问有什么可以帮您？", "我想查一下我的订单"


def stereo(**metadata: str) -> Call:
    """A call of two channels and neutral words, as a JSON reader gives it."""
    said = [Segment("unknown", "好", channel=str(n % 2)) for n in range(4)]
    return Call("c", turns(said), metadata=metadata)


def decided(call: Call, **given: str) -> list[tuple[str, str, str]]:
    found = assign(call.columns(), call, given)
    return [(one.channel or one.label, one.role, one.rung) for one in found.people]


def test_the_users_map_goes_first_by_label_or_channel():
    call = stereo(agent_channel="0")
    assert decided(call, **{"0": "customer", "1": "agent"}) == [
        ("0", "customer", "map"),
        ("1", "agent", "map"),
    ]
    labelled = Call("c", turns([Segment("customer", "好", "甲"), Segment("agent", "好", "乙")]))
    assert decided(labelled, 甲="坐席") == [("甲", "agent", "map"), ("乙", "agent", "field")]


def test_what_the_file_states_goes_before_channels_and_words():
    said = [Segment("customer", HELLO, "甲", channel="0"), Segment("unknown", ASK, channel="1")]
    call = Call("c", turns(said), metadata={"agent_channel": "0", "customer_channel": "1"})
    assert decided(call) == [("0", "customer", "field"), ("1", "customer", "channel")]


@pytest.mark.parametrize(
    ("metadata", "roles", "rung"),
    [
        ({"agent_channel": "1"}, ("customer", "agent"), "channel"),
        ({"customer_channel": "1"}, ("agent", "customer"), "channel"),
        ({"agent_channel": "0", "customer_channel": "1"}, ("agent", "customer"), "channel"),
        ({"agent_channel": "0", "customer_channel": "0"}, ("unknown", "unknown"), "unknown"),
        ({"agent_channel": "left"}, ("unknown", "unknown"), "unknown"),
        ({"direction": "inbound", "caller_channel": "0"}, ("customer", "agent"), "direction"),
        ({"direction": "OUTBOUND", "caller_channel": "0"}, ("agent", "customer"), "direction"),
        ({"direction": "呼入", "callee_channel": "0"}, ("agent", "customer"), "direction"),
        ({"direction": "inbound"}, ("unknown", "unknown"), "unknown"),
        ({"caller_channel": "0"}, ("unknown", "unknown"), "unknown"),
        ({"direction": "internal", "caller_channel": "0"}, ("unknown", "unknown"), "unknown"),
    ],
)
def test_channels_count_only_where_the_file_says_whose_they_are(metadata, roles, rung):
    assert decided(stereo(**metadata)) == [("0", roles[0], rung), ("1", roles[1], rung)]


def test_the_direction_needs_exactly_two_channels():
    said = [Segment("unknown", "好", channel=str(n % 3)) for n in range(6)]
    about = {"direction": "inbound", "caller_channel": "0"}
    found = assign(columns(said), Call("c", turns(said), metadata=about), {})
    assert {one.role for one in found.people} == {"unknown"}


def test_a_rung_that_is_not_the_file_is_named():
    call = stereo(direction="inbound", caller_channel="0")
    assert assign(call.columns(), call, {}).notes == [
        "roles by call direction inbound: 0 = customer, 1 = agent"
    ]
    call = stereo(agent_channel="0")
    assert assign(call.columns(), call, {}).notes == [
        "roles by the channels the file declares: 0 = agent, 1 = customer"
    ]


def test_channels_without_labels_are_different_people():
    said = [Segment("unknown", text, channel=one) for one, text in (("0", ASK), ("1", HELLO))] * 2
    call = Call("c", turns(said))
    assert len(call.turns) == 4
    assert decided(call) == [("0", "customer", "cues"), ("1", "agent", "cues")]


SWAPPED = [
    ("客户", HELLO),
    ("客服", ASK),
    ("客户", "请您稍等，帮您查一下"),
    ("客服", "你们怎么回事"),
]


def talk(rows: list[tuple[str, str]], **options: object) -> Call:
    text = "\n".join(f"{who}：{said}" for who, said in rows)
    return read_text(text, options=Options(**options))  # type: ignore[arg-type]


def test_swapped_roles_are_told_and_not_changed():
    call = talk(SWAPPED)
    assert [turn.role for turn in call.turns] == ["customer", "agent"] * 2
    (note,) = call.notes
    assert note.startswith("the roles look swapped: the customer talks like an agent (margin ")


def test_roles_that_fit_the_words_are_not_doubted():
    fits = [({"客户": "客服", "客服": "客户"}[who], said) for who, said in SWAPPED]
    assert talk(fits).notes == ()
    both = [(who, f"{HELLO}{number}") for number, (who, _) in enumerate(SWAPPED)]
    assert talk(both).notes == ()


def test_swap_roles_swaps_both_sides_and_says_so():
    call = talk(SWAPPED, swap_roles=True)
    assert [turn.role for turn in call.turns] == ["agent", "customer"] * 2
    assert call.notes == ("agent and customer swapped as asked",)
    assert [one.rung for one in call.reading.people] == ["field", "field"]


def unnamed(*rows: tuple[str, str]) -> list[str]:
    said = [{"role": "unknown", "speaker": who, "text": text} for who, text in rows]
    call = read_text(json.dumps({"turns": said}))
    return [call.turns[[t.speaker for t in call.turns].index(one)].role for one in "甲乙丙"]


def test_of_three_speakers_two_may_be_agents():
    found = unnamed(
        ("甲", HELLO), ("乙", ASK), ("甲", "请您稍等，帮您查一下"), ("乙", "你们怎么回事"),
        ("丙", "您好，很高兴为您服务，请问您怎么称呼"), ("甲", "好的"), ("乙", "嗯"), ("丙", "好"),
    )  # fmt: skip
    assert found == ["agent", "customer", "agent"]


def test_a_menu_before_anybody_speaks_is_the_system():
    found = unnamed(
        ("甲", "欢迎致电，查询请按1，人工服务请按0"), ("乙", HELLO), ("丙", ASK),
        ("乙", "请您稍等"), ("丙", "好的"),
    )  # fmt: skip
    assert found == ["system", "agent", "customer"]


def test_a_third_who_says_little_stays_unknown():
    assert unnamed(("甲", HELLO), ("乙", ASK), ("丙", "嗯"), ("甲", "好"), ("乙", "好")) == [
        "agent",
        "customer",
        "unknown",
    ]


def test_the_reading_tells_what_was_found_and_changes_no_call():
    text = json.dumps({"turns": [{"role": "agent", "text": "您好", "start": 0, "end": 2}]})
    call = read_text(text)
    assert isinstance(call.reading, Reading)
    assert (call.reading.format, call.reading.title) == ("json_calls", "JSON of qa_checker")
    assert (call.reading.score, call.reading.unit) == (1.0, "seconds")
    assert (call.reading.encoding, call.reading.declared) == ("utf-8", False)
    assert call == Call(
        **{f: getattr(call, f) for f in Call.__slots__ if f not in ("reading", "said")}
    )
    assert "Reading" not in repr(call)


OPENED = [
    ("客服", "嗯"), ("客户", "Thank you for calling Acme support"), ("客服", "yes"),
    ("客户", "do you want me to email it"),
]  # fmt: skip


def test_a_customer_who_opens_the_call_as_agents_do_is_told():
    assert talk(OPENED).notes == (
        "the roles look swapped: the customer talks like an agent (margin 2)",
    )
    back = [(who, said.replace("calling", "calling me back")) for who, said in OPENED]
    assert talk(back).notes == ()
    both = [("客服", "how can I help you"), *OPENED[1:]]
    assert talk(both).notes == ()


def test_roles_that_name_nobody_are_told():
    said = json.dumps({"turns": [{"speaker": "x", "text": "嗯"}, {"speaker": "y", "text": "好"}]})
    note = 'nobody here is called "q", as --roles says'
    assert note in read_text(said, options=Options(roles={"q": "agent"})).notes
    assert note not in read_text(said, options=Options(roles={"q": "agent", "x": "agent"})).notes
    assert (
        note not in read_text("客服：您好\n客户：好", options=Options(roles={"q": "agent"})).notes
    )


def test_nothing_stands_beside_swapped_roles_that_says_the_opposite():
    said = json.dumps({"turns": [{"speaker": "x", "text": HELLO}, {"speaker": "y", "text": ASK}]})
    assert "x = agent" in " ".join(read_text(said).notes)
    assert read_text(said, options=Options(swap_roles=True)).notes == (
        "agent and customer swapped as asked",
    )


def test_a_transcript_without_labels_says_that_it_has_none():
    said = json.dumps({"turns": [{"text": "嗯"}, {"text": "好"}]})
    assert "the transcript does not say who speaks" in read_text(said).notes
    one = json.dumps({"turns": [{"role": "agent", "text": "嗯"}]})
    assert "only one speaker: the other side is missing" in read_text(one).notes
