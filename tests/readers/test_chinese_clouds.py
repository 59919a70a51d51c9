"""Answers of the Chinese speech services: who says what when, in every wrapping; never a crash."""

from __future__ import annotations

import json
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of
from qa_checker.readers.formats import known_formats, recognise

DATA = Path(__file__).parent / "data"
TURNS = [
    (0.34, 3.12, "您好，很高兴为您服务，请问有什么可以帮您？"),
    (3.48, 6.9, "你好，我想查一下上周退货的钱到了没有。"),
    (7.15, 9.86, "好的，请您报一下订单号后四位。"),
    (10.24, 11.9, "八三零六。"),
    (12.3, 16.45, "查到了，退款昨天已经退回您的银行卡，请您留意。"),
    (16.8, 18.02, "好的，谢谢。"),
]
# file, format, the labels of the two who speak, their channels
SAMPLES = [
    ("aliyun_filetrans.json", "aliyun", ("0", "1"), ("0", "1")),
    ("aliyun_filetrans_v2.json", "aliyun", ("1", "2"), ("0", "0")),
    ("aliyun_sca.json", "aliyun_sca", ("客服", "客户"), ("", "")),
    ("baidu_aasr.json", "baidu", ("", ""), ("", "")),
    ("dashscope_paraformer.json", "dashscope", ("0", "1"), ("0", "1")),
    ("funasr_automodel.json", "funasr", ("0", "1"), ("", "")),
    ("funasr_runtime.json", "funasr", ("", ""), ("", "")),
    ("huawei_sis.json", "huawei", ("AGENT", "USER"), ("", "")),
    ("modelscope_diarised.json", "modelscope", ("speaker0", "speaker1"), ("", "")),
    ("tencent_two_speakers.json", "tencent", ("0", "1"), ("", "")),
    ("tencent_result.txt", "tencent", ("0", "1"), ("", "")),
    ("tencent_flash.json", "tencent", ("0", "1"), ("0", "1")),
    ("tingwu.json", "tingwu", ("1", "2"), ("", "")),
    ("volcengine_v2.json", "volcengine", ("", ""), ("", "")),
    ("volcengine_v3.json", "volcengine", ("1", "2"), ("", "")),
    ("xfyun_lfasr.json", "xfyun", ("1", "2"), ("L", "R")),
    ("xfyun_lfasr_v1.json", "xfyun", ("1", "2"), ("", "")),
    ("xfyun_ost.json", "xfyun", ("", ""), ("", "")),
]
FORMATS = {name: format_ for name, format_, *_ in SAMPLES}
JSON = [name for name in FORMATS if name.endswith(".json")]
UNITS = ("seconds", "milliseconds", "microseconds", "ticks", "clock", "dates", "none")


def load(name: str) -> Any:
    return json.loads((DATA / name).read_text("utf-8"))


def read(document: object, name: str = "call.json") -> list[Call | SetAside]:
    text = document if isinstance(document, str) else json.dumps(document, ensure_ascii=False)
    return list(calls_of(Source(name, text.encode())))


def only(document: object, name: str = "call.json") -> Call:
    (call,) = read(document, name)
    assert isinstance(call, Call), call
    return call


def refused(document: object) -> SetAside:
    (aside,) = read(document)
    assert isinstance(aside, SetAside), aside
    return aside


def said(call: Call) -> list[tuple[float | None, float | None, str]]:
    return [(one.start, one.end, one.text) for one in call.segments]


def without_marks(text: str) -> str:
    return "".join(c for c in text if c.isalnum())


@pytest.mark.parametrize(("file", "format_", "labels", "channels"), SAMPLES)
def test_who_says_what_when(file, format_, labels, channels):
    text = (DATA / file).read_text("utf-8")
    assert recognise(Source("x", text.encode(), text), Options()) == format_
    call = only(text)
    assert [one[:2] for one in said(call)] == [turn[:2] for turn in TURNS]
    spoken = [without_marks(one.text) for one in call.segments]
    assert spoken == [without_marks(text) for *_, text in TURNS]
    if file != "funasr_runtime.json":
        assert said(call) == TURNS
    assert [one.speaker for one in call.segments] == list(labels) * 3
    assert [one.channel for one in call.segments] == list(channels) * 3


@pytest.mark.parametrize("file", ["aliyun_sca.json", "huawei_sis.json"])
def test_roles_are_those_of_the_file(file):
    call = only(load(file))
    assert [one.role for one in call.segments] == ["agent", "customer"] * 3
    assert call.notes == ()


def test_every_format_has_a_title_and_a_unit():
    for name in set(FORMATS.values()):
        module: Any = known_formats()[name]
        assert module.TITLE
        assert module.UNIT in UNITS


def test_the_answer_of_tencents_own_documentation():
    call = only((DATA / "tencent_describe_task.json").read_text("utf-8"))
    assert said(call) == [(0.02, 2.38, "腾讯云语音识别欢迎您。")]
    assert call.metadata == {"duration": "2.38", "task_id": "9266418"}


@pytest.mark.parametrize(
    ("file", "known"),
    [
        ("dashscope_paraformer.json", {"duration": "19", "recording": "call_0417.wav"}),
        ("funasr_automodel.json", {"recording": "call_0417"}),
        ("tencent_flash.json", {"duration": "19"}),
        ("xfyun_lfasr.json", {"duration": "19", "task_id": "DKHJQ20241224154300001D4C1E0A2B37F"}),
        ("huawei_sis.json", {"duration": "19"}),
    ],
)
def test_what_else_is_known_and_nothing_that_signs_an_address(file, known):
    assert only(load(file)).metadata == known


# -- wrappings


@pytest.mark.parametrize("file", JSON)
def test_wrapped_in_what_servers_and_scripts_add(file):
    document, plain_call = load(file), only(load(file))
    for wrapped in (
        {"code": 0, "message": "ok", "data": document},
        {"data": json.dumps(document, ensure_ascii=False)},
        json.dumps(json.dumps(document, ensure_ascii=False)),
        {"Response": {"result": document}} if file != "modelscope_diarised.json" else document,
        [document],
    ):
        assert said(only(wrapped)) == said(plain_call)


@pytest.mark.parametrize("file", [file for file in JSON if file != "modelscope_diarised.json"])
def test_several_results_are_several_calls(file):
    document = load(file)
    one = document[0] if isinstance(document, list) else document
    for text in (json.dumps([one, one]), "\n".join([json.dumps(one)] * 2)):
        first, second = read(text, "day.json")
        assert isinstance(first, Call)
        assert isinstance(second, Call)
        assert said(first) == said(second) == said(only(document))


def test_several_calls_have_names_of_their_own_and_odd_records_are_named():
    paraformer, huawei = load("dashscope_paraformer.json"), load("huawei_sis.json")
    first, aside, link = read([paraformer, {"a": 1}, {"transcription_url": "https://x/y?z"}])
    assert isinstance(first, Call)
    assert first.call_id == "call_0417"
    assert str(aside).startswith("call.json: record 2: JSON, but not a transcript this version rea")
    assert str(link).startswith("call.json: record 3: only a link to the transcript")
    assert [call.call_id for call in read([huawei, huawei], "day.json")] == ["day-1", "day-2"]


def test_a_broken_line_among_results_is_named():
    line = json.dumps(load("huawei_sis.json"))
    call, aside = read(f"{line}\n{{'a\n", "day.jsonl")
    assert isinstance(call, Call)
    assert isinstance(aside, SetAside)
    assert aside.line == 2


@pytest.mark.parametrize(
    ("file", "path"),
    [
        ("aliyun_filetrans.json", ["Result"]),
        ("aliyun_filetrans.json", ["Result", "Sentences"]),
        ("aliyun_filetrans_v2.json", ["result"]),
        ("aliyun_sca.json", ["Data", "Dialogues"]),
        ("aliyun_sca.json", ["Data", "Dialogues", "Dialogue"]),
        ("baidu_aasr.json", ["tasks_info"]),
        ("baidu_aasr.json", ["tasks_info", 0, "task_result"]),
        ("baidu_aasr.json", ["tasks_info", 0, "task_result", "detailed_result"]),
        ("dashscope_paraformer.json", ["transcripts"]),
        ("funasr_automodel.json", [0]),
        ("funasr_automodel.json", [0, "sentence_info"]),
        ("huawei_sis.json", ["segments"]),
        ("modelscope_diarised.json", ["result"]),
        ("tencent_two_speakers.json", ["Response", "Data"]),
        ("tencent_two_speakers.json", ["Response", "Data", "ResultDetail"]),
        ("tencent_two_speakers.json", ["Response", "Data", "Result"]),
        ("tencent_flash.json", ["flash_result"]),
        ("tingwu.json", ["Transcription"]),
        ("tingwu.json", ["Transcription", "Paragraphs"]),
        ("volcengine_v3.json", ["result"]),
        ("volcengine_v3.json", ["result", "utterances"]),
        ("xfyun_lfasr.json", ["content"]),
        ("xfyun_lfasr.json", ["content", "orderResult"]),
        ("xfyun_lfasr_v1.json", ["data"]),
        ("xfyun_ost.json", ["data", "result"]),
    ],
)
def test_the_inner_part_saved_alone(file, path):
    part = load(file)
    for step in path:
        part = part[step]
    found = read(json.dumps(part, ensure_ascii=False) if isinstance(part, str) else part)
    if path == ["flash_result"]:
        assert [said(call) for call in found] == [TURNS[0::2], TURNS[1::2]]
    else:
        assert [said(call) for call in found] == [TURNS]


@pytest.mark.parametrize("file", JSON)
def test_numbers_as_text_and_text_as_numbers(file):
    call = only(restrung(load(file)) if file != "modelscope_diarised.json" else load(file))
    assert [one[:2] for one in said(call)] == [turn[:2] for turn in TURNS]


def restrung(value: Any) -> Any:
    """Return a document with its numbers as text, as some exports have them."""
    if isinstance(value, dict):
        return {key: restrung(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [restrung(inner) for inner in value]
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


@pytest.mark.parametrize("file", ["aliyun_filetrans.json", "aliyun_sca.json", "tingwu.json"])
def test_keys_in_other_spellings(file):
    assert said(only(respelled(load(file)))) == TURNS


def respelled(value: Any) -> Any:
    """Return a document with keys beginWithASmallLetter."""
    if isinstance(value, list):
        return [respelled(inner) for inner in value]
    if not isinstance(value, dict):
        return value
    return {key[0].lower() + key[1:]: respelled(inner) for key, inner in value.items()}


# -- what each has of its own


def test_one_sound_on_two_channels_is_read_once():
    document = load("aliyun_filetrans.json")
    sentences = document["Result"]["Sentences"]
    for one in list(sentences):
        moved = one["BeginTime"] + 120
        sentences.append({**one, "ChannelId": 1 - one["ChannelId"], "BeginTime": moved})
    call = only(document)
    assert said(call) == TURNS
    assert "6 sentences told again on another channel left out" in call.notes


def test_one_number_on_two_channels_is_two_people():
    document = load("dashscope_paraformer.json")
    for channel in document["transcripts"]:
        for sentence in channel["sentences"]:
            sentence["speaker_id"] = 0
    assert [one.speaker for one in only(document).segments] == ["0", "1"] * 3
    document["transcripts"][0]["sentences"][1]["speaker_id"] = 1
    labels = [one.speaker for one in only(document).segments]
    assert labels == ["0-0", "1-0", "0-1", "1-0", "0-0", "1-0"]


def test_the_whole_text_is_read_where_there_are_no_sentences():
    whole = "您好。你好，我想查一下。"
    for document in (
        {"file_url": "a.wav", "transcripts": [{"channel_id": 0, "text": whole}]},
        {"task_id": "1", "task_status": "Success", "task_result": {"result": [whole]}},
        {"audio_info": {"duration": 5}, "reqid": "1", "code": 1000, "result": {"text": whole}},
        [{"key": "a", "text": whole, "timestamp": [[10, 900]]}],
        {"flash_result": [{"channel_id": 0, "text": whole}], "request_id": "1"},
    ):
        assert [one.text for one in only(document).segments] == [whole]


def test_a_clock_is_the_time_where_there_is_no_other():
    document = load("aliyun_sca.json")
    for sentence in document["Data"]["Dialogues"]["Dialogue"]:
        del sentence["Begin"], sentence["End"]
        sentence["HourMinSec"] = "10:" + sentence["HourMinSec"][3:]
    call = only(document)
    assert [one.start for one in call.segments] == [0.0, 3.0, 7.0, 10.0, 12.0, 16.0]
    assert call.started_at == "2024-12-24 15:37:16"


def test_a_list_of_checked_recordings():
    result = [
        {"Role": "客服", "Words": "您好。", "Begin": 10, "End": 900},
        {"Role": "客户", "Words": "你好，我要退货。", "Begin": 1000, "End": 2900},
    ]
    info = {
        "Recording": {"Id": "R-17", "Name": "20241224/a.wav"},
        "Agent": {"Name": "张三", "SkillGroup": "退款"},
        "AsrResult": {"AsrResult": result},
    }
    first, second = read({"Data": {"ResultInfo": [info, info]}, "Code": "200"})
    assert isinstance(first, Call)
    assert (first.call_id, first.agent, first.queue) == ("R-17", "张三", "退款")
    assert first.metadata == {"recording": "a.wav"}
    assert isinstance(second, Call)


def test_tencents_lines_are_read_where_the_detail_is_null():
    document = load("tencent_two_speakers.json")
    document["Response"]["Data"]["ResultDetail"] = None
    assert said(only(document)) == TURNS
    callback = {"code": 0, "requestId": 1, "audioTime": 19.0}
    callback["text"] = document["Response"]["Data"]["Result"]
    assert said(only(callback)) == TURNS
    assert said(only("[0:1.000,61:02.500]  您好\n还在吗\n")) == [(1.0, 3662.5, "您好 还在吗")]


def test_tencents_registered_voices_name_the_role():
    document = load("tencent_two_speakers.json")
    for one in document["Response"]["Data"]["ResultDetail"]:
        one["SpeakerRoleName"] = ("客服", "客户")[one["SpeakerId"]]
    call = only(document)
    assert [(one.role, one.speaker) for one in call.segments][:2] == [
        ("agent", "客服"),
        ("customer", "客户"),
    ]


def test_a_voice_numbered_below_zero_is_nobodys():
    document = load("tencent_two_speakers.json")
    for one in document["Response"]["Data"]["ResultDetail"]:
        one["SpeakerId"], one["FinalSentence"], one["WrittenText"] = -1, None, None
    call = only(document)
    assert {one.speaker for one in call.segments} == {""}
    assert said(call) == TURNS


def test_messages_heard_live_are_one_call_and_only_what_was_corrected():
    first = {"mode": "2pass-online", "wav_name": "call", "text": "你号", "is_final": False}
    last = load("funasr_runtime.json") | {"mode": "2pass-offline"}
    call = only([first, last])
    assert len(call.segments) == len(TURNS)
    assert only([first, {**first, "text": "在吗"}]).turns[0].text == "你号 在吗"


def test_sentences_that_lack_much_of_the_text_are_noted():
    document = load("funasr_automodel.json")
    del document[0]["sentence_info"][4]
    assert "the sentences hold 56 of the 76 characters of the whole text" in only(document).notes


def test_funasr_sentences_under_the_other_key():
    document = load("funasr_automodel.json")
    for one in document[0]["sentence_info"]:
        one["sentence"] = one.pop("text")
    assert said(only(document)) == TURNS


def test_latin_words_are_parted_and_numbers_are_not():
    words = ["I", "have", "an", "iPhone", ",", "number", "138", "0013", "8000", "。", "好", "OK"]
    runs = [{"ws": [{"cw": [{"w": word, "wp": "n"}]} for word in words]}]
    call = only({"lattice": [{"json_1best": {"st": {"bg": "0", "ed": "10", "rt": runs}}}]})
    assert call.turns[0].text == "I have an iPhone, number13800138000。好OK"


def test_a_sentence_whose_json_is_broken_is_counted():
    document = load("xfyun_ost.json")
    document["data"]["result"]["lattice"][3]["json_1best"] = '{"st": {"bg":'
    call = only(document)
    assert said(call) == TURNS[:3] + TURNS[4:]
    assert "1 sentences whose JSON is broken left out" in call.notes


def test_only_the_raw_lattice():
    document = load("xfyun_lfasr.json")
    order = json.loads(document["content"]["orderResult"])
    del order["lattice"]
    document["content"]["orderResult"] = order
    assert only(document).segments[3].text == "嗯八三零六。"


def test_guesses_of_a_stream_are_passed_over():
    document = load("volcengine_v3.json")
    document["result"]["utterances"].append(
        {"text": "好的谢", "start_time": 16800, "end_time": 17000, "definite": False}
    )
    assert said(only(document)) == TURNS


def test_additions_in_a_string_name_speaker_and_channel():
    document = load("volcengine_v3.json")
    for number, one in enumerate(document["result"]["utterances"]):
        one["additions"] = json.dumps({"channel_id": str(number % 2), "emotion": "angry"})
    call = only(document)
    assert [(one.speaker, one.channel) for one in call.segments] == [("0", "0"), ("1", "1")] * 3


# -- jobs without a transcript

WAITING = "the transcription job has not finished: "
FAILED = "the transcription job failed: "


@pytest.mark.parametrize(
    ("document", "reason"),
    [
        ({"TaskId": "1", "StatusText": "RUNNING", "StatusCode": 21050001}, WAITING + "RUNNING"),
        (
            {"TaskId": "1", "StatusText": "FILE_DOWNLOAD_FAILED", "Result": None},
            FAILED + "FILE_DOWNLOAD_FAILED",
        ),
        (
            {"TaskId": "1", "StatusText": "SUCCESS_WITH_NO_VALID_FRAGMENT", "Result": {}},
            "empty: the recogniser heard no speech",
        ),
        ({"output": {"task_id": "1", "task_status": "PENDING"}}, WAITING + "PENDING"),
        (
            {
                "file_url": "https://x/y.wav",
                "subtask_status": "FAILED",
                "code": "InvalidFile.DownloadFailed",
                "message": "cannot fetch https://x/y.wav?Signature=secret now",
            },
            FAILED + "FAILED InvalidFile.DownloadFailed cannot fetch https://x/y.wav now",
        ),
        (
            {
                "output": {
                    "task_status": "SUCCEEDED",
                    "results": [{"transcription_url": "https://x", "subtask_status": "SUCCEEDED"}],
                }
            },
            "only a link to the transcript, not the transcript",
        ),
        (
            {"output": {"task_status": "SUCCEEDED", "result": {"transcription_url": "https://x"}}},
            "only a link to the transcript, not the transcript",
        ),
        ({"Data": {"TaskKey": "k", "TaskStatus": "ONGOING"}}, WAITING + "ONGOING"),
        (
            {
                "Data": {
                    "TaskKey": "k",
                    "TaskStatus": "COMPLETED",
                    "Result": {"Transcription": "https://x"},
                }
            },
            "only a link to the transcript, not the transcript",
        ),
        (
            {"Response": {"Data": {"TaskId": 1, "Status": 1, "StatusStr": "doing", "Result": ""}}},
            WAITING + "doing",
        ),
        (
            {
                "Response": {
                    "Data": {
                        "TaskId": 1,
                        "Status": 3,
                        "StatusStr": "failed",
                        "ErrorMsg": "Failed to download audio file!",
                        "ResultDetail": None,
                    }
                }
            },
            FAILED + "failed Failed to download audio file!",
        ),
        (
            {"Response": {"RequestId": "1", "Error": {"Code": "AuthFailure", "Message": "no"}}},
            FAILED + "AuthFailure no",
        ),
        (
            {"request_id": "1", "code": 4003, "message": "AppID 未开通", "flash_result": []},
            FAILED + "AppID 未开通",
        ),
        ({"tasks_info": [{"task_id": "1", "task_status": "Running"}]}, WAITING + "Running"),
        (
            {
                "tasks_info": [
                    {
                        "task_id": "1",
                        "task_status": "Failure",
                        "task_result": {"err_no": 3301, "err_msg": "speech quality error"},
                    }
                ]
            },
            FAILED + "Failure 3301 speech quality error",
        ),
        (
            {"error_code": 336203, "error_msg": "missing param", "log_id": 1},
            FAILED + "336203 missing param",
        ),
        (
            {"code": "000000", "content": {"orderInfo": {"status": 3}, "orderResult": ""}},
            WAITING + "status 3",
        ),
        (
            {"code": "000000", "content": {"orderInfo": {"status": -1, "failType": 2}}},
            FAILED + "status -1, failType 2",
        ),
        ({"code": "26600", "descInfo": "转写业务通用错误"}, FAILED + "26600 转写业务通用错误"),
        ({"code": 0, "data": {"task_id": "1", "task_status": "2"}}, WAITING + "status 2"),
        ({"ok": -1, "err_no": 26605, "failed": "任务不存在"}, FAILED + "26605 任务不存在"),
        ({"status": "WAITING", "create_time": "2024-12-24T07:43:00Z"}, WAITING + "WAITING"),
        (
            {"status": "ERROR", "create_time": "2024", "error_msg": "audio too long"},
            FAILED + "ERROR audio too long",
        ),
        ({"resp": {"id": "1", "code": 2000, "message": "running"}}, WAITING + "2000 running"),
        ({"reqid": "1", "code": 1013, "message": "no speech"}, FAILED + "1013 no speech"),
        ({"Sentences": None}, "empty: no turn in it"),
        ([{"key": "a", "text": ""}], "empty: no turn in it"),
    ],
)
def test_a_job_without_a_transcript_is_no_empty_call(document, reason):
    assert refused(document).reason == reason


# -- broken shapes

JUNK = (None, "", [], {}, 5, -1, 1e18, "abc", [None], [[]], True, "[", '{"a": 1}', "\ud800", "１２")
SLOW = settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield the path of every node of a document."""
    yield path
    rows = enumerate(value) if isinstance(value, list) else ()
    for key, one in value.items() if isinstance(value, dict) else rows:
        yield from places(one, (*path, key))


def opened(value: Any) -> Any:
    """Return a document with JSON in its strings as JSON."""
    if isinstance(value, dict):
        return {key: opened(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [opened(inner) for inner in value]
    packed = isinstance(value, str) and value.startswith(("{", "[{", "[["))
    return opened(json.loads(value)) if packed else value


DOCUMENTS = [opened(load(name)) for name in JSON]
PLACES = [[path for path in places(document) if path] for document in DOCUMENTS]


def changed(document: Any, path: tuple[Any, ...], junk: object) -> Any:
    """Return a document with one node replaced, or gone."""
    made = deepcopy(document)
    parent = made
    for step in path[:-1]:
        parent = parent[step]
    if junk == "gone":
        del parent[path[-1]]
    else:
        parent[path[-1]] = junk
    return made


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
@given(data=st.data())
@SLOW
def test_a_damaged_answer_gives_speech_or_a_reason(number, data):
    document = DOCUMENTS[number]
    for _ in range(2):
        path = data.draw(st.sampled_from(PLACES[number]))
        junk = data.draw(st.sampled_from((*JUNK, "gone")))
        try:
            document = changed(document, path, junk)
        except (KeyError, IndexError, TypeError):
            continue
    results = read(json.dumps(document))
    assert results
    for result in results:
        if isinstance(result, Call):
            assert all(turn.text.strip() for turn in result.turns)
        else:
            assert result.reason


@pytest.mark.parametrize("number", range(len(DOCUMENTS)))
@pytest.mark.parametrize("junk", [None, [], "abc", 5, {}])
def test_no_node_may_be_relied_upon(number, junk):
    """Every node of the upper levels, and of one sentence, replaced in turn."""
    for path in PLACES[number]:
        if all(step in (0, 1) for step in path if isinstance(step, int)) and len(path) < 12:
            for result in read(json.dumps(changed(DOCUMENTS[number], path, junk))):
                assert isinstance(result, Call) or result.reason
