"""Events that look only at turns of some size find what they find in looking at every turn."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.call import AGENT, CUSTOMER, SYSTEM, Call, Segment, turns
from qa_checker.events import Batch, Scene, long_turn
from qa_checker.rules.windows import Amount
from qa_checker.text.plain import each_call, plain

SECONDS = st.none() | st.sampled_from([0.0, 0.5, 1.0, 1.0005, 2.0])
SEGMENT = st.builds(
    Segment,
    st.sampled_from([AGENT, CUSTOMER, SYSTEM]),
    st.text(st.sampled_from("好五 ab，。"), max_size=12),
    st.just(""),
    SECONDS,
    SECONDS,
)
CALLS = st.lists(st.lists(SEGMENT, max_size=6), min_size=1, max_size=3)


def scenes(said: list[list[Segment]], language: str) -> Iterator[Scene]:
    """Yield what events see of calls that are looked at together."""
    batch = Batch([Call("c", turns(segments), language=language) for segments in said])
    texts = [[turn.text for turn in call.turns] or [""] for call in batch.calls]
    whole = plain([text for own in texts for text in own])
    for place, own in enumerate(each_call(whole, map(len, texts))):
        yield Scene(batch.calls[place], language, own, {}, batch, place)


@pytest.mark.parametrize("language", ["zh", "en"])
@given(said=CALLS, most=st.integers(0, 5), unit=st.sampled_from(["", "s", "chars", "words"]))
def test_long_turns(language: str, said: list[list[Segment]], most: int, unit: str) -> None:
    second = Amount(Fraction(1), "s")
    settings = long_turn.Settings(chars=most, words=most, seconds=second)
    over = Amount(Fraction(most), unit) if unit else None
    for scene in scenes(said, language):
        found = list(long_turn.detect(scene, settings, over))
        every = range(len(scene.call.turns))
        with patch.object(long_turn, "may_be_long", lambda *_, every=every: every):
            assert found == list(long_turn.detect(scene, settings, over))
