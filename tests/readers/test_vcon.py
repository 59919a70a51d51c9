"""vCon: every shape of a transcript, what is refused, and what is never shown."""

from __future__ import annotations

import base64
import json
from pathlib import Path

import pytest

from qa_checker.readers import SetAside, Source, calls_of

DATA = Path(__file__).parent / "data"
PARTIES = [{"name": "Dana", "role": "agent"}, {"tel": "+1000", "meta": {"role": "contact"}}]
SAYS = [("Agent", "Hello."), ("Customer", "Hi.")]
BLOCK = "\n".join(f"{who}: {words}" for who, words in SAYS)
RECORDING = {"type": "recording", "start": "2025-01-05T10:00:00Z", "duration": 9, "parties": [1, 0]}
EMPTY = "a vCon without a transcript"


def vcon(**more):
    return {"vcon": "0.0.2", "uuid": "u-1", "parties": PARTIES, "dialog": [RECORDING], **more}


def transcript(body, **more):
    return vcon(analysis=[{"type": "transcript", "dialog": 0, "body": body, **more}])


def read(document):
    return list(calls_of(Source("x", json.dumps(document).encode())))


def one(document):
    (found,) = read(document)
    return found


def file(name):
    (path,) = DATA.glob(f"{name}*")
    return json.loads(path.read_text("utf-8"))


def lines(call):
    return [(turn.role, turn.speaker, turn.text) for turn in call.turns]


def test_dialogs_of_text():
    document = file("fake_056284e6")
    call = one(document)
    assert (call.call_id, call.agent) == (document["uuid"], "Juan Sanchez")
    assert call.started_at == "2025-03-06T15:30:02-05:00"
    assert [(turn.role, turn.start) for turn in call.turns] == [
        *(("agent", 0.0), ("customer", 278.0), ("agent", 518.0), ("customer", 689.0)),
        *(("agent", 871.0), ("customer", 1189.0), ("agent", 1491.0), ("customer", 1695.0)),
        ("agent", 1926.0),
    ]
    assert [turn.text for turn in call.turns] == [part["body"] for part in document["dialog"]]


def test_a_list_of_messages():
    document = file("ds_05cec")
    call = one(document)
    said = document["analysis"][0]["body"]
    assert [turn.text for turn in call.turns] == [part["message"] for part in said]
    assert [turn.role for turn in call.turns] == [part["speaker"].lower() for part in said]
    assert call.metadata == {"direction": "in", "disposition": "ANSWERED", "duration": "57.168"}


def test_a_block_without_speakers_is_read_once_and_nobodys():
    call = one(file("fake_cd33"))
    assert len(call.segments) == 13
    assert {segment.role for segment in call.segments} == {"unknown"}
    assert "the transcript does not say who speaks" in call.notes
    assert call.metadata["direction"] == "out"


@pytest.mark.parametrize("name", ["written_vcon_deepgram", "written_vcon_wtf"])
def test_the_json_of_a_recogniser(name):
    call = one(file(name))
    assert [turn.role for turn in call.turns] == ["agent", "customer"] * 2
    assert [turn.start for turn in call.turns] == [0.5, 3.4, 6.0, 8.1]
    assert "secret" not in repr(call)


@pytest.mark.parametrize(
    "body",
    [
        [{"speaker": who, "message": words} for who, words in SAYS],
        json.dumps([{"role": who, "content": words} for who, words in SAYS]),
        BLOCK,
        {"transcript": BLOCK},
        {
            "segments": [
                {"start": 1, "end": 2, "text": words, "speaker": who} for who, words in SAYS
            ]
        },
    ],
)
def test_shapes_of_a_body(body):
    assert lines(one(transcript(body))) == [
        ("agent", "Agent", "Hello."),
        ("customer", "Customer", "Hi."),
    ]


def test_a_body_in_base64():
    body = base64.urlsafe_b64encode(BLOCK.encode()).decode().rstrip("=")
    assert len(one(transcript(body, encoding="base64url")).turns) == 2
    assert one(transcript("***", encoding="base64url")).reason == EMPTY


def test_a_partys_name_brings_its_role():
    said = [{"speaker": "Dana", "message": "Hi."}, {"speaker": "X", "message": "a"}]
    assert one(transcript(said)).turns[0].role == "agent"


def test_the_second_recording_comes_after_the_first():
    later = {**RECORDING, "start": "2025-01-05T10:01:00Z"}
    said = [{"text": "hi", "start": 1.0, "end": 2.0, "speaker": "Agent"}]
    analysis = [{"type": "transcript", "dialog": n, "body": said} for n in (1, 0)]
    call = one(vcon(dialog=[RECORDING, later], analysis=analysis))
    assert [segment.start for segment in call.segments] == [1.0, 61.0]


def test_text_and_its_transcript_are_not_read_twice():
    text = {"type": "text", "originator": 1, "body": "Hi.", "start": "2025-01-05T10:00:00Z"}
    analysis = [{"type": "transcript", "dialog": 0, "body": BLOCK}]
    assert lines(one(vcon(dialog=[text], analysis=analysis))) == [("customer", "+1000", "Hi.")]


def test_parties_that_are_not_there():
    texts = [
        {"type": "text", "originator": 99, "body": "Hi."},
        {"type": "text", "parties": 0, "body": "Hello."},
        {"type": "text", "parties": [0, 1], "body": "Agent: Sure.\nCustomer: Thanks."},
    ]
    assert lines(one(vcon(dialog=texts))) == [
        ("unknown", "party 99", "Hi."),
        ("agent", "Dana", "Hello."),
        ("agent", "Agent", "Sure."),
        ("customer", "Customer", "Thanks."),
    ]


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        (file("vcon_bad_dialog_types"), EMPTY),
        (file("vcon_bad_party_ref"), EMPTY),
        (file("vcon_invalid_dialog_url"), EMPTY),
        (file("vcon_null_parties"), EMPTY),
        ({"vcon": "0.0.1", "uuid": 5, "parties": None, "dialog": None}, EMPTY),
        (file("written_vcon_signed"), "a vCon that is signed"),
        (file("written_vcon_encrypted"), "a vCon that is encrypted"),
        (transcript({"vcon": "0.0.1", "uuid": "x", "parties": []}), EMPTY),
    ],
)
def test_what_is_refused(document, reason):
    found = one(document)
    assert isinstance(found, SetAside)
    assert found.reason == reason


def test_a_list_of_vcons_sets_the_bad_one_aside():
    good = transcript([{"speaker": who, "message": words} for who, words in SAYS])
    first, second = read([vcon(), good])
    assert first.reason == "record 1: a vCon without a transcript"
    assert second.call_id == "u-1"
