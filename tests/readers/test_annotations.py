"""Files of annotation tools, caption makers and recognisers of words; all samples are ours."""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import SetAside

GOOD, REFUND = "Good morning, Lantern Books.", "I want a refund."
Turn = tuple[str, float | None, float | None, str]
BOTH = [("Agent", 0.1, 2.0, GOOD), ("Customer", 2.1, 4.0, REFUND)]
XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SAMPLES: dict[str, tuple[str, list[Turn]]] = {
    "substation": (
        "[Script Info]\nTitle: x\n\n[V4+ Styles]\nFormat: Name, Fontname\nStyle: Default,Arial\n\n"
        "[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect,Text\n"
        "Dialogue: 0,0:00:02.10,0:00:04.00,Default,Customer,0,0,0,,I want\\Na {\\i1}refund{\\i0}.\n"
        f"Dialogue: 0,0:00:00.10,0:00:02.00,Default,Agent,0,0,0,,{GOOD}\n"
        "Comment: 0,0:00:04.10,0:00:05.00,Default,,0,0,0,,nothing\n",
        BOTH,
    ),
    "sami": (
        "<SAMI>\n<HEAD><TITLE>x</TITLE></HEAD>\n<BODY>\n"
        f"<SYNC Start=100><P Class=ENUSCC>Agent: {GOOD}\n"
        "<SYNC Start=2000><P Class=ENUSCC>&nbsp;\n"
        "<SYNC Start=2100><P Class=ENUSCC>Customer: I want<br>a refund.\n"
        "<SYNC Start=4000><P Class=ENUSCC>&nbsp;\n</BODY></SAMI>\n",
        BOTH,
    ),
    "xml_transcript": (
        f'{XML}<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata">'
        '<head><metadata><ttm:agent xml:id="a1"><ttm:name type="full">Agent</ttm:name></ttm:agent>'
        '</metadata></head><body><div><p begin="00:00:00.100" end="2s" ttm:agent="a1">Good '
        'morning,<br/><span>Lantern</span> Books.</p><p begin="2100ms" dur="1.9s">Customer: I want '
        "a refund.</p></div></body></tt>",
        BOTH,
    ),
    "nist": (
        ';; CATEGORY "0" "" ""\ncall17 A Agent 0.10 2.00 <o,f0,female> Good morning, Lantern '
        "Books.\ncall17 B Customer 2.10 4.00 I want a refund.\n"
        "call17 B inter_segment_gap 4.00 5.00 ignore_time_segment_in_scoring\n",
        BOTH,
    ),
    "gecko": (
        json.dumps(
            {
                "schemaVersion": "2.0",
                "monologues": [
                    {
                        "speaker": {"id": speaker},
                        "start": start,
                        "end": end,
                        "terms": [{"text": part, "start": start} for part in text.split()],
                    }
                    for speaker, start, end, text in BOTH
                ],
            }
        ),
        BOTH,
    ),
}
TRANSCRIBER = f"""{XML}<!DOCTYPE Trans SYSTEM "trans-14.dtd">
<Trans audio_filename="call17" version="1"><Speakers>
<Speaker id="spk1" name="Agent"/><Speaker id="spk2" name="Customer"/></Speakers>
<Episode><Section type="report" startTime="0" endTime="5.0">
<Turn speaker="spk1" startTime="0.1" endTime="2.0"><Sync time="0.1"/>
Good morning,
<Sync time="1.0"/>
Lantern Books.
</Turn>
<Turn speaker="spk1 spk2" startTime="4.0" endTime="5.0"><Sync time="4.0"/>
<Who nb="1"/>
yes
<Who nb="2"/>
thanks
</Turn></Section></Episode></Trans>
"""
ELAN = f"""{XML}<ANNOTATION_DOCUMENT FORMAT="3.0"><HEADER TIME_UNITS="milliseconds"/><TIME_ORDER>
<TIME_SLOT TIME_SLOT_ID="ts1" TIME_VALUE="100"/><TIME_SLOT TIME_SLOT_ID="ts2" TIME_VALUE="2000"/>
<TIME_SLOT TIME_SLOT_ID="ts3" TIME_VALUE="2100"/><TIME_SLOT TIME_SLOT_ID="ts4" TIME_VALUE="4000"/>
</TIME_ORDER><TIER PARTICIPANT="Agent" TIER_ID="A"><ANNOTATION><ALIGNABLE_ANNOTATION
 ANNOTATION_ID="a1" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>{GOOD}
</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER>
<TIER TIER_ID="Customer"><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a2" TIME_SLOT_REF1="ts3"
 TIME_SLOT_REF2="ts4"><ANNOTATION_VALUE>{REFUND}</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>
</ANNOTATION></TIER><TIER TIER_ID="gloss" PARENT_REF="A"><ANNOTATION><ALIGNABLE_ANNOTATION
 ANNOTATION_ID="a3" TIME_SLOT_REF1="ts1" TIME_SLOT_REF2="ts2"><ANNOTATION_VALUE>greeting
</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>
"""
CTM = """call17 A 0.10 0.40 good 0.98
call17 A 0.50 0.50 morning 0.97
call17 B 2.10 0.30 hello 0.9
"""
SCRIBE_WORDS = [("Good", "word", 0.1, "0"), (" ", "spacing", 0.5, "0"), ("day.", "word", 0.5, "0")]
SCRIBE_WORDS += [("(laughs)", "audio_event", 1.5, "1"), ("Hello.", "word", 2.0, "1")]


def only(found: list[Any], by: str) -> list[Turn]:
    """Return the turns of the one call of a file."""
    (call,) = found
    assert isinstance(call, Call), call
    assert call.reading is not None
    assert call.reading.format == by
    return [(s.speaker, s.start, s.end, s.text) for s in call.segments]


@pytest.mark.parametrize("name", SAMPLES)
def test_who_says_what_and_when(name: str, results: Any) -> None:
    text, turns = SAMPLES[name]
    assert only(results(text), name) == turns
    assert only(results("\ufeff" + text.replace("\n", "\r\n")), name) == turns


def test_a_sync_begins_a_sentence_and_two_may_speak_at_once(results: Any) -> None:
    assert only(results(TRANSCRIBER), "xml_transcript") == [
        ("Agent", 0.1, 1.0, "Good morning,"),
        ("Agent", 1.0, 2.0, "Lantern Books."),
        ("Agent", 4.0, 5.0, "yes"),
        ("Customer", 4.0, 5.0, "thanks"),
    ]


def test_a_tier_of_elan_is_a_speaker_and_one_that_explains_it_is_not(results: Any) -> None:
    assert only(results(ELAN), "xml_transcript") == BOTH


def test_frames_and_ticks_of_ttml(results: Any) -> None:
    text = (
        '<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter" '
        'ttp:frameRate="25" ttp:tickRate="1000"><body><div>'
        '<p begin="00:00:01:05" end="00:00:02:00">Agent: Hi.</p>'
        '<p begin="2500t" end="3000t">Customer: Hello.</p></div></body></tt>'
    )
    assert only(results(text), "xml_transcript") == [
        ("Agent", 1.2, 2.0, "Hi."),
        ("Customer", 2.5, 3.0, "Hello."),
    ]


def test_entities_of_xml_are_not_resolved(results: Any) -> None:
    bomb = "".join(f'<!ENTITY a{n} "&a{n - 1};&a{n - 1};">' for n in range(1, 30))
    text = f'<!DOCTYPE Trans SYSTEM "x" [<!ENTITY a0 "ha">{bomb}]><Trans><Turn>&a29;</Turn></Trans>'
    (aside,) = results(XML + text)
    assert isinstance(aside, SetAside)


def test_words_of_ctm_are_sentences_of_a_channel(results: Any) -> None:
    assert only(results(CTM), "nist") == [
        ("A", 0.1, 1.0, "good morning"),
        ("B", 2.1, 2.4, "hello"),
    ]
    both = results(CTM + CTM.replace("call17", "call18"))
    assert [call.call_id for call in both] == ["call17", "call18"]


def test_words_of_scribe_and_their_spacing(results: Any) -> None:
    words = [
        {"text": text, "type": kind, "start": at, "end": at + 0.4, "speaker_id": f"speaker_{who}"}
        for text, kind, at, who in SCRIBE_WORDS
    ]
    document = {"language_code": "eng", "text": "Good day. Hello.", "words": words}
    assert only(results(json.dumps(document)), "elevenlabs") == [
        ("speaker_0", 0.1, 0.9, "Good day."),
        ("speaker_1", 2.0, 2.4, "Hello."),
    ]
    parts = [{**document, "channel_index": 0, "words": words[:3]}]
    parts += [{**document, "channel_index": 1, "words": words[3:]}]
    assert len(only(results(json.dumps({"transcripts": parts})), "elevenlabs")) == 2


def test_tokens_of_soniox_are_joined_as_they_are(results: Any) -> None:
    parts = [("Go", 10, "1"), ("od", 110, "1"), (" day.", 200, "1"), (" It", 900, "1")]
    tokens = [{"text": t, "start_ms": a, "end_ms": a + 90, "speaker": s} for t, a, s in parts]
    assert only(results(json.dumps({"id": "s1", "text": "", "tokens": tokens})), "soniox") == [
        ("1", 0.01, 0.29, "Good day."),
        ("1", 0.9, 0.99, "It"),
    ]


def words_of_recall(said: Turn, dated: bool) -> list[dict[str, Any]]:
    """Return the words of a turn as Recall.ai writes them; the times of the older form are bare."""
    _, start, end, text = said
    first, *rest = text.split()
    times = [{"relative": start, "absolute": "2024-06-14T15:10:05.000Z"}, {"relative": end}]
    begun, done = times if dated else (start, end)
    last = {"text": " ".join(rest), "start_timestamp": None, "end_timestamp": done}
    return [{"text": first, "start_timestamp": begun, "end_timestamp": None}, last]


def test_turns_of_recall_and_their_words(results: Any) -> None:
    parts = [
        {"participant": {"id": 7, "name": said[0], "is_host": True}, "words": words}
        for said in BOTH
        if (words := words_of_recall(said, dated=True))
    ]
    (call,) = found = results(json.dumps({"id": "r1", "transcript": parts}))
    assert only(found, "recall") == BOTH
    assert call.started_at == "2024-06-14T15:10:04+00:00"
    nobody = [{**parts[0], "participant": {"id": 7, "name": None}}]
    assert only(results(json.dumps(nobody)), "recall")[0][0] == "7"


def test_the_older_form_of_recall(results: Any) -> None:
    older = [
        {"speaker": said[0], "speaker_id": 7, "words": words_of_recall(said, dated=False)}
        for said in BOTH
    ]
    assert only(results(json.dumps(older)), "recall") == BOTH


def test_samples_of_otter_are_counted_as_seconds(results: Any) -> None:
    parts = [
        {
            "transcript": text,
            "start_offset": round(start * 16_000),
            "end_offset": round(end * 16_000),
            "speaker_id": number,
            "speaker_model_label": "2",
        }
        for number, (_, start, end, text) in zip((11, None), BOTH, strict=True)
    ]
    people = [{"id": 11, "speaker_name": BOTH[0][0]}]
    speech = {"otid": "o1", "start_time": 1718377805, "speakers": people, "transcripts": parts}
    (call,) = found = results(json.dumps({"status": "OK", "speech": speech}))
    assert only(found, "otter") == [BOTH[0], ("2", *BOTH[1][1:])]
    assert call.started_at == "2024-06-14T15:10:05+00:00"
    assert call.reading.unit == "samples"


@pytest.mark.parametrize(
    "body", ["", "<SYNC Start=1", "<SYNC Start=1>", "<SYNC Start=1><P Class=A>"]
)
def test_a_sami_file_without_captions_is_refused(body: str, results: Any) -> None:
    (aside,) = results(f"<SAMI><BODY>{body}")
    assert isinstance(aside, SetAside)
    assert aside.reason.startswith("empty")


def test_results_of_vosk_are_one_call_however_they_are_written(results: Any) -> None:
    def heard(text: str, start: float) -> dict[str, Any]:
        words = [
            {"conf": 1.0, "start": start + n, "end": start + n + 0.5, "word": word}
            for n, word in enumerate(text.split())
        ]
        return {"result": words, "text": text, "spk": [0.1, -0.2], "spk_frames": 120}

    first, second = heard("good morning", 0.0), heard("hello", 4.0)
    expected = [("", 0.0, 1.5, "good morning"), ("", 4.0, 4.5, "hello")]
    parts: list[dict[str, Any]] = [{"partial": "good"}, first, {"text": ""}, second]
    assert only(results(json.dumps(parts)), "vosk") == expected
    assert only(results("\n".join(map(json.dumps, parts[1:]))), "vosk") == expected
    assert only(results("\n".join(json.dumps(one, indent=2) for one in parts)), "vosk") == expected
    guesses = {"alternatives": [{**first, "confidence": 90.0}, {**second, "confidence": 1.0}]}
    assert only(results(json.dumps(guesses)), "vosk") == expected[:1]
