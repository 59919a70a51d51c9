"""JSON with a list of turns, whoever wrote it; and JSON that only looks like one.

Every sample is ours, written from what is documented of the software or from how people's own
programs write it.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

GOOD = "Good morning, Lantern Books."
REFUND = "I want a refund."
DANA, BOB = "Dana Lee", "Bob Ray"
AT = "2024-06-14T15:10:05Z"
LATER = "2024-06-14T15:10:15Z"
EPOCH = 1718377805
Turn = tuple[str, str, float | None, str]

FIREFLIES = {
    "data": {
        "transcript": {
            "id": "ff1",
            "title": "Support",
            "date": EPOCH * 1000,
            "duration": 3.5,  # minutes
            "sentences": [
                {
                    "index": 0,
                    "speaker_name": DANA,
                    "speaker_id": 0,
                    "text": GOOD,
                    "start_time": 0.5,
                },
                {
                    "index": 1,
                    "speaker_name": BOB,
                    "speaker_id": 1,
                    "text": REFUND,
                    "start_time": 2.6,
                },
            ],
        }
    }
}
INTERCOM = {
    "type": "conversation",
    "id": "147",
    "created_at": EPOCH,
    "source": {"body": f"<p>{REFUND}</p>", "author": {"type": "user", "id": "u", "name": BOB}},
    "conversation_parts": {
        "conversation_parts": [
            {
                "part_type": "comment",
                "body": "<p>Sure, <b>one</b> moment &amp; I am back.</p>",
                "created_at": EPOCH + 10,
                "author": {"type": "admin", "id": "a", "name": DANA},
            },
            {
                "part_type": "note",
                "body": "<p>a regular</p>",
                "created_at": EPOCH + 20,
                "author": {"type": "admin", "id": "a", "name": DANA},
            },
        ]
    },
}
LIVECHAT = {
    "chats": [
        {
            "id": "PJ0",
            "users": [
                {"id": "b7", "name": BOB, "type": "customer"},
                {"id": "dana@x.example", "name": DANA, "type": "agent"},
            ],
            "thread": {
                "events": [
                    {"type": "message", "text": REFUND, "author_id": "b7", "created_at": AT},
                    {
                        "type": "message",
                        "text": "Sure.",
                        "author_id": "dana@x.example",
                        "created_at": LATER,
                    },
                    {"type": "system_message", "text": "Chat closed", "created_at": LATER},
                ]
            },
        }
    ]
}
ZENDESK = {
    "chats": [
        {
            "history": [
                {"type": "chat.memberjoin", "name": BOB, "timestamp": AT},
                {
                    "type": "chat.msg",
                    "name": BOB,
                    "sender_type": "Visitor",
                    "msg": REFUND,
                    "timestamp": AT,
                },
                {
                    "type": "chat.msg",
                    "name": DANA,
                    "sender_type": "Agent",
                    "msg": "Sure.",
                    "timestamp": LATER,
                },
            ]
        }
    ]
}
SUNSHINE = {
    "messages": [
        {
            "received": AT,
            "author": {"type": "user", "displayName": BOB},
            "content": {"type": "text", "text": REFUND},
        },
        {
            "received": LATER,
            "author": {"type": "business", "displayName": DANA},
            "content": {"type": "text", "text": "Sure."},
        },
    ]
}
CHAT_COMPLETION = {
    "messages": [
        {"role": "system", "content": "You help customers of Lantern Books."},
        {"role": "user", "content": [{"type": "text", "text": REFUND}]},
        {"role": "assistant", "content": None, "tool_calls": [{"id": "c"}]},
        {"role": "tool", "tool_call_id": "c", "content": '{"ok": true}'},
        {"role": "assistant", "content": "Done."},
    ]
}
SHARE_GPT = {
    "conversations": [
        {"from": "human", "value": REFUND},
        {"from": "gpt", "value": "Done."},
    ]
}
RINGSENSE = {
    "recordingStartTime": AT,
    "speakerInfo": [{"speakerId": "1", "name": DANA}, {"speakerId": "2", "name": BOB}],
    "insights": {
        "Transcript": [
            {"start": 0.1, "end": 2.0, "text": GOOD, "speakerId": "1"},
            {"start": 2.1, "end": 4, "text": REFUND, "speakerId": "2"},
        ]
    },
}
DIALPAD = {
    "call_id": "123",
    "lines": [
        {"content": GOOD, "name": DANA, "time": AT, "type": "transcript"},
        {"content": "greeting", "name": DANA, "time": AT, "type": "moment"},
        {"content": REFUND, "name": BOB, "time": LATER, "type": "transcript"},
    ],
}
GLADIA = {
    "id": "g1",
    "status": "done",
    "result": {
        "metadata": {"audio_duration": 4.1},
        "transcription": {
            "full_transcript": f"{GOOD} {REFUND}",
            "utterances": [
                {"start": 0.1, "end": 1.4, "channel": 0, "speaker": 0, "text": GOOD, "words": []},
                {"start": 2.1, "end": 3.4, "channel": 0, "speaker": 1, "text": REFUND, "words": []},
            ],
        },
    },
}
OWN = {
    "session_id": "c1",
    "dialogue": [
        {"角色": "客服", "内容": "您好", "时间": "00:00:01"},
        {"角色": "客户", "内容": "我要退款", "时间": "00:00:03"},
    ],
}
MILLISECONDS = {
    "callId": "c2",
    "turns": [
        {"speaker": {"role": "AGENT", "displayName": DANA}, "text": GOOD, "startMs": 100},
        {"speaker": {"role": "VISITOR", "displayName": BOB}, "text": REFUND, "startMs": 2100},
    ],
}
A, C, B, S, U = "agent", "customer", "bot", "system", "unknown"
SAMPLES: dict[str, tuple[Any, str, list[Turn]]] = {
    "fireflies": (FIREFLIES, "ff1", [(U, DANA, 0.5, GOOD), (U, BOB, 2.6, REFUND)]),
    "intercom": (
        INTERCOM,
        "147",
        [(C, BOB, 0.0, REFUND), (A, DANA, 10.0, "Sure, one moment & I am back.")],
    ),
    "livechat": (
        LIVECHAT,
        "PJ0",
        [(C, BOB, 0.0, REFUND), (A, DANA, 10.0, "Sure."), (S, "", 10.0, "Chat closed")],
    ),
    "zendesk chat": (ZENDESK, "x", [(C, BOB, 0.0, REFUND), (A, DANA, 10.0, "Sure.")]),
    "sunshine": (SUNSHINE, "x", [(C, BOB, 0.0, REFUND), (A, DANA, 10.0, "Sure.")]),
    "chat completion": (
        CHAT_COMPLETION,
        "x",
        [
            (S, "system", None, "You help customers of Lantern Books."),
            (C, "user", None, REFUND),
            (B, "assistant", None, "Done."),
        ],
    ),
    "sharegpt": (SHARE_GPT, "x", [(C, "human", None, REFUND), (B, "gpt", None, "Done.")]),
    "ringsense": (RINGSENSE, "x", [(U, DANA, 0.1, GOOD), (U, BOB, 2.1, REFUND)]),
    "dialpad": (DIALPAD, "123", [(U, DANA, 0.0, GOOD), (U, BOB, 10.0, REFUND)]),
    "gladia": (GLADIA, "g1", [(U, "0", 0.1, GOOD), (U, "1", 2.1, REFUND)]),
    "own": (OWN, "c1", [(A, "客服", 1.0, "您好"), (C, "客户", 3.0, "我要退款")]),
    "milliseconds": (MILLISECONDS, "c2", [(A, DANA, 0.1, GOOD), (C, BOB, 2.1, REFUND)]),
}


def results(document: Any) -> list[Call | SetAside]:
    """Return what a file gives; anything but text is written as JSON."""
    text = document if isinstance(document, str) else json.dumps(document)
    return list(calls_of(Source("x.json", text.encode()), Options()))


def one(document: Any) -> Call:
    """Return the one call of a file, read as a list of turns."""
    (call,) = results(document)
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == "json_turns"
    return call


def said(call: Call) -> list[Turn]:
    """Return who says what and when; a role that cue words gave is not the file's."""
    assert call.reading is not None
    guessed = {person.label for person in call.reading.people if person.rung == "cues"}
    return [
        (U if s.speaker in guessed else s.role, s.speaker, s.start, s.text) for s in call.segments
    ]


@pytest.mark.parametrize("name", SAMPLES)
def test_who_says_what_and_when(name: str) -> None:
    document, call_id, turns = SAMPLES[name]
    call = one(document)
    assert said(call) == turns
    assert call.call_id == call_id


@pytest.mark.parametrize("name", SAMPLES)
def test_in_a_wrapper_in_a_string_and_in_a_list(name: str) -> None:
    document, _, turns = SAMPLES[name]
    for wrapped in ({"body": json.dumps(document)}, {"data": {"result": document}}, [document]):
        assert said(one(wrapped)) == turns
    two = results("\n".join([json.dumps(document), "", json.dumps(document)]))
    assert [said(call) for call in two if isinstance(call, Call)] == [turns, turns]


def test_a_moment_and_a_note_are_told() -> None:
    note = "notes, events and other messages that nobody said left out: 1"
    for document in (DIALPAD, INTERCOM, CHAT_COMPLETION):
        assert note in one(document).notes


def test_when_a_conversation_began() -> None:
    assert one(FIREFLIES).started_at == "2024-06-14T15:10:05+00:00"
    assert one(SUNSHINE).started_at == "2024-06-14T15:10:05+00:00"


def test_a_list_of_messages_with_authors_alone() -> None:
    assert said(one(SUNSHINE["messages"])) == SAMPLES["sunshine"][2]


MESSAGES = [{"role": "user", "content": REFUND}, {"role": "assistant", "content": "Done."}]


@pytest.mark.parametrize(
    "document",
    [
        {"products": [{"name": "Chair", "description": "fine"}, {"name": "Table", "text": "fine"}]},
        {"users": [{"name": BOB, "role": "agent"}, {"name": DANA, "role": "customer"}]},
        {"issues": [{"author": {"name": BOB}, "title": "Bug", "body": "It breaks."}] * 2},
        {"messages": [{"from": "a@x.example", "subject": "Refund", "body": REFUND}] * 2},
        {"comments": [{"author": {"name": who}, "body": "Nice"} for who in (BOB, DANA)]},
        {"warnings": [{"severity": "error", "source": "lint", "message": "too long"}] * 2},
        {"messages": ["Hello", "Hi"]},
        {"messages": []},
        {"role": "customer", "text": REFUND, "previous_turns": MESSAGES},
        [{"author": {"name": BOB}, "body": "First!"}, {"author": {"name": DANA}, "body": "Second"}],
        {"a": {"b": {"c": {"d": {"e": {"f": {"messages": MESSAGES}}}}}}},
    ],
)  # fmt: skip
def test_what_is_no_conversation_is_refused(document: Any) -> None:
    (aside,) = results(document)
    assert isinstance(aside, SetAside), aside


def test_words_with_speakers_and_times_are_no_turns() -> None:
    said = enumerate(f"{GOOD} {REFUND} {GOOD}".split())
    words = [{"text": w, "speaker": "AB"[n > 4], "start": n, "end": n + 0.5} for n, w in said]
    (aside,) = results({"pieces": words})
    assert isinstance(aside, SetAside)


def test_a_conversation_without_any_text_is_refused() -> None:
    silent = [{**one, "public": False} for one in ZENDESK["chats"][0]["history"]]
    (aside,) = results({"history": silent})
    assert isinstance(aside, SetAside)
    assert aside.reason == "empty: no turn has any text"


def test_whose_message_it_is_by_a_flag_or_by_the_way_it_went() -> None:
    ours = {"isAgent": True, "text": GOOD}, {"direction": "outbound-api", "text": GOOD}
    theirs = {"isAgent": False, "text": REFUND}, {"direction": "inbound", "text": REFUND}
    for messages in zip(ours, theirs, strict=True):
        found = said(one({"messages": list(messages)}))
        assert [(role, text) for _, role, _, text in found] == [
            ("agent", GOOD),
            ("customer", REFUND),
        ]


@pytest.mark.parametrize(
    ("theirs", "ours"),
    [("in", "out"), ("from", "to"), ("incoming", "outgoing"), ("received", "sent")],
)
def test_the_direction_of_messages_says_who_wrote_them(theirs: str, ours: str) -> None:
    messages = [{"direction": theirs, "text": REFUND}, {"direction": ours, "text": GOOD}]
    call = one({"messages": messages})
    assert [segment.role for segment in call.segments] == ["customer", "agent"]
    assert call.notes[0] == (
        "roles by the direction of each message: "
        + ", ".join(sorted([f"{theirs} = customer", f"{ours} = agent"]))
    )


def test_one_direction_of_all_messages_may_be_that_of_the_call() -> None:
    call = one({"messages": [{"direction": "in", "text": text} for text in (GOOD, REFUND)]})
    assert {segment.role for segment in call.segments} == {"unknown"}


@pytest.mark.parametrize(
    ("times", "seconds", "noted"),
    [
        ([0, 4500, 9000], [0, 4.5, 9], True),
        (["0", "4500", "9000"], [0, 4.5, 9], True),
        ([0, 4, 9], [0, 4, 9], False),
        ([0, 400, 900], [0, 400, 900], False),  # a slow chat
        ([0.0, 4.5, 9.0], [0, 4.5, 9], False),
    ],
)
def test_whole_numbers_are_milliseconds_if_people_speak_so(
    times: list[Any], seconds: list[float], noted: bool
) -> None:
    words = zip(("agent", "customer", "agent"), (GOOD, REFUND, GOOD), times, strict=True)
    turns = [{"speaker": who, "text": text, "beginTime": at} for who, text, at in words]
    call = one({"messages": turns, "channel": "chat"})
    assert [segment.start for segment in call.segments] == seconds
    assert any("only as milliseconds" in note for note in call.notes) is noted


def test_a_chat_model_is_a_bot_unless_the_user_says_else() -> None:
    said = [{"role": "assistant", "content": GOOD}, {"role": "user", "content": REFUND}]
    call = one({"messages": said})
    assert [segment.role for segment in call.segments] == ["bot", "customer"]
    assert 'taken for a bot, unless --roles says else: "assistant"' in call.notes


def test_calls_under_their_ids_and_lists_that_are_not_read() -> None:
    turns = [{"speaker": "agent", "utterance": GOOD}, {"speaker": "user", "utterance": REFUND}]
    text = json.dumps({"c1": turns, "c2": turns})
    found = [
        one.call_id
        for one in calls_of(Source("x.json", text.encode()))
        if type(one) is not SetAside
    ]
    assert found == ["c1", "c2"]
    call = one({"messages": turns, "translated": turns})
    assert 'also like turns, and not read: "translated"' in call.notes


def timed(*times: dict[str, object]) -> Call:
    said = ["Thank you for calling Acme.", "My refund has not arrived."]
    turns = [
        {"role": role, "content": text, **more}
        for role, text, more in zip(("agent", "customer"), said, times, strict=True)
    ]
    (call,) = calls_of(Source("x.json", json.dumps({"messages": turns}).encode()))
    assert isinstance(call, Call)
    return call


def spans(call: Call) -> list[tuple[float | None, float | None]]:
    return [(one.start, one.end) for one in call.segments]


def test_when_a_message_was_made_and_when_it_was_finished() -> None:
    call = timed({"createTime": 1714543201000}, {"createTime": 1714543265000})
    assert spans(call) == [(0.0, None), (64.0, None)]
    call = timed({"begin": "00:02", "finish": "00:05"}, {"begin": "00:09", "finish": "00:12"})
    assert spans(call) == [(2.0, 5.0), (9.0, 12.0)]


def test_a_duration_beside_a_start_gives_the_end() -> None:
    call = timed({"offset": 200, "duration": 2900}, {"offset": 4000, "duration": 1700})
    assert spans(call) == [(0.2, 3.1), (4.0, 5.7)]
    call = timed({"start": 0.2, "durationMs": 2900}, {"start": 4.0, "durationMs": 1700})
    assert spans(call) == [(0.2, 3.1), (4.0, 5.7)]


def test_durations_in_which_nobody_can_speak_so_are_named() -> None:
    call = timed({"start": 0.2, "duration": 2900}, {"start": 4.0, "duration": 1700})
    assert spans(call) == [(0.2, None), (4.0, None)]
    assert 'look like times, and not read: "duration"' in call.notes


def test_keys_that_look_like_times_are_named() -> None:
    call = timed({"eventTime": "10:00:01", "sentiment": 1}, {"eventTime": "10:00:09"})
    assert spans(call) == [(None, None)] * 2
    assert call.notes == ('look like times, and not read: "eventtime"',)


PAIR = ("客服", "您好，请问有什么可以帮您？", 240, 3200), ("客户", "我要退款，谢谢。", 4000, 6000)


def test_words_that_are_one_text() -> None:
    phrases = [{"Role": r, "Begin": b, "End": e, "Words": t} for r, t, b, e in PAIR]
    assert said(one({"Code": "OK", "Phrases": phrases})) == [
        ("agent", "客服", 0.24, PAIR[0][1]),
        ("customer", "客户", 4.0, PAIR[1][1]),
    ]


def test_times_of_the_first_instance() -> None:
    lines = [
        {"text": t, "speakerId": n, "instances": [{"start": f"0:00:0{n}.5", "end": f"0:00:0{n}.9"}]}
        for n, t in ((1, GOOD), (4, REFUND))
    ]
    found = one({"videos": [{"insights": {"transcript": lines}}]}["videos"][0])
    assert [(s.start, s.end) for s in found.segments] == [(1.5, 1.9), (4.5, 4.9)]


def test_roles_by_whether_a_message_came_in_and_by_its_source() -> None:
    by_flag = [{"incoming": False, "text": GOOD}, {"incoming": True, "text": REFUND}]
    by_source = [{"source": "agent", "text": GOOD}, {"source": "customer", "text": REFUND}]
    for messages in (by_flag, by_source):
        assert [role for role, _, _, _ in said(one({"messages": messages}))] == [
            "agent",
            "customer",
        ]


def test_riva_counts_milliseconds_and_speakers_from_0() -> None:
    words = [("hello", 320, 700, 0), ("there", 720, 1100, 0), ("refund", 2000, 2500, 1)]
    keys = ("word", "start_time", "end_time", "speaker_tag")
    best = {
        "transcript": "hello there refund",
        "words": [dict(zip(keys, w, strict=True)) for w in words],
    }
    (call,) = results({"results": [{"alternatives": [best], "channel_tag": 1}]})
    assert isinstance(call, Call)
    assert [(s.speaker, s.start, s.end) for s in call.segments] == [
        ("0", 0.32, 1.1),
        ("1", 2.0, 2.5),
    ]


@pytest.mark.parametrize(
    ("times", "starts"),
    [
        (("14/06/2024 15:10:05", "14/06/2024 15:11:05"), [0.0, 60.0]),
        (("6/14/2024 3:10 PM", "6/14/2024 3:12 PM"), [0.0, 120.0]),
        (("0,250", "3,100"), [0.25, 3.1]),
    ],
)
def test_times_that_only_tell_in_company_how_they_are_written(
    times: tuple[str, str], starts: list[float]
) -> None:
    people = zip(("Agent", "Customer"), (GOOD, REFUND), times, strict=True)
    messages = [{"sender": who, "text": text, "timestamp": at} for who, text, at in people]
    assert [s.start for s in one({"messages": messages}).segments] == starts


def test_messages_that_stand_newest_first() -> None:
    people = zip(("Customer", "Agent"), (REFUND, GOOD), (LATER, AT), strict=True)
    messages = [{"sender": who, "text": text, "timestamp": at} for who, text, at in people]
    assert [(s.text, s.start) for s in one({"messages": messages}).segments] == [
        (GOOD, 0.0),
        (REFUND, 10.0),
    ]


@pytest.mark.parametrize("who", ["source", "sender", "from", "speakerRole", "author"])
@pytest.mark.parametrize("lines", [False, True])
def test_turns_of_our_form_that_call_the_speaker_otherwise(who: str, lines: bool) -> None:
    call = {
        "call_id": "17",
        "agent": "1024",
        "metadata": {"direction": "inbound"},
        "turns": [{who: "agent", "text": GOOD}, {who: "customer", "text": REFUND}],
    }
    text = json.dumps(call)
    source = Source("a.json", f"{text}\n{text}\n".encode() if lines else text.encode())
    found = list(calls_of(source, Options()))
    assert len(found) == 1 + lines
    for each in found:
        assert isinstance(each, Call)
        assert [(s.role, s.text) for s in each.segments] == [("agent", GOOD), ("customer", REFUND)]
        assert (each.call_id, each.agent) == ("17", "1024")
        assert each.metadata == {"direction": "inbound"}


def test_turns_of_our_form_that_call_the_times_otherwise() -> None:
    turns = [
        {"role": "agent", "text": GOOD, "startTime": 0.5, "endTime": 2.0, "mood": "calm"},
        {"role": "customer", "text": REFUND, "startTime": 2.5, "endTime": 4.0, "mood": "angry"},
    ]
    found = one({"call_id": "17", "turns": turns})
    assert [(s.start, s.end) for s in found.segments] == [(0.5, 2.0), (2.5, 4.0)]


def test_other_keys_beside_those_of_ours_leave_a_call_ours() -> None:
    turns = [{"role": "agent", "text": GOOD, "mood": "calm"}, {"role": "customer", "text": REFUND}]
    (found,) = results({"turns": turns})
    assert isinstance(found, Call)
    assert found.reading is not None
    assert found.reading.format == "json_calls"


@pytest.mark.parametrize(
    "keys",
    [
        ("Side", "Text", "Timestamp"),
        ("who", "text", "when"),
        ("role", "msg", "t"),
        ("role", "text", "ts"),
    ],
)
def test_rows_under_the_names_that_scripts_give_them(keys: tuple[str, str, str]) -> None:
    said = [("agent", GOOD, 0.0), ("customer", REFUND, 4.5)]
    (found,) = results([dict(zip(keys, each, strict=True)) for each in said])
    assert isinstance(found, Call)
    assert [(s.role, s.text, s.start) for s in found.segments] == said


def test_a_bare_list_of_messages_that_say_whether_they_came_in() -> None:
    said = [(REFUND, True), (GOOD, False), (REFUND, True)]
    found = one([{"body_text": text, "incoming": came} for text, came in said])
    roles = ["customer" if came else "agent" for _, came in said]
    assert [s.role for s in found.segments] == roles


def as_udesk(text: str) -> str:
    return json.dumps({"type": "message", "data": {"content": text}})


@pytest.mark.parametrize(
    "document",
    [
        {
            "messages": [
                {"sender": "agent", "content": as_udesk(GOOD)},
                {"sender": "customer", "content": as_udesk(REFUND)},
            ]
        },
        {
            "contents": [  # Gemini
                {"role": "agent", "parts": [{"text": GOOD}]},
                {"role": "user", "parts": [{"text": "I want"}, {"text": "a refund."}]},
            ]
        },
        {
            "messageRecords": [  # LivePerson
                {"sentBy": "Agent", "messageData": {"msg": {"text": GOOD}}},
                {"sentBy": "Consumer", "messageData": {"msg": {"text": REFUND}}},
            ]
        },
    ],
)
def test_words_inside_text_parts_and_objects(document: object) -> None:
    said = [(s.role, s.text) for s in one(document).segments]
    assert said == [("agent", GOOD), ("customer", REFUND)]
