"""Lines as people and programs write them: names behind roles, times behind words, short days."""

from __future__ import annotations

import pytest

from qa_checker.problem import BadInput
from qa_checker.readers import Options, read_text

HI, BACK, WAIT = "您好，请问有什么可以帮您？", "我想退款。", "请稍等。"


def said(text: str, **options: object) -> list[tuple[str, str, str, float | None]]:
    call = read_text(text, **options)
    return [(one.role, one.speaker, one.text, one.start) for one in call.segments]


def spoken(text: str) -> list[tuple[str, str]]:
    return [(role, words) for role, _, words, _ in said(text)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[客服] 王芳: ", "[客户] 李雷: "),
        ("【客服】王芳：", "【客户】李雷："),
        ("（客服）王芳：", "（客户）李雷："),
        ("[00:05] [客服] 王芳：", "[00:09] [客户] 李雷："),
        ("[客服] 王芳 10:02:11: ", "[客户] 李雷 10:02:15: "),
        ("[客服] 王芳 10:02:11\n", "[客户] 李雷 10:02:15\n"),
    ],
)
def test_a_name_behind_a_role_is_the_speaker(first, second):
    text = f"{first}{HI}\n{second}{BACK}\n"
    assert [one[:3] for one in said(text)] == [("agent", "王芳", HI), ("customer", "李雷", BACK)]
    for label in ("王芳", "客服"):
        options = Options(roles={label: "supervisor"})
        assert [one[0] for one in said(text, options=options)] == ["supervisor", "customer"]


def test_names_behind_latin_roles():
    lines = "[Agent] Dana Lee: Hi.\n[Customer] Bob: I want a refund.\n[Agent] Kim: Ok.\n"
    found = said(lines + lines.replace("Hi.", "Sorry."))
    assert [one[1] for one in found] == ["Dana Lee", "Bob", "Kim"] * 2
    assert [one[0] for one in found] == ["agent", "customer", "agent"] * 2


@pytest.mark.parametrize(
    "text",
    [
        "[Agent] Note: it takes 3 days\n[Customer] ok\n[Agent] Anything else?\n",
        "[客服] 工号：8012 为您服务\n[客户] 地址：北京路\n[客服] 好的\n",
        "[客服] 时间：明天\n[客户] 好\n",
    ],
)
def test_words_with_a_colon_behind_a_role_are_said(text):
    assert all("：" in one[2] or ":" in one[2] for one in said(text)[:1])
    assert {one[1] for one in said(text)} <= {"Agent", "Customer", "客服", "客户"}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("[SPEAKER_00] 0.50-4.00: ", "[SPEAKER_01] 4.20-6.00: "),
        ("SPEAKER_00 [0.50 - 4.00]: ", "SPEAKER_01 [4.20 - 6.00]: "),
        ("SPEAKER_00 0.50-4.00 ", "SPEAKER_01 4.20-6.00 "),
        ("SPEAKER_00 0.50s --> 4.00s: ", "SPEAKER_01 4.20s --> 6.00s: "),
        ("[客服] 0.50-4.00：", "[客户] 4.20-6.00："),
    ],
)
def test_spans_of_seconds_behind_a_speaker_are_times(first, second):
    call = read_text(f"{first}{HI}\n{second}{BACK}\n")
    assert [(one.text, one.start, one.end) for one in call.segments] == [
        (HI, 0.5, 4.0),
        (BACK, 4.2, 6.0),
    ]


@pytest.mark.parametrize(
    ("tails", "ends"),
    [
        ((" [00:01-00:04]", " [00:05-00:07]"), (4.0, 7.0)),
        (("（00:01）", "（00:05）"), (None, None)),
    ],
)
def test_times_behind_the_words_are_times(tails, ends):
    call = read_text(f"客服：{HI}{tails[0]}\n客户：{BACK}{tails[1]}\n")
    assert [(one.text, one.start) for one in call.segments] == [(HI, 1.0), (BACK, 5.0)]
    assert tuple(one.end for one in call.segments) == ends


def test_a_time_that_only_some_lines_end_with_is_said():
    assert spoken("客服：明天见（10:30）\n客户：好的\n")[0] == ("agent", "明天见（10:30）")


@pytest.mark.parametrize(
    ("first", "second", "began"),
    [
        ("26/11/23 10:02:01 {}：", "26/11/23 10:02:11 {}：", ""),
        ("{} 26/11/23 10:02:01\n", "{} 26/11/23 10:02:11\n", ""),
        ("{} 26.13.23 10:02:01\n", "{} 26.13.23 10:02:11\n", None),
        ("23/11/2026 10:02:01 {}：", "23/11/2026 10:02:11 {}：", "2026-11-23 10:02:01"),
        ("{}  11/23 10:02:01\n", "{}  11/23 10:02:11\n", ""),
        ("{} 11月23日 10:02:01\n", "{} 11月23日 10:02:11\n", ""),
        ("{} 8.11.26 10:02:01\n", "{} 8.11.26 10:02:11\n", ""),
        ("{} 11/30/26 10:02:01\n", "{} 11/30/26 10:02:11\n", "2026-11-30 10:02:01"),
        ("{} 2026/11/23 下午1:02:01\n", "{} 2026/11/23 下午1:02:11\n", None),
    ],
)
def test_short_days_are_no_part_of_the_words(first, second, began):
    call = read_text(f"{first.format('客服')}{HI}\n{second.format('客户')}{BACK}\n")
    assert [(one.text, one.start) for one in call.segments] == [(HI, 0.0), (BACK, 10.0)]
    assert [one.speaker for one in call.segments] == ["客服", "客户"]
    doubt = any("can be read in more than one way" in note for note in call.notes)
    assert began is None or call.started_at == began
    assert doubt == ("26/11/23 " in first[:12] or "8.11.26" in first)


def test_a_chat_whose_years_may_go_first_has_no_date():
    call = read_text(f"[26/11/23 10:02:01] 客服：{HI}\n[26/11/23 10:02:11] 客户：{BACK}\n")
    assert [one.start for one in call.segments] == [0.0, 10.0]
    assert call.started_at == ""
    assert any("can be read in more than one way" in note for note in call.notes)
    call = read_text(f"[14/06/24 10:02:01] 客服：{HI}\n[14/06/24 10:02:11] 客户：{BACK}\n")
    assert call.started_at == "2024-06-14T10:02:01"


def test_hours_and_minutes_beside_a_day_are_no_minutes_and_seconds():
    found = said(f"客服 11/23 10:02\n{HI}\n客户 11/23 10:04\n{BACK}\n")
    assert [one[3] for one in found] == [0.0, 120.0]
    found = said(f"客服 10:02 PM\n{HI}\n客户 10:04 PM\n{BACK}\n")
    assert [one[3] for one in found] == [0.0, 120.0]
    call = read_text(f"—— 2026-11-23 ——\n\n客服  10:02\n{HI}\n\n客户  10:04\n{BACK}\n")
    assert [one.start for one in call.segments] == [0.0, 120.0]
    assert "times without seconds below a date: read as hours and minutes" in call.notes
    call = read_text(f"2026-11-23\n\n客服  00:02\n{HI}\n\n客户  00:04\n{BACK}\n")
    assert [one.start for one in call.segments] == [2.0, 4.0]


@pytest.mark.parametrize(
    "text",
    [
        "10:02\t小王客服\t{}\n10:03\t李先生\t{}\n10:04\t小王客服\t{}\n",
        "下午10:02\t小王客服\t{}\n下午10:03\t李先生\t{}\n下午10:04\t小王客服\t{}\n",
        "00:01-00:04 客服 {}\n00:05-00:07 客户 {}\n00:08-00:09 客服 {}\n",
        "客服→客户：{}\n客户→客服：{}\n客服→客户：{}\n",
        "坐：{}\n客：{}\n坐：{}\n",
        "服務人員：{}\n民眾：{}\n服務人員：{}\n",
        "声道0：{}\n声道1：{}\n声道0：{}\n",
        "左声道：{}\n右声道：{}\n左声道：{}\n",
        "客服:{}\n客户;{}\n客服：{}\n",
        "Turn 1 - Agent: {}\nTurn 2 - Customer: {}\nTurn 3 - Agent: {}\n",
        "#1 [客服] {}\n#2 [客户] {}\n#3 [客服] {}\n",
        "<客服>{}</客服>\n<客户>{}</客户>\n<客服>{}</客服>\n",
        "客服： {} 00:01\n客户： {} 00:05\n客服： {} 00:08\n",
        "客服-10:02:01\n{}\n客户-10:02:11\n{}\n客服-10:02:21\n{}\n",
        "[10:02:01][客服][王芳] {}\n[10:02:11][客户][李雷] {}\n[10:02:21][客服][王芳] {}\n",
        "Nov 23, 2026 10:02:01 AM - Agent: {}\nNov 23, 2026 10:02:11 AM - Customer: {}\n"
        "Nov 23, 2026 10:02:21 AM - Agent: {}\n",
        "Mon Nov 23 10:02:01 2026 Agent: {}\nMon Nov 23 10:02:11 2026 Customer: {}\n"
        "Mon Nov 23 10:02:21 2026 Agent: {}\n",
        "王芳-客服：{}\n李雷-客户：{}\n王芳-客服：{}\n",
        "Agent Dana Lee: {}\nCustomer Bob Ray: {}\nAgent Dana Lee: {}\n",
        "第1句 客服：{}\n第2句 客户：{}\n第3句 客服：{}\n",
    ],
)
def test_shapes_of_lines_that_people_have(text):
    assert spoken(text.format(HI, "我想退款", WAIT)) == [
        ("agent", HI),
        ("customer", "我想退款"),
        ("agent", WAIT),
    ]


def test_short_days_of_a_table_are_times():
    rows = f"26/11/23 10:02:01,客服,{HI}\n26/11/23 10:02:11,客户,{BACK}\n"
    call = read_text(f"time,role,text\n{rows}")
    assert [one.start for one in call.segments] == [0.0, 10.0]


@pytest.mark.parametrize(
    "text",
    [
        "Dana Lee\n[00:00:03]\n{}\n\nBob Ray\n[00:00:09]\n{}\n\nDana Lee\n[00:00:15]\n{}\n",
        "A call\n\n00:03\nDana Lee\n{}\n\n00:09\nBob Ray\n{}\n\n00:15\nDana Lee\n{}\n",
        "Dana Lee: [00:00:03]\n{}\nBob Ray: [00:00:09]\n{}\nDana Lee: [00:00:15]\n{}\n",
    ],
)
def test_names_beside_times_that_stand_alone(text):
    found = said(text.format("Hello, how may I help you?", "I want a refund.", "Sure."))
    assert found == [
        ("agent", "Dana Lee", "Hello, how may I help you?", 3.0),
        ("customer", "Bob Ray", "I want a refund.", 9.0),
        ("agent", "Dana Lee", "Sure.", 15.0),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Dana, [23.11.2026 10:02]\n{}\n\nBob, [23.11.2026 10:03]\n{}\n\n"
        "Dana, [23.11.2026 10:04]\n{}\n",
        "<Dana> {}\n<Bob> {}\n<Dana> {}\n<Bob> Bye.\n",
    ],
)
def test_names_of_messengers(text):
    found = said(text.format("Hello, how may I help you?", "I want a refund.", "Sure."))
    assert [one[:2] for one in found[:3]] == [
        ("agent", "Dana"),
        ("customer", "Bob"),
        ("agent", "Dana"),
    ]


def test_times_below_what_is_said_are_of_what_stands_above():
    found = said(f"客服\n{HI}\n10:02:01\n客户\n{BACK}\n10:02:11\n客服\n{WAIT}\n10:02:21\n")
    assert [(one[2], one[3]) for one in found] == [(HI, 0.0), (BACK, 10.0), (WAIT, 20.0)]


@pytest.mark.parametrize(
    "text",
    [
        f"坐席：王芳  工号：8012\n客户：李先生\n时间：2026年11月23日\n\n坐席：{HI}\n客户：{BACK}\n",
        f"坐席：{HI}\n客户：{BACK}\n\n点评：态度好。\n评分：90\n",
        f"【开场】\n坐席：{HI}\n客户：{BACK}\n【结束】\n",
        f"## 坐席\n{HI}\n## 客户\n{BACK}\n",
        f"> 坐席：{HI}\n> 客户：{BACK}\n",
    ],
)
def test_what_stands_around_a_conversation_is_not_said(text):
    assert spoken(text) == [("agent", HI), ("customer", BACK)]


def test_a_head_of_two_fields_on_a_line_names_both():
    text = f"坐席：王芳  队列：售后\n客户：李先生\n\n坐席：{HI}\n客户：{BACK}\n"
    call = read_text(text)
    assert (call.agent, call.queue) == ("王芳", "售后")


def test_a_caption_whose_first_row_is_a_role():
    cue = "{}\n00:00:0{},000 --> 00:00:0{},000\n{}\n{}\n\n"
    text = cue.format(1, 1, 3, "Agent", "Hello.") + cue.format(2, 4, 5, "Customer", "Hi.")
    assert spoken(text) == [("agent", "Hello."), ("customer", "Hi.")]


@pytest.mark.parametrize("label", ["Lily", "138****0000", "李小姐", "王女士", "Bob Ray"])
def test_the_one_other_name_beside_a_role_is_the_other_side(label):
    assert said(f"客服：{HI}\n{label}：{BACK}\n客服：{WAIT}\n")[1][1:3] == (label, BACK)


@pytest.mark.parametrize(
    "line", ["地址：北京路三号", "Note: it takes 3 days", "温馨提示：请带证件"]
)
def test_a_field_beside_a_role_goes_on_with_the_speaker(line):
    assert spoken(f"客服：{HI}\n{line}\n客服：{WAIT}\n")[0] == ("agent", f"{HI} {line}")


def test_words_beside_times_of_captions_are_lines():
    text = f"00:00:01,000 --> 00:00:04,000 客服：{HI}\n00:00:05,000 --> 00:00:07,000 客户：{BACK}\n"
    call = read_text(text)
    assert [(one.text, one.start, one.end) for one in call.segments] == [(HI, 1, 4), (BACK, 5, 7)]


@pytest.mark.parametrize(
    "words",
    [
        ("好的 10:30", "改到 11:00"),
        ("好的 10:30", "改到 11:00", "行 11:30"),
        ("好的\nMay 5, 2026 10:00 AM is fine: right", "yes"),
    ],
)
def test_times_that_are_said_stay_in_the_words(words):
    labels = ("客服", "客户", "客服")
    text = "".join(f"{label}：{one}\n" for label, one in zip(labels, words, strict=False))
    assert [one for _, one in spoken(text)] == [one.replace("\n", " ") for one in words]


def test_a_line_of_the_system_among_names_behind_roles():
    text = f"[客服] 王芳：{HI}\n[系统] 通话转接\n[客户] 李雷：{BACK}\n"
    assert [one[1] for one in said(text)] == ["王芳", "系统", "李雷"]


def test_three_cells_of_words_are_no_speakers():
    with pytest.raises(BadInput, match=r"no speaker|no text column"):
        read_text("00:01\tThanks for calling\tI said\n00:05\tI want a refund\tyes\n")


@pytest.mark.parametrize("line", ["客户 离开了会话", "[图片]", "—— 会话已结束 ——", "语音消息"])
def test_a_line_of_the_software_below_a_turn_is_no_part_of_it(line):
    call = read_text(f"客服：{HI}\n客户：{BACK}\n{line}\n客服：{WAIT}\n")
    assert [one.text for one in call.segments] == [HI, BACK, WAIT]
    assert any(line.strip("— ") in note for note in call.notes)


@pytest.mark.parametrize("number", ["13800138000", "8613800138000", "01012345678", "4008123123"])
@pytest.mark.parametrize("mark", ["：", ": "])
def test_a_number_to_call_that_leads_lines_again_is_who_speaks(number, mark):
    lines = [(number, "我要退款"), ("客服", "请问订单号"), (number, "12345"), ("客服", "请稍等")]
    call = read_text("\n".join(f"{who}{mark}{words}" for who, words in lines))
    assert [(one.speaker, one.text) for one in call.segments] == lines
    assert [one.role for one in call.segments][:2] == ["customer", "agent"]


def test_a_number_that_leads_one_line_is_said():
    call = read_text("客服：请问号码\n客户：我的号码是\n13800138000：这个\n客服：好的\n")
    assert [one.text for one in call.segments][1:2] == ["我的号码是 13800138000：这个"]
    assert {one.speaker for one in call.segments} == {"客服", "客户"}


@pytest.mark.parametrize("name", ["李先生", "王小明", "欧阳女士"])
def test_a_name_that_comes_back_behind_a_time_is_who_speaks(name):
    rows = [(name, "我想退款"), ("客服小王", "好的"), (name, "12345"), ("客服小王", "请稍等")]
    found = said("\n".join(f"10:0{n} {who} {words}" for n, (who, words) in enumerate(rows)))
    assert [(who, words) for _, who, words, _ in found] == rows


def test_a_word_behind_a_time_is_no_name():
    text = "10:03 客服小王 您好\n10:04 我们 这边 查\n10:05 我们 等一下\n10:06 客户 我想退款\n"
    assert {who for _, who, _, _ in said(text)} == {"客服小王", "客户"}
