"""Precision, recall, F1 and their interval; and the errors that are read first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from labelled import raw, rows

from qa_checker.studies.dialogues import Quote
from qa_checker.studies.errors import false_alarms, misses
from qa_checker.studies.figures import figures


def some(folder: Path, number: int, **more: Any) -> list[Any]:
    """Return rows, each a dialogue of its own."""
    raws = (raw(0, f"turn {i}", dialogue_id=f"d{i}", **more) for i in range(number))
    return rows(folder, *raws)


def test_counts_and_shares(tmp_path: Path) -> None:
    truth = [True, True, True, False, False]
    found = [True, True, False, True, False]
    (all_of_it,) = figures(some(tmp_path, 5), truth, found)
    assert (all_of_it.rows, all_of_it.positives, all_of_it.found, all_of_it.right) == (5, 3, 3, 2)
    assert all_of_it.precision == all_of_it.recall == all_of_it.f1 == pytest.approx(2 / 3)


def test_what_has_no_ground_has_no_figure(tmp_path: Path) -> None:
    (nothing,) = figures(some(tmp_path, 3), [False] * 3, [False] * 3)
    assert (nothing.precision, nothing.recall, nothing.f1, nothing.low) == (None,) * 4
    (missed,) = figures(some(tmp_path, 3), [True] * 3, [False] * 3)
    assert (missed.precision, missed.recall, missed.f1) == (None, 0, 0)


def test_each_source_and_all(tmp_path: Path) -> None:
    got = rows(tmp_path, raw(0, "a", source="x"), raw(0, "b", source="y", id="other"))
    table = figures(got, [True, True], [True, False])
    assert [(each.source, each.recall) for each in table] == [("x", 1), ("y", 0), ("all", 0.5)]


def test_the_interval_holds_f1_and_comes_from_the_seed(tmp_path: Path) -> None:
    got = some(tmp_path, 200)
    truth = [i % 3 == 0 for i in range(200)]
    found = [i % 4 == 0 for i in range(200)]
    (first,), (again,) = figures(got, truth, found), figures(got, truth, found)
    (other,) = figures(got, truth, found, seed=1)
    assert first == again != other
    assert first.low is not None
    assert first.high is not None
    assert first.f1 is not None
    assert first.low < first.f1 < first.high


def test_dialogues_are_drawn_and_not_rows(tmp_path: Path) -> None:
    """The same rows in a dialogue each vary otherwise than in ten."""
    single = some(tmp_path, 100)
    truth = [i < 50 for i in range(100)]
    found = [i % 2 == 0 for i in range(100)]
    pairs = rows(tmp_path, *(raw(i, "x", dialogue_id=f"d{i // 10}") for i in range(100)))
    (apart,), (together,) = figures(single, truth, found), figures(pairs, truth, found)
    assert apart.f1 == together.f1
    assert together.low is not None
    assert (apart.low, apart.high) != (together.low, together.high)


@pytest.mark.parametrize(("dialogues", "has"), [(4, False), (5, True)])
def test_few_dialogues_have_no_interval(tmp_path: Path, dialogues: int, has: bool) -> None:
    got = some(tmp_path, dialogues)
    truth = [i % 2 == 0 for i in range(dialogues)]
    (only,) = figures(got, truth, truth)
    assert (only.low is not None, only.high is not None) == (has, has)


def test_one_dialogue_has_no_interval(tmp_path: Path) -> None:
    (one,) = figures(rows(tmp_path, raw(0, "a"), raw(1, "b")), [True, False], [True, True])
    assert (one.low, one.high) == (None, None)


def test_misses_most_frequent_first_then_shortest(tmp_path: Path) -> None:
    said = ("long and rare", "often", "short", "often", "found")
    got = rows(tmp_path, *(raw(i, text) for i, text in enumerate(said)))
    missed = misses(got, [True] * 5, {got[4].id: Quote("found", "f")})
    assert [(miss.row.index, miss.times) for miss in missed] == [(1, 2), (2, 1), (0, 1)]


def test_false_alarms_one_of_each_phrase_then_the_next(tmp_path: Path) -> None:
    got = rows(tmp_path, *(raw(i, "x" * (9 - i)) for i in range(5)))
    phrases = ("p", "p", "q", "p", "q")
    found = {row.id: Quote("x", phrase) for row, phrase in zip(got, phrases, strict=True)}
    truth = [False, False, False, True, True]
    wrong = false_alarms(got, truth, found)
    assert [(each.row.index, each.wrong, each.found) for each in wrong] == [
        (1, 2, 3),
        (2, 1, 2),
        (0, 2, 3),
    ]
