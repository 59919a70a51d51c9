"""Plain text: who speaks, when, and which colons are only colons."""

from __future__ import annotations

import pytest

from qa_checker.call import Segment
from qa_checker.problem import BadInput
from qa_checker.readers import Mistake, Options, UnknownSpeakers, parse_turns, read_text
from qa_checker.readers.written.lines import take_apart


@pytest.mark.parametrize(
    ("line", "label", "text", "start", "end"),
    [
        ("客服：您好", "客服", "您好", None, None),
        ("Agent: hello", "Agent", "hello", None, None),
        ("**Agent:** hello", "Agent", "hello", None, None),
        ("【客户】你好", "客户", "你好", None, None),
        ("[客服] 您好", "客服", "您好", None, None),
        ("<客服>：您好", "客服", "您好", None, None),
        ("工号1024：50元", "工号1024", "50元", None, None),
        ("Agent (Dana) [00:12]: hi", "Agent (Dana)", "hi", 12.0, None),
        ("[00:01:02] 客服：好", "客服", "好", 62.0, None),
        ("(01:02) Agent: hi", "Agent", "hi", 62.0, None),
        ("00:01:02 客服：好", "客服", "好", 62.0, None),
        ("[1分02秒] 客服：好", "客服", "好", 62.0, None),
        ("[0 seconds - 12 seconds] Agent: Hi", "Agent", "Hi", 0.0, 12.0),
        ("客服 10:02:11 您好", "客服", "您好", 36131.0, None),
        ("客服(张三) 00:01:02: 好", "客服(张三)", "好", 62.0, None),
        ("[0.0-3.0] 客服: 您好", "客服", "您好", 0.0, 3.0),
        ("[3-5.25] 客服: 您好", "客服", "您好", 3.0, 5.25),
        ("[00:01.5 - 00:03] Agent: x", "Agent", "x", 1.5, 3.0),
        ("[7] 客服：您好", "客服", "您好", None, None),
        ("[SPEAKER_00]: hi", "SPEAKER_00", "hi", None, None),
        ("- 客服：您好", "客服", "您好", None, None),
        ("客服\t您好", "客服", "您好", None, None),
        ("**Agent**: hello", "Agent", "hello", None, None),
        ("Agent - hello", "Agent", "hello", None, None),
        ("客服> 您好", "客服", "您好", None, None),
        ("(speaker 0) hi", "speaker 0", "hi", None, None),
        ("（客户）你好", "客户", "你好", None, None),
        ("Dana Lee  0:01", "Dana Lee", "", 1.0, None),
        ("[Dana Lee] 10:02:11", "Dana Lee", "", 36131.0, None),
        ("00:05 客服", "客服", "", 5.0, None),
        ("说话人 1 00:00:05", "说话人 1", "", 5.0, None),
        ("Speaker 0    00:00:05    hi", "Speaker 0", "hi", 5.0, None),
        ("Dr. Smith: hi", "Dr. Smith", "hi", None, None),
        ("I see. Well: no", "", "I see. Well: no", None, None),
        ("(laughs) hello", "", "(laughs) hello", None, None),
        ("five - six", "", "five - six", None, None),
        ("[笑声]", "", "[笑声]", None, None),
        ("https://example.com", "", "https://example.com", None, None),
        ("没有，时间：十点", "", "没有，时间：十点", None, None),
    ],
)
def test_a_line_is_taken_apart(line, label, text, start, end):
    found = take_apart(1, line)
    assert (found.label, found.text, found.start, found.end) == (label, text, start, end)


def test_a_colon_in_the_text_is_not_a_speaker():
    call = read_text("客服：您好\n客户：我的地址\n时间：十点\n客服：好的")
    assert [turn.text for turn in call.turns] == ["您好", "我的地址 时间：十点", "好的"]
    assert call.notes == (
        "line 3: a short word and a colon, read as speech of the speaker before; "
        "if it is a speaker, name it with roles",
    )


def test_names_that_take_turns_are_speakers():
    call = read_text("张三：您好\n李四：你好\n张三：请讲\n李四：谢谢")
    assert [turn.speaker for turn in call.turns] == ["张三", "李四", "张三", "李四"]


def test_a_name_that_comes_once_is_a_speaker_only_if_the_user_says_so():
    text = "客服：您好\n经理：我来\n客户：好"
    assert len(read_text(text).turns) == 2
    named = read_text(text, options=Options(roles={"经理": "supervisor"}))
    assert [turn.role for turn in named.turns] == ["agent", "supervisor", "customer"]


def test_clock_times_count_from_the_first_line():
    call = read_text("客服 10:02:11\n您好\n客户 10:02:15\n你好\n我想退款")
    assert [(turn.start, turn.text) for turn in call.turns] == [(0, "您好"), (4, "你好 我想退款")]
    assert call.notes == ("times of day, counted from the first line",)


def test_lines_on_top_become_fields_and_others_are_named():
    head = "通话记录\n通话ID：A-17\n坐席工号：1024\n技能组：退款\n商品：手机\n"
    call = read_text(head + "客服：您好\n客户：好")
    assert (call.call_id, call.agent, call.queue) == ("A-17", "1024", "退款")
    assert call.metadata == {"商品": "手机"}
    assert call.notes == ("line 1 before the first speaker not read as speech",)


def test_a_text_without_speakers_is_refused():
    with pytest.raises(BadInput) as error:
        read_text("今天天气很好\n我们去公园", name="a.txt")
    assert str(error.value) == (
        "a.txt: not recognised: no speaker labels found "
        "(start each turn with 客服：/客户： or Agent:/Customer:)"
    )


@pytest.mark.parametrize(
    "text",
    [
        "title: x\nid: y\nversion: 1\n",
        "".join(f"- id: {n}\n  points: 1\n  a: 1\n  b: 2\n  c: 3\n  d: 4\n  e: 5\n" for n in "xy"),
    ],
)
def test_a_form_is_not_a_conversation(text):
    with pytest.raises(BadInput, match="not recognised"):
        read_text(text)


@pytest.mark.parametrize("separator", ["\u0085", "\u2028", "\x0b", "\x1c", "\x0c"])
def test_lines_end_only_where_people_end_them(separator):
    call = read_text(f"客服：您{separator}好\r\n客户：好\r客服：再见")
    assert [turn.text for turn in call.turns] == [f"您{separator}好", "好", "再见"]


def test_an_example_gives_segments_with_lines():
    assert parse_turns("[0.0-3.0] 客服: 您好\n客户: 我想\n问一下\n") == [
        Segment("agent", "您好", "客服", 0.0, 3.0, 1),
        Segment("customer", "我想 问一下", "客户", None, None, 2),
    ]


def test_an_example_names_every_unknown_speaker():
    with pytest.raises(UnknownSpeakers) as error:
        parse_turns("您好\n客服: 好\n  经理: 你好\n老板：喂")
    assert error.value.mistakes == (Mistake(1, 1, ""), Mistake(3, 3, "经理"), Mistake(4, 1, "老板"))
    with pytest.raises(UnknownSpeakers) as error:
        parse_turns("客服: 好\n经理: 你好")
    assert (
        str(error.value) == 'line 2: unknown speaker "经理"; use 客服 / 客户 (or Agent / Customer)'
    )


def test_a_bracketed_transcript_of_strangers(data):
    call = read_text((data / "tc_bracketed.txt").read_text("utf-8"))
    assert [(turn.speaker, turn.start, turn.role) for turn in call.turns] == [
        ("Alice", 1.0, "unknown"),
        ("Bob", 4.0, "unknown"),
    ]


def test_names_above_what_they_say(data):
    call = read_text((data / "written_otter.txt").read_text("utf-8"))
    assert [(turn.speaker, turn.text) for turn in call.turns] == [
        ("Dana Lee", "Thank you for calling, how may I help you?"),
        ("Bob Ferreira", "I'd like to cancel my order."),
        ("Dana Lee", "Let me check that for you."),
    ]


def test_a_number_of_a_question_is_not_a_speaker():
    call = read_text("客服：Q1:您好\n客户：嗯\nQ1:再说一次\n客服：好\nQ1:嗯\n")
    assert [turn.speaker for turn in call.turns] == ["客服", "客户", "客服"]


def test_pauses_are_dropped_only_where_a_robot_speaks():
    call = read_text("AI：0.5秒\n您好\n1秒\n客户：3秒\n")
    assert [turn.text for turn in call.turns] == ["您好", "3秒"]
    call = read_text("客服：多久？\n客户：3秒\n客服：嗯\n3秒\n")
    assert [turn.text for turn in call.turns] == ["多久？", "3秒", "嗯 3秒"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("客服：您好。客户：退款。客服：好", ["agent 您好。", "customer 退款。", "agent 好"]),
        (
            "客服：您好 客户：退款\n客户：快 客服：好",
            ["agent 您好", "customer 退款 快", "agent 好"],
        ),
        ("Agent: Hi? Customer: No, my agent: Dana.", ["agent Hi?", "customer No, my agent: Dana."]),
        (
            "客服：请联系客服：4001，客户：好\n客户：嗯",
            ["agent 请联系客服：4001，客户：好", "customer 嗯"],
        ),
        ("客服：我是客服。客服：再见", ["agent 我是客服。客服：再见"]),
        (
            "Dana: hi. Lee: yes.\nLee: a\nDana: b\nLee: c",
            ["unknown hi. Lee: yes.", "unknown a", "unknown b", "unknown c"],
        ),
        ("- 客服：您好\n- 客户：好", ["agent 您好", "customer 好"]),
    ],
)
def test_several_speakers_on_one_line(text, said):
    call = read_text(text)
    assert [f"{turn.role} {turn.text}" for turn in call.turns] == said


def test_times_of_several_speakers_on_one_line():
    call = read_text("[00:01] 客服：您好。 [00:03] 客户：嗯。 00:05 客服：好")
    assert [(one.start, one.text) for one in call.segments] == [
        (1.0, "您好。"),
        (3.0, "嗯。"),
        (5.0, "好"),
    ]


@pytest.mark.parametrize(
    ("line", "label", "text", "start", "end"),
    [
        ("［００：０５］客服：工号８０", "客服", "工号８０", 5.0, None),
        ("００：０５　客服：好", "客服", "好", 5.0, None),
        ("0.5-7.2 客服: 您好", "客服", "您好", 0.5, 7.2),
        ("0.5-7.2 percent: hi", "0.5-7.2 percent", "hi", None, None),
    ],
)
def test_times_in_wide_digits_and_bare_seconds(line, label, text, start, end):
    found = take_apart(1, line)
    assert (found.label, found.text, found.start, found.end) == (label, text, start, end)


def test_a_number_is_a_speaker_if_the_user_says_so():
    text = "8012：您好\n13800138000：嗯\n8012：时间\n10：30\n"
    roles = {"8012": "agent", "13800138000": "customer"}
    call = read_text(text, options=Options(roles=roles))
    said = [(turn.role, turn.text) for turn in call.turns]
    assert said == [("agent", "您好"), ("customer", "嗯"), ("agent", "时间 10：30")]
    with pytest.raises(BadInput, match="no speaker labels"):
        read_text(text)


def test_the_marks_of_a_script_are_told():
    call = read_text("AI：0.1秒\n您好\n客户：喂\nAI：Q7-满分:谢谢\n1秒\n")
    assert [turn.text for turn in call.turns] == ["您好", "喂", "谢谢"]
    assert 'marks that are no speech left out 3 times: "0.1秒", "Q7-满分:", "1秒"' in call.notes


def test_a_log_of_a_program_is_no_call():
    log = "2025-01-01 10:00:00 INFO server: a\n2025-01-01 10:00:01 ERROR: b\n" * 3
    with pytest.raises(BadInput, match="no speaker labels"):
        read_text(log)


def test_a_line_that_begins_with_a_time_is_a_turn_of_its_own():
    call = read_text(
        "[1.000] Agent: hello\n[4.000] Customer: my parcel is late\n[9.000] since Monday\n"
        "and wet\n[12.000] Agent: let me check"
    )
    assert [(one.role, one.start, one.text) for one in call.segments] == [
        ("agent", 1.0, "hello"),
        ("customer", 4.0, "my parcel is late"),
        ("customer", 9.0, "since Monday and wet"),
        ("agent", 12.0, "let me check"),
    ]
    assert call.notes == ("line 3: a time and no speaker, read as the speaker before going on",)


@pytest.mark.parametrize("said", ["9:00 到 10:00 都可以", "00:09 都可以", "[9.000] 都可以"])
def test_a_time_that_somebody_says_is_no_turn(said):
    call = read_text(f"00:00:01 客服：几点方便？\n00:00:04 客户：明天吧，\n{said}")
    assert [one.text for one in call.segments] == ["几点方便？", f"明天吧， {said}"]


def test_many_names_with_times_go_on_for_nobody():
    names = ["路人", "主管", "经理", "张三", "李四", "王五", "赵六", "钱七"]
    rows = ["[0.5] 客服：您好", "[1.0] 客户：你好"]
    rows += [f"[{number}.0] {name}：稍等" for number, name in enumerate(names, 2)]
    call = read_text("\n".join(rows))
    assert len(call.segments) == len(rows)
    assert call.segments[1].text == "你好"


MEET = """Weekly (2024-05-01 14:00 GMT-7) - Transcript
Attendees
Dana Smith, Bob Ray
Transcript

00:00:00

Dana Smith: Thank you for calling Acme, how can I help you?
Bob Ray: My refund has not arrived yet.

00:05:00

Dana Smith: One moment.
Meeting ended after 00:05:10 👋
"""


def test_attendees_are_speakers(results):
    (call,) = results(MEET)
    assert [(one.speaker, one.start, one.text) for one in call.segments] == [
        ("Dana Smith", 0, "Thank you for calling Acme, how can I help you?"),
        ("Bob Ray", None, "My refund has not arrived yet."),
        ("Dana Smith", 300, "One moment."),
    ]


@pytest.mark.parametrize("pair", ["AB", "甲乙"])
def test_single_letters_are_speakers_if_one_comes_back(results, pair):
    first, second = pair
    (call,) = results(
        f"{first}：您好，请问有什么可以帮您？\n{second}：我要退款。\n{first}：好的。\n"
    )
    assert [one.speaker for one in call.segments] == [first, second, first]
    assert call.notes[0].startswith("roles by cue words: ")


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("A：您好，请问有什么可以帮您？\nB：我要退款。\n", '"A", "B"'),
        ("Dana: Hello.\nBob: I want a refund.\nDana: Sure.\n", '"Dana", "Bob"'),
    ],
)
def test_a_refusal_names_what_may_be_speakers(results, text, labels):
    (aside,) = results(text, "a.txt")
    assert str(aside) == (
        f"a.txt: not recognised: no speaker labels found; lines begin with {labels} "
        "(say who they are, e.g. --roles A=agent,B=customer)"
    )
    (first, second) = labels.replace('"', "").split(", ")
    (call,) = results(text, roles={first: "agent", second: "customer"})
    assert {one.role for one in call.segments} == {"agent", "customer"}


def test_a_refusal_names_no_fields_of_a_form(results):
    (aside,) = results("姓名：张三\n电话：13800138000\n地址：北京\n")
    assert aside.reason == "not recognised: no speaker labels found"


@pytest.mark.parametrize(("asked", "answered"), [("Q", "A"), ("问", "答"), ("Question", "Answer")])
def test_questions_and_answers_without_times_are_no_call(asked, answered):
    said = [(asked, "怎么退款？"), (answered, "请在订单页点击退款。")] * 2
    text = "\n".join(f"{who}: {words}" for who, words in said)
    with pytest.raises(BadInput, match="an FAQ"):
        read_text(text)
    roles = {asked: "customer", answered: "agent"}
    assert [one.text for one in read_text(text, options=Options(roles=roles)).segments] == [
        words for _, words in said
    ]
    timed = "\n".join(f"00:0{n} {who}: {words}" for n, (who, words) in enumerate(said))
    assert len(read_text(timed).segments) == 4
