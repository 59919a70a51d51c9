"""The nearest miss is that of a search that takes one turn and one phrase after the other."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from make import ENTRIES, lexicon, rubric
from rapidfuzz.distance import LCSseq

from qa_checker.call import Call, Segment, turns
from qa_checker.judging.dropped import Dropped
from qa_checker.judging.look import Look
from qa_checker.judging.nearest import LEAST, LOOSE, NEAR, Miss, nearest_miss
from qa_checker.scorecard import Searched
from qa_checker.text.plain import plain

PHRASES = {
    "greet": ("any", "prefer", "您好很高兴"),
    "order": ("agent", "prefer", "核实订单号"),
    "leave": ("customer", "prefer", "再见谢谢您"),
    "thank": ("any", "prefer", "thank you"),
    "short": ("any", "prefer", "好的"),
}
NAMES = ", ".join(f"w.{name}" for name in PHRASES)
RULES = rubric(
    f"{{id: i, title: i, points: 10, check: {{find: [{NAMES}], role: any}}}}",
    words=lexicon({**ENTRIES, **PHRASES}),
)
CHECK = RULES.rubric.items[0][1].check
PIECES = [
    "您好",
    "很",
    "高兴",
    "核实",
    "订单",
    "号",
    "再见",
    "谢谢",
    "您",
    "thank",
    "you",
    " ",
    "。",
    "1.",
    "\x1d",
]
texts = st.lists(st.sampled_from(PIECES), max_size=9).map("".join)
said = st.lists(st.tuples(st.sampled_from(("agent", "customer")), texts), min_size=1, max_size=8)


def one_by_one(call: Call, searched: Sequence[Searched]) -> tuple[int, int, int, str] | None:
    """Return turn, start, end and phrase of the nearest miss, found the slow way."""
    found, bar = None, NEAR
    for turn in sorted({turn for window in searched for turn in window.turns}):
        spoken = call.turns[turn - 1]
        text = plain([spoken.text])
        for role, _, phrase in PHRASES.values():
            share = LCSseq.similarity(phrase, text.text) / len(phrase)
            if role not in ("any", spoken.role) or len(phrase) < LEAST or share <= bar:
                continue
            blocks = [b for b in LCSseq.editops(phrase, text.text).as_matching_blocks() if b.size]
            first, last = blocks[0].b, blocks[-1].b + blocks[-1].size
            while text.inside_word(first):
                first -= 1
            while text.inside_word(last):
                last += 1
            heard = re.findall("[a-z]+", text.text[first:last])
            english = phrase != "thank you" or any(word.startswith("than") for word in heard)
            if english and last - first <= LOOSE * len(phrase) + 1:
                found, bar = (turn, *text.as_read(0, first, last), phrase), share
    return found


@given(said, st.data())
@settings(deadline=None)
def test_all_at_once_finds_what_one_by_one_finds(
    lines: list[tuple[str, str]], data: st.DataObject
) -> None:
    call = Call("c", turns([Segment(*line) for line in lines]))
    numbers = st.lists(st.integers(1, len(call.turns)), unique=True, max_size=8)
    searched = [Searched("any", tuple(data.draw(numbers))) for _ in range(2)]
    near = nearest_miss(Look(RULES, call, "zh"), CHECK, searched)
    expected = one_by_one(call, searched)
    assert (near and (near.turn, near.start, near.end, near.phrase)) == expected
    assert near is None or near.quote == call.turns[near.turn - 1].text[near.start : near.end]


def test_a_near_miss_is_quoted_and_the_earliest_of_several() -> None:
    lines = [
        ("agent", "嗯。"),
        ("customer", "高兴，您好很"),
        ("agent", "您好 高兴"),
        ("customer", "您好兴高"),
    ]
    call = Call("c", turns([Segment(*line) for line in lines]))
    near = nearest_miss(Look(RULES, call, "zh"), CHECK, [Searched("any", (1, 2, 3, 4))])
    assert near is not None
    assert (near.turn, near.quote, near.phrase, near.share) == (3, "您好 高兴", "您好很高兴", 0.8)


OFFERS = """
qa_checker: lexicon/v1
id: w
version: 1.0.0
languages: [zh, en]
entries:
  - id: mood
    polarity: prefer
    role: agent
    phrases: [sorry about that, that is understandable]
    examples: {hit: [sorry about that], miss: [-]}
  - id: offer
    polarity: prefer
    role: agent
    negation: drop
    phrases: [I can put a note, 帮您登记]
    unless: [I can put a note on the door, 谁(会|能)帮您登记]
    examples: {hit: [I can put a note], miss: [-]}
"""


def nearest_to(entry: str, said: str, language: str = "en") -> Miss | None:
    """Return the nearest miss of an entry in what an agent says."""
    rules = rubric(f"{{id: i, title: i, points: 10, check: {{find: w.{entry}}}}}", words=OFFERS)
    call = Call("c", turns([Segment("agent", said)]))
    check = rules.rubric.items[0][1].check
    return nearest_miss(Look(rules, call, language), check, [Searched("any", (1,))])


@pytest.mark.parametrize("said", ["your account about that", "that is at the stand table"])
def test_words_that_stand_in_any_sentence_are_not_near(said: str) -> None:
    assert nearest_to("mood", said) is None


def test_a_word_of_the_phrase_in_another_form_is_near() -> None:
    near = nearest_to("mood", "well that, I understand")
    assert near is not None
    assert near.name == "w.mood"


@pytest.mark.parametrize(
    ("said", "language", "why"),
    [
        ("I can put a note on the door", "en", Dropped("I can put a note on the door")),
        ("never I can put a note", "en", Dropped(negated=True)),
        ("不帮您登记", "zh", Dropped(negated=True)),
        ("谁能帮您登记", "zh", Dropped("谁(会|能)帮您登记")),
        ("帮您先登记", "zh", None),
    ],
)
def test_what_fits_and_is_no_hit_says_why(said: str, language: str, why: Dropped | None) -> None:
    near = nearest_to("offer", said, language)
    assert near is not None
    assert near.dropped == why


def test_what_a_check_forbids_is_never_what_came_nearest() -> None:
    both = "{all: [{find: w.order}, {find: w.greet, role: any, max: 0}]}"
    rules = rubric(
        f"{{id: i, title: i, points: 10, check: {both}}}", words=lexicon({**ENTRIES, **PHRASES})
    )
    lines = [("agent", "您好 高兴"), ("customer", "嗯"), ("agent", "核实一下订单")]
    call = Call("c", turns([Segment(*line) for line in lines]))
    look, check = Look(rules, call, "zh"), rules.rubric.items[0][1].check
    near = nearest_miss(look, check, [Searched("any", (1, 2, 3))])
    assert near is not None
    assert near.name == "w.order"
    assert nearest_miss(look, check, [Searched("any", (1, 2))]) is None
