"""Times in a wrong unit are named and dropped, never believed and never converted.

Only numbers that cannot be anything but a time since 1970 are counted from the first.
"""

from __future__ import annotations

import json

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, read_text
from qa_checker.readers.layout import Layout

SAID = "您好，这里是客服中心，请问有什么可以帮您"  # 18 Han
WORDS = "thank you for calling how can I help you today"


def call(times: list[tuple[float, float]], text: str = SAID, **metadata: str) -> Call:
    roles = ("agent", "customer")
    said = [
        {"role": roles[n % 2], "text": f"{text}{'甲乙丙丁戊己庚辛'[n % 8]}", "start": a, "end": b}
        for n, (a, b) in enumerate(times)
    ]
    return read_text(json.dumps({"turns": said, "metadata": metadata}))


def every(length: float, gap: float = 0.0, count: int = 6) -> list[tuple[float, float]]:
    return [(n * (length + gap), n * (length + gap) + length) for n in range(count)]


def timed(found: Call) -> bool:
    return all(one.start is not None for one in found.segments)


def test_times_that_make_sense_stay():
    found = call(every(4), duration="24")
    assert timed(found)
    assert found.notes == ()


@pytest.mark.parametrize(
    ("times", "metadata", "note"),
    [
        (
            every(4000, count=3),
            {"duration": "12"},
            "they end at 12000 s, the call lasts 12 s by its metadata (is the unit milliseconds?)",
        ),
        (
            every(4, count=9),
            {"duration": "3"},
            "they end at 36 s, the call lasts 3 s by its metadata",
        ),
        (
            every(4, count=45),
            {"duration": "3"},
            "they end at 180 s, the call lasts 3 s by its metadata (is the unit minutes?)",
        ),
        (every(0.004), {}, "far too fast for speech (seconds taken for milliseconds?)"),
        (every(0.5), {}, "far too fast for speech"),
        (every(240, count=6), {}, "far too slow for speech (is the unit minutes?)"),
        ([(5, 9)] * 4, {}, "more than half of the segments start at the same time"),
    ],
)
def test_a_wrong_unit_is_named_and_the_times_dropped(times, metadata, note):
    found = call(times, **metadata)
    assert not timed(found)
    assert f"times left out: all: {note}" in found.notes
    assert len(found.segments) == len(times)


def test_a_duration_that_leaves_out_a_part_is_told_and_the_times_stay():
    found = call(every(4, count=3), duration="6")
    assert timed(found)
    assert found.notes == ("times doubtful: they end at 12 s, the call lasts 6 s by its metadata",)


def test_words_have_a_pace_of_their_own():
    assert timed(call(every(3), WORDS + " "))
    assert not timed(call(every(0.9), WORDS + " "))


def test_short_answers_tell_nothing_about_the_unit():
    assert timed(call(every(0.1), "嗯"))


@pytest.mark.parametrize("duration", ["", "0", "soon", "0:30", "30s", "1分"])
def test_a_duration_is_read_as_people_write_it_or_not_at_all(duration):
    assert timed(call(every(4), duration=duration))


def test_overlaps_stay():
    found = call([(0, 5), (3, 8), (6, 11), (9, 14)])
    assert [(one.start, one.end) for one in found.segments] == [(0, 5), (3, 8), (6, 11), (9, 14)]


def test_a_loop_of_a_recogniser_is_told():
    rows = ["客服：您好"] + ["客户：谢谢观看"] * 4 + ["客服：嗯"] * 4
    assert read_text("\n".join(rows)).notes == (
        "line 2: the same words 4 times in a row (did it loop?)",
    )
    assert read_text("\n".join(rows[:4])).notes == ()


def starts(times: list[float], text: str = SAID, **metadata: str) -> Call:
    return call([(time, None) for time in times], text, **metadata)


MS = "all: far too slow for speech (is the unit milliseconds? a mapping file can say so)"


@pytest.mark.parametrize(
    ("times", "text", "note"),
    [
        ([0, 4000, 6000, 9000], "Hello, how can I help", MS),
        ([500, 7122, 11967, 15922, 19433], SAID, MS),
        (
            [n * 5e7 for n in range(1, 7)],
            SAID,
            "all: beyond 24 hours (is the unit ticks of 100 ns? a mapping file can say so)",
        ),
        (
            [n / 250 for n in range(6)],
            SAID,
            "all: far too fast for speech (seconds taken for milliseconds?)",
        ),
    ],
)
def test_a_wrong_unit_is_named_where_nothing_has_an_end(times, text, note):
    found = starts(times, text)
    assert not timed(found)
    assert f"times left out: {note}" in found.notes


def test_slow_talk_is_believed_in_a_chat_and_for_a_while():
    assert not timed(starts([0, 2400, 4800, 7200]))
    assert timed(starts([0, 2400, 4800, 7200], channel="chat"))
    assert timed(starts([0, 900, 1800, 2700]))


@pytest.mark.parametrize(
    ("unit", "told"),
    [
        (1, "dates and times"),
        (1e3, "times are milliseconds since 1970"),
        (1e6, "times are microseconds since 1970"),
    ],
)
def test_times_since_1970_are_counted_from_the_first(unit, told):
    found = starts([(1741053600 + n) * unit for n in (0, 5, 9)])
    assert [one.start for one in found.segments] == [0, 5, 9]
    assert found.notes == (f"{told}, counted from the first line",)
    assert found.reading is not None
    assert found.reading.unit == {1: "dates", 1e3: "milliseconds", 1e6: "microseconds"}[unit]


def test_milliseconds_since_1970_are_read_in_a_table():
    (a, b) = read_text(
        f"role,text,时间\n客服,{SAID},1741053600500\n客户,你好,1741053607122\n"
    ).segments
    assert (a.start, b.start) == (0, 6.622)


def test_a_mapping_with_a_wrong_unit_is_not_believed():
    turns = [{"w": "客服", "t": SAID, "at": 1741053600000 + n} for n in (0, 4000, 9000)]
    layout = Layout(turns=("m",), text=("t",), speaker=("w",), start=("at",), unit="seconds")
    found = read_text(json.dumps({"m": turns}), options=Options(mapping=layout))
    assert [one.start for one in found.segments] == [0, 4, 9]
    assert "times are milliseconds since 1970, counted from the first line" in found.notes
