"""JSON of products that nobody knows: the turns are found, and what is none is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of
from qa_checker.readers.shapes import shapes_of

SAID = (
    ("agent", "Thank you for calling Lantern Books, how can I help you?"),
    ("customer", "Hi, one parcel never came."),
    ("agent", "I am sorry to hear that, I will look into it."),
)
TEXTS = [text for _, text in SAID]
LINES = [f"{role.title()}: {text}" for role, text in SAID]
WAYS = {"agent": "outbound", "customer": "inbound"}
BLOCK = "\n".join(LINES)


def results(document: Any, **options: Any) -> list[Call | SetAside]:
    """Return what is read of a document, or of one document a line."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return list(calls_of(Source("x.json", text.encode()), Options(**options)))


def only(document: Any, **options: Any) -> Call:
    """Return the one call of a document, which this format has read."""
    (call,) = results(document, **options)
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == "json_dialogue"
    return call


def turns(*keys: str) -> list[dict[str, Any]]:
    return [dict(zip(keys, pair, strict=True)) for pair in SAID]


@pytest.mark.parametrize(
    "document",
    [
        {"turns": turns("speaker", "utterance")},
        {"data": {"list": turns("senderType", "content")}},
        {"transcript": {"full": "…", "segments": turns("speaker", "text")}},
        {"对话": [{"角色": {"agent": "客服"}.get(r, "客户"), "内容": t} for r, t in SAID]},
        {"parts": [{"author": {"type": r, "name": "Jo"}, "body": t} for r, t in SAID]},
        {"utterances": [{"isAgent": r == "agent", "text": t} for r, t in SAID]},
        {
            "m": [
                {"direction": "outbound" if r == "agent" else "inbound", "body": t} for r, t in SAID
            ]
        },
        {"dialogue": LINES},
        {"id": 7, "asr_content": BLOCK},
        {"call": {"asr": {"words_of_all": BLOCK}}},
    ],
)
def test_turns_are_found_wherever_they_lie(document: Any) -> None:
    call = only(document)
    assert [one.text for one in call.segments] == TEXTS
    assert [one.role for one in call.segments] == [role for role, _ in SAID]


def test_what_programs_call_the_speakers() -> None:
    said = [("system", "Be kind."), ("assistant", TEXTS[0]), ("user", TEXTS[1])]
    document = {"messages": [{"role": role, "content": text} for role, text in said]}
    call = only(document)
    assert [one.role for one in call.segments] == ["system", "bot", "customer"]
    assert 'taken for a bot, unless --roles says else: "assistant"' in call.notes
    told = only(document, roles={"assistant": "agent"})
    assert [one.role for one in told.segments] == ["system", "agent", "customer"]
    assert not any("taken for a bot" in note for note in told.notes)


def test_what_is_known_about_the_call() -> None:
    document = {
        "sessionId": "s-1",
        "data": {
            "agentName": "Dana",
            "channel": "chat",
            "long": "x" * 300,
            "m": turns("from", "msg"),
        },
    }
    call = only(document)
    assert (call.call_id, call.agent) == ("s-1", "Dana")
    assert call.metadata == {"channel": "chat"}


@pytest.mark.parametrize(
    ("key", "times", "seconds", "noted"),
    [
        ("start", [0, 4.5, 9], [0, 4.5, 9], False),
        ("start_ms", [0, 4500, 9000], [0, 4.5, 9], False),
        ("beginTime", [0, 4500, 9000], [0, 4.5, 9], True),
        ("beginTime", ["0", "4500", "9000"], [0, 4.5, 9], True),
        ("time", ["00:00:00", "00:00:04", "00:01:09"], [0, 4, 69], False),
        ("createdAt", [f"2026-01-05T10:00:0{n}Z" for n in (1, 5, 9)], [0, 4, 8], False),
    ],
)
def test_times(key: str, times: list[Any], seconds: list[float], noted: bool) -> None:
    said = [{**one, key: time} for one, time in zip(turns("from", "msg"), times, strict=True)]
    call = only({"m": said})
    assert [one.start for one in call.segments] == seconds
    assert any("only as milliseconds" in note for note in call.notes) is noted


def test_many_calls_in_a_file() -> None:
    records = [{"sid": f"c{n}", "messages": turns("senderType", "content")} for n in range(3)]
    lines = "\n".join(map(json.dumps, records))
    named = {one["sid"]: one["messages"] for one in records}
    inner = {"total": 3, "data": {"queue": "books", "calls": records}}
    for document in (records, lines, inner, named):
        calls = [one for one in results(document) if isinstance(one, Call)]
        assert [one.call_id for one in calls] == ["c0", "c1", "c2"]
        assert {one.queue for one in calls} == ({"books"} if document is inner else {""})
    *calls, bad = results(lines + "\n{}\nno json\n")[:4]
    assert isinstance(bad, SetAside)
    assert "record 4" in str(bad)
    assert len(calls) == 3


def test_a_second_list_of_turns_is_named() -> None:
    call = only({"messages": turns("by", "content"), "translated": turns("by", "content")})
    assert [one.text for one in call.segments] == TEXTS
    assert 'also like turns, and not read: "translated"' in call.notes


@pytest.mark.parametrize(
    "document",
    [
        {"comments": [{"author": a, "body": b, "at": "2026"} for a, b in zip("ab", TEXTS)]},  # noqa: B905
        {"items": [{"name": "greeting", "text": TEXTS[0]}, {"name": "closing", "text": TEXTS[2]}]},
        {"todo": [{"owner": "agent", "text": TEXTS[2]}, {"owner": "agent", "text": TEXTS[0]}]},
        {"words": [{"text": w, "speaker": "AB"[n > 4]} for n, w in enumerate(BLOCK.split())]},
        {"mails": [{"from": "a@b.c", "body": TEXTS[0]}, {"from": "d@e.f", "body": TEXTS[1]}]},
        {"messages": [{"role": "agent", "content": TEXTS[0]}]},
        {"messages": []},
        {"note": "Agent: Hello"},
    ],
)
def test_what_is_no_conversation_is_refused(document: Any) -> None:
    (aside,) = results(document)
    assert isinstance(aside, SetAside)
    assert "not a transcript this version reads" in aside.reason


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.sampled_from(TEXTS),
        lambda inner: (
            st.lists(inner, max_size=4)
            | st.dictionaries(st.sampled_from(["role", "text", "from", "start", "m", "x"]), inner)
        ),
        max_leaves=30,
    )
)
def test_any_json_has_turns_that_are_speech_or_none(document: Any) -> None:
    record = {"m": document}
    for shape in shapes_of(record):
        assert shape.text != shape.who
    for one in results(record):
        if isinstance(one, Call):
            assert all(segment.text.strip() for segment in one.segments)


def test_a_table_with_conversations_under_a_header_that_nobody_knows() -> None:
    quoted = BLOCK.replace('"', '""')
    text = f'no,agent_name,asr_full\n1,Dana,"{quoted}"\n2,Robin,"{quoted}"\n'
    found = list(calls_of(Source("x.csv", text.encode()), Options()))
    calls = [one for one in found if isinstance(one, Call)]
    assert [one.agent for one in calls] == ["Dana", "Robin"]
    assert [[one.text for one in call.segments] for call in calls] == [TEXTS, TEXTS]
