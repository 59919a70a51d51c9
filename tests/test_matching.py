"""The fast matcher finds just what the slow, obvious one finds."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import numpy as np
import pytest
import reference
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_checker import read
from qa_checker.matching import needed as needs
from qa_checker.matching import sieve, slots
from qa_checker.matching.compile import Regexes, compile_plan
from qa_checker.matching.find import find
from qa_checker.matching.literals import compile_phrase
from qa_checker.matching.needed import may_hold, needed, sentences_of
from qa_checker.matching.patterns import worth_trying
from qa_checker.matching.phrases import turns_worth_trying
from qa_checker.matching.views import AS_WRITTEN, view
from qa_checker.resources import shipped
from qa_checker.rules.lexicon import Entry, read_lexicon
from qa_checker.rules.load import open_source
from qa_checker.rules.phrase import BuiltIn, Choice, Gap, Literal, Phrase, Rest, Space
from qa_checker.rules.source import Source
from qa_checker.text.plain import plain

ROOT = Path(__file__).parents[1]
WORDS = [
    "不能", "能", "不", "退款", "保证", "抱歉", "报歉", "您", "好", "天", "三", "十五", "一",
    "thank", "you", "can't", "ok", "a", "frustrated", "3.5", "12", "元",
]  # fmt: skip
MARKS = [
    "，",
    "。",
    " ",
    "、",
    "…",
    "！",
    "\n",
    "'",
    "-",
    "#",
    "㎏",
    "嗯",
    "啊",
    "um",
    "，嗯，",
    "～",
]
VARIANTS = ["退貨", "保證", "ＯＫ", "YOU", "Can’t", "陪", "宝正", "泥豪"]
texts = st.lists(st.sampled_from(WORDS * 2 + MARKS + VARIANTS), max_size=9).map("".join)
simple = st.sampled_from([*WORDS, "您好", "thank you", "退 款", "frustrat*", "o*"])
gaps = st.sampled_from(["...", "<0-2>", "<1-3>", " ", "<num>", "<money>", "<num>?"])


def bracket(parts: list[str], optional: bool) -> str:
    return f"({'|'.join(parts)}){'?' * optional}"


groups = st.builds(bracket, st.lists(simple, min_size=1, max_size=3), st.booleans())
pieces = st.lists(st.one_of(simple, gaps, groups), min_size=1, max_size=5).map("".join)
phrases = st.builds(
    lambda a, p, z: a + p + z,
    st.sampled_from(["", "", "^"]),
    pieces,
    st.sampled_from(["", "", "$"]),
)
SETTINGS = {
    "homophones": ["off", "off", "same", "near"],
    "negation": ["keep", "keep", "drop", "only"],
    "boundary": ["", "", "word"],
    "fillers": ["", "", "skip"],
}


@st.composite
def entries(draw: st.DrawFn) -> Entry | None:
    """An entry of generated phrases, read from the YAML a person would write."""
    said = {key: draw(st.sampled_from(values)) for key, values in SETTINGS.items()}
    rows = [f"    {key}: {value}" for key, value in said.items() if value]
    for key in ("phrases", "unless"):
        written = draw(st.lists(phrases, min_size=key == "phrases", max_size=3))
        if written:
            rows.append(f"    {key}:")
            rows += [f"      - '{phrase.replace(chr(39), chr(39) * 2)}'" for phrase in written]
    text = "\n".join([
        "qa_checker: lexicon/v1", "id: made", "version: 1.0.0", "languages: [zh, en]", "entries:",
        "  - id: up", "    polarity: neutral", *rows, "    examples: {hit: [x], miss: [y]}",
    ])  # fmt: skip
    source = Source("made.yaml", text)
    lexicon = read_lexicon(source)
    return lexicon.entries[0] if lexicon and not source.errors() else None


TWISTS = {
    "退款": "退欵",
    "保证": "宝正",
    "抱歉": "报歉",
    "不能": "布能",
    "ok": "ＯＫ",
    "you": "Yoü",
    "您": "您嗯",
}


def said(draw: st.DrawFn, phrase: Phrase) -> str:
    """Something that a phrase might be said as: near it, not always inside it."""
    text = ""
    for part in phrase:
        match part:
            case Literal(written):
                text += TWISTS.get(written, written) if draw(st.integers(0, 3)) == 0 else written
            case Space():
                text += draw(st.sampled_from(["", " ", "，", ", ", "。"]))
            case Gap(least, most):
                count = draw(st.integers(max(0, least - 1), min(most + 1, 4)))
                text += "".join(draw(st.sampled_from([*WORDS, "，", " "])) for _ in range(count))
            case BuiltIn():
                text += draw(
                    st.sampled_from(["三", "12", "3.5元", "一", "十五块", "¥20", "twenty five"])
                )
            case Choice(options, optional):
                if not optional or draw(st.booleans()):
                    text += said(draw, draw(st.sampled_from(options)))
            case Rest():
                text += draw(st.sampled_from(["", "s", "ed"]))
            case _:
                pass
    return text


@st.composite
def calls(draw: st.DrawFn) -> tuple[Entry | None, list[str]]:
    """An entry, and turns that hold (nearly) what its phrases ask for."""
    entry = draw(entries())
    if entry is None:
        return None, []
    turns = []
    for _ in range(draw(st.integers(1, 3))):
        pattern = draw(st.sampled_from([*entry.phrases, *entry.unless]))
        turns.append(draw(texts) + said(draw, pattern.phrase) + draw(texts))
    return entry, turns


@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(made=calls(), language=st.sampled_from(["zh", "en"]))
def test_same_hits_on_generated_lexicons(
    made: tuple[Entry | None, list[str]], language: str
) -> None:
    entry, turns = made
    if entry is None:
        return
    plan = compile_plan([entry], language)
    hits = find(plan, plain(turns), turns, ["agent"] * len(turns)).get("made.up", [])
    slow = [
        (n, s, e) for n, turn in enumerate(turns) for s, e in reference.find(turn, entry, language)
    ]
    assert [(hit.turn, hit.start, hit.end) for hit in hits] == slow


@settings(
    max_examples=200,
    deadline=None,
    suppress_health_check=[*HealthCheck, HealthCheck.function_scoped_fixture],
)
@given(made=calls(), language=st.sampled_from(["zh", "en"]))
def test_same_hits_whether_sentences_are_asked_first_or_not(
    made: tuple[Entry | None, list[str]], language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry, turns = made
    if entry is None:
        return
    found = []
    for pays, largest in ((0, 1), (1_000_000, 1 << 24), (1_000_000, 4)):
        monkeypatch.setattr(sieve, "PAYS", pays)
        monkeypatch.setattr(needs, "LARGEST", largest)
        plan = compile_plan([entry], language)
        found.append(find(plan, plain(turns), turns, ["agent"] * len(turns)))
    assert found[0] == found[1] == found[2]


def test_sentences_that_lack_what_a_phrase_needs_are_told() -> None:
    turns = ["退款今天就到。保证", "退款给您保证"]
    (phrase,) = compile_phrase("退款<0-9>保证", (Literal("退款"), Gap(0, 9), Literal("保证")))
    both = plain(turns)
    places = np.array([both.text.find(phrase.literals[0], start) for start in both.starts[:2]])
    sentences = sentences_of(both.whole.kinds)
    held = may_hold(needed([phrase]), both.codes, sentences, np.zeros(2, dtype=np.int64), places)
    assert held.tolist() == [False, True]


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.data(), st.sampled_from(sorted(slots.FORMS)))
def test_slots_end_and_hold_what_is_said_of_them(data: st.DataObject, name: str) -> None:
    text = data.draw(st.from_regex(slots.pattern(name), fullmatch=True))
    assert text[-1] in slots.MAY_END[name]
    assert any(each in text for each in slots.HOLDS[name])


SLOT_TEXT = [
    *"0159,.¥$月日点半一二十百万元块 :/", "twenty", "seven", "a ", "and ", "dollars", "march", "pm",
    "the ", "下周三", "o clock", "x", "的",
]  # fmt: skip


@settings(max_examples=400, deadline=None)
@given(
    name=st.sampled_from(sorted(slots.FORMS)),
    text=st.lists(st.sampled_from(SLOT_TEXT), min_size=1, max_size=12).map("".join),
)
def test_slots_end_wherever_they_can(name: str, text: str) -> None:
    for start in slots.beginnings(name, text, 0, len(text)):
        possible = range(start + 1, min(len(text), start + slots.LONGEST) + 1)
        slow = [end for end in possible if slots.is_slot(name, text, start, end)]
        assert slots.ends(name, text, start, len(text)) == slow


def test_sentences_that_share_a_place_are_not_taken_to_lack_anything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(needs, "LARGEST", 1)
    turns = ["退款今天到", "退款给您保证"] * 100
    (phrase,) = compile_phrase("退款<0-9>保证", (Literal("退款"), Gap(0, 9), Literal("保证")))
    text, none = plain(turns), np.zeros(len(turns), dtype=np.int64)
    held = may_hold(
        needed([phrase]), text.codes, sentences_of(text.whole.kinds), none, text.begins[:-1]
    )
    assert held[1::2].all()


def test_a_slot_alone_is_tried_where_it_may_be() -> None:
    (phrase,) = compile_phrase("<money>", (BuiltIn("money"),))
    said = ["hello", "20 dollars", "12", "three bucks or four bucks", ""]
    assert turns_worth_trying(phrase, view(plain(said), AS_WRITTEN), len(said)) == [1, 3]


REGEXES = [
    r"^ab", r"ab$", r"^a[^x]*b$", r"\ba", r"b\W+a", r"[^b]{3}", r"\Aab", r"b\z", r"(?-m)^b",
    r"(?i)AB", r"\Qa.b", r"a\sb", r"(?P<n>a)1", r"(?P<n>b)1", r"1.?b",
]  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(
    st.lists(st.sampled_from(REGEXES), min_size=1, max_size=4),
    st.lists(st.text("ab1. \n好", max_size=8), min_size=1, max_size=5),
)
def test_regexes_match_in_many_turns_as_in_each_alone(written: list[str], turns: list[str]) -> None:
    regexes = Regexes((0,) * len(written), tuple(written))
    tried = set(worth_trying(regexes, turns))
    for turn, text in enumerate(turns):
        if any(match.group() for one in regexes.compiled for match in one.finditer(text)):
            assert turn in tried


def test_regexes_are_tried_in_few_turns() -> None:
    regexes = Regexes((0, 1), ("^ab", "b$"))
    assert worth_trying(regexes, ["ba", "xab", "", "abx", "a"]) == [1, 3]


@settings(max_examples=400, deadline=None)
@given(st.lists(st.one_of(texts, st.text(max_size=12)), min_size=1, max_size=3))
def test_same_plain_text(turns: list[str]) -> None:
    turns = [turn.replace("\x1d", " ") for turn in turns]
    fast = plain(turns)
    for number, turn in enumerate(turns):
        low, high = fast.bounds(number)
        slow = reference.normal("".join("�" if "\ud800" <= c <= "\udfff" else c for c in turn))
        assert fast.text[low:high] == "".join(c for c, _, _ in slow)
        places = [fast.as_read(number, place, place + 1)[0] for place in range(low, high)]
        assert places == [at for _, at, _ in slow]
        assert places == fast.places_read([number] * len(places), range(low, high))


@cache
def shipped_entries(language: str) -> list[Entry]:
    """Every entry that ships for a language, without its regexes and word patterns."""
    lexicons = [read_lexicon(open_source(file, name)) for name, file in shipped("lexicons").items()]
    found = [entry for lexicon in lexicons if lexicon for entry in lexicon.entries]
    return [
        entry
        for entry in found
        if language in entry.languages and all(p.phrase for p in (*entry.phrases, *entry.unless))
    ]


@pytest.mark.parametrize("sample", sorted(p.name for p in (ROOT / "samples").glob("[ze][hn]_*.*")))
def test_same_hits_on_samples(sample: str) -> None:
    language = sample[:2]
    entries = shipped_entries(language)
    plan = compile_plan(entries, language)
    for call in read(ROOT / "samples" / sample):
        turns = [turn.text for turn in call.turns]
        roles = [turn.role for turn in call.turns]
        hits = find(plan, plain(turns), turns, roles)
        for entry in entries:
            heard = [n for n, role in enumerate(roles) if entry.role in ("any", role)]
            slow = [(n, s, e) for n in heard for s, e in reference.find(turns[n], entry, language)]
            fast = [(hit.turn, hit.start, hit.end) for hit in hits.get(entry.full_name, [])]
            assert fast == slow, entry.full_name
