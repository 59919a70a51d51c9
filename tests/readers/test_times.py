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
        ("1 second", 1.0),
        ("12 Seconds", 12.0),
        ("3 秒", 3.0),
        ("01:02", 62.0),
        ("75:30", 4530.0),
        ("1:02:03.250", 3723.25),
        ("00:00:01,500", 1.5),
        ("1分02秒", 62.0),
        ("1小时2分", 3720.0),
        ("1'02\"", 62.0),
        ("2500ms", 2.5),
        ("62 毫秒", 0.062),
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


def starts(found):
    return [(one.start, one.end) for one in found.segments]


def table(results, *times, mark=","):
    said = ("Good morning from Lantern Books.", "I want a refund.", "One moment please.")
    rows = [
        mark.join(["agent" if n % 2 == 0 else "customer", said[n], *time])
        for n, time in enumerate(times)
    ]
    (found,) = results("\n".join([mark.join(["role", "text", "start", "end"]), *rows]))
    return found


@pytest.mark.parametrize(
    ("times", "seconds"),
    [
        ([("0,250", "3,100"), ("12,500", "15,000")], [(0.25, 3.1), (12.5, 15.0)]),
        ([("1,250", "3,100"), ("12,500", "15,000")], [(1.25, 3.1), (12.5, 15.0)]),
        ([("1.002,5", "1.005,0"), ("1.008,0", "1.010,0")], [(1002.5, 1005), (1008, 1010)]),
    ],
)
def test_commas_are_decimal_points_where_all_times_say_so(results, times, seconds):
    found = table(results, *times, mark=";")
    assert starts(found) == seconds
    assert found.notes == ()


def test_commas_may_part_thousands(results):
    found = table(results, ("1,250", "3,100"), ("12,500", "15,000"), mark="\t")
    assert starts(found) == [(None, None)] * 2
    assert "a time that cannot be read" in found.notes[-1]


@pytest.mark.parametrize(
    ("first", "second", "seconds"),
    [
        ("01/05/2024 02:00:01 PM", "01/05/2024 02:01:05 PM", 64),
        ("01/05/2024 11:59:50 AM", "01/05/2024 12:00:00 PM", 10),
        ("31/12/2023 23:59:50", "01/01/2024 00:00:10", 20),
        ("05/01/2024 23:59:50", "06/01/2024 00:00:10", 20),
        ("13.5.2024 14:00:01", "13.5.2024 14:00:05", 4),
        ("2024-05-01 02:00:01 PM", "2024-05-01 02:00:05 PM", 4),
    ],
)
def test_day_and_month_in_either_order(results, first, second, seconds):
    found = table(results, (first, ""), (second, ""))
    assert starts(found) == [(0, None), (seconds, None)]
    assert found.notes == ("dates and times, counted from the first line",)


def test_dates_too_far_apart_in_both_orders_are_left_out(results):
    found = table(results, ("01/02/2024 14:00:01", ""), ("04/05/2024 14:00:05", ""))
    assert starts(found) == [(None, None)] * 2
    assert "a time that cannot be read" in found.notes[-1]


def test_times_of_day_go_on_past_midnight(results):
    found = table(results, ("23:59:50", "23:59:58"), ("23:59:59", "00:00:04"), ("00:00:10", ""))
    assert starts(found) == [(0, 8), (9, 14), (20, None)]
    assert found.notes == (
        "times of day, counted from the first line",
        "times pass midnight: counted on into the next day",
    )
    (text,) = results("[23:59:50] 客服：您好\n[00:00:10] 客户：你好\n")
    assert [one.start for one in text.segments] == [0, 20]


@pytest.mark.parametrize(
    ("times", "seconds", "noted"),
    [
        ([("2500", "5000"), ("62500", "65250")], [(2.5, 5), (62.5, 65.25)], True),
        (
            [("2500", ""), ("6500", ""), ("99500", "")],
            [(2.5, None), (6.5, None), (99.5, None)],
            True,
        ),
        ([("2500", ""), ("5900", "")], [(2500, None), (5900, None)], False),
        ([("14:00:00", ""), ("16:00:00", "")], [(0, None), (7200, None)], False),
        ([("2500.5", "5000"), ("62500", "65250")], [(None, None)] * 2, False),
    ],
)
def test_whole_numbers_of_a_table_are_milliseconds_where_only_that_is_speech(
    results, times, seconds, noted
):
    found = table(results, *times)
    assert starts(found) == seconds
    note = "times are whole numbers at the pace of speech only as milliseconds: read so"
    assert (note in found.notes) == noted
