"""Every sample call gets the scorecard that stands in tests/samples/.

After a change that is meant, write them anew and read the difference before you commit it:

    python tests/test_samples.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from qa_checker import judge, read
from qa_checker.call import Call
from qa_checker.runs.audit import load_once, shipped_rubric
from qa_checker.scorecard import Scorecard, text

ROOT = Path(__file__).parents[1]
EXPECTED = Path(__file__).parent / "samples"
CALLS = list(read(ROOT / "samples"))


def card_of(call: Call) -> Scorecard:
    return judge(load_once(shipped_rubric(call.language or call.source[:2])), call)


def written(card: Scorecard) -> str:
    """The scorecard, every loss with the words that cost it, and the remarks."""
    rows = [str(card), f"  {text(card.earned)}/{text(card.possible)}  {card.rule.split('#')[0]}"]
    for verdict in card:
        for loss in verdict.losses:
            said = loss.evidence
            quote = f"turn {said.turn} {said.role} “{said.quote}” via {said.via}" if said else "–"
            rows.append(f"  -{text(loss.points)} {verdict.item} {loss.kind}: {quote}")
    rows += [f"  -{text(lost.points)} {lost.item} auto-fail" for lost in card.forfeits]
    rows += [f"  signal {s.id}: {s.label or s.count}" for s in card.signals]
    return "\n".join([*rows, *(f"  note: {note}" for note in card.notes)]) + "\n"


@pytest.mark.parametrize("call", CALLS, ids=[call.call_id for call in CALLS])
def test_expected_scorecard(call: Call) -> None:
    expected = (EXPECTED / f"{call.call_id}.txt").read_text(encoding="utf-8")
    assert written(card_of(call)) == expected


def test_samples_are_what_the_readme_says() -> None:
    assert len(CALLS) >= 10
    assert {call.call_id for call in CALLS} == {path.stem for path in EXPECTED.glob("*.txt")}
    for call in CALLS:
        assert len(call.turns) >= 40, call.call_id
        assert {"agent", "customer"} <= {turn.role for turn in call.turns}


def test_ledgers_add_up() -> None:
    for card in map(card_of, CALLS):
        lost = sum(loss.points for verdict in card for loss in verdict.losses)
        forfeited = sum(forfeit.points for forfeit in card.forfeits)
        assert card.possible - lost - forfeited == card.earned


def lines() -> Iterator[str]:
    """Write the expected scorecards anew."""
    for call in CALLS:
        (EXPECTED / f"{call.call_id}.txt").write_text(written(card_of(call)), encoding="utf-8")
        yield call.call_id


if __name__ == "__main__":
    print(*lines(), sep="\n")
