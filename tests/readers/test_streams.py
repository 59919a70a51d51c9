"""What recognisers send while somebody speaks: one call a stream, what was not final not read.

Every sample is ours, written from what is documented of the service.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

GOOD = "Good morning, Lantern Books."
REFUND = "I want a refund."
HELLO = "您好，请问有什么可以帮您？"
BACK = "我要退款。"
Turn = tuple[str, str, float | None, float | None, str]


def rev(kind: str, *words: tuple[str, float, float], speaker: int = 0) -> dict[str, Any]:
    """Return a message of Rev AI."""
    parts = [{"type": "text", "value": w, "ts": a, "end_ts": b} for w, a, b in words]
    spaced = [one for part in parts for one in (part, {"type": "punct", "value": " "})]
    return {"type": kind, "ts": 0.2, "end_ts": 2.0, "elements": spaced, "speaker_id": speaker}


def result(text: str, start: float, end: float, partial: bool, **more: object) -> dict[str, Any]:
    """Return an event of Amazon Transcribe."""
    said = {
        "ResultId": f"r{start}",
        "StartTime": start,
        "EndTime": end,
        "IsPartial": partial,
        "Alternatives": [{"Transcript": text, "Items": more.get("items", [])}],
        "ChannelId": more.get("channel"),
    }
    return {"TranscriptEvent": {"Transcript": {"Results": [said]}}}


def item(word: str, start: float, speaker: str) -> dict[str, Any]:
    """Return a word of Amazon Transcribe."""
    return {"Content": word, "StartTime": start, "EndTime": start + 0.4, "Speaker": speaker}


def utterance(role: str, text: str, start: int, partial: bool = False) -> dict[str, Any]:
    """Return an event of Call Analytics."""
    told = {"UtteranceId": f"u{start}", "IsPartial": partial, "ParticipantRole": role}
    times = {"BeginOffsetMillis": start, "EndOffsetMillis": start + 1900, "Transcript": text}
    return {"UtteranceEvent": {**told, **times}}


def nls(name: str, **payload: object) -> dict[str, Any]:
    """Return a message of Aliyun's NLS."""
    header = {"namespace": "SpeechTranscriber", "name": name, "status": 20000000, "task_id": "t1"}
    return {"header": header, "payload": payload}


def dashscope(start: int, end: int | None, text: str) -> dict[str, Any]:
    """Return a message of DashScope; without an end the sentence goes on."""
    said = {"begin_time": start, "end_time": end, "text": text, "sentence_end": end is not None}
    header = {"task_id": "t2", "event": "result-generated", "attributes": {}}
    return {"header": header, "payload": {"output": {"sentence": {**said, "words": []}}}}


def tencent(index: int, kind: int, start: int, end: int, text: str) -> dict[str, Any]:
    """Return a message of Tencent's real-time recognition."""
    times = {"start_time": start, "end_time": end, "voice_text_str": text, "word_list": []}
    told = {"slice_type": kind, "index": index, **times}
    return {"code": 0, "message": "success", "voice_id": "v1", "result": told}


def volcengine(*said: tuple[int, int, str, bool]) -> dict[str, Any]:
    """Return an answer of Volcengine."""
    utterances = [
        {"start_time": a, "end_time": b, "text": t, "definite": d, "words": []}
        for a, b, t, d in said
    ]
    text = "".join(one[2] for one in said)
    return {"audio_info": {"duration": 4000}, "result": {"text": text, "utterances": utterances}}


def twilio(track: str, text: str, final: str, number: int) -> dict[str, Any]:
    """Return an event of Twilio's real-time transcription."""
    return {
        "LanguageCode": "en-US",
        "TranscriptionSid": "GT1",
        "TranscriptionEvent": "transcription-content",
        "CallSid": "CA1",
        "TranscriptionData": json.dumps({"transcript": text, "confidence": 0.9}),
        "Timestamp": "2024-06-14T15:10:05.123Z",
        "Final": final,
        "Track": track,
        "SequenceId": str(number),
    }


def soniox(*tokens: tuple[str, int, str, bool]) -> dict[str, Any]:
    """Return an answer of Soniox."""
    told = [
        {"text": t, "start_ms": a, "end_ms": a + 90, "speaker": who, "is_final": final}
        for t, a, who, final in tokens
    ]
    return {"tokens": told, "final_audio_proc_ms": 900, "total_audio_proc_ms": 1200}


def recall(event: str, speaker: str, start: float, text: str) -> dict[str, Any]:
    """Return an event of Recall.ai, whose words are two a second."""
    words = [
        {
            "text": word,
            "start_timestamp": {"relative": start + place / 2},
            "end_timestamp": {"relative": start + place / 2 + 0.4},
        }
        for place, word in enumerate(text.split())
    ]
    told = {"words": words, "participant": {"id": 7, "name": speaker, "is_host": False}}
    return {"event": event, "data": {"data": told, "bot": {"id": "b1"}}}


def genesys(channel: str, start: int, text: str, final: bool) -> dict[str, Any]:
    """Return a notification of Genesys Cloud."""
    best = {"offsetMs": start, "durationMs": 1900, "transcript": text.lower(), "words": []}
    said = {"utteranceId": f"u{start}", "isFinal": final, "channel": channel}
    alternatives = [{**best, "decoratedTranscript": text}]
    body = {"conversationId": "c1", "sessionStartTimeMs": 1718377805000}
    body["transcripts"] = [{**said, "alternatives": alternatives, "dialect": "en-US"}]
    return {"topicName": "v2.conversations.c1.transcription", "eventBody": body}


def live_call(channel: str, start: float, text: str, partial: bool) -> dict[str, Any]:
    """Return an event of Live Call Analytics."""
    told = {"EventType": "ADD_TRANSCRIPT_SEGMENT", "CallId": "c1", "IsPartial": partial}
    times = {"StartTime": start, "EndTime": start + 1.9, "SegmentId": f"s{start}"}
    return {**told, **times, "Channel": channel, "Transcript": text}


STREAMS: dict[str, tuple[list[dict[str, Any]], list[Turn]]] = {
    "rev_ai": (
        [
            {"type": "connected", "id": "x"},
            rev("partial", ("good", 0.2, 0.6)),
            rev("final", ("Good", 0.2, 0.6), ("morning.", 0.7, 1.9)),
            rev("final", ("Hi.", 2.2, 2.6), speaker=1),
        ],
        [("unknown", "0", 0.2, 1.9, "Good morning."), ("unknown", "1", 2.2, 2.6, "Hi.")],
    ),
    "amazon_streaming": (
        [
            result("Good", 0.1, 1.0, True, channel="ch_0"),
            result(GOOD, 0.1, 2.0, False, channel="ch_0"),
            result(REFUND, 2.1, 4.0, False, channel="ch_1"),
        ],
        [("unknown", "ch_0", 0.1, 2.0, GOOD), ("unknown", "ch_1", 2.1, 4.0, REFUND)],
    ),
    "aliyun_realtime": (
        [
            nls("TranscriptionStarted", session_id="1"),
            nls("SentenceBegin", index=1, time=320),
            nls("TranscriptionResultChanged", index=1, time=1800, result="您好"),
            nls("SentenceEnd", index=1, time=3260, begin_time=320, result=HELLO),
            nls("SentenceEnd", index=2, time=5260, begin_time=4000, result=BACK),
            nls("TranscriptionCompleted"),
        ],
        [("unknown", "", 0.32, 3.26, HELLO), ("unknown", "", 4.0, 5.26, BACK)],
    ),
    "tencent_realtime": (
        [
            {"code": 0, "message": "success", "voice_id": "v1"},
            tencent(0, 0, 0, 500, "您"),
            tencent(0, 1, 0, 900, "您好请"),
            tencent(0, 2, 0, 1900, HELLO),
            tencent(1, 2, 2000, 3300, BACK),
            {"code": 0, "message": "success", "voice_id": "v1", "final": 1},
        ],
        [("unknown", "", 0.0, 1.9, HELLO), ("unknown", "", 2.0, 3.3, BACK)],
    ),
    "volcengine_realtime": (
        [
            volcengine((0, 900, "您好请问", False)),
            volcengine((0, 1900, HELLO, True)),
            volcengine((0, 1900, HELLO, True), (2000, 2900, "我要", False)),
            volcengine((0, 1900, HELLO, True), (2000, 3900, BACK, True)),
        ],
        [("unknown", "", 0.0, 1.9, HELLO), ("unknown", "", 2.0, 3.9, BACK)],
    ),
    "twilio_realtime": (
        [
            {"TranscriptionEvent": "transcription-started", "CallSid": "CA1", "SequenceId": "1"},
            twilio("outbound_track", "Good", "false", 2),
            twilio("inbound_track", REFUND, "true", 4),
            twilio("outbound_track", GOOD, "true", 3),
        ],
        [("unknown", "outbound", None, None, GOOD), ("unknown", "inbound", None, None, REFUND)],
    ),
    "soniox": (
        [
            soniox(("Go", 10, "1", False)),
            soniox(("Go", 10, "1", True), ("od.", 110, "1", True), (" Hi", 400, "2", False)),
            soniox((" Hi", 400, "2", True), (".", 500, "2", True), ("<end>", 600, "2", True)),
        ],
        [("unknown", "1", 0.01, 0.2, "Good."), ("unknown", "2", 0.4, 0.59, "Hi.")],
    ),
    "recall": (
        [
            recall("transcript.partial_data", "Dana", 0.1, "Good"),
            recall("transcript.data", "Dana", 0.1, "Good morning."),
            recall("transcript.data", "Bob", 2.1, "Hi."),
        ],
        [("unknown", "Dana", 0.1, 1.0, "Good morning."), ("unknown", "Bob", 2.1, 2.5, "Hi.")],
    ),
    "genesys_realtime": (
        [
            genesys("INTERNAL", 100, "Good", False),
            genesys("INTERNAL", 100, GOOD, True),
            {"topicName": "channel.metadata", "eventBody": {"message": "WebSocket Heartbeat"}},
            genesys("EXTERNAL", 2100, REFUND, True),
        ],
        [("unknown", "internal", 0.1, 2.0, GOOD), ("unknown", "external", 2.1, 4.0, REFUND)],
    ),
    "amazon_live_calls": (
        [
            {"EventType": "START", "CallId": "c1", "CustomerPhoneNumber": "+15550100"},
            live_call("AGENT", 0.1, "Good", True),
            live_call("AGENT", 0.1, GOOD, False),
            live_call("CALLER", 2.1, REFUND, False),
            {"EventType": "END", "CallId": "c1"},
        ],
        [("unknown", "AGENT", 0.1, 2.0, GOOD), ("unknown", "CALLER", 2.1, 4.0, REFUND)],
    ),
}


def results(text: str) -> list[Call | SetAside]:
    """Return what a file gives."""
    return list(calls_of(Source("stream.json", text.encode()), Options(roles={"nobody": "agent"})))


def one(text: str, by: str) -> Call:
    """Return the one call of a file."""
    (call,) = results(text)
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == by
    return call


def lines(messages: list[dict[str, Any]]) -> str:
    """Return messages one a line, with an empty line as programs leave them."""
    return "\n\n".join(json.dumps(message) for message in messages) + "\n"


def said(call: Call) -> list[Turn]:
    """Return the turns of a call; the roles that cue words gave are left to their own tests."""
    return [("unknown", s.speaker, s.start, s.end, s.text) for s in call.segments]


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_is_one_call_of_what_is_final(name: str) -> None:
    messages, turns = STREAMS[name]
    assert said(one(lines(messages), name)) == turns
    assert said(one(json.dumps(messages), name)) == turns
    assert said(one("".join(json.dumps(message) for message in messages), name)) == turns


@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_without_anything_final_is_refused(name: str) -> None:
    interim = {
        "rev_ai": [rev("partial", ("good", 0.2, 0.6))] * 2,
        "amazon_streaming": [result("Good", 0.1, 1.0, True)] * 2,
        "aliyun_realtime": [nls("SentenceBegin", index=1, time=320)] * 2,
        "tencent_realtime": [tencent(0, 1, 0, 900, "您好")] * 2,
        "volcengine_realtime": [volcengine((0, 900, "您好", False))] * 2,
        "twilio_realtime": [twilio("inbound_track", "Good", "false", 2)] * 2,
        "soniox": [soniox(("Go", 10, "1", False))] * 2,
        "recall": [recall("transcript.partial_data", "Dana", 0.1, "Good")] * 2,
        "genesys_realtime": [genesys("INTERNAL", 100, "Good", False)] * 2,
        "amazon_live_calls": [live_call("AGENT", 0.1, "Good", True)] * 2,
    }
    assert interim.keys() == STREAMS.keys()
    (aside,) = results(lines(interim[name]))
    assert isinstance(aside, SetAside)
    assert aside.reason == "only interim results of a stream: nothing in it is final"


def test_the_speakers_of_amazon_transcribe_are_told_apart_in_one_result() -> None:
    items = [
        item("Good", 0.1, "0"),
        {**item(".", 0.5, ""), "Type": "punctuation"},
        item("Hi", 1.5, "1"),
    ]
    call = one(lines([result("Good. Hi", 0.1, 2.0, False, items=items)] * 2), "amazon_streaming")
    assert said(call) == [("unknown", "0", 0.1, 0.5, "Good."), ("unknown", "1", 1.5, 1.9, "Hi")]


def test_call_analytics_states_the_roles() -> None:
    events = [
        utterance("AGENT", "Good", 0, partial=True),
        utterance("AGENT", GOOD, 0),
        utterance("CUSTOMER", REFUND, 2000),
        {"CategoryEvent": {"MatchedCategories": ["refund"]}},
    ]
    call = one(lines(events), "amazon_streaming")
    assert [(s.role, s.start, s.end, s.text) for s in call.segments] == [
        ("agent", 0.0, 1.9, GOOD),
        ("customer", 2.0, 3.9, REFUND),
    ]


@pytest.mark.parametrize("name", ["genesys_realtime", "amazon_live_calls"])
def test_the_side_of_a_live_call_is_stated(name: str) -> None:
    call = one(lines(STREAMS[name][0]), name)
    assert call.call_id == "c1"
    assert [s.role for s in call.segments] == ["agent", "customer"]


def test_the_one_channel_of_a_meeting_states_no_role() -> None:
    events = [
        {**live_call("CALLER", start, text, False), "Speaker": speaker}
        for start, text, speaker in ((0.1, "Hello all.", "Dana"), (2.1, "Good day.", "Bob"))
    ]
    call = one(json.dumps(events), "amazon_live_calls")
    assert [(s.role, s.speaker) for s in call.segments] == [("unknown", "Dana"), ("unknown", "Bob")]


def test_live_calls_are_told_apart_by_their_ids() -> None:
    events = [live_call("AGENT", 0.1, GOOD, False), live_call("CALLER", 2.1, REFUND, False)]
    found = results(lines([*events, *({**one, "CallId": "c2"} for one in events)]))
    assert [call.call_id for call in found if isinstance(call, Call)] == ["c1", "c2"]


def test_dashscope_live_with_and_without_its_header() -> None:
    whole = [dashscope(170, None, "您"), dashscope(170, 920, HELLO), dashscope(1200, 2400, BACK)]
    expected = [("unknown", "", 0.17, 0.92, HELLO), ("unknown", "", 1.2, 2.4, BACK)]
    assert said(one(lines(whole), "aliyun_realtime")) == expected
    bare = [{"output": message["payload"]["output"], "status_code": 200} for message in whole]
    assert said(one(lines(bare), "aliyun_realtime")) == expected


def test_volcengine_answers_that_hold_only_what_is_new() -> None:
    answers = [volcengine((0, 1900, HELLO, True)), volcengine((2000, 3900, BACK, True))]
    assert said(one(lines(answers), "volcengine_realtime")) == STREAMS["volcengine_realtime"][1]


def test_volcengine_answers_for_two_recordings_are_two_calls() -> None:
    answers = [volcengine((0, 1900, HELLO, True)), volcengine((100, 1800, BACK, True))]
    assert len(results(lines(answers))) == 2


def test_times_of_twilio_messages_are_no_times_of_speech() -> None:
    call = one(lines(STREAMS["twilio_realtime"][0]), "twilio_realtime")
    assert "the times say when messages were sent, not when somebody spoke: left out" in call.notes


def page(number: int, *said: tuple[int, int, str], sid: str = "GT1") -> dict[str, Any]:
    """Return a page of sentences as Twilio's interface gives it."""
    address = f"https://intelligence.twilio.com/v2/Transcripts/{sid}/Sentences?Page={number}"
    sentences = [
        {
            "media_channel": channel,
            "sentence_index": index,
            "start_time": str(index),
            "end_time": str(index + 0.9),
            "transcript": text,
        }
        for index, channel, text in said
    ]
    return {"meta": {"page": number, "url": address, "key": "sentences"}, "sentences": sentences}


def test_pages_of_a_twilio_transcript_are_one_call() -> None:
    first = page(0, (0, 1, GOOD), (1, 2, REFUND))
    second = page(1, (2, 1, "Sure."))
    call = one(json.dumps([first, second]), "twilio")
    assert said(call) == [
        ("unknown", "1", 0.0, 0.9, GOOD),
        ("unknown", "2", 1.0, 1.9, REFUND),
        ("unknown", "1", 2.0, 2.9, "Sure."),
    ]
    other = page(0, (0, 1, GOOD), sid="GT2")
    found = results(lines([first, second, other]))
    assert [len(call.segments) for call in found if isinstance(call, Call)] == [3, 1]
