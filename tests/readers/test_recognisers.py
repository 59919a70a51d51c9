"""Recognisers' exports, captions and tiers: who says what when, in seconds, read once."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from qa_checker.readers import Options, SetAside, Source, calls_of
from qa_checker.readers.formats import known_formats, recognise
from qa_checker.readers.formats.talkbank_chat import plain_words

DATA = Path(__file__).parent / "data"
EN = [0.5, 3.4, 6.0, 8.1]
ZH = [0.0, 3.1, 5.3, 7.6]
UNITS = {"seconds", "milliseconds", "microseconds", "ticks", "clock", "dates", "none"}
# file, format, labels in their order, starts of the segments, end of the last one
READ = [
    ("tc_deepgram_words_only.json", "deepgram", "0 1", [0.5, 2.0], 2.7),
    ("dg_utterances.json", "deepgram", "", [0.08, 4.4, 6.32, 8.475, 13.835001, 22.3], 25.439999),
    ("dg_whisper_transcription.json", "deepgram", "", [0.06, 4.46, 13.78], 25.56),
    ("written_deepgram_channels.json", "deepgram", "0 1 0 1", EN, 8.88),
    ("written_deepgram_paragraphs.json", "deepgram", "0 1 0 1", EN, 8.9),
    ("assemblyai_words_only.json", "assemblyai", "A", [0.17, 0.884, 12.778], 25.14),
    ("written_assemblyai.json", "assemblyai", "A B A B", EN, 8.9),
    ("wtf_fixture_rev_ai.json", "rev_ai", "0", [0.0, 2.8, 4.0, 6.2], 7.1),
    ("written_rev_ai.json", "rev_ai", "Agent Caller Agent Caller", EN, 8.88),
    ("written_speechmatics.json", "speechmatics", "S1 S2 S1 S2", EN, 8.88),
    ("written_speechmatics_v1.json", "speechmatics", "F1 M1 F1 M1", EN, 8.88),
    ("written_watson.json", "watson", "0 2 0 2", EN, 8.88),
    ("wtf_sample.json", "wtf", "Speaker_1", [0.0, 3.2], 8.5),
    ("written_canary.json", "nemo", "", EN, 8.9),
    ("written_nemo_session.json", "nemo", "speaker_0 speaker_1 speaker_0 speaker_1", EN, 8.9),
    ("whisper_timestamped.json", "whisper", "", [0.12, 8.54, 12.98, 19.82], 25.32),
    ("tc_whisperx_diarized.json", "whisper", "SPEAKER_00 SPEAKER_01", [0.5, 4.2, 9.1], 12.6),
    ("written_whisper_verbose.json", "whisper", "", ZH, 8.4),
    ("written_hf_chunks.json", "whisper", "", EN, None),
    ("written_whisper_cpp.json", "whisper_cpp", "0 1 0 1", ZH, 8.4),
    ("written_whisper.tsv", "whisper_tsv", "", ZH, 8.4),
    ("written_whisperx.tsv", "whisper_tsv", " ".join(["SPEAKER_00 SPEAKER_01"] * 2), EN, 8.9),
    ("written_whisper_cpp.csv", "whisper_tsv", "0 1 0 1", ZH, 8.4),
    ("written_whisper_timestamped.csv", "whisper_csv", "", EN, 8.9),
    (
        "written_zoom_timeline.json",
        "zoom_timeline",
        " ".join(["Dana_Lee Bob_Ferreira"] * 2),
        EN,
        8.9,
    ),
    ("written_zoom.vtt", "webvtt", " ".join(["Dr._Dana_Lee Bob_Ferreira_(Guest)"] * 2), EN, 8.9),
    ("written_webex.vtt", "webvtt", " ".join(["Dana_Lee Bob_Ferreira"] * 2), EN, 8.9),
    ("written_teams.vtt", "webvtt", " ".join(["Lee,_Dana Bob_&_Sons"] * 2), EN, 8.9),
    ("written_teams_document.txt", "srt", " ".join(["Dana_Lee Bob_Ferreira"] * 2), EN, 8.9),
    ("written_captions.sbv", "sbv", "客服 客户 客服 客户", ZH, 8.4),
    ("written_call.cha", "talkbank_chat", "AGT CUS AGT CUS", EN, 8.9),
    ("written_long.TextGrid", "textgrid", "agent customer agent customer", ZH, 8.4),
    ("written_short.TextGrid", "textgrid", "agent customer agent customer", ZH, 8.4),
    ("written_list.html", "html_list", "坐席 客户 坐席 客户", ZH, 8.4),
    ("written_otter.txt", "plain_text", "Dana_Lee Bob_Ferreira Dana_Lee", [0.0, 3.0, 6.0], None),
]


def one(content, **options):
    (found,) = calls_of(Source("x", content.encode()), Options(**options))
    return found


def text_of(file):
    return (DATA / file).read_text("utf-8")


def document(file):
    return json.loads(text_of(file))


def told(call):
    return [
        (segment.speaker, segment.text, segment.start, segment.end) for segment in call.segments
    ]


@pytest.mark.parametrize(
    ("file", "format", "labels", "starts", "end"), READ, ids=[r[0] for r in READ]
)
def test_who_speaks_when(file, format, labels, starts, end):
    text = text_of(file)
    assert recognise(Source(file, text.encode(), text), Options()) == format
    (call,) = calls_of(Source(file, text.encode()))
    assert [turn.speaker.replace(" ", "_") for turn in call.turns] == (labels.split() or [""])
    assert [segment.start for segment in call.segments] == starts
    assert call.segments[-1].end == end
    module = known_formats()[format]
    assert module.TITLE
    assert module.UNIT in UNITS


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("dg_utterances.json", document("dg_utterances.json")["results"]["channels"][0]),
        (
            "dg_whisper_transcription.json",
            document("dg_whisper_transcription.json")["results"]["channels"][0],
        ),
    ],
)
def test_every_word_is_read_once(file, said):
    call = one(text_of(file))
    assert call.turns[0].text == said["alternatives"][0]["transcript"].strip()


def test_words_and_marks_make_the_text_of_the_service():
    given = document("assemblyai_words_only.json")
    assert one(json.dumps(given)).turns[0].text == given["text"]
    call = one(text_of("written_rev_ai.json"))
    assert [turn.text for turn in call.turns][:2] == [
        "Thank you for calling, how may I help you?",
        "I'd like to cancel my order.",
    ]
    assert [turn.role for turn in call.turns] == ["agent", "customer", "agent", "customer"]


@pytest.mark.parametrize(
    ("file", "metadata", "language"),
    [
        ("written_deepgram_channels.json", {"duration": "9.5"}, "en"),
        ("written_assemblyai.json", {"duration": "9", "transcript_id": "5551234-id"}, "en"),
        ("written_speechmatics.json", {"duration": "9", "job_id": "abc123"}, "en"),
        ("wtf_sample.json", {"duration": "8.5", "provider": "test"}, "en"),
        ("written_whisper_verbose.json", {"duration": "8.9"}, "zh"),
        ("written_whisper_cpp.json", {"model": "base"}, "zh"),
        ("written_call.cha", {"media": "call"}, "en"),
    ],
)
def test_what_the_file_says_about_the_call(file, metadata, language):
    call = one(text_of(file))
    assert metadata.items() <= call.metadata.items()
    assert call.language == language


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (text_of("written_assemblyai_error.json"), 'AssemblyAI says "error"'),
        (
            '{"id": "1", "audio_url": "https://x.y/z?token=secret", "status": "queued"}',
            'says "queued"',
        ),
        (text_of("written_rev_ai_job.json"), 'Rev AI says "in_progress"'),
        ('{"err_code": "Bad Request", "err_msg": "?token=secret"}', 'Deepgram says "Bad Request"'),
        (
            '{"job": {"id": "a", "status": "running", "created_at": "2025", "data_name": "b"}}',
            'Speechmatics says "running"',
        ),
        (
            '{"id": "a", "created": "2025", "status": "waiting", "url": "https://x/v1/recognitions/a"}',
            'IBM Watson says "waiting"',
        ),
        (text_of("written_zoom_speakers.json"), "a timeline of who speaks when, without words"),
        ('{"text": "", "segments": [], "language": "en"}', "empty: no turn has any text"),
        ('{"params": {}, "transcription": []}', "empty: no turn has any text"),
    ],
)
def test_what_is_no_transcript_is_refused_by_its_state(content, reason):
    found = one(content)
    assert isinstance(found, SetAside)
    assert reason in found.reason
    assert "secret" not in str(found)


def test_seconds_where_the_service_has_milliseconds_are_not_believed():
    call = one(text_of("written_assemblyai_seconds.json"))
    assert {segment.start for segment in call.segments} == {None}
    assert "times left out: not in milliseconds, as AssemblyAI gives them" in call.notes
    given = document("written_assemblyai.json")
    for part in given["utterances"]:
        part["start"], part["end"] = part["start"] // 1000, part["end"] // 1000
    assert one(json.dumps(given)).segments[0].start is None


def test_channels_with_several_speakers_are_told_apart():
    given = document("written_deepgram_channels.json")
    for number, channel in enumerate(given["results"]["channels"]):
        for word in channel["alternatives"][0]["words"]:
            word["speaker"] = 0
        assert number < 2
    call = one(json.dumps(given))
    assert [turn.speaker for turn in call.turns] == ["0/0", "1/0", "0/0", "1/0"]
    assert [segment.channel for segment in call.segments] == ["0", "1", "0", "1"]


def test_a_channel_of_speechmatics_may_name_the_role():
    given = document("written_speechmatics.json")
    for part in given["results"]:
        speaker = part["alternatives"][0].pop("speaker")
        part["channel"] = "agent" if speaker == "S1" else "customer"
    call = one(json.dumps(given))
    assert [(turn.role, turn.speaker) for turn in call.turns][:2] == [
        ("agent", "agent"),
        ("customer", "customer"),
    ]


def test_marks_of_speechmatics_go_where_they_belong():
    parts = [("next", "“"), ("", "Hello"), ("previous", "”"), ("", "there")]
    results = [
        {"type": "word", "attaches_to": to, "alternatives": [{"content": said}]}
        for to, said in parts
    ]
    assert one(json.dumps({"format": "2.9", "results": results})).turns[0].text == "“Hello” there"


def test_watson_without_labels_and_before_the_end():
    given = document("written_watson.json")
    del given["speaker_labels"]
    given["results"].insert(1, {"final": False, "alternatives": [{"transcript": "i'd like"}]})
    call = one(json.dumps({"id": "1", "created": "", "status": "completed", "results": [given]}))
    assert [segment.start for segment in call.segments] == [0.5, 3.2, 6.0, 8.1]
    assert call.segments[1].text == "i'd like to cancel my order"


def test_a_whisper_segment_borrows_a_speaker_only_from_beside_it():
    call = one(text_of("written_whisperx_gaps.json"))
    assert [segment.speaker for segment in call.segments] == [
        *("SPEAKER_00", "SPEAKER_00", "SPEAKER_01", "SPEAKER_00", ""),
    ]
    assert "1 segments without a speaker were given the one right beside them" in call.notes


def test_loops_and_doubts_of_whisper_are_noted():
    loop = "the same words over and over in 2 places: a loop of the recogniser?"
    assert loop in one(text_of("written_whisper_loop.json")).notes
    verbose = one(text_of("written_whisper_verbose.json"))
    assert "1 segments may be no speech, says the recogniser" in verbose.notes
    assert not any("over and over" in note for note in verbose.notes)


def test_whisper_words_alone_and_a_list_of_segments():
    words = [{"word": word, "start": n, "end": n + 0.5} for n, word in enumerate(["hi", "there"])]
    call = one(
        json.dumps({"task": "transcribe", "duration": 2, "text": "hi there", "words": words})
    )
    assert told(call) == [("", "hi there", 0.0, 1.5)]
    assert told(one(json.dumps({"segments": [], "word_segments": words}))) == told(call)
    call = one(json.dumps(document("tc_whisperx_diarized.json")["segments"]))
    assert [turn.speaker for turn in call.turns] == ["SPEAKER_00", "SPEAKER_01"]


def test_tinydiarize_marks_changes_only():
    parts = [{"offsets": {"from": 0, "to": 1000}, "text": "hi", "speaker_turn_next": True}]
    call = one(json.dumps({"transcription": parts}))
    assert "changes of speaker are marked but not who speaks" in call.notes


def test_a_table_of_seconds_is_no_whisper_table():
    text = "start,end,text\n0,3,您好\n3,6,请问有什么可以帮您\n7,15,好的\n"
    call = one(text)
    assert [segment.start for segment in call.segments] == [0.0, 3.0, 7.0]


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("I (wan)na go .", "I wanna go."),
        ("<I want> [//] I need this [= the bill] .", "I want I need this."),
        ("&-um well &=laughs (1.5) xxx okay +/.", "um well okay."),
        ("gonna [: going to] pay@q now +...", "gonna pay now."),
        ("0 [=! coughs] .", ""),
        ("ice_cream 0is good ‡ yes ? \x15100_200\x15", "ice cream good, yes?"),
        ("你好 , 请 (.) 讲 .", "你好,请讲."),
    ],
)
def test_codes_of_chat_are_not_words(said, words):
    assert plain_words(said) == words


def test_a_tier_of_words_is_read_where_nothing_better_is():
    text = text_of("written_short.TextGrid").replace('"agent - phones"', '"agent - words"')
    assert 'tiers not read: "agent - words"' in one(text).notes
    words = text.replace('"agent"', '"agent - words"').replace('"customer"', '"customer - phones"')
    assert {segment.speaker for segment in one(words).segments} == {"agent"}
    phones = words.replace("words", "phones")
    assert one(phones).reason.startswith(
        'a TextGrid without a tier of sentences: "agent - phones", '
    )


def test_silences_of_a_list_are_no_speech():
    call = one(text_of("written_list.html"))
    assert "1 silences marked in the file left out" in call.notes
    assert all("静音" not in turn.text for turn in call.turns)


def test_a_robots_script_is_not_what_it_says():
    call = one(text_of("written_outbound_ai.txt"))
    assert [(turn.role, turn.text) for turn in call.turns] == [
        ("bot", "您好，请问是王先生吗？"),
        ("customer", "喂 是我"),
        ("bot", "请问您对这次服务满意吗？"),
        ("customer", "5秒 씨 还行吧"),
        ("bot", "感谢您的支持，再见。"),
    ]


WRAPPED = [
    *("written_deepgram_channels.json", "written_assemblyai.json", "written_rev_ai.json"),
    *("written_speechmatics.json", "written_canary.json", "written_whisper_verbose.json"),
    *("written_whisper_cpp.json", "wtf_sample.json"),
]


@pytest.mark.parametrize("file", WRAPPED)
def test_exports_in_a_list_or_one_level_down(file):
    given = document(file)
    alone = told(one(json.dumps(given)))
    assert told(one(json.dumps({"error": None, "result": given}))) == alone
    several = list(calls_of(Source("a.json", json.dumps([given, given, {"x": 1}]).encode())))
    assert [told(call) for call in several[:2]] == [alone, alone]
    assert [call.call_id for call in several[:2]] == ["a-1", "a-2"]
    assert isinstance(several[2], SetAside)


def test_one_that_is_queued_does_not_hide_the_others():
    queued = {"id": "1", "audio_url": "https://x.y/z", "status": "queued"}
    given = json.dumps([queued, document("written_assemblyai.json")])
    first, second = calls_of(Source("a.json", given.encode()))
    assert first.reason == 'record 1: not a finished transcript: AssemblyAI says "queued"'
    assert len(second.turns) == 4


def test_whole_numbers_alone_are_not_taken_for_seconds():
    parts = [{"start": n, "end": n + 900, "text": "hi", "words": [{}]} for n in (170, 1100)]
    for content in (parts, {"utterances": parts}):
        assert isinstance(one(json.dumps(content)), SetAside)
