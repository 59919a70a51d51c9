"""Times: strict to read, dropped with a note when they cannot be true."""

from __future__ import annotations

import json
import math

import pytest

from qa_checker.readers.times import moment, seconds, value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("62.5", 62.5),
        ("12.5s", 12.5),
        ("3 秒", 3.0),
        ("01:02", 62.0),
        ("75:30", 4530.0),
        ("1:02:03.250", 3723.25),
        ("00:00:01,500", 1.5),
        ("1分02秒", 62.0),
        ("1小时2分", 3720.0),
        ("1'02\"", 62.0),
        ("1_0", None),
        ("１２", None),
        ("٣", None),
        ("inf", None),
        ("nan", None),
        ("-1", None),
        ("1e3", None),
        ("0x10", None),
        ("00:61", None),
        ("00:60:00", None),
        ("00:01:02:15", None),
        ("", None),
        ("soon", None),
    ],
)
def test_seconds(text, expected):
    assert seconds(text) == expected


def test_values_of_cells():
    assert value(None) is None
    assert value("  ") is None
    assert value(2) == 2.0
    assert math.isnan(value("soon"))
    assert math.isnan(value(True))
    assert math.isnan(value([1]))
    assert moment("2024-01-05 00:00:02") - moment("2024/1/5 00:00") == 2
    assert moment("2024-01-05T01:00:00+01:00") == moment("2024-01-05T00:00:00Z")
    assert moment("2024-13-05 00:00") is None


def call(results, *times):
    turns = [
        {"role": "agent" if n % 2 == 0 else "customer", "text": "说" * 8, "start": a, "end": b}
        for n, (a, b) in enumerate(times)
    ]
    (found,) = results(json.dumps({"call_id": "x", "turns": turns}))
    return found


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ([(0, 1), (3, 2)], "segment 2: the end is before the start"),
        ([(-1, 1)], "segment 1: a negative time"),
        ([("soon", 1)], "segment 1: a time that cannot be read"),
        ([(9, 10), (1, 2), (3, 4)], "segment 3: earlier than what the same speaker said before"),
        ([(0, 1), (2, 3), (90000, 90001)], "segment 3: a time beyond 24 hours"),
        ([(90000, 90001)], "all: beyond 24 hours"),
    ],
)
def test_times_that_cannot_be_true_are_left_out(results, times, reason):
    found = call(results, *times)
    assert all(one.start is None and one.end is None for one in found.segments)
    assert f"times left out: {reason}" in found.notes
    assert len(found.segments) == len(times)


def test_overlaps_are_kept_and_channels_are_merged_by_start(results):
    found = call(results, (5, 9), (0, 6), (8, 12))
    assert [(one.start, one.end) for one in found.segments] == [(0, 6), (5, 9), (8, 12)]
    assert found.notes == ()


def test_a_ten_hour_call_is_told(results):
    assert "the call is 11.1 hours long" in call(results, (0, 3), (39990, 40000)).notes


def test_one_recording_on_two_channels_is_told(results):
    turns = [
        {"role": role, "text": f"这是第{n}句话"} for n in range(3) for role in ("agent", "customer")
    ]
    (found,) = results(json.dumps({"turns": turns}))
    assert "3 sentences are on both sides: one recording on two channels?" in found.notes


def test_sides_that_are_missing_are_told(results):
    (found,) = results(json.dumps({"turns": [{"role": "customer", "text": "喂"}]}))
    assert found.notes == ("only one speaker: the other side is missing", "no agent turns")


@pytest.mark.parametrize(
    ("text", "found"),
    [("0,5", 0.5), ("12,25", 12.25), ("PT1.5S", 1.5), ("PT1M2S", 62.0), ("PT1H", 3600.0)],
)
def test_decimal_commas_and_durations_of_iso(text, found):
    assert value(text) == found


@pytest.mark.parametrize("text", ["1,234", "0,", ",5", "PT", "PT1", "1,2,3"])
def test_what_may_be_thousands_or_nothing_is_no_time(text):
    assert math.isnan(value(text))
