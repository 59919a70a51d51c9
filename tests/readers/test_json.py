"""Our own JSON and JSON lines; everything else that is JSON is refused by its keys."""

from __future__ import annotations

import json

import pytest

from qa_checker.call import Call
from qa_checker.readers import SetAside
from qa_checker.readers.strict_json import NOT_JSON, Refusal, document, parse

CALL = {
    "call_id": 17,
    "agent": "1024",
    "queue": "退款",
    "started_at": "2024-01-05 10:00",
    "language": "zh-CN",
    "metadata": {"channel": "phone", "vip": True},
    "score": 3.5,
    "words": [1],
    "turns": [
        {"role": "客服", "text": "您好", "speaker": "张三", "start": 0, "end": "0:02"},
        {"role": "CUSTOMER", "text": "我想查", "start": 2.5, "end": 4, "mood": "x"},
    ],
}
NOT_OURS = (
    "needed: call_id and turns, each with role and text; or say where they are with --mapping"
)


def test_one_call(results):
    (call,) = results(json.dumps(CALL))
    assert (call.call_id, call.agent, call.queue, call.language) == ("17", "1024", "退款", "zh")
    assert call.started_at == "2024-01-05 10:00"
    assert call.metadata == {"channel": "phone", "score": "3.5", "vip": "true"}
    assert [(one.role, one.speaker, one.start, one.end) for one in call.segments] == [
        ("agent", "张三", 0.0, 2.0),
        ("customer", "CUSTOMER", 2.5, 4.0),
    ]
    assert call.notes == (
        'keys with nested values not read: "words"',
        'turn keys not read: "mood"',
    )


def test_an_array_sets_one_bad_record_aside(results):
    first, second, third = results(json.dumps([CALL, {"turns": 1}, CALL]), "a.json")
    assert second == SetAside(
        "a.json",
        'record 2: JSON, but not a transcript this version reads: keys seen "turns"',
        NOT_OURS,
    )
    assert first == third


def test_json_lines_set_one_bad_line_aside(results):
    good = json.dumps(CALL, ensure_ascii=False)
    lines = f'{good}\n{{"call_id": \n\n{good}\n{{"turns": [{{"text": 5}}]}}\n'
    found = results(lines, "a.jsonl")
    assert [one.line for one in found if isinstance(one, SetAside)] == [2, 5]
    assert str(found[-1]) == (
        'a.jsonl:5: turn 1: "text" is not a string '
        "(a turn is {role, text, speaker?, start?, end?, channel?})"
    )
    assert [one.segments[0].line for one in found if not isinstance(one, SetAside)] == [1, 4]


@pytest.mark.parametrize(
    "segment", ['{"from": 1, "said": "hi"}', '{"text": "客服：您好\\n客户：好"}']
)
def test_json_of_others_never_becomes_speakers(results, segment):
    (aside,) = results(f'{{"segments": [{segment}], "客服": "您好"}}')
    assert isinstance(aside, SetAside)
    assert aside.reason.startswith("JSON, but not a transcript this version reads: keys seen ")
    assert '"segments"' in aside.reason


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"a": 1e999}', "JSON holds a number too large to be one"),
        ('{"a": 1, "a": 2}', 'JSON has the key "a" twice in one object'),
        ("[" * 100_000, "JSON nested too deeply to be a transcript"),
        ('{"a": ' + "1" * 5000 + "}", "JSON holds a whole number of thousands of digits"),
        ('{"a":\n,}', "broken JSON: Expecting value at line 2, column 1"),
        (
            "{'客服': 您好}",
            "broken JSON: Expecting property name enclosed in double quotes at line 1, column 2",
        ),
        ('"客服：您好"', "JSON, but not a transcript this version reads: no object with keys"),
        ("[]", "JSON, but not a transcript this version reads: no object with keys"),
        ('{"turns": []}', "empty: no turn has any text"),
        ('{"turns": [{"text": " "}]}', "empty: no turn has any text"),
    ],
)
def test_bad_json_is_refused_in_words(results, text, reason):
    (aside,) = results(text)
    assert aside.reason == reason


def test_brackets_alone_are_not_json():
    assert document("[00:01:02] 客服：您好") is NOT_JSON
    assert document("[客服] 您好") is NOT_JSON
    assert isinstance(document('{"a" 1}'), Refusal)
    assert parse('{"a": [1]}') == {"a": [1]}


def test_lone_surrogates_become_replacement_characters(results):
    (call,) = results('{"turns":[{"role":"agent","text":"a\\ud800b"},{"role":"user","text":"c"}]}')
    assert call.turns[0].text == "a\ufffdb"


def test_a_number_that_is_not_there_is_null(results):
    said = '{"text": "您好", "role": "agent", "start": NaN}, {"text": "喂", "role": "customer"}'
    (call,) = results(f'{{"call_id": "a", "score": -Infinity, "turns": [{said}]}}')
    assert isinstance(call, Call)
    assert [segment.start for segment in call.segments] == [None, None]
