"""Every sample call gets the scorecards that stand in tests/samples/.

rubrics.yaml there names the rubrics of a sample; without a line, it is the usual one for its
language. After a change that is meant, write the scorecards anew and read the difference
before you commit it:

    python tests/test_samples.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from qa_checker import judge, read
from qa_checker.call import Call
from qa_checker.resources import shipped
from qa_checker.runs.usual import load_once, usual_rubric
from qa_checker.scorecard import Scorecard, text, words

ROOT = Path(__file__).parents[1]
EXPECTED = Path(__file__).parent / "samples"
CALLS = list(read(ROOT / "samples"))
RUBRICS: dict[str, list[str]] = yaml.safe_load((EXPECTED / "rubrics.yaml").read_text("utf-8"))
USED = sorted({name for names in RUBRICS.values() for name in names})


def cards_of(call: Call) -> Iterator[Scorecard]:
    """Yield the call's scorecard by each of its rubrics."""
    for name in RUBRICS.get(call.call_id) or [usual_rubric(call.language or call.source[:2])]:
        yield judge(load_once(name), call)


def written(card: Scorecard) -> str:
    """The scorecard, every loss with the words that cost it, and the remarks."""
    rows = [f"{card.call_id}  {card.shown or '–'}  {card.band}".rstrip()]
    for verdict in card:
        points = f"{text(verdict.earned):>5}/{text(verdict.points):<4}"
        reason = f" ({verdict.reason})" if verdict.reason else ""
        rows.append(f"  {verdict.verdict:<6} {points} {words(verdict.title)}{reason}")
    rows.append(f"  {text(card.earned)}/{text(card.possible)}  {card.rule.split('#')[0]}")
    for verdict in card:
        for loss in verdict.losses:
            said = loss.evidence
            quote = f"turn {said.turn} {said.role} “{said.quote}” via {said.via}" if said else "–"
            rows.append(f"  -{text(loss.points)} {verdict.item} {loss.kind}: {quote}")
    rows += [f"  -{text(lost.points)} {lost.item} auto-fail" for lost in card.forfeits]
    rows += [f"  signal {s.id}: {s.label or s.count}" for s in card.signals]
    return "\n".join([*rows, *(f"  note: {note}" for note in card.notes)]) + "\n"


@pytest.mark.parametrize("call", CALLS, ids=[call.call_id for call in CALLS])
def test_expected_scorecards(call: Call) -> None:
    expected = (EXPECTED / f"{call.call_id}.txt").read_text(encoding="utf-8")
    assert "\n".join(map(written, cards_of(call))) == expected


def test_samples_are_what_the_readme_says() -> None:
    assert len(CALLS) >= 10
    assert {call.call_id for call in CALLS} == {path.stem for path in EXPECTED.glob("*.txt")}
    assert set(RUBRICS) <= {call.call_id for call in CALLS}
    for call in CALLS:
        assert len(call.turns) >= 40, call.call_id
        assert {"agent", "customer"} <= {turn.role for turn in call.turns}


def test_every_rubric_judges_a_good_call_and_a_bad_one() -> None:
    assert list(shipped("rubrics")) == USED
    found: dict[str, set[bool | None]] = {name: set() for name in USED}
    for call in CALLS:
        for card in cards_of(call):
            found.setdefault(card.rule.split("@")[0], set()).add(card.passed)
    for name in USED:
        assert {True, False} <= found[name], f"{name} needs a sample that passes and one that fails"


def test_ledgers_add_up() -> None:
    for call in CALLS:
        for card in cards_of(call):
            lost = sum(loss.points for verdict in card for loss in verdict.losses)
            forfeited = sum(forfeit.points for forfeit in card.forfeits)
            assert card.possible - lost - forfeited == card.earned


def lines() -> Iterator[str]:
    """Write the expected scorecards anew."""
    for call in CALLS:
        cards = "\n".join(map(written, cards_of(call)))
        (EXPECTED / f"{call.call_id}.txt").write_text(cards, encoding="utf-8")
        yield call.call_id


if __name__ == "__main__":
    print(*lines(), sep="\n")
