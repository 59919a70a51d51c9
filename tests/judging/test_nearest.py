"""The nearest miss is that of a search that takes one turn and one phrase after the other."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st
from make import ENTRIES, lexicon, rubric
from rapidfuzz.distance import LCSseq

from qa_checker.call import Call, Segment, turns
from qa_checker.judging.look import Look
from qa_checker.judging.nearest import LEAST, LOOSE, NEAR, nearest_miss
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
            if last - first <= LOOSE * len(phrase) + 1:
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
