"""Times in a wrong unit are named and dropped, never believed and never converted."""

from __future__ import annotations

import json

import pytest

from qa_checker.call import Call
from qa_checker.readers import read_text

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
