"""The phrase grammar, and what each construct finds: a phrase, a turn, the words hit."""

from __future__ import annotations

import time
from functools import cache

import pytest

from qa_checker.hit import Hit
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.matching.negation import data
from qa_checker.rules.grammar import plain_word
from qa_checker.rules.lexicon import read_lexicon
from qa_checker.rules.source import Source
from qa_checker.text import segment
from qa_checker.text.plain import plain

SLOTS = "  您: [您, 你]\n  几天: ['<num>天', 半个月, <好久>]\n  好久: [好久, 很久]\n"


@cache
def plan(phrases: tuple[str, ...], language: str, rows: str) -> Plan:
    """Compile one entry; phrases that begin with { are YAML, all others are quoted."""
    written = [p if p.startswith("{") else "'" + p.replace("'", "''") + "'" for p in phrases]
    head = "qa_checker: lexicon/v1\nid: w\nversion: 1.0.0\nlanguages: [zh, en]\n"
    head += f"segmenter: jieba@0.42.1\nslots:\n{SLOTS}"
    source = Source("w.yaml", (
        f"{head}entries:\n  - id: a\n    polarity: neutral\n"
        f"    phrases: [{', '.join(written)}]\n{rows}    examples: {{hit: [x], miss: [y]}}\n"
    ))  # fmt: skip
    lexicon = read_lexicon(source)
    source.check()
    assert lexicon is not None
    return compile_plan(lexicon.entries, language)


def hits(phrases: str | tuple[str, ...], turn: str, language: str = "zh", **keys: str) -> list[Hit]:
    """Return the hits of an entry in one turn; `keys` are further keys of the entry."""
    rows = "".join(f"    {key}: {value}\n" for key, value in keys.items())
    listed = (phrases,) if isinstance(phrases, str) else phrases
    return find(plan(listed, language, rows), plain([turn]), [turn], ["agent"]).get("w.a", [])


def said(phrases: str | tuple[str, ...], turn: str, language: str = "zh", **keys: str) -> list[str]:
    """Return the words that are hit."""
    return [turn[hit.start : hit.end] for hit in hits(phrases, turn, language, **keys)]


# ---- the grammar -----------------------------------------------------------------------

GRAMMAR = [
    # text
    ("不能", "这个不能办，也不能退", ["不能", "不能"]),
    ("thank you", "Well, Thank you.", ["Thank you"]),
    # groups
    ("办不(了|到)", "办不了，办不到，办不好", ["办不了", "办不到"]),
    ("办不(了)?", "办不了，办不", ["办不了", "办不"]),
    ("(很|非常)?好", "非常好，很好，好", ["非常好", "很好", "好"]),
    ("(a|b(c|d)?)e", "ae be bce bde bcde", ["ae", "be", "bce", "bde"]),
    ("（可以|能）帮您", "可以帮您，能帮您", ["可以帮您", "能帮您"]),
    ("(可以｜能)帮您", "可以帮您，能帮您", ["可以帮您", "能帮您"]),
    ("(很)?(非常)?好", "很非常好", ["很非常好"]),
    # slots
    ("<您>好", "您好，你好，他好", ["您好", "你好"]),
    ("<您>?好", "您好，他好", ["您好", "好"]),
    ("等了<几天>", "等了三天，等了半个月，等了很久", ["等了三天", "等了半个月", "等了很久"]),
    ("< 您 >好", "你好", ["你好"]),
    # gaps
    ("好...工号", "好，这里是云帆客服工号", ["好，这里是云帆客服工号"]),
    ("好...工号", "好一二三四五六七八九十工号", ["好一二三四五六七八九十工号"]),
    ("好...工号", "好一二三四五六七八九十一工号", []),
    ("好...工号", "好工号", ["好工号"]),
    ("好<2-3>号", "好一号，好一二号，好一二三号，好一二三四号", ["好一二号", "好一二三号"]),
    ("好<1-1>号", "好号，好一号", ["好一号"]),
    ("...工号", "甲乙工号", ["甲乙工号"]),
    ("工号...", "工号甲乙", ["工号甲乙"]),
    # the rest of a word
    ("frustrat*", "frustrated, frustrating, frustrat", ["frustrated", "frustrating", "frustrat"]),
    ("frustrat*", "frustra, unfrustrated", []),
    ("very frustrat* indeed", "very frustrated indeed", ["very frustrated indeed"]),
    ("(frustrat*|angry) man", "frustrated man, angry man", ["frustrated man", "angry man"]),
    # edges
    ("^嗯$", "嗯", ["嗯"]),
    ("^嗯$", "，嗯。", ["嗯"]),
    ("^嗯$", "嗯嗯", []),
    ("^您好", "您好，您好", ["您好"]),
    ("再见$", "再见，再见 。！", ["再见"]),
    ("(^嗯|好的)", "嗯嗯好的", ["嗯", "好的"]),
    ("好(吗|啊$)", "好啊好吗好啊", ["好吗", "好啊"]),
    # escapes
    (r"\(笑\)", "（笑）(笑)", ["笑", "笑"]),  # marks at its ends do not belong to a hit
    (r"多少\$", "多少$", ["多少$"]),
    (r"a\*b", "a*b", ["a*b"]),
    (r"\<num>好".replace(">", r"\>"), "<num>好", ["<num>好"]),
    (r"c\\d", r"c\d", [r"c\d"]),
    # marks in a phrase
    ("好吗？", "好吗？在吗", ["好吗"]),
    ("好吗？", "好吗，在吗", []),
    ("您好、再见", "您好 再见，您好，再见", ["您好 再见", "您好，再见"]),
]  # fmt: skip


@pytest.mark.parametrize(("phrase", "turn", "expected"), GRAMMAR)
def test_grammar(phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn) == expected


# ---- spaces, soft and hard marks (decisions 8 and 11) --------------------------------------

SOFT = list(",，、:：…⋯—–-()（）\"“”「」《》'‘")
HARD = ["。", ".", "!", "！", "?", "？", ";", "；", "\n", "｡"]


@pytest.mark.parametrize("mark", [*SOFT, " ", "\t", "……", "，“", " - ", "——"])
def test_a_space_and_a_gap_cross_soft_marks(mark: str) -> None:
    assert said("您好 客服", f"您好{mark}客服") == [f"您好{mark}客服"]
    assert said("您好...客服", f"您好{mark}客服") == [f"您好{mark}客服"]
    assert said("thank you", f"thank{mark}you", "en") == (
        [] if mark == "'" else [f"thank{mark}you"]
    )


@pytest.mark.parametrize("mark", [*HARD, "？！", "。”", "，。", "...", "…？"])
def test_nothing_crosses_a_hard_mark(mark: str) -> None:
    for phrase in ("您好 客服", "您好...客服", "您好<0-9>客服", "您好客服"):
        assert said(phrase, f"您好{mark}客服") == []
    assert said("thank ...you", f"thank {mark} you", "en") == []


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("您好客服", "您好，客服", []),  # text without a space crosses nothing
        ("您好客服", "您好 客服", ["您好 客服"]),  # but spaces beside Han are not there
        ("您好 客服", "您好客服", ["您好客服"]),
        ("好 ok", "好ok", ["好ok"]),
        ("thank you", "thankyou", []),
        ("thank you", "thank   you", ["thank   you"]),
        (
            "thank (so much )?you",
            "thank you, thank so much you",
            ["thank you", "thank so much you"],
        ),
        ("(a )?hold", "a hold, hold, ahold", ["a hold", "hold"]),
        ("(so )?sorry", "so, sorry", ["so, sorry"]),
        ("go (on)?", "go, go on, goon", ["go", "go on"]),
        ("<num> days", "3 days, 3days, 3, days", ["3 days", "3, days"]),
        ("<num> 天", "3 天，3天", ["3 天", "3天"]),
        ("go* up", "going up, goingup", ["going up"]),
        ("a (b )?c", "ac abc a c a b c", ["a c", "a b c"]),
    ],
)
def test_a_space_is_nothing_only_where_a_word_ends(
    phrase: str, turn: str, expected: list[str]
) -> None:
    assert said(phrase, turn, "en") == expected


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("a <2-2> b", "a one two b", ["a one two b"]),
        ("a <2-2> b", "a one b", []),
        ("a <1-1> b", "a can't b", ["a can't b"]),
        ("a <1-1> b", "a 3.5 b", ["a 3.5 b"]),
        ("a <1-1> b", "a 12:30 b", ["a 12:30 b"]),
        ("a <1-1> b", "a ### b", ["a ### b"]),
        ("a <2-2> b", "a 好的 b", ["a 好的 b"]),
        ("a <1-1> b", "a x, b", ["a x, b"]),
        ("好<1-1>号", "好abc号", ["好abc号"]),
        ("好<3-3>号", "好a啊1号", ["好a啊1号"]),
        ("好<1-1>号", "好，一，号", ["好，一，号"]),
    ],
)
def test_a_unit_is_a_word_a_han_character_or_a_run_of_symbols(
    phrase: str, turn: str, expected: list[str]
) -> None:
    assert said(phrase, turn, "en") == expected


# ---- word ends (decision 10) -----------------------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("can't", "I cantered home", []),
        ("can't", "I can't", ["can't"]),
        ("can't", "I can’t", ["can’t"]),
        ("can’t", "I can't", ["can't"]),
        ("can", "I can't", []),
        ("i", "I'm", []),
        (
            "what('s| is) up",
            "what's up, what is up, what’s up",
            ["what's up", "what is up", "what’s up"],
        ),
        ("ok", "ok OK o.k. okay book", ["ok", "OK"]),
        ("ok", "好ok好", ["ok"]),
        ("5元", "3.5元，15元，5元，￥5元", ["5元", "5元"]),
        ("3.5", "3.5 13.5 3.55 3.5.", ["3.5", "3.5"]),
        ("30", "12:30 1,300 30", ["30"]),
        ("12", "12, 13", ["12"]),
        ("退1", "退12，退1", ["退1"]),
        ("a", "é a", ["a"]),
        ("caf", "café", []),
        ("don't", "'don't'", ["don't"]),
    ],
)
def test_a_hit_ends_where_words_end(phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn, "en") == expected


def test_hits_of_an_entry_are_leftmost_then_longest_and_never_overlap() -> None:
    assert said(("不能", "不能退款", "退款吧"), "不能退款吧") == ["不能退款"]
    assert said(("甲乙", "乙丙丁"), "甲乙丙丁") == ["甲乙"]
    assert said(("a b", "b c d"), "a b c d, b c d") == ["a b", "b c d"]
    assert said("哈哈", "哈哈哈哈哈") == ["哈哈", "哈哈"]


def test_a_longer_span_that_ends_inside_a_word_gives_way_to_a_shorter_one() -> None:
    assert said("go( on)?", "go one", "en") == ["go"]
    assert said("<num>", "3.5x", "en") == []


# ---- comparable text (decisions 7 and 9) -----------------------------------------------


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("vip客户", "ＶＩＰ客户", ["ＶＩＰ客户"]),
        ("ＶＩＰ客户", "vip客户", ["vip客户"]),
        ("straße", "STRAßE", ["STRAßE"]),  # ß would become two characters: it stays
        ("strasse", "straße", []),
        ("①号", "1号", ["1号"]),
        ("㎏", "㎏", ["㎏"]),
        ("kg", "㎏", []),
        ("退货", "退貨", ["退貨"]),
        ("退貨", "退货", ["退货"]),
        ("保证没问题", "保證沒問題", ["保證沒問題"]),
        ("后台", "後臺", ["後臺"]),
        ("您好客服", "您 好 客 服", ["您 好 客 服"]),
        ("您好客服", "您　好\u00a0客服", ["您　好\u00a0客服"]),
        ("工号12", "工号 12", ["工号 12"]),
        ("第12号", "第 1 2 号", []),  # spaces between digits are no ASR spaces
        ("您好", "您\n好", []),
    ],
)
def test_what_counts_as_the_same(phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn) == expected


def test_offsets_are_those_of_the_text_as_read() -> None:
    [hit] = hits("保证 ok", "我  保 證，ＯＫ的")
    assert (hit.start, hit.end, hit.phrase, hit.via) == (3, 9, "保证 ok", "text")


# ---- homophones (decision 12) ------------------------------------------------------------


@pytest.mark.parametrize(
    ("homophones", "phrase", "turn", "expected"),
    [
        ("same", "抱歉", "实在报歉", ["报歉"]),
        ("off", "抱歉", "实在报歉", []),
        ("same", "抱歉", "抱歉，报歉，暴欠，包钱", ["抱歉", "报歉", "暴欠", "包钱"]),  # no tones
        ("same", "您好", "林好", []),
        ("near", "您好", "林好，灵好", ["林好", "灵好"]),
        ("near", "知道", "资道", ["资道"]),
        ("near", "吃饭", "词饭，词放", ["词饭", "词放"]),
        ("near", "是的", "四的", ["四的"]),
        ("same", "是的", "四的", []),
        ("near", "难过", "蓝过，狼过", ["蓝过", "狼过"]),
        ("same", "银行", "银航", ["银航"]),  # 行 sounds hang, too, in a phrase
        ("same", "银行", "银型", ["银型"]),
        ("same", "(非常)?抱歉", "非常报歉", ["非常报歉"]),
        ("same", "让您...久等", "让您真的九等", ["让您真的九等"]),
        ("same", "抱歉ok", "报歉OK", ["报歉OK"]),
        ("same", "抱歉", "報歉", ["報歉"]),
    ],
)
def test_homophones(homophones: str, phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn, homophones=homophones) == expected


def test_the_evidence_says_how_it_was_heard() -> None:
    found = hits("抱歉", "抱歉，报歉", homophones="same")
    assert [hit.via for hit in found] == ["text", "pinyin"]


def test_exceptions_sound_the_same_too() -> None:
    assert said("抱歉", "报歉什么", homophones="same", unless="[抱歉什么]") == []
    assert said("抱歉", "抱歉神么", homophones="same", unless="[抱歉什么]") == []
    assert said("抱歉", "抱歉神么", unless="[抱歉什么]") == ["抱歉"]


@pytest.mark.parametrize("phrase", ["^气$", "生气", "(很)?生气", "<num>气", "气a"])
def test_two_syllables_or_an_edge_are_enough_to_listen_for(phrase: str) -> None:
    assert plan((phrase,), "zh", "    homophones: same\n")


# ---- unless, boundary, fillers (decisions 10 and 17) -----------------------------------


@pytest.mark.parametrize(
    ("unless", "turn", "expected"),
    [
        ("[能不能]", "能不能退，不能退", ["不能"]),
        ("[不能再...了]", "不能再让您等了", []),
        ("[不能再...了]", "不能再说了不能", ["不能"]),
        ("[不能]", "不能", []),  # the very same span lies inside, too
        ("[能不]", "能不能", ["不能"]),  # it sticks out
        ("[...不能...]", "我们这边不能办", []),
        ("['{re: x}', 能不能]", "能不能", []),
        ("[{re: 能.能}]", "能不能，不能", ["不能"]),
        ("[{tokens: [{is: 能}, {is: 不能}]}]", "能不能，不能", ["不能"]),
    ],
)
def test_a_hit_inside_an_exception_is_dropped(unless: str, turn: str, expected: list[str]) -> None:
    assert said("不能", turn, unless=unless.replace("'{re: x}', ", "")) == expected


def test_leftmost_longest_comes_before_exceptions() -> None:
    """The longer hit sticks out of the exception; the shorter one never was a hit."""
    assert said(("不能", "不能退款"), "能不能退款", unless="[能不能]") == ["不能退款"]


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("积分", "累积分布函数", []),
        ("积分", "我的积分没了", ["积分"]),
        ("积分", "积分", ["积分"]),
        ("大学", "大学生，大学", ["大学"]),
        ("学生", "大学生，学生", ["学生"]),
    ],
)
def test_boundary_word(phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn, boundary="word") == expected


@pytest.mark.parametrize(
    ("phrase", "turn", "expected"),
    [
        ("非常抱歉", "非常嗯抱歉", ["非常嗯抱歉"]),
        ("非常抱歉", "非常，呃，那个，抱歉", ["非常，呃，那个，抱歉"]),
        ("非常抱歉", "非常的抱歉", []),
        ("thank you", "thank um you", ["thank um you"]),
        ("thank you", "thank, uh, you", ["thank, uh, you"]),
        ("thank you", "thank umbrella you", []),
        ("那个", "那个抱歉", ["那个"]),  # who asks for a filler finds it
        ("抱歉", "嗯抱歉啊", ["抱歉"]),
    ],
)
def test_fillers_skip(phrase: str, turn: str, expected: list[str]) -> None:
    assert said(phrase, turn, fillers="skip") == expected


def test_fillers_count_unless_they_are_skipped() -> None:
    assert said("非常抱歉", "非常嗯抱歉") == []


# ---- negation (decision 15) ------------------------------------------------------------

NEGATED = [
    (language, kind, example)
    for language in ("zh", "en")
    for kind, examples in data()[language]["examples"].items()
    for example in examples
]


@pytest.mark.parametrize(("language", "kind", "example"), NEGATED)
def test_every_example_of_negation_holds(language: str, kind: str, example: str) -> None:
    word = example[example.index("<") + 1 : example.index(">")]
    turn = example.replace("<", "").replace(">", "")
    negated = kind == "hit"
    assert said(word, turn, language, negation="keep") == [word]
    assert said(word, turn, language, negation="drop") == ([] if negated else [word])
    assert said(word, turn, language, negation="only") == ([word] if negated else [])


def test_both_languages_have_examples_of_both_kinds() -> None:
    assert {(language, kind) for language, kind, _ in NEGATED} == {
        ("zh", "hit"), ("zh", "miss"), ("en", "hit"), ("en", "miss"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("turn", "language", "negated"),
    [
        ("我不，投诉", "zh", False),  # a soft mark ends a clause, too
        ("不。投诉", "zh", False),
        ("我不想现在投诉", "zh", False),  # 现在 is no auxiliary
        ("我从来没有想要投诉", "zh", True),
        ("没有办法投诉", "zh", True),
        ("我不是要再去跟你们投诉", "zh", True),  # however many auxiliaries
        ("不是不投诉", "zh", False),
        ("I did not ever say complain", "en", True),  # among three words before
        ("I did not ever say that complain", "en", False),
        ("not so, complain", "en", False),
        ("I won’t complain", "en", True),
        ("nothing to complain", "en", True),
    ],
)
def test_where_a_negation_reaches(turn: str, language: str, negated: bool) -> None:
    word = "投诉" if language == "zh" else "complain"
    assert said(word, turn, language, negation="drop") == ([] if negated else [word])


@pytest.mark.parametrize(
    ("turn", "language", "denied"),
    [
        ("我不给您退", "zh", True),
        ("我们没有要给您退", "zh", True),
        ("我现在，不能给您退", "zh", True),
        ("我不用您跑给您退", "zh", False),  # of something else
        ("我不管怎样给您退", "zh", False),  # no negator
        ("我没说，马上给您退", "zh", False),  # in a clause of its own
        ("我不给您退。我给您退", "zh", False),  # said as well
        ("i can't give it back", "en", True),
        ("i will never ever give it back", "en", True),
        ("i will, no doubt, give it back", "en", False),
    ],
)
def test_a_negation_in_a_gap_counts_as_one_before(turn: str, language: str, denied: bool) -> None:
    phrase = "我<0-6>给您退" if language == "zh" else "i <0-4> give it back"
    assert said(phrase, turn, language, negation="keep")
    assert bool(said(phrase, turn, language, negation="drop")) is not denied
    choice = f"(x|{phrase})"
    assert bool(said(choice, turn, language, negation="drop")) is not denied


# ---- re: (decision 13) -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("regex", "turn", "expected"),
    [
        ("工号[0-9]{2,4}", "工号 1024", ["工号 1024"]),
        ("工号[0-9]{2}", "工号1024", []),  # it would end inside a number
        ("a|ab|abc", "abc", ["abc"]),
        ("(不|不能)(能退|退)?", "不能退", ["不能退"]),
        ("vip", "ＶＩＰ", ["ＶＩＰ"]),
        ("你.好", "你，好", ["你，好"]),  # marks stay as they are
        ("can", "I can't", []),
        (r"\d+元", "300元", ["300元"]),
        (r"\p{Han}+ok", "好的OK", ["好的OK"]),
        ("没有", "沒有", ["沒有"]),
        ("哈+", "哈哈哈，哈", ["哈哈哈", "哈"]),
        ("[?]$", "好吗？", ["？"]),
        ("^喂", "喂喂", ["喂"]),
    ],
)
def test_regexes(regex: str, turn: str, expected: list[str]) -> None:
    assert said(f"{{re: '{regex}'}}", turn) == expected


def test_a_regex_says_so() -> None:
    [hit] = hits("{re: '不.办'}", "不能办")
    assert (hit.phrase, hit.via) == ("不.办", "regex")


def test_more_regexes_than_fit_into_one_set_are_still_found() -> None:
    large = tuple(rf"{{re: '\p{{Han}}{{1,900}}x{number}'}}" for number in range(30))
    assert said(large, "好好x7") == ["好好x7"]


@pytest.mark.parametrize("regex", [r"(a+)+$", r"(.*a){20}b", r"^(([a-z])+.)+b$", r"(x+x+)+y"])
def test_regexes_take_linear_time(regex: str) -> None:
    text = "a" * 50_000 + "x"
    hits(f"{{re: '{regex}'}}", "warm up")
    began = time.process_time()
    hits(f"{{re: '{regex}'}}", text)
    assert time.process_time() - began < 5  # a hang takes minutes


@pytest.mark.parametrize("phrase", ["a*", "a* b", "...a", "<num>a", "a ... a ... b"])
def test_phrases_cope_with_one_endless_word(phrase: str) -> None:
    text = "a" * 20_000
    hits(phrase, "warm up", "en")
    began = time.process_time()
    assert said(phrase, text, "en") in ([text], [])
    assert time.process_time() - began < 5  # a hang takes minutes


# ---- tokens: (decision 14) -------------------------------------------------------------


@pytest.mark.parametrize(
    ("tokens", "turn", "language", "expected"),
    [
        ("[{is: 等待}]", "请您等待", "zh", ["等待"]),
        ("[{is: [等待, 等]}, {is: 我}]", "请等我，等待我", "zh", ["等我", "等待我"]),
        ("[{is: 积分}]", "累积分布函数", "zh", []),
        ("[{is: 请}, {any: 0-1}, {is: 等待}]", "请您等待，请等待", "zh", ["请您等待", "请等待"]),
        ("[{is: 请}, {any: 1}, {is: 等待}]", "请您等待，请等待", "zh", ["请您等待"]),
        ("[{is: 请}, {any: 0-1}]", "请您等待", "zh", ["请您"]),
        ("[{re: '[0-9]+'}, {is: 元}]", "300元", "zh", ["300元"]),
        ("[{re: '退.*'}]", "我要退款", "zh", ["退款"]),
        ("[{is: 退貨}]", "退货", "zh", ["退货"]),
        ("[{is: can}]", "I can't", "zh", []),
        ("[{is: can}]", "I can't, I can", "en", ["can"]),
        ("[{is: can't}]", "I can’t", "en", ["can’t"]),
    ],
)
def test_tokens(tokens: str, turn: str, language: str, expected: list[str]) -> None:
    assert said(f"{{tokens: {tokens}}}", turn, language) == expected


def test_a_pattern_of_words_says_so() -> None:
    [hit] = hits("{tokens: [{is: 请}, {any: 0-1}, {is: [等待, 等]}]}", "请等待")
    assert (hit.phrase, hit.via) == ("请 <0-1> 等待/等", "tokens")


def test_the_pinned_segmenter_is_the_one_that_is_installed() -> None:
    assert segment.installed() == segment.PINNED


# ---- slots (decision 16) ---------------------------------------------------------------

FORMS = """
zh num   + 12 | 3,500 | 2.5 | 0 | 三 | 两 | 十五 | 三百五 | 幺三八 | 一百 | 二点五 | １２ | 三百万
zh num   + 一天 | 一个 | 一小时 | 一元
zh num   - 一 | 一起 | 个 | 零 | 幺
zh money + 350元 | 三百块 | 三百块钱 | ¥20 | ￥20 | $5.50 | 2万元 | 一元 | 50 人民币 | 3毛
zh money - 350 | 三百 | 元 | 一起
zh date  + 3月5日 | 三月五号 | 2026年3月 | 下周三 | 明天 | 5号 | 月底 | 上个月 | 2026-03-05
zh date  - 三 | 天 | 月
zh time  + 三点半 | 15:30 | 下午两点 | 上午 | 9点 | 九点一刻 | 晚上8点20分
zh time  - 三 | 半 | 点
en num   + twenty five | 3 | a hundred | two thousand and six
en num   - one | a | many
en money + $5.50 | twenty dollars | 20 bucks | € 10
en money - 20 | dollars
en date  + Monday | next Friday | March 5th | the 5th of March | 5/12 | tomorrow
en date  - maybe | day
en time  + 5 pm | 5:30 | 3 o'clock | noon | half past two | 12:15 am
en time  - pm | five
"""
ROWS = [row.split(maxsplit=3) for row in FORMS.strip().splitlines()]
HITS = [(s, form, la) for la, s, sign, fs in ROWS if sign == "+" for form in fs.split(" | ")]
MISSES = [(s, form, la) for la, s, sign, fs in ROWS if sign == "-" for form in fs.split(" | ")]


@pytest.mark.parametrize(("slot", "form", "language"), HITS)
def test_forms_of_slots(slot: str, form: str, language: str) -> None:
    turn = f"是 {form} 的" if language == "zh" else f"is {form} ok"
    want = (
        form[:1]
        if slot == "num" and form in ("一天", "一个", "一小时", "一元")
        else form.rstrip(".")
    )
    assert want in said(f"<{slot}>", turn, language)


@pytest.mark.parametrize(("slot", "form", "language"), MISSES)
def test_what_is_no_form_of_a_slot(slot: str, form: str, language: str) -> None:
    turn = f"是{form}的" if language == "zh" else f"is {form} ok"
    assert said(f"<{slot}>", turn, language) == []


def test_slots_stand_inside_phrases() -> None:
    assert said("工号<num>", "工号1024，工号幺零二四，工号一") == ["工号1024", "工号幺零二四"]
    assert said("退<money>", "退三百块钱，退款") == ["退三百块钱"]
    assert said("<date>...(回电|联系)", "明天上午给您回电") == ["明天上午给您回电"]
    assert said("within <num> (days|hours)", "within 24 hours", "en") == ["within 24 hours"]


def test_spoken_digits_are_digits_only_inside_num() -> None:
    assert said("138", "幺三八") == []
    assert said("<num>", "幺三八") == ["幺三八"]


def test_letters_and_ideographs_are_plain_as_in_a_turn() -> None:
    letters = [chr(code) for code in (*range(ord("A"), ord("Z") + 1), *range(ord("a"), 0x7B))]
    han = [chr(code) for code in range(0x4E00, 0xA000)]
    for characters in (letters, han):
        words = [character * 2 for character in characters]
        assert [plain_word(word) for word in words] == plain(words).text.split("\x1d")
