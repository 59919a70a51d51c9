"""The big clouds and contact-centre platforms: every sample as a person reads it, and worse files.

What each sample says stands in western_clouds.txt: role (only what the file states),
speaker, channel, start, end in seconds, and how the text begins.
"""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of
from qa_checker.readers.formats import known_formats, recognise
from qa_checker.readers.moments import MICROSECOND, when

HERE = Path(__file__).parent
EXPECTED = {
    block.split()[0]: (block.split()[1], block.splitlines()[1:])
    for block in (HERE / "western_clouds.txt").read_text("utf-8").strip()[2:].split("\n\n# ")
}
SAMPLES = {file: json.loads((HERE / "data" / file).read_text("utf-8")) for file in EXPECTED}
UNITS = {"seconds", "milliseconds", "microseconds", "ticks", "clock", "dates", "none"}


def source(document: Any, name: str = "x.json") -> Source:
    """Return a document as a file."""
    text = json.dumps(document, ensure_ascii=False)
    return Source(name, text.encode(), text)


def one(document: Any) -> Call:
    """Return the one call of a document as its own reader gives it, before roles are guessed."""
    file = source(document)
    (call,) = known_formats()[recognise(file, Options())].read(file, Options())
    assert isinstance(call, Call)
    return call


def aside(document: Any) -> str:
    """Return why a document was set aside."""
    (result,) = calls_of(source(document))
    assert isinstance(result, SetAside)
    return result.reason


def sample(file: str) -> Any:
    """Return a sample of one's own to change."""
    return copy.deepcopy(SAMPLES[file])


def lines(call: Call) -> list[str]:
    """Return a call as western_clouds.txt writes it."""
    return [
        f"{s.role} {s.speaker or '-'} {s.channel or '-'} {_time(s.start)} {_time(s.end)} "
        f"{s.text[:30].strip()}"
        for s in call.segments
    ]


def _time(seconds: float | None) -> str:
    return "-" if seconds is None else f"{seconds:g}"


def texts(call: Call) -> list[str]:
    return [segment.text for segment in call.segments]


@pytest.mark.parametrize("file", EXPECTED)
def test_every_sample_reads_as_it_is(file: str) -> None:
    name, said = EXPECTED[file]
    assert recognise(source(SAMPLES[file]), Options()) == name
    assert lines(one(SAMPLES[file])) == said


@pytest.mark.parametrize("file", EXPECTED)
def test_no_format_takes_the_file_of_another(file: str) -> None:
    sure = {n: m.sniff(source(SAMPLES[file]), Options()) for n, m in known_formats().items()}
    assert [name for name, much in sure.items() if much >= 0.9] == [EXPECTED[file][0]]


@pytest.mark.parametrize("file", EXPECTED)
def test_a_finished_call_keeps_its_times(file: str) -> None:
    (call,) = calls_of(source(SAMPLES[file]))
    assert isinstance(call, Call)
    assert not [note for note in call.notes if "times" in note or "without text" in note]
    assert len(call.segments) == len(EXPECTED[file][1])


@pytest.mark.parametrize("file", EXPECTED)
def test_a_list_and_a_wrapper_change_nothing(file: str) -> None:
    for document in ({"body": SAMPLES[file]}, [SAMPLES[file]]):
        assert lines(one(document)) == EXPECTED[file][1]
    two = list(calls_of(source([SAMPLES[file], sample(file)], "day.json")))
    assert [len(call.segments) for call in two if isinstance(call, Call)] == [
        len(EXPECTED[file][1])
    ] * 2


def test_the_formats_say_what_they_are() -> None:
    for name in {name for name, _ in EXPECTED.values()}:
        module = known_formats()[name]
        assert module.TITLE  # type: ignore[attr-defined]
        assert module.UNIT in UNITS  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("file", "facts"),
    [
        ("made_contact_lens_voice.json", {"channel": "VOICE", "duration": "14.2"}),
        ("made_call_analytics.json", {"channel": "VOICE", "duration": "18.4", "job": "le-2031"}),
        ("made_bedrock_audio.json", {"duration": "12.9", "asset": "calls/17.wav"}),
        ("azure_batch_sample.json", {"duration": "7.48"}),
        ("made_azure_fast.json", {"duration": "14.1"}),
        ("made_gong.json", {"duration": "12", "direction": "Outbound"}),
        (
            "made_insights_export.json",
            {
                "duration": "21.5",
                "medium": "PHONE_CALL",
                "agent_channel": "2",
                "customer_channel": "1",
            },
        ),
        (
            "made_genesys.json",
            {
                "duration": "48",
                "channel": "call",
                "direction": "inbound",
                "communication": "0b0b0b0b-1111-4000-8000-000000000044",
            },
        ),
        (
            "made_twilio.json",
            {
                "duration": "16",
                "agent_channel": "1",
                "customer_channel": "2",
                "customer_key": "order-17",
            },
        ),
    ],
)
def test_facts_about_the_call(file: str, facts: dict[str, str]) -> None:
    assert one(SAMPLES[file]).metadata == facts


@pytest.mark.parametrize(
    ("file", "call_id", "started_at"),
    [
        ("made_contact_lens_voice.json", "c0ffee00-0000-4000-8000-000000000017", ""),
        (
            "made_contact_lens_chat.json",
            "c0ffee00-0000-4000-8000-000000000018",
            "2025-03-01T09:30:00.120Z",
        ),
        ("made_insights_export.json", "9017", "2025-03-01T09:30:00Z"),
        (
            "made_genesys.json",
            "0a0a0a0a-1111-4000-8000-000000000044",
            "2025-03-01T09:30:00+00:00",
        ),
        ("made_google_meet.json", "rec-17", "2025-03-01T09:30:00.120Z"),
        ("made_gong.json", "7782342274025937895", "2025-03-01T09:30:00-05:00"),
        ("ccai_doc_example.json", "", ""),
        ("ccai_chat.json", "", "2026-11-02T19:11:47+00:00"),
        ("pca_testfile_trim.json", "", "2021-11-25 13:35:14.215558"),
    ],
)
def test_names_and_dates(file: str, call_id: str, started_at: str) -> None:
    call = one(SAMPLES[file])
    assert (call.call_id, call.started_at) == (call_id, started_at)


STATES = [
    ({"jobName": "a", "accountId": "1", "status": "IN_PROGRESS", "results": {}}, "IN_PROGRESS"),
    ({"TranscriptionJob": {"TranscriptionJobStatus": "FAILED"}}, "FAILED"),
    ({"CallAnalyticsJob": {"CallAnalyticsJobStatus": "QUEUED"}}, "QUEUED"),
    ({"JobName": "a", "JobStatus": "FAILED", "Transcript": []}, "FAILED"),
    ({"Channel": "VOICE", "JobStatus": "FAILED", "Transcript": []}, "FAILED"),
    ({"Channel": "CHAT", "Status": "IN_PROGRESS", "Segments": []}, "IN_PROGRESS"),
    ({"self": "https://w/speechtotext/v3.2/transcriptions/1", "status": "Running"}, "Running"),
    ({"jobId": "1", "status": "running", "tasks": {"items": []}}, "running"),
    ({"sid": "GT1", "status": "in-progress"}, "in-progress"),
    (
        {"metadata": {"@type": "x/google.cloud.speech.v1.M"}, "name": "1", "done": False},
        "running",
    ),
]


@pytest.mark.parametrize(("document", "state"), STATES)
def test_a_state_is_never_an_empty_call(document: Any, state: str) -> None:
    reason = aside(document)
    assert reason.startswith("not a finished transcript: ")
    assert reason.endswith(f' says "{state}"')


@pytest.mark.parametrize(
    "document",
    [
        {"TranscriptionJob": {"TranscriptionJobStatus": "COMPLETED"}},
        {"sid": "GT1", "status": "completed"},
        {"self": "https://w/speechtotext/v3.2/transcriptions/1", "status": "Succeeded"},
    ],
)
def test_a_pointer_is_not_a_transcript(document: Any) -> None:
    assert aside(document) == "only a link to the transcript, not the transcript"


def test_phrases_that_were_not_recognised_are_named() -> None:
    document = sample("azure_batch_sample.json")
    document["recognizedPhrases"][1]["recognitionStatus"] = "Failure"
    call = one(document)
    assert call.notes == ('1 phrases not recognised and left out: "Failure"',)
    assert len(call.segments) == 2
    for phrase in document["recognizedPhrases"]:
        phrase["recognitionStatus"] = "NoMatch"
    assert aside(document) == 'nothing was recognised: "NoMatch"'


def test_the_file_of_which_a_redacted_twin_exists_says_so() -> None:
    told = "personal data in clear text: the redacted twin of this file hides it"
    document = sample("made_contact_lens_voice.json")
    assert one(document).notes == (told,)
    document["ContentMetadata"]["Output"] = "Redacted"
    assert one(document).notes == ()
    document = sample("made_call_analytics.json")
    del document["ContentMetadata"]
    for turn in document["Transcript"]:
        turn["Redaction"] = {"RedactedTimestamps": [[]]}
    document["Transcript"][4]["Redaction"]["RedactedTimestamps"][0] = [{"BeginOffsetMillis": 1}]
    assert one(document).notes == ()
    document["Transcript"][4]["Content"] = "It's 4711."
    assert one(document).notes == (told,)


def test_azure_batch_without_ticks_uses_milliseconds_then_the_iso_duration() -> None:
    document = sample("azure_batch_sample.json")
    first, second, third = document["recognizedPhrases"]
    for phrase in (first, second, third):
        del phrase["offsetInTicks"], phrase["durationInTicks"]
    first |= {"offset": "PT1H0.5S", "duration": "PT1M2.25S"}
    second |= {"offsetMilliseconds": 3_700_000, "durationMilliseconds": "250"}
    third |= {"offset": "later"}
    times = [(one.start, one.end) for one in one(document).segments]
    assert times[:2] == [(3600.5, 3662.75), (3700.0, 3700.25)]
    assert times[2][0] != times[2][0]


def test_azure_phrases_of_two_channels_are_two_voices() -> None:
    document = sample("azure_batch_sample.json")
    for phrase in document["recognizedPhrases"]:
        phrase["channel"] = phrase.pop("speaker") - 1
    assert [(s.speaker, s.channel) for s in one(document).segments] == [
        ("0", "0"),
        ("1", "1"),
        ("0", "0"),
    ]


def test_old_azure_fast_transcription_has_milliseconds_under_other_names() -> None:
    document = sample("made_azure_fast.json")
    for phrase in document["phrases"]:
        phrase["offset"] = phrase.pop("offsetMilliseconds")
        phrase["duration"] = phrase.pop("durationMilliseconds")
    assert lines(one(document)) == EXPECTED["made_azure_fast.json"][1]


def test_azure_reads_the_input_and_not_the_result_beside_it() -> None:
    document = sample("made_azure_pii_result.json")
    document["analysisInput"] = SAMPLES["azure_conversation_input.json"]["analysisInput"]
    assert lines(one(document)) == EXPECTED["azure_conversation_input.json"][1]


def test_azure_word_timings_are_ticks() -> None:
    document = sample("azure_conversation_input.json")
    item = document["analysisInput"]["conversations"][0]["conversationItems"][0]
    item["audioTimings"] = [
        {"word": "hello", "offset": 400000, "duration": 3200000},
        {"word": "help", "offset": 21000000, "duration": 4000000},
    ]
    item |= {"participantId": "p1", "role": "Customer"}
    first = one(document).segments[0]
    assert (first.role, first.speaker, first.start, first.end) == ("customer", "p1", 0.04, 2.5)


def test_azure_guests_are_numbered_voices_and_no_customers() -> None:
    (call,) = calls_of(source(SAMPLES["made_azure_realtime.json"]))
    assert isinstance(call, Call)
    assert {s.speaker: s.role for s in call.segments}["Guest-1"] != "customer"


def test_transcribe_knows_speakers_by_time_by_item_and_by_channel() -> None:
    document = sample("transcribe_speakers_trim.json")
    results = document["results"]
    assert {s.speaker for s in one(document).segments} == {"spk_0", "spk_1"}
    for segment in results["speaker_labels"]["segments"]:
        segment["items"] = None
    assert lines(one(document)) == EXPECTED["transcribe_speakers_trim.json"][1]
    del results["speaker_labels"]
    assert {s.speaker for s in one(document).segments} == {""}
    for item in results["items"]:
        item["speaker_label"] = "spk_7"
    assert {s.speaker for s in one(document).segments} == {"spk_7"}


def test_transcribe_without_words_gives_its_text() -> None:
    document = {"results": {"transcripts": [{"transcript": "Hello."}]}}
    assert lines(one(document)) == ["unknown - - - - Hello."]


def test_google_reads_the_last_result_alone_only_if_it_repeats_the_others() -> None:
    document = sample("google_diarization_trim.json")
    whole = " ".join(texts(one(document)))
    assert whole.count("There was a day") == 1
    for word in document["results"][-1]["alternatives"][0]["words"]:
        word["speakerTag"] = 0
    document["results"][-1]["alternatives"][0]["transcript"] = "Thank you."
    assert len(one(document).segments) == 3


def test_google_keys_may_be_in_snake_case_and_in_a_response() -> None:
    document = {
        "done": True,
        "response": {
            "results": [
                {
                    "alternatives": [
                        {
                            "words": [
                                {
                                    "word": "Hello",
                                    "start_time": {"seconds": 1, "nanos": 500000000},
                                    "end_time": {"seconds": "2"},
                                    "speaker_tag": 2,
                                }
                            ]
                        }
                    ],
                    "language_code": "en-us",
                }
            ]
        },
    }
    assert lines(one(document)) == ["unknown 2 - 1.5 2 Hello"]


def test_insights_falls_back_on_the_times_of_the_messages() -> None:
    document = sample("made_insights_export.json")
    for segment in document["transcript"]["transcriptSegments"]:
        del segment["words"]
    starts = [0.5, 6.1, 8.3, 11.2, 13.4]
    assert [s.start for s in one(document).segments] == starts
    del document["startTime"]
    assert [s.start for s in one(document).segments] == [round(t - 0.5, 6) for t in starts]


def test_insights_input_counts_microseconds_from_the_first_entry() -> None:
    document = sample("ccai_doc_example.json")
    for entry in document["entries"]:
        entry["start_timestamp_usec"] = str(1_740_821_400_000_000 + entry["start_timestamp_usec"])
    call = one(document)
    assert [s.start for s in call.segments] == [0.0, 4.0]
    assert call.started_at == "2025-03-01T09:30:01+00:00"
    assert when(1_740_821_400_250_000, MICROSECOND) == 1_740_821_400.25


def test_genesys_with_one_agent_and_times_from_zero() -> None:
    document = sample("made_genesys.json")
    zero = document["conversationStartTime"]
    document["participants"].pop()
    for transcript in document["transcripts"]:
        for phrase in transcript["phrases"]:
            phrase["startTimeMs"] = str(phrase["startTimeMs"] - zero)
    call = one(document)
    assert [s.start for s in call.segments] == [4.5, 12.5, 15.2, 19.0, 31.0, 33.6, 36.0]
    assert {s.speaker for s in call.segments} == {"internal", "external"}
    assert call.agent == "u-ann"


def test_genesys_without_agents_in_the_list_takes_nobody_for_a_machine() -> None:
    document = sample("made_genesys.json")
    document["participants"] = document["participants"][:3]
    assert {s.role for s in one(document).segments} == {"agent", "customer"}


def test_genesys_counts_from_the_start_beside_the_transcripts() -> None:
    phrases = [
        {"participantPurpose": side, "text": text, "startTimeMs": 1740821400000 + start}
        for side, text, start in (("internal", "hello", 200), ("external", "hi", 4000))
    ]
    call = one({"startTime": 1740821400000, "transcripts": [{"phrases": phrases}]})
    assert [segment.start for segment in call.segments] == [0.2, 4.0]


def test_genesys_transcript_alone_counts_from_its_own_start() -> None:
    call = one(SAMPLES["made_genesys.json"]["transcripts"][1])
    assert [(s.role, s.speaker, s.start) for s in call.segments] == [
        ("agent", "internal", 0.5),
        ("customer", "external", 3.1),
        ("agent", "internal", 5.5),
    ]


def test_twilio_sentences_alone_have_no_roles() -> None:
    document = sample("made_twilio.json")
    bare = [(s.role, s.speaker, s.start) for s in one(document["sentences"]).segments]
    assert bare[:2] == [("unknown", "1", 0.48), ("unknown", "2", 3.2)]
    camel = [
        {"mediaChannel": "2", "startTime": "1.5", "endTime": 2, "transcript": "Hi.", "sid": "GX1"}
    ]
    assert lines(one({"sentences": camel})) == ["unknown 2 2 1.5 2 Hi."]


def test_gong_without_parties_has_no_roles() -> None:
    document = sample("made_gong.json")
    del document["calls"]
    assert {s.role for s in one(document).segments} == {"unknown"}
    assert one(document["callTranscripts"][0]).call_id == "7782342274025937895"


def test_meet_names_participants_if_they_are_in_the_file() -> None:
    document = sample("made_google_meet.json")
    name = document["transcriptEntries"][0]["participant"]
    document["participants"] = [{"name": name, "signedinUser": {"displayName": "Mara"}}]
    assert one(document).segments[0].speaker == "Mara"


def test_chat_pages_come_newest_first_and_wrap_their_time() -> None:
    document = sample("made_contact_lens_chat.json")
    turns = document["Transcript"]
    page = {"InitialContactId": "1", "Transcript": turns[::-1], "NextToken": "x"}
    assert texts(one(page)) == texts(one(document))
    live = [
        {"Transcript": {**turn, "Time": {"AbsoluteTime": turn.pop("AbsoluteTime")}}}
        for turn in turns
        if turn["Type"] == "MESSAGE"
    ]
    assert texts(one({"Channel": "CHAT", "Status": "COMPLETED", "Segments": live})) == [
        segment.text for segment in one(SAMPLES["made_contact_lens_chat.json"]).segments
    ]


def test_several_records_are_several_calls_and_a_bad_one_is_set_aside() -> None:
    good = SAMPLES["made_call_analytics.json"]
    bad = {**good, "JobStatus": "FAILED"}
    first, second, third = calls_of(source([good, bad, {"a": 1}], "day.json"))
    assert isinstance(first, Call)
    assert first.call_id == "day-1"
    assert str(second).startswith("day.json: record 2: not a finished transcript: ")
    assert str(third).startswith("day.json: record 3: JSON, but not a transcript")


ODD = [None, "", "x", " ", 0, -1, 1e14, "NaN", "inf", True, [], {}, [None], [[]], {"a": 1}, "1:2"]


def paths(node: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every node below one."""
    keys = (
        list(node) if isinstance(node, dict) else range(len(node)) if isinstance(node, list) else ()
    )
    return [way for key in keys for way in [(*path, key), *paths(node[key], (*path, key))]]


WAYS = {file: paths(document) for file, document in SAMPLES.items()}


@settings(max_examples=600)
@given(st.data())
def test_broken_files_give_calls_with_speech_or_a_reason(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(SAMPLES)))
    document = sample(file)
    for _ in range(data.draw(st.integers(1, 4))):
        *way, last = data.draw(st.sampled_from(WAYS[file]))
        node = document
        try:
            for key in way:
                node = node[key]
            if data.draw(st.booleans()):
                node[last] = data.draw(st.sampled_from(ODD))
            else:
                del node[last]
        except (KeyError, IndexError, TypeError):
            continue
    results = list(calls_of(source(document)))
    assert results
    for result in results:
        assert result.reason if isinstance(result, SetAside) else result.segments
