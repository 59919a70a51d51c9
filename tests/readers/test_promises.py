"""Any bytes give calls with words in them, or a reason; never another exception."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from qa_checker.call import ROLES, Call
from qa_checker.readers import Options, SetAside, Source, calls_of, formats, read_text
from qa_checker.readers.formats import recognise

PIECES = st.sampled_from(
    [
        *(
            "客服：",
            "客户:",
            "Agent: ",
            "AI：",
            "[00:01:02] ",
            "[0.0-3.0] ",
            "2024-01-05 10:00:00 ",
        ),
        *("WEBVTT\n\n", "00:01.000 --> 00:02.000", "1\n", "<v ", ">", "\n", "\r\n", "-", "—"),
        *("{", "}", "[", '"turns":', '"text":', '"a",', "\0", "\u2028", "\ufeff", "浣犲ソ"),
        *("role,text\n", "call_id\tcontent\n", ",", "\t", '"', "=1+1", "您好", "hello", "：", ":"),
    ]
)
LIKELY = st.lists(PIECES, max_size=30).map(lambda parts: "".join(parts).encode())
QUICK = settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(st.one_of(st.binary(max_size=300), LIKELY, LIKELY.map(lambda raw: b"PK\x03\x04" + raw)))
@example(b"")
@example(b"PK\x05\x06" + bytes(18))
@example("客服：您好".encode("utf-16"))
@QUICK
def test_any_bytes_give_calls_or_a_reason(data):
    results = list(calls_of(Source("x", data)))
    assert results
    for result in results:
        if isinstance(result, SetAside):
            assert result.reason
            continue
        assert isinstance(result, Call)
        assert result.turns
        assert result.call_id == "x" or result.call_id
        assert all(turn.text.strip() and turn.role in ROLES for turn in result.turns)
        repr(result).encode()


KEYS = st.sampled_from(
    [
        *(
            "turns",
            "text",
            "role",
            "speaker",
            "content",
            "call_id",
            "id",
            "start",
            "end",
            "original",
        ),
        *("[SPEAKER 1]", "[SPEAKER 2]", "agent", "客户", "segments", "transcript", "speaker_role"),
        *("start_ms", "human_transcript", "sid", "caller", "tasks", "ConversationId", "a"),
    ]
)
JSON_AS_TEXT = ['{"speaker": "a", "text": "b"}', '[["agent", "hi"]]']
WORDS = st.sampled_from(
    [
        *("", "您好", "agent", "customer", "0:01", "客服：您好\n客户：好"),
        *("**Agent:** hi **Customer:** yo", "Speaker: x\nOther: y\nSpeaker: z"),
        *JSON_AS_TEXT,
    ]
)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-9, 10**17) | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(KEYS, inner, max_size=5),
    max_leaves=25,
)


@given(st.lists(JSON, min_size=1, max_size=3), st.booleans(), st.sampled_from([None, 1]))
@example([[["agent", "hi"], ["customer", "yo"]]], False, None)
@example([{"text": '{"agent": "hi", "b": "c"}', "call_id": "1"}], False, 1)
@example([{"text": "您好", "role": JSON_AS_TEXT[0]}], False, None)
@settings(QUICK, max_examples=500)
def test_any_json_gives_speech_or_a_reason_and_no_key_is_a_speaker(documents, lines, indent):
    texts = [json.dumps(one, indent=None if lines else indent) for one in documents]
    data = "\n".join(texts if lines else texts[:1]).encode()
    source = Source("x", data, data.decode())
    if source.is_json:
        assert recognise(source, Options()) != "plain_text"
    results = list(calls_of(Source("x", data)))
    assert results
    for result in results:
        if isinstance(result, SetAside):
            assert result.reason
            continue
        assert result.turns
        for turn in result.turns:
            assert turn.text.strip()
            odd = re.match(r'[\[{"]|.*[\[{"]$', turn.speaker) and "SPEAKER" not in turn.speaker
            assert not odd or turn.speaker in JSON_AS_TEXT  # which is what the file calls them


@given(st.text(max_size=200).filter(lambda text: text.strip()))
@QUICK
def test_what_is_said_comes_out_as_it_was(text):
    said = (
        "".join(
            c
            for c in text
            if c in " ，。" or (c.isalnum() and (c.isascii() or "\u4e00" <= c <= "\u9fff"))
        )
        + "好"
    )
    assume("锟斤" not in said)  # what is left of text that was decoded wrongly: refused
    call = read_text(f"客服：{said}\n客户：嗯\n")
    assert call.turns[0].text == said.strip()


def test_every_format_says_how_it_looks():
    for name, module in formats.known_formats().items():
        assert len((module.__doc__ or "").splitlines()) > 2, name
        assert module.sniff(Source("x", b"", ""), Options()) == 0.0, name
        assert module.TITLE, name
        assert module.UNIT in formats.UNITS, name


def test_a_format_is_found_by_content_never_by_name():
    text = "客服：您好\n客户：好\n"
    for name in ("a.json", "a.xlsx", "a.vtt", "a"):
        assert recognise(Source(name, text.encode(), text), Options()) == "plain_text"


def test_calls_and_options_travel_between_processes():
    call = read_text("客服：您好\n客户：好\n")
    assert pickle.loads(pickle.dumps(call)) == call
    assert pickle.loads(pickle.dumps(Options(roles={"0": "agent"}))).roles == {"0": "agent"}


def test_readers_know_nothing_of_the_rooms_above():
    folder = Path(formats.__file__).parents[1]
    rooms = ("call", "problem", "remote", "text", "readers")
    alone = ("qa_checker import lazy_re", "qa_checker import remote")
    allowed = (*alone, *(f"qa_checker.{room}" for room in rooms))
    for path in folder.rglob("*.py"):
        for line in path.read_text("utf-8").splitlines():
            words = line.split()
            if len(words) > 1 and words[0] in ("from", "import") and "qa_checker" in words[1]:
                assert " ".join(words[1:]).startswith(allowed), f"{path.name}: {line}"
