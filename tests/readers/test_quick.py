"""The fast way reads exactly what the careful one reads, or leaves it to that."""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from io import BytesIO
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_within
from qa_checker.readers.exported.quick import Quick
from qa_checker.readers.exported.records import call_of, is_call
from qa_checker.readers.strict_json import Refusal, parse

BATCHES = sys.modules["qa_checker.readers.finishing.batches"]
TEXT = st.sampled_from(
    ["", "您好", "agent", "客户", ":", '":', "a:b", 'a "b": c', "\\u003a", "é\n"]
)
TIME = st.none() | st.floats(allow_nan=False, width=32) | st.integers(-5, 10**16)
TURN = st.fixed_dictionaries(
    {"text": TEXT},
    optional={
        "role": TEXT,
        "speaker": TEXT,
        "start": TIME,
        "end": TIME,
        "mood": TEXT,
        "channel": TEXT,
    },
)
CALL = st.fixed_dictionaries(
    {"turns": st.lists(TURN, max_size=4)},
    optional={
        "call_id": TEXT | st.integers(),
        "agent": TEXT,
        "metadata": st.dictionaries(TEXT, TEXT | st.integers(), max_size=2),
        "store": TEXT,
        "notes": st.lists(TEXT, max_size=2),
    },
)


def careful(row: bytes) -> object:
    try:
        record = parse(row.decode())
        return call_of(record, Options(), 7) if is_call(record) else None
    except Refusal as refusal:
        return refusal


@given(CALL, st.booleans(), st.sampled_from([(",", ":"), (", ", ": "), (" ,", " : ")]))
@settings(max_examples=400, deadline=None)
def test_what_it_reads_is_what_the_careful_way_reads(call, ascii_only, signs):
    row = json.dumps(call, ensure_ascii=ascii_only, separators=signs).encode()
    found = Quick(Options()).call(row, 7)
    assert found is None or found == careful(row)


@given(st.lists(CALL, min_size=2, max_size=4), st.integers(0, 3))
@settings(max_examples=300, deadline=None)
def test_a_line_is_read_as_if_no_other_was_before_it(calls, again):
    quick = Quick(Options())
    for call in [*calls, *calls[:again]]:
        row = json.dumps(call, ensure_ascii=False).encode()
        found = quick.call(row, 7)
        assert found == Quick(Options()).call(row, 7)
        assert found is None or found == careful(row)


@pytest.mark.parametrize(
    "row",
    [
        '{"turns":[{"role":"agent","text":"a","text":"b:"}]}',
        '{"turns":[{"role":"agent","text":"a"},{"role":"agent","role":"agent","text":"b"}]}',
        '{"turns":[{"role":"agent","text":"a"}],"agent":"x:","agent":"y"}',
        '{"turns":[{"role":"agent","text":"a","mood":"b"}]}',
        '{"turns":[{"role":"agent","text":null}]}',
    ],
)
def test_what_is_odd_is_left_to_the_careful_way_after_lines_that_are_not(row):
    quick = Quick(Options())
    for _ in range(2):
        assert quick.call(b'{"turns":[{"role":"agent","text":"a: b"}]}') is not None
        assert quick.call(row.encode()) is None


def test_our_own_form_is_read_fast():
    row = '{"call_id":"1","turns":[{"role":"agent","text":"a: b","start":0,"end":null}]}'
    call = Quick(Options()).call(row.encode(), 3)
    assert call is not None
    assert [(s.role, s.text, s.start, s.end, s.line) for s in call.segments] == [
        ("agent", "a: b", 0.0, None, 3)
    ]


@pytest.mark.parametrize(
    "row",
    [
        '{"turns":[{"text":"a","text":"b"}]}',
        '{"turns":[{"text":"a: \\u003a","text":"b"}]}',
        '{"turns":[{"text":"a","role" :"agent", "text":"b"}]}',
        '{"turns":[],"turns":[{"text":"b"}]}',
        '{"turns":[],"metadata":{"a":"1","a":"2"}}',
        '{"turns":[{"text":"a","mood":"b"}]}',
        '{"turns":[{"text":"a","start":"0:01"}]}',
        '{"turns":[{"text":"a","start":NaN}]}',
        '{"turns":[{"text":"a","start":1e16}]}',
        '{"turns":[{"text":"\\ud800"}]}',
        '{"turns":[{"text":1}]}',
        '{"turns":[{"text":"a"}]',
        '{"segments":[]}',
        "[]",
        "\ufeff{}",
    ],
)
def test_anything_odd_is_left_to_the_careful_way(row):
    assert Quick(Options()).call(row.encode("utf-8", "surrogatepass"), 1) is None


LINE = CALL.map(json.dumps) | st.sampled_from(
    ["", "  ", "{", "[]", '{"turns":[{"text":"a","text":"b"}]}', '{"turns":[{"text":"\\ud800"}]}']
)


def lines_read(lines: list[str], first: int) -> list[Call | SetAside]:
    data = "\n".join(lines).encode()
    source = Source("x", stretch=True, reopen=partial(BytesIO, data), first_line=first)
    return list(calls_within(replace(source, encoding="utf-8"), Options()))


@given(st.lists(LINE, max_size=6), st.sampled_from([1, 2, 64]))
@settings(max_examples=300, deadline=None)
def test_a_line_among_others_is_read_as_it_is_read_alone(lines, many):
    alone = [lines_read([line], number) for number, line in enumerate(lines, 1)]
    with patch.object(BATCHES, "CALLS", many):
        together = lines_read(lines, 1)
    assert together == [one for found in alone for one in found]
    assert [one.columns() for one in together if isinstance(one, Call)] == [
        one.columns() for found in alone for one in found if isinstance(one, Call)
    ]
