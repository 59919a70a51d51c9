"""Known formats in less usual shapes; each file is ours, written from what is documented."""

from __future__ import annotations

import json
from itertools import product
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

Turn = tuple[str, float | None, float | None, str]


def results(document: Any, name: str = "x") -> list[Call | SetAside]:
    """Return what a file gives; anything but text is written as JSON."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return list(calls_of(Source(name, text.encode()), Options()))


def lines(*documents: Any) -> str:
    """Return documents one a line."""
    return "\n".join(json.dumps(one, ensure_ascii=False) for one in documents)


def said(document: Any, by: str) -> list[Turn]:
    """Return the turns of the one call of a file: speaker, seconds, text."""
    (call,) = results(document)
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == by
    return [(one.speaker, one.start, one.end, one.text) for one in call.segments]


def refused(document: Any) -> str:
    """Return why a file was set aside."""
    (one,) = results(document)
    assert isinstance(one, SetAside), one
    return str(one)


def google_word(word: str, start: float, speaker: int) -> dict[str, Any]:
    """Return a word as the Python client writes it."""
    begin, end = {"seconds": int(start)}, {"seconds": int(start), "nanos": 500_000_000}
    return {"start_time": begin, "end_time": end, "word": word, "speaker_tag": speaker}


def test_google_words_with_speakers_repeat_transcripts_without_words() -> None:
    told = [
        {"alternatives": [{"transcript": "Good morning. Lantern Books.", "words": []}]},
        {"alternatives": [{"transcript": " A parcel is lost."}]},
    ]
    words = ["Good", "morning.", "Lantern", "Books.", "A", "parcel", "is", "lost."]
    spoken = [google_word(one, n, 1 if n < 4 else 2) for n, one in enumerate(words)]
    for transcript in ({}, {"transcript": "Good morning. Lantern Books. A parcel is lost."}):
        found = said(
            {"results": [*told, {"alternatives": [{**transcript, "words": spoken}]}]},
            "google_speech",
        )
        assert [(who, text) for who, _, _, text in found] == [
            ("1", "Good morning."),
            ("1", "Lantern Books."),
            ("2", "A parcel is lost."),
        ]


def test_google_last_result_that_is_new_is_no_repeat() -> None:
    first = {"alternatives": [{"transcript": "Good morning."}]}
    words = [google_word("Goodbye.", 5, 1)]
    last = {"alternatives": [{"transcript": "Goodbye.", "words": words}]}
    found = said({"results": [first, last]}, "google_speech")
    assert [text for *_, text in found] == ["Good morning.", "Goodbye."]


def test_google_speakers_on_two_channels_repeat_each_channel() -> None:
    def result(channel: int, words: list[dict[str, Any]]) -> dict[str, Any]:
        return {"channelTag": channel, "alternatives": [{"transcript": "", "words": words}]}

    ours, theirs = ("Good", "morning."), ("A", "parcel.")
    document = {
        "results": [
            result(1, [google_word(one, n, 0) for n, one in enumerate(ours)]),
            result(2, [google_word(one, n + 3, 0) for n, one in enumerate(theirs)]),
            result(1, [google_word(one, n, 1) for n, one in enumerate(ours)]),
            result(2, [google_word(one, n + 3, 2) for n, one in enumerate(theirs)]),
        ]
    }
    assert [text for *_, text in said(document, "google_speech")] == ["Good morning.", "A parcel."]


UTTERANCES = [
    {
        "speaker": who,
        "text": text,
        "confidence": 0.97,
        "start": start,
        "end": end,
        "words": [{"text": text.split()[0], "start": start, "end": start + 90, "confidence": 0.9}],
    }
    for who, text, start, end in (
        ("A", "Lantern Books, good morning.", 400, 2600),
        ("B", "Hi, one parcel never came.", 3100, 5200),
    )
]


def test_assemblyai_utterances_alone_are_milliseconds() -> None:
    assert said(UTTERANCES, "assemblyai") == [
        ("A", 0.4, 2.6, "Lantern Books, good morning."),
        ("B", 3.1, 5.2, "Hi, one parcel never came."),
    ]


def test_assemblyai_in_camel_case_and_in_silence() -> None:
    whole = {"id": "t-1", "status": "completed", "audioUrl": "https://audio.example/1.mp3"}
    (call,) = results({**whole, "audioDuration": 6, "utterances": UTTERANCES})
    assert isinstance(call, Call)
    assert call.metadata["duration"] == "6"
    silent = {**whole, "text": "", "words": [], "utterances": []}
    assert "heard no speech" in refused(silent)


def test_graph_metadata_cues_are_their_spoken_text() -> None:
    rows = ["WEBVTT"]
    for second, (name, text) in enumerate((("Ada Roe", "Lantern <b> Books."), ("Bo Lind", "Hi."))):
        told = {"startDateTime": "2024-05-02T08:00:00Z", "speakerName": name, "spokenText": text}
        rows += ["", f"00:00:0{second}.000 --> 00:00:0{second}.900", json.dumps(told)]
    assert said("\n".join(rows), "webvtt") == [
        ("Ada Roe", 0.0, 0.9, "Lantern <b> Books."),
        ("Bo Lind", 1.0, 1.9, "Hi."),
    ]


def test_a_full_name_speaks_even_once_where_names_lead_the_cues() -> None:
    cues = ["Ada Roe: Lantern Books.", "Bo Lind: Hi.", "it is about a parcel.", "Ada Roe: Sure."]
    stamps = (f"00:00:0{n}.000 --> 00:00:0{n}.900\n{cue}" for n, cue in enumerate(cues))
    found = said("\n\n".join(["WEBVTT", *stamps]), "webvtt")
    assert [who for who, *_ in found] == ["Ada Roe", "Bo Lind", "Bo Lind", "Ada Roe"]
    assert found[1][3] == "Hi."


CHINESE = ["您好，这里是青禾书店。", "你好，我的包裹没到。", "请稍等，我查一下。", "好的。"]
STYLES = [
    "{who}（00:0{n}）\n{text}",
    "{who}(00:0{n})\n{text}",
    "[00:0{n}]\n{who}：{text}",
    "00:00:0{n}\n\n{who}：{text}",
    "{who}：[00:00:0{n}] {text}",
]
RANGES = ["{n}s-{n}s {who}：{text}", "{n}.0s - {n}.5s {who}：{text}"]
ROLES, NUMBERED, NAMES = ("客服", "客户"), ("说话人1", "说话人2"), ("王小芸", "李大河")


@pytest.mark.parametrize(
    ("style", "names"),
    [*product(STYLES, (ROLES, NUMBERED, NAMES)), *product(RANGES, (ROLES, NUMBERED))],
)
def test_times_beside_a_speaker_are_never_speech(style: str, names: tuple[str, str]) -> None:
    turns = enumerate(CHINESE)
    text = "\n".join(style.format(who=names[n % 2], n=n, text=one) for n, one in turns)
    found = said(text, "plain_text")
    assert [(who, start, text) for who, start, _, text in found] == [
        (names[n % 2], float(n), one) for n, one in enumerate(CHINESE)
    ]


LED = ["{n}、{who}：{text}", "{n}. {who}：{text}", "({n}) {who}：{text}", "{who}  {text}"]


@pytest.mark.parametrize("style", LED)
def test_numbers_and_gaps_around_role_words(style: str) -> None:
    rows = (style.format(who=ROLES[n % 2], n=n + 1, text=one) for n, one in enumerate(CHINESE))
    found = said("\n".join(rows), "plain_text")
    assert [(who, text) for who, _, _, text in found] == [
        (ROLES[n % 2], one) for n, one in enumerate(CHINESE)
    ]


def test_numbered_advice_stays_whole() -> None:
    text = "客服：请这样做：\n1. 拔掉电源\n2. 等十秒\n客户：好的。"
    assert [one for *_, one in said(text, "plain_text")] == [
        "请这样做： 1. 拔掉电源 2. 等十秒",
        "好的。",
    ]


def test_labels_as_programs_write_them() -> None:
    told = ["Lantern Books.", "Hi.", "How may I help?", "A parcel is lost."]
    for style, names in (
        ("[Speaker:{n}] {text}", ("Speaker:0", "Speaker:1")),
        (">> {who}: {text}", ("ADA ROE", "BO LIND")),
    ):
        rows = (style.format(n=n % 2, who=names[n % 2], text=one) for n, one in enumerate(told))
        found = said("\n".join(rows), "plain_text")
        assert [(who, text) for who, _, _, text in found] == [
            (names[n % 2], one) for n, one in enumerate(told)
        ]


def test_pauses_in_brackets_are_no_times() -> None:
    found = said("客服：(0.5) 您好。\n客户：(1.2) 你好。", "plain_text")
    assert [start for _, start, _, _ in found] == [None, None]


def test_the_end_of_a_teams_transcription_is_not_said() -> None:
    text = (
        "Ada Roe started transcription\n\nAda Roe   0:03\nLantern Books.\n\n"
        "Bo Lind   0:06\nHi.\n\nAda Roe   0:09\nSure.\n\nAda Roe stopped transcription\n"
    )
    assert said(text, "plain_text")[-1][3] == "Sure."


def deepgram_message(number: int, text: str, *, final: bool = True) -> dict[str, Any]:
    """Return a live message: what is said at `number` * 2 seconds by speaker `number`."""
    words = [
        {
            "word": one,
            "start": number * 2 + n / 4,
            "end": number * 2 + n / 4 + 0.2,
            "speaker": number,
        }
        for n, one in enumerate(text.split())
    ]
    channel = {"alternatives": [{"transcript": text, "words": words}]}
    about = {"channel_index": [0, 1], "duration": 2.0, "start": number * 2.0, "is_final": final}
    return {"type": "Results", **about, "channel": channel, "metadata": {"request_id": "r-1"}}


def speechmatics_message(kind: str, start: float, text: str, speaker: str) -> dict[str, Any]:
    """Return a live message of one word."""
    word = {"content": text, "speaker": speaker}
    result = {"type": "word", "start_time": start, "end_time": start + 0.5, "alternatives": [word]}
    return {"message": kind, "metadata": {"transcript": text}, "results": [result]}


def turn(order: int, text: str, *, ended: bool) -> dict[str, Any]:
    """Return a live message of AssemblyAI."""
    words = [{"text": text, "start": order * 1000, "end": order * 1000 + 600, "confidence": 0.9}]
    return {
        "type": "Turn",
        "turn_order": order,
        "end_of_turn": ended,
        "transcript": text,
        "words": words,
    }


def event(role: str, start: int, text: str) -> dict[str, Any]:
    """Return a Contact Lens event of one segment."""
    said = {"ParticipantId": role, "ParticipantRole": role, "Content": text}
    times = {"BeginOffsetMillis": start, "EndOffsetMillis": start + 900}
    segments = [{"Transcript": {"Id": text, **said, **times}}]
    return {"Channel": "VOICE", "ContactId": "c-1", "EventType": "SEGMENTS", "Segments": segments}


def partial(start: int) -> dict[str, Any]:
    """Return a Contact Lens event of something still being said."""
    return event("AGENT", start, "") | {"Segments": [{"Utterance": {"PartialContent": "Lan"}}]}


def google_answer(text: str, **more: Any) -> dict[str, Any]:
    """Return an answer to streamed speech."""
    return {"results": [{"alternatives": [{"transcript": text}], **more}]}


STREAMS = {
    "deepgram": [
        *(deepgram_message(0, "Lantern", final=False) for _ in range(12)),
        deepgram_message(0, "Lantern Books."),
        deepgram_message(1, ""),
        deepgram_message(1, "Hi there."),
        {"type": "Metadata", "duration": 4.0},
    ],
    "speechmatics": [
        {"message": "RecognitionStarted", "id": "s-1"},
        *(speechmatics_message("AddPartialTranscript", 0, "Lantern", "S1") for _ in range(12)),
        speechmatics_message("AddTranscript", 0, "Lantern", "S1"),
        speechmatics_message("AddTranscript", 0.5, "Books.", "S1"),
        speechmatics_message("AddTranscript", 2, "Hi there.", "S2"),
        {"message": "EndOfTranscript"},
    ],
    "assemblyai": [
        {"type": "Begin", "id": "s-1"},
        *(turn(0, "lantern", ended=False) for _ in range(12)),
        turn(0, "lantern books", ended=True),
        turn(0, "Lantern Books.", ended=True),
        turn(1, "Hi there.", ended=True),
    ],
    "amazon_contact_lens": [
        {"Channel": "VOICE", "ContactId": "c-1", "EventType": "STARTED"},
        *(partial(0) for _ in range(12)),
        event("AGENT", 0, "Lantern Books."),
        event("CUSTOMER", 2000, "Hi there."),
        {"Channel": "VOICE", "ContactId": "c-1", "EventType": "COMPLETED"},
    ],
    "google_speech": [
        *(google_answer("lantern", stability=0.1) for _ in range(12)),
        google_answer("Lantern Books.", isFinal=True),
        google_answer("Hi there.", isFinal=True),
    ],
}


@pytest.mark.parametrize("by", STREAMS)
def test_live_messages_are_one_call_without_what_was_not_final(by: str) -> None:
    for document in (STREAMS[by], lines(*STREAMS[by])):
        assert [text for *_, text in said(document, by)] == ["Lantern Books.", "Hi there."]


def test_two_contacts_in_one_stream_are_two_calls() -> None:
    other = event("AGENT", 0, "Good evening.") | {"ContactId": "c-2"}
    rows = [event("AGENT", 0, "Lantern Books."), other, event("CUSTOMER", 2000, "Hi there.")]
    calls = results(lines(*rows))
    assert [call.call_id for call in calls if isinstance(call, Call)] == ["c-1", "c-2"]


def test_answers_one_a_line_are_a_call_each_and_a_broken_line_is_named() -> None:
    whole = {
        "metadata": {"request_id": "r-1"},
        "results": {
            "channels": [
                {
                    "alternatives": [
                        {
                            "transcript": "Lantern Books.",
                            "words": [{"word": "Lantern", "start": 0, "end": 1}],
                        }
                    ]
                }
            ]
        },
    }
    first, broken, second = results(lines(whole, whole, whole).replace("\n{", "\n{{", 1))
    assert isinstance(first, SetAside)
    assert first.line == 2
    assert [one.call_id for one in (broken, second) if isinstance(one, Call)] == ["x-1", "x-2"]


def test_an_answer_two_wrappers_down_is_found() -> None:
    answer = {"results": {"channels": [{"alternatives": [{"transcript": "Lantern Books."}]}]}}
    wrapped = {"status": "ok", "data": {"id": "c-1", "response": answer}}
    assert [text for *_, text in said(wrapped, "deepgram")] == ["Lantern Books."]
    best = {"transcript": "lantern books ", "timestamps": [["lantern", 0.1, 0.5]]}
    sdk = {"result": {"result_index": 0, "results": [{"final": True, "alternatives": [best]}]}}
    assert [text for *_, text in said({**sdk, "status_code": 200}, "watson")] == ["lantern books"]


def lattice(start: int, words: list[str], speaker: str) -> dict[str, Any]:
    """Return a sentence of iFlytek, JSON in a string inside."""
    said = [{"cw": [{"w": one, "wp": "n"}]} for one in words]
    best = {"st": {"bg": str(start), "ed": str(start + 900), "rl": speaker, "rt": [{"ws": said}]}}
    return {"lid": "0", "json_1best": json.dumps(best, ensure_ascii=False)}


def test_a_lattice_of_iflytek_saved_alone() -> None:
    rows = [lattice(100, ["您好", "，", "请讲"], "1"), lattice(1200, ["查", "快递"], "2")]
    assert said(rows, "xfyun") == [("1", 0.1, 1.0, "您好，请讲"), ("2", 1.2, 2.1, "查快递")]


def test_a_job_of_iflytek_that_still_runs() -> None:
    progress = json.dumps({"status": 3, "desc": "音频转写中"}, ensure_ascii=False)
    told = refused({"ok": 0, "err_no": 0, "failed": None, "data": progress})
    assert "has not finished: status 3 音频转写中" in told


def test_sentences_of_modelscope_pipelines_are_milliseconds() -> None:
    rows = [
        {
            "text": "您好，请讲。",
            "start": 340,
            "end": 1600,
            "text_seg": "您 好",
            "ts_list": [[340, 500]],
        },
        {"text": "查快递。", "start": 2000, "end": 2900, "ts_list": []},
    ]
    whole = {
        "key": "c-1",
        "text": "您好，请讲。查快递。",
        "sentences": rows,
        "time_stamp": [[340, 500]],
    }
    assert said([whole], "funasr") == [("", 0.34, 1.6, "您好，请讲。"), ("", 2.0, 2.9, "查快递。")]


def test_an_answer_as_python_prints_it() -> None:
    sentences = [
        {"text": "我要'退'货。", "start": 340, "end": 1600, "spk": 0},
        {"text": "好的。", "start": 2000, "end": 2900, "spk": None},
    ]
    printed = str([{"key": "c-1", "text": "我要'退'货。好的。", "sentence_info": sentences}])
    (call,) = results(printed)
    assert isinstance(call, Call)
    assert [one.text for one in call.segments] == ["我要'退'货。", "好的。"]
    assert "printed by Python, not JSON: read as it is meant" in call.notes


@pytest.mark.parametrize("text", ["[" * 9999, "[{'a': " + "-" * 99999 + "1}]", "{'a': open('x')}"])
def test_python_that_is_no_data_is_refused(text: str) -> None:
    assert "JSON" in refused(text)


def test_azure_fast_transcription_in_snake_case() -> None:
    phrase = {"channel": 0, "speaker": 1, "offset_milliseconds": 100, "duration_milliseconds": 900}
    whole = {
        "duration_milliseconds": 2000,
        "combined_phrases": [],
        "phrases": [{**phrase, "text": "Hi."}],
    }
    assert said(whole, "azure_fast") == [("1", 0.1, 1.0, "Hi.")]


def test_turns_of_call_analytics_saved_alone() -> None:
    rows = [
        {"ParticipantRole": who, "Content": text, "BeginOffsetMillis": 0, "EndOffsetMillis": 900}
        for who, text in (("AGENT", "Lantern Books."), ("CUSTOMER", "Hi."))
    ]
    found = said(rows, "amazon_call_analytics")
    assert [(who, text) for who, _, _, text in found] == [
        ("AGENT", "Lantern Books."),
        ("CUSTOMER", "Hi."),
    ]


def test_utterances_with_words_of_another_service_are_not_read_as_assemblyai() -> None:
    others = [{**one, "words": [{"word": "Hi", "start": 0.4, "end": 0.6}]} for one in UTTERANCES]
    found = said({"result": {"transcription": {"utterances": others}}}, "json_turns")
    assert [(who, start) for who, start, _, _ in found] == [("A", 0.4), ("B", 3.1)]
    (call,) = results({"result": {"transcription": {"utterances": others}}})
    assert any("only as milliseconds" in note for note in call.notes)


def test_states_of_other_jobs() -> None:
    running = {"name": "operations/1", "metadata": {"progressPercent": 40}, "done": False}
    assert "has not finished" in refused(running)
    failed = {"Code": "0", "Message": "success", "Data": {"TaskId": "t", "TaskStatus": "FAILED"}}
    failed["Data"] |= {"ErrorMessage": "no audio"}
    assert "failed: FAILED no audio (" in refused(failed)


def test_gong_and_meet_in_snake_case() -> None:
    sentences = [{"start": 460, "end": 1500, "text": "Lantern Books."}]
    page = {"id": "c-1", "transcript": [{"speaker_id": "7", "topic": None, "sentences": sentences}]}
    assert said(page, "gong") == [("7", 0.46, 1.5, "Lantern Books.")]
    entry = {"participant": "p/1", "text": "Hi.", "start_time": "2025-03-01T09:30:00Z"}
    page = {"transcript_entries": [{**entry, "end_time": "2025-03-01T09:30:02Z"}]}
    assert said(page, "google_meet") == [("p/1", 0.0, 2.0, "Hi.")]


def test_who_sent_a_chat_message_is_who_speaks() -> None:
    table = "发送时间,发送人,消息内容\n10:00:00,客服小李,您好\n10:00:30,买家,在吗\n"
    assert said(table, "csv_table") == [
        ("客服小李", 0.0, None, "您好"),
        ("买家", 30.0, None, "在吗"),
    ]


def test_azure_speakers_in_nbest_and_keys_with_capitals() -> None:
    def phrase(speaker: int, seconds: int, text: str) -> dict[str, Any]:
        times = {"offset": f"PT{seconds}S", "duration": "PT1.5S"}
        best = [{"confidence": 0.9, "speaker": speaker, "display": text}]
        return {"recognitionStatus": "Success", "channel": 0, **times, "nBest": best}

    whole = {"recognizedPhrases": [phrase(1, 0, "Lantern Books."), phrase(2, 2, "Hi.")]}
    turns = [("1", 0.0, 1.5, "Lantern Books."), ("2", 2.0, 3.5, "Hi.")]
    assert said(whole, "azure_batch") == turns
    indexed = [
        {
            "RecognitionStatus": "Success",
            "Channel": 0,
            "Speaker": speaker,
            "Offset": f"PT{start}S",
            "OffsetInTicks": start * 10_000_000,
            "DurationInTicks": 15_000_000,
            "NBest": [{"Confidence": 0.9, "Display": text}],
        }
        for speaker, start, text in ((1, 0, "Lantern Books."), (2, 2, "Hi."))
    ]
    assert said({"RecognizedPhrases": indexed}, "azure_batch") == turns


def test_a_text_without_sentences_is_not_lost() -> None:
    whisper = {"text": " Lantern Books. Hi.", "segments": [], "language": "en"}
    assert said(whisper, "whisper") == [("", None, None, "Lantern Books. Hi.")]
    data = {
        "TaskId": 1,
        "Status": 2,
        "StatusStr": "success",
        "Result": "您好。",
        "ResultDetail": None,
    }
    assert said({"Response": {"Data": data}}, "tencent") == [("", None, None, "您好。")]


def test_lines_that_whisper_prints() -> None:
    turns = [("", 0.0, 3.5, "Lantern Books."), ("", 3.5, 6.0, "Hi there.")]
    clock = "[00:00.000 --> 00:03.500]  Lantern Books.\n[00:03.500 --> 00:06.000]  Hi there.\n"
    hours = (
        "\n[00:00:00.000 --> 00:00:03.500]   Lantern\nBooks.\n"
        "[00:00:03.500 --> 00:00:06.000] Hi there."
    )
    bare = "[0.00s -> 3.50s] Lantern Books.\n[3.50s -> 6.00s] Hi there.\n"
    for text in (clock, "Detected language: English\n" + clock, hours, bare):
        assert said(text, "whisper_lines") == turns
    late = "[59:59.000 --> 60:01.000] Hi.\n[01:02:03.000 --> 01:02:04.500] Lantern Books."
    assert [start for _, start, _, _ in said(late, "whisper_lines")] == [3599.0, 3723.0]


def test_lines_that_whisper_prints_with_speakers() -> None:
    rows = (
        "[00:00.000 --> 00:03.500] (speaker 0) Lantern Books.",
        "[00:03.500 --> 00:06.000] (speaker 1) Hi.",
    )
    assert said("\n".join(rows), "whisper_lines") == [
        ("speaker 0", 0.0, 3.5, "Lantern Books."),
        ("speaker 1", 3.5, 6.0, "Hi."),
    ]


@pytest.mark.parametrize(
    ("agent", "customer"),
    [
        ("坐席[8021]", "客户[138****1234]"),
        ("坐席(8021)", "客户(138****1234)"),
        ("Ada Roe (Agent)", "Bo Lind (Customer)"),
        ("小芸（坐席）", "李先生（客户）"),
    ],
)
def test_who_somebody_is_beside_the_role(agent: str, customer: str) -> None:
    (call,) = results(f"{agent}：您好。\n{customer}：我要退货。\n{agent}：好的。")
    assert isinstance(call, Call)
    assert [(one.role, one.speaker, one.start) for one in call.segments] == [
        ("agent", agent, None),
        ("customer", customer, None),
        ("agent", agent, None),
    ]


def test_a_guest_of_a_meeting_is_not_by_that_a_customer() -> None:
    (call,) = results("WEBVTT\n\n00:00.000 --> 00:01.000\n<v Bo Lind (Guest)>Hi there.</v>")
    assert isinstance(call, Call)
    assert [one.role for one in call.segments] == ["unknown"]


def test_an_id_above_the_conversation_is_not_said() -> None:
    text = "通话记录\n坐席：8021\n\n客服：您好。\n客户：8306。\n客服：好的。"
    (call,) = results(text)
    assert isinstance(call, Call)
    assert [one.text for one in call.segments] == ["您好。", "8306。", "好的。"]
    assert call.agent == "8021"


def test_marks_with_a_time_and_marks_that_are_stressed() -> None:
    text = (
        "**Agent**: Please hold.\n\n*[hold music]*\n\n**Customer**: [INAUDIBLE 00:01:09] yes.\n"
        "<silence 5s>\n**Agent**: Thanks, *really*.\n"
    )
    assert [one for *_, one in said(text, "plain_text")] == [
        "Please hold.",
        "yes.",
        "Thanks, *really*.",
    ]


def test_a_json_text_of_a_whole_call_needs_no_id_of_ours() -> None:
    rows = [
        {"id": "c-1", "transcript": "Agent: Lantern Books.\nCustomer: Hi."},
        {"id": "c-2", "transcript": "Agent: Good morning.\nCustomer: Hello."},
    ]
    calls = results(rows)
    assert [len(call.segments) for call in calls if isinstance(call, Call)] == [2, 2]
    assert "mapping" in refused({"id": "c-1", "transcript": "Lantern Books. Hi."})


def test_two_turns_are_enough_to_tell_milliseconds() -> None:
    rows = [
        {"role": "agent", "text": "Lantern Books, Ada here.", "start_time": 1000, "end_time": 3000},
        {"role": "customer", "text": "Hi, a parcel is lost.", "start_time": 3500, "end_time": 6000},
    ]
    (call,) = results(rows)
    assert isinstance(call, Call)
    assert [one.start for one in call.segments] == [1.0, 3.5]
    assert call.notes[0].endswith("at the pace of speech only as milliseconds: read so")


@pytest.mark.parametrize(
    "document",
    [
        {"url": "https://files.example/t?sig=SECRET"},
        {"values": [{"name": "0.json", "links": {"contentUrl": "https://files.example/t"}}]},
        {"code": "200", "data": {"resultUrl": "https://files.example/t?sig=SECRET"}},
    ],
)
def test_a_link_is_named_and_never_shown(document: Any) -> None:
    told = refused(document)
    assert "only a link" in told
    assert "SECRET" not in told


@pytest.mark.parametrize(
    "document",
    [
        {"request_id": "05832d5d"},
        {"Response": {"RequestId": "r-1", "Data": {"TaskId": 522931820}}},
        {"code": "000000", "descInfo": "success", "content": {"orderId": "D1"}},
        {"TaskId": "t-1", "RequestId": "r-1", "StatusText": "SUCCESS", "StatusCode": 21050000},
        {"resp": {"code": "1000", "message": "Success", "id": "r-1"}},
        {"job": {"id": "j-1", "created_at": "2024-05-01", "data_name": "a.wav", "status": "done"}},
    ],
)
def test_the_receipt_of_a_job_is_no_empty_call(document: Any) -> None:
    assert "only the state of a transcription job, not its transcript" in refused(document)


@pytest.mark.parametrize(
    "document",
    [
        {},
        [],
        {"id": 5},
        {"task_id": "t", "notes": "three words here"},
        {"task_id": "t", "text": "hi"},
    ],
)
def test_other_json_is_asked_for_a_mapping(document: Any) -> None:
    assert "--mapping" in refused(document)
