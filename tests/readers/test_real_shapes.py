"""How files that people really have differ from what is documented; every sample is ours.

Each is written from the structure of such a file, never from its words.
"""

from __future__ import annotations

import json
from typing import Any

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

GOOD, REFUND, SURE, THANKS = "Lantern Books, hello.", "I want a refund.", "Of course.", "Thanks."
HELLO, BACK, WAIT, BYE = "您好，请问有什么可以帮您？", "我要退款。", "请您稍等。", "谢谢。"
Said = tuple[str, str, float | None, float | None, str]


def results(document: Any) -> list[Call | SetAside]:
    """Return what a file gives; anything but text is written as JSON."""
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return list(calls_of(Source("x", text.encode()), Options()))


def read(document: Any, by: str) -> list[list[Said]]:
    """Return what is said in each call of a file: role, speaker, seconds from and to, text."""
    calls = results(document)
    found = []
    for call in calls:
        assert isinstance(call, Call), call
        assert call.reading is not None
        assert call.reading.format == by
        found.append([(s.role, s.speaker, s.start, s.end, s.text) for s in call.segments])
    return found


def people(document: Any, by: str) -> list[tuple[str, str]]:
    """Return speaker and text of the one call of a file."""
    (call,) = read(document, by)
    return [(speaker, text) for _, speaker, _, _, text in call]


def untimed(first: str, second: str) -> list[list[Said]]:
    """Return a Chinese call of two turns without times, by the labels of its speakers."""
    return [[("agent", first, None, None, HELLO), ("customer", second, None, None, BACK)]]


def test_notes_on_a_pair_of_turns_are_nobodys_words():
    row = {"[SPEAKER 1]": HELLO, "[SPEAKER 2]": BACK, "用户意图": "退款", "客服意图": "问候"}
    found = read([{"id": "7", "content": [row]}], "paired_turns")
    assert found == untimed("[SPEAKER 1]", "[SPEAKER 2]")
    row = {"客服": HELLO, "客户": BACK, "客服意图": "问候", "user_id": "u1"}
    assert read([{"id": "7", "content": [row]}], "paired_turns") == untimed("客服", "客户")


def test_ids_beside_a_name_are_no_speakers():
    lines = [
        {"contact": "Ann", "content": GOOD, "name": "Ann", "type": "transcript", "user_id": "1"},
        {"content": REFUND, "name": "Bob", "type": "transcript"},
        {"content": "joy", "name": "positive_sentiment", "type": "moment"},
    ]
    document = {"call_id": "5", "lines": lines}
    assert people(document, "json_turns") == [("Ann", GOOD), ("Bob", REFUND)]


def test_parts_of_a_second_are_no_milliseconds():
    said = [
        {"start_time": 0.5, "end_time": 2.25, "text": GOOD, "participant_type": "internal"},
        {"start_time": 2.5, "end_time": 4.0, "text": REFUND, "participant_type": "external"},
    ]
    (call,) = read({"transcription": {"content": {"utterances": said}}}, "json_turns")
    assert [(role, start, end) for role, _, start, end, _ in call] == [
        ("agent", 0.5, 2.25),
        ("customer", 2.5, 4.0),
    ]


def test_a_date_is_no_end_of_a_turn_that_counts_from_the_start():
    said = [
        {"role": "bot", "message": GOOD, "secondsFromStart": 1.0, "endTime": 1735689603000},
        {"role": "user", "message": REFUND, "secondsFromStart": 4.5, "endTime": 1735689606000},
    ]
    (call,) = read({"id": "c1", "messages": said}, "json_turns")
    assert [(start, end) for _, _, start, end, _ in call] == [(1.0, None), (4.5, None)]


def test_who_speaks_when_is_no_transcript():
    rows = "SPEAKER c1 1 0.10 1.30 <NA> <NA> spk0 <NA> <NA>\n"
    (aside,) = results(rows + rows.replace("0.10", "2.10").replace("spk0", "spk1"))
    assert isinstance(aside, SetAside)
    assert aside.reason == "a timeline of who speaks when, without words"


def test_numbers_that_never_go_on_are_no_times():
    (aside,) = results(f"001\tU1\t0\t0\t0\t{BACK}\n001\tU1\t1\t0\t0\t{HELLO}\n")
    assert isinstance(aside, SetAside)
    assert "no text column" in aside.reason


def test_a_phrase_of_words_alone():
    phrases = [
        {"participantPurpose": "agent", "words": [{"word": word} for word in GOOD.split()]},
        {"participantPurpose": "customer", "words": [{"word": word} for word in REFUND.split()]},
    ]
    document = {"transcripts": [{"phrases": phrases}]}
    assert people(document, "genesys") == [("agent", GOOD), ("customer", REFUND)]


@pytest.mark.parametrize("kind", ["transcript", "analysis_info"])
def test_a_vcon_whose_analysis_is_a_list_of_messages(kind: str):
    said = [{"speaker": "Agent", "message": GOOD}, {"speaker": "Customer", "message": REFUND}]
    analysis = [{"type": kind, "dialog": 0, "encoding": "none", "body": said}]
    dialog = [{"type": "recording", "start": "2024-06-14T15:10:05Z", "parties": [0, 1]}]
    document = {"vcon": "0.0.1", "uuid": "u", "parties": [], "dialog": dialog, "analysis": analysis}
    assert people(document, "vcon") == [("Agent", GOOD), ("Customer", REFUND)]


def test_what_software_writes_below_and_above_a_transcript_is_no_turn():
    text = (
        "Jun 14, 2024\nSupport call - Transcript\n\n00:00:00\n \n"
        f"Dana Lee: {GOOD}\nSam Ortiz: {REFUND}\nDana Lee: {SURE}\nSam Ortiz: {THANKS}\n\n"
        "Transcription ended after 00:00:40\nThis editable transcript was computer generated and "
        "might contain errors. People can also change the text after it was created.\n"
    )
    assert people(text, "plain_text") == [
        ("Dana Lee", GOOD),
        ("Sam Ortiz", REFUND),
        ("Dana Lee", SURE),
        ("Sam Ortiz", THANKS),
    ]


@pytest.mark.parametrize(
    "heading", ["【第{}轮】\n", "第{}轮 ", "--- 第{}轮对话 ---\n", "第{}轮：\n"]
)
def test_headings_of_rounds_are_nobodys_words(heading: str):
    text = "".join(
        f"{heading.format(number)}{line}\n"
        for number, line in enumerate([f"客服：{HELLO}", f"客户：{BACK}"], 1)
    )
    assert read(text, "plain_text") == untimed("客服", "客户")


@pytest.mark.parametrize("head", ["{0}(2026-01-05 10:30:{1}):", "{0}  2026-1-5 10:30:{1}"])
def test_accounts_of_a_shop_have_a_colon(head: str):
    shop, buyer = "灯笼书店:小美", "tb17"
    rows = [(shop, "05", HELLO), (buyer, "12", BACK), (shop, "19", WAIT), (buyer, "26", BYE)]
    text = "".join(f"{head.format(who, when)}\n{said}\n" for who, when, said in rows)
    (call,) = read(text, "plain_text")
    assert [(speaker, start, said) for _, speaker, start, _, said in call] == [
        (shop, 0.0, HELLO),
        (buyer, 7.0, BACK),
        (shop, 14.0, WAIT),
        (buyer, 21.0, BYE),
    ]


def test_a_bar_stands_between_a_time_and_a_name():
    said = [("Dana", GOOD), ("Sam", REFUND), ("Dana", SURE), ("Sam", THANKS)]
    below = "".join(f"0:0{at} | {who}\n{text}\n\n" for at, (who, text) in enumerate(said, 1))
    assert people(f"Support call\n\n{below}", "chat_log") == said
    beside = "".join(f"10:30 AM | {who}: {text}\n" for who, text in said)
    assert people(beside, "plain_text") == said


@pytest.mark.parametrize(
    ("agent", "customer"),
    [
        ("催收员", "借款人"),
        ("理财顾问", "客人"),
        ("Live Agent", "Cust"),
        ("Tech Support", "Shopper"),
    ],
)
def test_words_for_the_two_sides(agent: str, customer: str):
    assert read(f"{agent}：{HELLO}\n{customer}：{BACK}\n", "plain_text") == untimed(agent, customer)


def test_fields_of_a_call_are_nobodys_words():
    head = "Support Call - June 14\nAgent Name: Dana\nCustomer Name: Sam\nCustomer Email: -\n"
    text = f"{head}Support Team: 1\n\nAgent: {GOOD}\nCustomer: {REFUND}\nAgent: {SURE}\n"
    assert people(text, "plain_text") == [("Agent", GOOD), ("Customer", REFUND), ("Agent", SURE)]
    text = f"客服态度：好\n客服评分：5\n客服：{HELLO}\n客户：{BACK}\n"
    assert read(text, "plain_text") == untimed("客服", "客户")


TALKS = [f"Agent: {GOOD}\nCustomer: {REFUND}", f"Agent: {SURE}\nCustomer: {THANKS}"]
NAMED = "#Person1#: {}\n#Person2#: {}\n#Person1#: {}\n#Person2#: {}"


@pytest.mark.parametrize("columns", ["id,transcript", "transcript", "id,conversation,summary"])
def test_calls_in_quotes_are_a_table_and_no_plain_text(columns: str):
    names = columns.split(",")
    rows = [columns]
    for number, talk in enumerate(TALKS, 1):
        cells = {"id": str(number), "summary": "refund"}
        rows.append(",".join(cells.get(name, f'"{talk}"') for name in names))
    first, second = read("\n".join(rows), "csv_table")
    assert [text for *_, text in first] == [GOOD, REFUND]
    assert [text for *_, text in second] == [SURE, THANKS]


def test_a_row_a_call_is_named_by_its_id():
    rows = "".join(f'c{number},"{talk}"\n' for number, talk in enumerate(TALKS, 1))
    calls = results(f"id,dialogue\n{rows}")
    assert [one.call_id for one in calls if isinstance(one, Call)] == ["c1", "c2"]


def test_calls_of_names_in_quotes():
    talk = NAMED.format(GOOD, REFUND, SURE, THANKS)
    rows = "".join(f'{number},"{talk}",books\n' for number in (1, 2))
    first, second = read(f"id,dialogue,topic\n{rows}", "csv_table")
    assert first == second
    assert [speaker for _, speaker, *_ in first] == ["#Person1#", "#Person2#"] * 2
    short = f'1,"#Person1#: {GOOD}\n#Person2#: {REFUND}",books\n'
    (aside,) = results(f"id,dialogue,topic\n{short}")
    assert isinstance(aside, SetAside)
    assert "without speaker labels" in aside.reason


def test_names_take_turns_in_a_text_of_json():
    talk = f"Amanda: {GOOD}\r\nJerry: {REFUND}\r\nAmanda: {SURE}\r\nJerry: {THANKS}"
    (call,) = read([{"id": "13", "summary": "books", "dialogue": talk}], "json_text")
    assert [(speaker, text) for _, speaker, _, _, text in call] == [
        ("Amanda", GOOD),
        ("Jerry", REFUND),
        ("Amanda", SURE),
        ("Jerry", THANKS),
    ]
    (aside,) = results([{"id": "13", "summary": talk}])
    assert isinstance(aside, SetAside)


def test_a_list_of_html_in_json():
    page = (
        f"<li start=1200 end=3400 emotion=5.0 speed=4.0 >坐席：{HELLO}</li>"
        '<li start=0 silence=6  class="silences"  > 6S. </li>'
        f"<li start=9500 end=11000 emotion=6.0 speed=3.0 >客户：{BACK}</li>"
    )
    assert read({"callId": "x1", "custFirst": BACK, "allContent": page}, "json_text") == [
        [("agent", "坐席", 1.2, 3.4, HELLO), ("customer", "客户", 9.5, 11.0, BACK)]
    ]


@pytest.mark.parametrize(
    "header",
    ["对话ID,发言角色,消息文本", "call sid,speaker type,message text", "ucid,发送者类型,话语"],
)
def test_headers_people_have(header: str):
    rows = f"A1,agent,{GOOD}\nA1,customer,{REFUND}\n".replace(GOOD, f'"{GOOD}"')
    (call,) = read(f"{header}\n{rows}", "csv_table")
    assert [(role, text) for role, *_, text in call] == [("agent", GOOD), ("customer", REFUND)]


@pytest.mark.parametrize(
    ("first", "second", "names"),
    [
        ("--- Call 1 ---", "--- Call 2 ---", ["x-1", "x-2"]),
        ("通话一", "通话二", ["x-一", "x-二"]),
        ("## Conversation 1: books", "## Conversation 2: lanterns", ["x-1", "x-2"]),
        ("【第1通电话】", "【第2通电话】", ["x-1", "x-2"]),
        ("通话ID：A7\n坐席：8001", "通话ID：A8\n坐席：8002", ["A7", "A8"]),
        ("# Samples\n\nCall ID: A7", "Call ID: A8", ["A7", "A8"]),
    ],
)
def test_several_calls_in_one_text(first: str, second: str, names: list[str]):
    text = f"{first}\n\n客服：{HELLO}\n客户：{BACK}\n\n{second}\n\n客服：{WAIT}\n客户：{BYE}\n"
    calls = [one for one in results(text) if isinstance(one, Call)]
    assert [one.call_id for one in calls] == names
    said = [[(s.role, s.text) for s in one.segments] for one in calls]
    assert said == [
        [("agent", HELLO), ("customer", BACK)],
        [("agent", WAIT), ("customer", BYE)],
    ]
    lines = [row[3:] for row in text.split("\n")]
    assert [s.line for s in calls[1].segments] == [lines.index(WAIT) + 1, lines.index(BYE) + 1]


@pytest.mark.parametrize(
    "text",
    [
        f"Call 1\n客服：{HELLO}\n客户：{BACK}\nCall 1\n客服：{WAIT}\n",
        f"客服：{HELLO}\n通话1\n客户：{BACK}\n通话2\n客服：{WAIT}\n",
        f"通话ID：A7\n会话ID：B7\n客服：{HELLO}\n客户：{BACK}\n客服：{WAIT}\n",
    ],
)
def test_a_heading_in_the_middle_does_not_cut_a_call(text: str):
    (call,) = results(text)
    assert isinstance(call, Call)
    assert len(call.segments) == 3


def test_json_with_remarks_on_several_lines():
    rows = [
        '{ "Channel": "VOICE", // or CHAT',
        '  "Participants": [{"ParticipantId": "A", "ParticipantRole": "AGENT"},],',
        f'  "Transcript": [{{"ParticipantId": "A", "Content": "{GOOD}", /* … */',
        '    "BeginOffsetMillis": 0, "EndOffsetMillis": 900}]',
        "}",
    ]
    for text in ("\n".join(rows), "\n".join(["{", rows[0][1:], *rows[1:]])):
        assert read(text, "amazon_contact_lens") == [[("agent", "A", 0.0, 0.9, GOOD)]]


def test_version_2_of_azures_batch():
    best = {"Confidence": 0.9, "Lexical": "x", "Display": GOOD}
    one = {"RecognitionStatus": "Success", "ChannelNumber": "0", "NBest": [best]}
    segment = {**one, "Offset": 700_000, "Duration": 15_900_000}
    document = {"AudioFileResults": [{"AudioFileName": "a.wav", "SegmentResults": [segment]}]}
    assert read(document, "azure_realtime") == [[("unknown", "0", 0.07, 1.66, GOOD)]]


def test_paragraphs_whose_words_say_who_speaks():
    def word(text: str, at: int, speaker: str) -> dict[str, Any]:
        return {"text": text, "start": at, "end": at + 400, "speaker": speaker}

    words = [word("Lantern", 0, "A"), word("Books.", 500, "A"), word("Hi.", 1000, "B")]
    alone = {"text": "Bye.", "start": 3000, "end": 3400, "words": [word("Bye.", 3000, "A")]}
    mixed = {"text": "Lantern Books. Hi.", "start": 0, "end": 1400, "words": words}
    document = {"paragraphs": [mixed, alone], "id": "p", "audio_duration": 9}
    assert read(document, "assemblyai") == [
        [
            ("unknown", "A", 0.0, 0.9, "Lantern Books."),
            ("unknown", "B", 1.0, 1.4, "Hi."),
            ("unknown", "A", 3.0, 3.4, "Bye."),
        ]
    ]


def test_utterances_in_seconds_are_no_milliseconds():
    said = [
        {"start": 0.4, "end": 1.5, "confidence": 0.9, "speaker": 0, "words": [], "text": GOOD},
        {"start": 2.4, "end": 3.5, "confidence": 0.9, "speaker": 1, "words": [], "text": REFUND},
    ]
    (call,) = read({"result": {"transcription": {"utterances": said}}}, "json_turns")
    assert [(start, end) for _, _, start, end, _ in call] == [(0.4, 1.5), (2.4, 3.5)]


@pytest.mark.parametrize("name", ["speaker_segments", "conversational_transcript"])
def test_lists_of_turns_by_other_names(name: str):
    said = [
        {"speaker": "S0", "phrase": GOOD, "stime": 0.5, "etime": 2.0},
        {"speaker": "S1", "phrase": REFUND, "stime": 2.5, "etime": 3.0},
    ]
    (call,) = read({"text": "…", name: said}, "json_turns")
    assert [turn[1:] for turn in call] == [("S0", 0.5, 2.0, GOOD), ("S1", 2.5, 3.0, REFUND)]


def test_clock_seconds_are_what_is_written():
    text = f"1\n00:01:59,766 --> 00:02:00,100\nAgent: {GOOD}\n\n2\n00:02:01,000 --> 00:02:02,300\n"
    (call,) = read(f"{text}Customer: {REFUND}\n", "srt")
    assert [(start, end) for _, _, start, end, _ in call] == [(119.766, 120.1), (121.0, 122.3)]


def test_one_live_message_kept_alone():
    def word(text: str, at: float, speaker: str) -> dict[str, Any]:
        said = {"content": text, "confidence": 1.0, "language": "en", "speaker": speaker}
        return {"type": "word", "start_time": at, "end_time": at + 0.4, "alternatives": [said]}

    words = [word("Hello", 0.5, "S1"), word("Refund", 2.0, "S2")]
    document = {"message": "AddTranscript", "format": "2.9", "results": words}
    document["metadata"] = {"transcript": "Hello Refund", "start_time": 0.5, "end_time": 2.4}
    assert people(document, "speechmatics") == [("S1", "Hello"), ("S2", "Refund")]


def test_channels_are_the_speakers_where_no_word_is_tagged():
    def result(channel: int, at: str, till: str, text: str) -> dict[str, Any]:
        words = [{"startTime": at, "endTime": till, "word": text}]
        said = {"transcript": text, "confidence": 0.9, "words": words}
        return {"alternatives": [said], "channelTag": channel, "resultEndTime": till}

    document = {"results": [result(1, "0.5s", "1s", "Hello"), result(2, "1.5s", "2s", "Refund")]}
    assert [name for name, _ in people(document, "google_speech")] == ["1", "2"]


def test_the_title_of_a_label_is_not_cut_off():
    text = f"PA Agent: {GOOD}\nMember: {REFUND}\nPA Agent: {SURE}\nMember: {THANKS}\n"
    assert [said for _, said in people(text, "plain_text")] == [GOOD, REFUND, SURE, THANKS]


@pytest.mark.parametrize("mark", ['"""', "'''", "```", "```text"])
def test_quotes_around_a_transcript_are_no_speech(mark: str):
    lines = f"Agent: {GOOD}\nCustomer: {REFUND}\nAgent: {SURE}\nCustomer: {THANKS}"
    text = f"{mark}\n{lines}\n{mark[:3]}\n"
    assert [said for _, said in people(text, "plain_text")] == [GOOD, REFUND, SURE, THANKS]


def test_a_transcript_id_names_the_call():
    rows = "".join(f"T{n},agent,{GOOD}\nT{n},customer,{REFUND}\n" for n in (1, 2))
    calls = results(f"transcript_id,speaker,text\n{rows}")
    assert [call.call_id for call in calls if isinstance(call, Call)] == ["T1", "T2"]


@pytest.mark.parametrize(
    ("staff", "caller"),
    [
        ("Life Insurance Agent", "Prospective Client"),
        ("Senior Support Agent (Dana)", "Unhappy Customer"),
        ("PA Agent", "Potential Buyer"),
    ],
)
def test_words_before_a_role_word_belong_to_the_label(staff: str, caller: str):
    text = f"{staff}: {GOOD}\n{caller}: {REFUND}\n{staff}: {SURE}\n{caller}: {THANKS}\n"
    (call,) = read(text, "plain_text")
    assert [(role, name, said) for role, name, _, _, said in call] == [
        ("agent", staff, GOOD),
        ("customer", caller, REFUND),
        ("agent", staff, SURE),
        ("customer", caller, THANKS),
    ]


@pytest.mark.parametrize("word", ["Thanks", "Hello", "Okay"])
def test_what_is_said_before_a_role_word_does_not(word: str):
    text = f"Customer: {REFUND} So\n{word} Agent: {SURE}\nCustomer: {THANKS}\n"
    assert people(text, "plain_text") == [
        ("Customer", f"{REFUND} So {word}"),
        ("Agent", SURE),
        ("Customer", THANKS),
    ]


def test_numbered_speakers_with_the_word_twice():
    one, two = "Speaker SPEAKER_00", "Speaker SPEAKER_01"
    text = f"{one}:  {GOOD}\n{one}: {SURE}\n{two}: {REFUND}\n{two}:  {THANKS}\n{one}: Bye.\n"
    assert [name for name, _ in people(text, "plain_text")] == [one, one, two, two, one]


def test_bars_between_date_name_and_words():
    day = "2024-06-18 09:00:"
    text = f"{day}02 | Agent | {GOOD}\n{day}10 | Customer | {REFUND}\n{day}14 | Agent | {SURE}\n"
    assert read(text, "plain_text") == [
        [
            ("agent", "Agent", 0.0, None, GOOD),
            ("customer", "Customer", 8.0, None, REFUND),
            ("agent", "Agent", 12.0, None, SURE),
        ]
    ]


@pytest.mark.parametrize(("one", "two"), [("Dana Lee", "Jo"), ("张经理", "李工")])
def test_names_in_brackets_without_a_colon(one: str, two: str):
    text = f"[{one}] {GOOD}\n\n[{two}] {REFUND}\n\n[{one}] {SURE}\n\n[{two}] {THANKS}\n"
    assert people(text, "plain_text") == [(one, GOOD), (two, REFUND), (one, SURE), (two, THANKS)]


@pytest.mark.parametrize(("one", "two"), [("main", "worker"), ("OK", "FAILED"), ("标题", "内容")])
def test_other_words_in_brackets_are_nobody(one: str, two: str):
    text = f"[{one}] {GOOD}\n[{two}] {REFUND}\n[{one}] {SURE}\n[{two}] {THANKS}\n"
    (found,) = results(text)
    assert isinstance(found, SetAside)


def test_the_way_of_messages_says_who_wrote_them():
    rows = f"7,m1,outbound,{GOOD}\n7,m2,inbound,{REFUND}\n8,m3,inbound,Hi.\n8,m4,outbound,{SURE}\n"
    calls = read(f"opportunity_id,message_id,type,text\n{rows}", "csv_table")
    assert [[turn[0] for turn in call] for call in calls] == [
        ["agent", "customer"],
        ["customer", "agent"],
    ]


def test_the_way_of_a_call_does_not():
    rows = f"7,outbound,{GOOD}\n7,outbound,{REFUND}\n8,inbound,Hi.\n8,inbound,{SURE}\n"
    calls = read(f"call_id,direction,text\n{rows}", "csv_table")
    assert {turn[0] for call in calls for turn in call} == {"unknown"}


def test_utterances_with_speakers_go_before_segments():
    said = [
        {"start": 1.4, "end": 2.5, "speaker": "SPEAKER_02", "text": GOOD},
        {"start": 2.6, "end": 5.0, "speaker": "SPEAKER_01", "text": REFUND},
    ]
    merged = {"start": 1.4, "end": 5.0, "speaker": "SPEAKER_02", "text": f"{GOOD} {REFUND}"}
    document = {"language": "en", "input": "a.wav", "utterances": said, "segments": [merged]}
    (call,) = read(document, "json_turns")
    assert [turn[1:] for turn in call] == [
        ("SPEAKER_02", 1.4, 2.5, GOOD),
        ("SPEAKER_01", 2.6, 5.0, REFUND),
    ]


def test_tracks_without_words_are_no_speech():
    first = "[ 00:00:00.030 -->  00:00:00.824] A SPEAKER_02"
    (found,) = results(f"{first}\n[ 00:00:01.127 -->  00:00:03.034] B SPEAKER_01\n")
    assert isinstance(found, SetAside)
    assert found.reason == "a timeline of who speaks when, without words"


def test_words_before_the_first_label_of_a_cell_are_said():
    said = f"Harbour line, what is the matter? Caller: {REFUND} Dispatcher: {SURE}"
    (call,) = read(f'Transcription,Call Type\n"{said}",Fire\n', "csv_table")
    assert [(role, name, text) for role, name, _, _, text in call] == [
        ("unknown", "", "Harbour line, what is the matter?"),
        ("customer", "Caller", REFUND),
        ("agent", "Dispatcher", SURE),
    ]


def test_lines_before_the_first_speaker_of_a_cell_are_told():
    rows = f'1,"Call of Monday\nAgent: {GOOD}\nCustomer: {REFUND}"\n'
    (call,) = results(f"id,transcript\n{rows}")
    assert isinstance(call, Call)
    assert call.notes == ("line 1 before the first speaker not read as speech",)


def test_conversations_in_brackets_under_a_header_nobody_knows():
    said = f"[Prospect]: {REFUND} [Rep]: {SURE}"
    rows = "".join(f"{n},17,closing,{said}\n" for n in range(2))
    calls = read(f"call_id,rep_id,stage,transcript_snippet\n{rows}", "csv_table")
    assert [[(role, text) for role, *_, text in call] for call in calls] == [
        [("customer", REFUND), ("agent", SURE)]
    ] * 2


@pytest.mark.parametrize(
    ("staff", "caller"),
    [("[Agent]:", "[Customer]:"), ("**Agent:**", "**Customer:**"), ("【客服】：", "【客户】：")],
)
def test_labels_in_brackets_or_stars_on_one_line(staff: str, caller: str):
    text = f"{staff} {GOOD} {caller} {REFUND} {staff} {SURE}\n"
    (call,) = read(text, "plain_text")
    assert [(role, said) for role, *_, said in call] == [
        ("agent", GOOD),
        ("customer", REFUND),
        ("agent", SURE),
    ]


def test_a_name_before_a_role_in_brackets_stays_with_it():
    staff, caller = "Dana Roe [Agent]", "Lee Hu [Customer]"
    text = f"{staff}: {GOOD}\n{caller}: {REFUND}\n{staff}: {SURE}\n"
    assert people(text, "plain_text") == [(staff, GOOD), (caller, REFUND), (staff, SURE)]


def test_labels_in_capitals_beside_such_roles_are_speakers_too():
    text = f"CALL ID: 77\nSITE: north\nMEMBER: {REFUND}\nGREETER: {SURE}\nMEMBER: {THANKS}\n"
    assert people(text, "plain_text") == [("MEMBER", REFUND), ("GREETER", SURE), ("MEMBER", THANKS)]


def test_an_article_is_no_part_of_a_role():
    text = f"the prospect (rest_1): {REFUND}\nrep_03: {SURE}\nthe prospect (rest_1): {THANKS}\n"
    (call,) = read(text, "plain_text")
    assert [role for role, *_ in call] == ["customer", "agent", "customer"]


@pytest.mark.parametrize(
    "head",
    [
        "Call ID: 77\nDate: 2024-01-02\nAgent: Dana Lee\nCustomer: Jo Roe\n\n",
        "Agent: Dana Lee\nCustomer: Jo Roe\nDate: 2024-01-02\nDuration: 5:00\n\n",
        "Agent: Dana Lee\nCustomer: Jo Roe\nDuration: 5:00\n",
    ],
)
def test_a_head_that_names_who_speaks_is_no_speech(head: str):
    text = f"{head}Agent: {GOOD}\nCustomer: {REFUND}\nAgent: {SURE}\n"
    assert people(text, "plain_text") == [("Agent", GOOD), ("Customer", REFUND), ("Agent", SURE)]


def test_a_chinese_head_that_names_who_speaks_is_no_speech():
    head = "客服：王小明\n客户：李女士\n通话时间：2024-01-02 10:00\n\n"
    text = f"{head}客服：{HELLO}\n客户：{BACK}\n客服：{WAIT}\n"
    assert people(text, "plain_text") == [("客服", HELLO), ("客户", BACK), ("客服", WAIT)]


def test_a_head_says_who_has_which_role():
    lines = f"Sarah: {GOOD}\nJohn: {REFUND}\nSarah: {SURE}\nJohn: {THANKS}\n"
    (call,) = read(f"Support call\nAgent: Sarah\nCustomer: John\n---\n{lines}", "plain_text")
    assert [(role, name) for role, name, *_ in call] == [
        ("agent", "Sarah"),
        ("customer", "John"),
    ] * 2


@pytest.mark.parametrize("head", ["", "Call ID: 77\n"])
def test_short_turns_are_no_head(head: str):
    text = f"{head}Agent: Harbour Books\nCustomer: Refund\nAgent: {SURE}\nCustomer: {THANKS}\n"
    assert [said for _, said in people(text, "plain_text")] == [
        "Harbour Books",
        "Refund",
        SURE,
        THANKS,
    ]


def test_a_timed_line_of_somebody_who_is_not_known_is_a_turn(results) -> None:
    (call,) = results("[0.0-3.1] 客服：您好\n[3.4] 客户：你好\n[9.0] 说话人：[00:12] 记一下\n")
    assert [one.text for one in call.segments] == ["您好", "你好", "[00:12] 记一下"]
    (call,) = results("说话人：张三\n客服：您好\n客户：你好\n")
    assert [one.role for one in call.segments] == ["agent", "customer"]


def test_a_change_of_speakers_begins_a_turn_of_nobody_known():
    words = [{"type": "word", "alternatives": [{"content": part}]} for part in (GOOD, REFUND)]
    results = [words[0], {"type": "speaker_change", "score": 0.8}, words[1]]
    found = read({"format": "2.4", "job": {"duration": 9}, "results": results}, "speechmatics")
    assert [(speaker, text) for _, speaker, _, _, text in found[0]] == [("", GOOD), ("", REFUND)]


def test_live_messages_of_funasr_one_a_line_are_one_call():
    guess = {"mode": "2pass-online", "wav_name": "mic", "is_final": False}
    told = {"mode": "2pass-offline", "wav_name": "mic", "is_final": True}
    messages = [{**guess, "text": "您"}, {**told, "text": HELLO}, {**guess, "text": "我"}]
    messages.append({**told, "text": BACK})
    lines = "\n".join(json.dumps(one, ensure_ascii=False) for one in messages)
    assert people(lines, "funasr") == [("", HELLO), ("", BACK)]
    sentences = [
        {"text": HELLO, "start": 0, "end": 2100, "spk": 0},
        {"text": BACK, "start": 2500, "end": 3600, "spk": 1},
    ]
    (call,) = read("\n".join(map(json.dumps, sentences)), "funasr")
    assert [said[2:4] for said in call] == [(0.0, 2.1), (2.5, 3.6)]


@pytest.mark.parametrize("code", [0, 10110])
def test_the_message_of_an_answer_is_no_speech(code: int):
    answer = {"code": code, "message": "no licence found", "sid": "iat17", "data": None}
    (aside,) = results(answer)
    assert isinstance(aside, SetAside)


def test_heads_of_speechmatics_in_a_text():
    text = f"SPEAKER: S1\n{GOOD}\n\nSPEAKER: S2\n{REFUND}\n\nSPEAKER: S1\n{SURE}\n"
    assert people(text, "plain_text") == [("S1", GOOD), ("S2", REFUND), ("S1", SURE)]


def test_snippets_of_webex_last_some_milliseconds():
    said = [("Ann", GOOD, 500, 1500), ("Bob", REFUND, 2500, 1100), ("Ann", SURE, 4000, 800)]
    items = [
        {
            "id": f"19_{number}",
            "transcriptId": "t1",
            "text": text,
            "personName": name,
            "personEmail": "somebody@example.com",
            "offsetMillisecond": start,
            "durationMillisecond": length,
        }
        for number, (name, text, start, length) in enumerate(said)
    ]
    (call,) = read({"items": items}, "json_turns")
    assert [one[1:4] for one in call] == [
        ("Ann", 0.5, 2.0),
        ("Bob", 2.5, 3.6),
        ("Ann", 4.0, 4.8),
    ]


def test_the_name_of_a_resource_is_nobodys():
    sides = (("HUMAN_AGENT", GOOD, "01"), ("END_USER", REFUND, "05"))
    messages = [
        {
            "name": f"projects/p/conversations/c/messages/m{second}",
            "content": text,
            "participant": f"P-{role}",
            "participantRole": role,
            "createTime": f"2024-06-14T15:10:{second}.25Z",
        }
        for role, text, second in sides
    ]
    assert read({"messages": messages}, "json_turns") == [
        [
            ("agent", "P-HUMAN_AGENT", 0.0, None, GOOD),
            ("customer", "P-END_USER", 4.0, None, REFUND),
        ]
    ]


def test_roles_somebody_gave_to_utterances_of_assemblyai_are_read():
    said = [("A", "Customer", REFUND, 500, 1900), ("B", "Agent", SURE, 2100, 2900)]
    utterances = [
        {
            "speaker": speaker,
            "speakerRole": role,
            "text": text,
            "start": start,
            "end": end,
            "confidence": 0.9,
            "words": [{"text": "I", "start": start, "end": end, "confidence": 0.9}],
        }
        for speaker, role, text, start, end in said
    ]
    (call,) = read({"contact_id": "c9", "speaker_data": utterances}, "json_turns")
    assert [one[:4] for one in call] == [("customer", "A", 0.5, 1.9), ("agent", "B", 2.1, 2.9)]


@pytest.mark.parametrize(
    "mark",
    [
        "--- End of transcript ---",
        "[Call ended]",
        "(call ended)",
        "*** End of call ***",
        "（通话结束）",
        "【录音已结束】",
        "=====对话结束=====",
    ],
)
def test_the_mark_at_the_end_of_a_transcript_is_no_speech(mark: str):
    text = f"Agent: {GOOD}\nCustomer: {REFUND}\n{mark}\n"
    assert people(text, "plain_text") == [("Agent", GOOD), ("Customer", REFUND)]


@pytest.mark.parametrize(
    ("foot", "duration", "notes"),
    [
        ("\nCall duration: 05:12", "312", ()),
        ("Call duration: 05:12", "312", ()),
        ("\n通话时长：05分12秒", "312", ()),
        (
            "\nDuration: 62\n\nSummary: She wants a refund,\nand is sad.\nSentiment: negative",
            "62",
            ("lines 6, 7, 8 below the conversation not read as speech",),
        ),
    ],
)
def test_what_is_written_below_a_conversation_is_no_speech(
    foot: str, duration: str, notes: tuple[str, ...]
):
    (call,) = results(f"Agent: {GOOD}\nCustomer: {REFUND}\n{foot}\n")
    assert isinstance(call, Call)
    assert [said.text for said in call.segments] == [GOOD, REFUND]
    assert call.metadata["duration"] == duration
    assert call.notes == notes


def test_words_with_a_colon_on_the_last_lines_are_said():
    text = f"Agent: {GOOD}\nCustomer: {REFUND}\nSummary: all is lost.\n\nMy order: 17.\n"
    assert people(text, "plain_text")[1] == (
        "Customer",
        f"{REFUND} Summary: all is lost. My order: 17.",
    )


def test_roles_in_angles_on_one_line():
    text = f"<Agent>: {GOOD} <Customer>: {REFUND} <Agent>: {SURE}"
    assert people(text, "plain_text") == [("Agent", GOOD), ("Customer", REFUND), ("Agent", SURE)]


@pytest.mark.parametrize(("one", "two"), [("张三", "李四"), ("Ann Lee", "Bob")])
def test_a_time_in_brackets_stands_between_a_name_and_its_colon(one: str, two: str):
    text = f"{one}(00:00:03): {GOOD}\n{two}(00:00:09)：{REFUND}\n{one} (00:00:12): {SURE}\n"
    (call,) = read(text, "plain_text")
    assert [said[1:3] for said in call] == [(one, 3.0), (two, 9.0), (one, 12.0)]


def test_a_time_before_a_colon_is_no_speaker_beside_known_ones():
    text = f"Agent: {GOOD}\nCustomer: {REFUND}\nMonday (10:30): too late.\nAgent: {SURE}\n"
    assert people(text, "plain_text")[1] == ("Customer", f"{REFUND} Monday (10:30): too late.")


@pytest.mark.parametrize(
    "rows",
    [
        [
            ("坐席", HELLO, "0.34", "2.1"),
            ("客户", BACK, "2.5", "4.1"),
            ("坐席", WAIT, "4.5", "6.1"),
        ],
        [
            ("0.34", "2.1", "坐席", HELLO),
            ("2.5", "4.1", "客户", BACK),
            ("4.5", "6.1", "坐席", WAIT),
        ],
        [
            ("1", "坐席", "0.34", "2.1", HELLO),
            ("2", "客户", "2.5", "4.1", BACK),
            ("3", "坐席", "4.5", "6.1", WAIT),
        ],
    ],
)
def test_columns_without_a_header_are_told_by_what_stands_in_them(rows: list[tuple[str, ...]]):
    document = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    (call,) = read(document, "csv_table")
    assert call == [
        ("agent", "坐席", 0.34, 2.1, HELLO),
        ("customer", "客户", 2.5, 4.1, BACK),
        ("agent", "坐席", 4.5, 6.1, WAIT),
    ]
    (found,) = results(document)
    assert isinstance(found, Call)
    assert "the table has no header: its columns are told by what stands in them" in found.notes


@pytest.mark.parametrize(
    "row",
    [
        "agent,{text},{text}",  # two columns of words: which are the words?
        "{number},{text}",  # nobody speaks
        "agent,{text},9.5,{number}.5",  # the turn ends before it begins
    ],
)
def test_columns_that_are_not_sure_are_not_guessed(row: str):
    rows = [row.format(text=text, number=n) for n, text in enumerate((REFUND, SURE, THANKS), 1)]
    rows[1] = rows[1].replace("agent", "customer")
    (aside,) = results("\n".join(rows))
    assert isinstance(aside, SetAside)
    assert "without names" in aside.reason


def test_sentences_of_a_channel_from_when_to_when():
    said = [("left", HELLO, 0.34, 2.1), ("right", BACK, 2.5, 4.1), ("left", WAIT, 4.5, 6.1)]
    sentences = [
        {"channel": channel, "text": text, "start": start, "end": end}
        for channel, text, start, end in said
    ]
    (call,) = read({"callId": "c1", "sentences": sentences}, "json_turns")
    assert [one[1:4] for one in call] == [(channel, a, b) for channel, _, a, b in said]


def test_short_names_for_the_times_of_a_turn():
    turns = [{"角色": "坐席", "内容": HELLO, "开始": 0.34, "结束": 2.1}]
    turns.append({"角色": "客户", "内容": BACK, "开始": 2.5, "结束": 4.1})
    (call,) = read({"对话": turns}, "json_turns")
    assert [one[2:4] for one in call] == [(0.34, 2.1), (2.5, 4.1)]


@pytest.mark.parametrize("gap", ["\n\n", "\n"])
def test_speakers_beside_the_numbers_of_captions(gap: str):
    said = [("spk0", GOOD), ("spk1", REFUND), ("spk0", SURE)]
    cues = [
        f"{number}  {speaker}\n00:00:0{number},000 --> 00:00:0{number},900\n{text}"
        for number, (speaker, text) in enumerate(said)
    ]
    assert people(gap.join(cues), "srt") == said


@pytest.mark.parametrize(
    ("staff", "caller"),
    [
        ("话务员", "来电市民"),
        ("接警员", "报案人"),
        ("理财经理", "投资者"),
        ("坐席(8021)", "客户(138****)"),
        ("坐席代表", "客户138****0000"),
    ],
)
def test_callers_of_public_services_and_masked_numbers(staff: str, caller: str):
    (call,) = read(f"{staff}：{HELLO}\n{caller}：{BACK}\n", "plain_text")
    assert [said[:2] for said in call] == [("agent", staff), ("customer", caller)]
    timed = f"{staff}[00:00:03]：{HELLO}\n{caller}[00:00:09]：{BACK}\n"
    assert [said[1:3] for said in read(timed, "plain_text")[0]] == [(staff, 3.0), (caller, 9.0)]


@pytest.mark.parametrize(
    "head",
    ["**[{at}] {who}:**", "**[{at}]** **{who}:**", "**{at} {who}:**", "- **({at}) {who}**:"],
)
def test_stars_around_a_time_and_a_speaker(head: str):
    said = [("Agent", "00:03", GOOD), ("Customer", "00:09", "I want **two** refunds.")]
    text = "\n".join(f"{head.format(who=who, at=at)} {words}" for who, at, words in said)
    (call,) = read(text, "plain_text")
    assert [one[1:3] + one[4:] for one in call] == [
        ("Agent", 3.0, GOOD),
        ("Customer", 9.0, "I want **two** refunds."),
    ]


@pytest.mark.parametrize(
    ("key", "one", "other"),
    [
        ("speakerId", "1", "2"),
        ("speaker_id", 0, 1),
        ("spk", "spk0", "spk1"),
        ("speaker_label", "SPEAKER_00", "SPEAKER_01"),
        ("speakerTag", 1, 2),
        ("speaker_name", "Dana", "Priya"),
        ("speaker", {"name": "Dana"}, {"name": "Priya"}),
        ("role", "agent", "customer"),
        ("role", "客服", "客户"),
        ("channel", 0, 1),
    ],
)
def test_whoever_speaks_in_segments_of_seconds_under_any_name(key: str, one: Any, other: Any):
    said = ["Thank you for calling, how can I help?", "My order is late.", "Let me look."]
    parts = [
        {"start": 2.5 * place, "end": 2.5 * place + 2.0, "text": text, key: who}
        for place, (text, who) in enumerate(zip(said, (one, other, one), strict=True))
    ]
    for document in ({"segments": parts}, {"text": "…", "language": "en", "segments": parts}):
        (call,) = read(document, "whisper")
        assert [role for role, *_ in call] == ["agent", "customer", "agent"]
        assert [start for _, _, start, _, _ in call] == [0.0, 2.5, 5.0]


def test_messages_as_json_in_the_cell_of_a_call():
    said = [{"role": "坐席", "text": HELLO}, {"role": "客户", "text": BACK}]
    cell = json.dumps(said, ensure_ascii=False).replace('"', '""')
    table = f'通话流水,转写文本\r\nX1,"{cell}"\r\nX2,"{cell}"\r\n'
    assert read(table, "csv_table") == untimed("坐席", "客户") * 2
    timed = [{**one, "begin": 340 + 3140 * place} for place, one in enumerate(said)]
    cell = json.dumps([*timed, {**timed[0], "begin": 7150}]).replace('"', '""')
    (call,) = read(f'通话ID,内容\n1,"{cell}"\n', "csv_table")
    assert [start for _, _, start, _, _ in call] == [0.34, 3.48, 7.15]


def test_rows_of_several_recordings_under_chinese_headers():
    table = (
        "录音文件,声道,语音内容,起始时间(ms),截止时间(ms)\r\n"
        f"a.wav,左,{HELLO},340,3120\r\na.wav,右,{BACK},3480,6900\r\n"
        f"b.wav,左,{HELLO},100,2000\r\nb.wav,右,{BYE},2100,4000\r\n"
    )
    calls = results(table)
    assert [one.call_id for one in calls if isinstance(one, Call)] == ["a.wav", "b.wav"]
    times = [[(s.start, s.end) for s in one.segments] for one in calls if isinstance(one, Call)]
    assert times == [[(0.34, 3.12), (3.48, 6.9)], [(0.1, 2.0), (2.1, 4.0)]]
