"""WebVTT and SubRip: cues as the specification has them, speakers, rolling lines."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_checker.readers import read_text
from qa_checker.readers.formats import srt, webvtt

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "vtt_js.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_cues_are_those_of_the_specification(case):
    text = case["bytes"].removeprefix("\ufeff")
    found = [[cue.start, cue.end, cue.text] for cue in webvtt.cues(text)]
    assert found == [
        [pytest.approx(start), pytest.approx(end), said] for start, end, said in case["cues"]
    ]


def said(call):
    return [(one.speaker, one.text, one.start, one.end) for one in call.segments]


def test_voice_tags(data):
    call = read_text((data / "tc_teams.vtt").read_text("utf-8"))
    assert [turn.speaker for turn in call.turns] == ["Alice Chen", "Bob Ferreira"]
    assert said(call)[0] == ("Alice Chen", "Right, let's start with the renewal.", 1.0, 4.5)


def test_names_entities_and_two_voices_in_a_cue():
    call = read_text(
        "WEBVTT\n\n00:01.000 --> 00:04.000\n<v.loud R&amp;D>P&L &lt;b&gt;</v>\n<v Bob>a < b</v>\n"
        '\n2 "Carol" (33)\n00:05.000 --> 00:06.000\nhi\n'
    )
    assert said(call) == [
        ("R&D", "P&L <b>", 1.0, None),
        ("Bob", "a < b", 1.0, 4.0),
        ("Carol", "hi", 5.0, 6.0),
    ]


def test_labels_before_a_colon(data):
    call = read_text((data / "tc_basic.srt").read_text("utf-8"))
    assert said(call) == [
        ("Alice", "The contract renews automatically.", 1.0, 3.5),
        ("Bob", "Only if neither party gives notice.", 3.5, 6.0),
    ]


def test_a_clock_in_a_caption_is_not_a_speaker():
    call = read_text(
        "1\n00:00:01,000 --> 00:00:02,000\n客服：您好\n\n"
        "2\n00:00:03,000 --> 00:00:04,000\n10:30 Meeting: agenda\n"
    )
    assert [turn.text for turn in call.turns] == ["您好 10:30 Meeting: agenda"]


def test_rolling_captions_are_read_once(data):
    call = read_text((data / "tc_youtube_rolling.vtt").read_text("utf-8"))
    assert call.turns[0].text == (
        "so the first thing we need to talk about is the migration plan "
        "and how long it actually takes because last time it took a month"
    )
    assert "rolling captions: lines repeated from the cue before left out 3 times" in call.notes


def test_youtube_word_times_are_not_words(data):
    call = read_text((data / "youtube_dl.vtt").read_text("utf-8"))
    assert call.turns[0].text == "yeah what this will happen is I'm telling"


def test_dashes_do_not_say_who(data):
    call = read_text((data / "comments.vtt").read_text("utf-8"))
    assert call.turns[0].text.startswith("Ta en kopp varmt te. Det är inte varmt.")
    assert "dashes mark a change of speaker but not who speaks" in call.notes


def test_subtitles_without_blank_lines_are_not_glued():
    text = "1\n00:00:01,000 --> 00:00:02,000\n客服：您好\n2\n0:03.5 --> 0:04.5\n客户：100\n"
    assert [cue.text for cue in srt.cues(text)] == ["客服：您好", "客户：100"]


def test_captions_without_cues_are_empty(results):
    (aside,) = results("WEBVTT\n\nNOTE nothing\n")
    assert aside.reason == "empty: captions without a single cue"


@pytest.mark.parametrize(
    ("cue", "speaker", "words"),
    [
        ("(speaker 0) hello", "speaker 0", "hello"),
        ("(Dana Lee)\nhello\nthere", "Dana Lee", "hello there"),
        ("(Soft music)\nhello", "", "(Soft music) hello"),
        (">> CALLER: hello", "CALLER", "hello"),
        ("&gt;&gt; hello", "", "hello"),
        ("{\\an8}Dr. Lee: hello", "Dr. Lee", "hello"),
        ("<v Dana>\nhello", "Dana", "hello"),
    ],
)
def test_other_ways_to_name_who_speaks(cue, speaker, words):
    text = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{cue}\n\n" for n in (1, 4))
    call = read_text(f"WEBVTT\n\n{text}")
    assert {(one.speaker, one.text) for one in call.segments} == {(speaker, words)}


def test_two_rows_of_speech_are_not_a_name_and_speech():
    rows = [("so the first thing", "we need"), ("is the plan", "and then"), ("we go", "home")]
    text = "".join(f"00:0{n}.000 --> 00:0{n}.900\n{a}\n{b}\n\n" for n, (a, b) in enumerate(rows, 1))
    assert read_text(f"WEBVTT\n\n{text}").turns[0].speaker == ""


def test_captions_with_times_of_subrip_are_read_as_those():
    call = read_text("WEBVTT\n\n00:00:01,000 --> 00:00:02,000\nAgent: hi\n")
    assert said(call) == [("Agent", "hi", 1.0, 2.0)]


def test_a_webex_id_may_lack_its_number():
    call = read_text('WEBVTT\n\n"Dana Lee" (12)\n00:01.000 --> 00:02.000\nhi\n')
    assert said(call) == [("Dana Lee", "hi", 1.0, 2.0)]


def test_a_cue_whose_time_is_cut_off_is_told(results):
    text = "WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nAgent: at\n10:30\n\n2\n00:00:4"
    (call,) = results(text)
    assert call.turns[0].text == "at 10:30"
    assert "1 cues with a broken time not read, the first at line 8" in call.notes
