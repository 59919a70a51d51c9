"""Samples keep their quotas, hold every red line, and depend on nothing but calls and plan."""

from __future__ import annotations

import random
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from qa_checker.problem import BadInput
from qa_checker.reports.sampling.drawn import (
    MARGIN,
    RANDOM,
    RED_LINE,
    Candidate,
    Margin,
    Plan,
    Sample,
)
from qa_checker.rules.rubric import Rubric
from qa_checker.studies.sampling import chance
from qa_checker.studies.sampling.draw import draw
from qa_checker.studies.sampling.margins import margin_of
from qa_checker.studies.sampling.shares import shares
from qa_checker.studies.sampling.strata import keys, stratum_of

BY = ("band", "queue", "month")


def calls(number: int, seed: int = 0, agents: int = 5) -> list[Candidate]:
    """Return calls as a run might give them, from a seed."""
    one = random.Random(seed)
    return [candidate(one, n, agents) for n in range(number)]


def candidate(one: random.Random, n: int, agents: int) -> Candidate:
    """Return one call; some have no score, some a red line, some are skipped."""
    score = one.choice([None, *(round(one.uniform(0, 100), 1) for _ in range(9))])
    away = None if score is None else Fraction(str(score)) - 80
    return Candidate(
        call_id=f"c{n}",
        source=f"calls/{n}.txt",
        agent=f"a{one.randrange(agents)}",
        queue=one.choice(["", "vip", "refunds"]),
        started_at=f"2026-{one.randrange(9, 12):02d}-03T10:00:00",
        score=score,
        band="" if score is None else "Good" if score >= 80 else "Weak",
        margin=None if away is None else Margin(away, Fraction(80), "Good", True),
        red_lines=("privacy",) if one.random() < 0.05 else (),
        skipped="not for chats" if one.random() < 0.1 else "",
    )


def sample(given: Sequence[Candidate], **plan: object) -> Sample:
    """Draw by a plan."""
    return draw(lambda: given, Plan(**plan))  # type: ignore[arg-type]


def ids(drawn: Sample, *kinds: str) -> list[str]:
    """Return the ids drawn, of some kinds or of all, in the order to hear them."""
    return [one.call.call_id for one in drawn.drawn if not kinds or one.kind in kinds]


PLANS = some.fixed_dictionaries(
    {
        "per_agent": some.none() | some.integers(0, 12),
        "total": some.none() | some.integers(0, 60),
        "by": some.lists(some.sampled_from(["agent", *BY]), unique=True).map(tuple),
        "margins": some.integers(0, 15),
        "red_lines": some.booleans(),
        "seed": some.integers(0, 99),
    }
)


@given(some.integers(0, 150), some.integers(0, 9), PLANS)
def test_quotas_hold_and_every_red_line_is_in(number: int, seed: int, plan: dict[str, int]) -> None:
    given_calls = calls(number, seed)
    eligible = [call for call in given_calls if not call.skipped]
    drawn = sample(given_calls, **plan)
    found = ids(drawn)
    assert len(found) == len(set(found))
    assert set(found) <= {call.call_id for call in eligible}
    red = {call.call_id for call in eligible if call.red_lines and plan["red_lines"]}
    assert set(ids(drawn, RED_LINE)) == red
    assert len(ids(drawn, MARGIN)) <= plan["margins"]
    counted = Counter(one.call.agent for one in drawn.drawn if one.kind != RED_LINE)
    if plan["total"] is not None:
        assert counted.total() <= plan["total"]
    if plan["per_agent"] is not None:
        assert all(count <= plan["per_agent"] for count in counted.values())


@given(some.integers(0, 150), some.integers(0, 9), PLANS)
def test_nobody_is_short_without_need(number: int, seed: int, plan: dict[str, int]) -> None:
    eligible = [call for call in calls(number, seed) if not call.skipped]
    drawn = sample(eligible, **plan)
    room = Counter(call.agent for call in eligible if not (call.red_lines and plan["red_lines"]))
    if plan["per_agent"] is not None:
        room = Counter({agent: min(n, plan["per_agent"]) for agent, n in room.items()})
    most = room.total() if plan["total"] is None else min(room.total(), plan["total"])
    assert len(ids(drawn, MARGIN, RANDOM)) == most


@given(some.integers(0, 120), PLANS, some.randoms())
def test_the_order_of_calls_changes_nothing(
    number: int, plan: dict[str, int], one: random.Random
) -> None:
    given_calls = calls(number)
    shuffled = one.sample(given_calls, len(given_calls))
    assert sample(given_calls, **plan) == sample(shuffled, **plan)


def test_two_looks_in_two_orders_give_the_same() -> None:
    given_calls = calls(200)
    orders = iter([given_calls, given_calls[::-1]])
    twice = draw(lambda: next(orders), Plan(per_agent=6, by=BY, margins=4))
    assert twice == sample(given_calls, per_agent=6, by=BY, margins=4)


def test_the_seeds_of_hashes_and_other_processes_change_nothing() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/studies'); import test_sampling as t;"
        "print(t.ids(t.sample(t.calls(300), per_agent=4, by=t.BY, margins=3, seed=7)))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    here = ids(sample(calls(300), per_agent=4, by=BY, margins=3, seed=7))
    assert printed == {f"{here}\n"}


def test_another_seed_draws_others() -> None:
    given_calls = calls(300)
    one, other = (ids(sample(given_calls, per_agent=4, seed=seed), RANDOM) for seed in (1, 2))
    assert set(one) != set(other)


def test_calls_of_one_agent_do_not_move_the_sample_of_another() -> None:
    plan = {"per_agent": 5, "by": BY, "seed": 3}
    before = calls(300)
    more = [call._replace(call_id=f"new{n}", agent="a0") for n, call in enumerate(calls(200, 1))]
    kept, now = (
        [one.call for one in sample(given_calls, **plan).drawn if one.call.agent != "a0"]
        for given_calls in (before, [*before, *more])
    )
    assert kept == now


def test_a_new_call_replaces_one_drawn_at_most() -> None:
    before = calls(300, agents=1)
    for n in range(30):
        new = before[n]._replace(call_id=f"new{n}", source="")
        was, now = (set(ids(sample(each, total=20))) for each in (before, [*before, new]))
        assert len(was - now) <= 1


def test_every_call_is_drawn_about_as_often() -> None:
    plain = [Candidate(f"c{n}", agent="a") for n in range(40)]
    times = Counter(name for seed in range(500) for name in ids(sample(plain, total=8, seed=seed)))
    # 500 draws of 8 in 40: 100 times each, with a standard deviation of 9
    assert set(times) == {call.call_id for call in plain}
    assert all(60 < count < 140 for count in times.values())


def test_small_strata_get_their_turn_where_seats_are_few() -> None:
    sizes = {"big": 60, "middle": 30, "small": 10}
    got: Counter[str] = Counter()
    for seed in range(1000):
        got.update(shares(sizes, 2, seed))
    # 2 seats in a hundred: 1200, 600 and 200 are expected; largest remainders give 0 to "small"
    assert 1100 < got["big"] < 1300
    assert 500 < got["middle"] < 700
    assert 130 < got["small"] < 270


SIZES = some.dictionaries(some.text("abcdef", min_size=1, max_size=2), some.integers(0, 200))


@given(SIZES, some.integers(0, 300), some.integers(0, 9))
def test_shares_are_within_one_of_proportional(
    sizes: dict[str, int], seats: int, seed: int
) -> None:
    given_seats = shares(sizes, seats, seed)
    filled = {name: size for name, size in sizes.items() if size}
    assert sum(given_seats.values()) == min(seats, sum(filled.values()))
    assert all(0 < count <= sizes[name] for name, count in given_seats.items())
    if seats >= len(filled):
        assert set(given_seats) == set(filled)
    # those lifted to one call take part no more; among the others shares are proportional
    lifted = set()
    while seats >= len(filled):
        left, rest = seats - len(lifted), sum(filled[n] for n in filled if n not in lifted)
        small = {n for n in filled if n not in lifted and Fraction(left * filled[n], rest) < 1}
        lifted |= small
        if not small or lifted == set(filled):
            break
    others = {name: size for name, size in filled.items() if name not in lifted}
    if seats < sum(filled.values()):
        for name, size in others.items():
            exact = Fraction((seats - len(lifted)) * size, sum(others.values()))
            assert abs(given_seats.get(name, 0) - exact) < 1


def test_the_narrowest_margins_come_first() -> None:
    plain = [call._replace(red_lines=(), skipped="") for call in calls(100)]
    drawn = [one.call.margin for one in sample(plain, total=30, margins=6).drawn[:6]]
    away = [abs(margin.points) for margin in drawn if margin]
    assert away == sorted(abs(call.margin.points) for call in plain if call.margin)[:6]


def test_margins_stop_at_the_quota_of_an_agent() -> None:
    plain = [call._replace(red_lines=(), skipped="") for call in calls(100)]
    drawn = sample(plain, per_agent=2, margins=50)
    assert len(ids(drawn, MARGIN)) == 10
    assert ids(drawn, RANDOM) == []


def test_seats_and_pools_say_of_how_many() -> None:
    given_calls = calls(400)
    drawn = sample(given_calls, per_agent=8, by=("queue",), margins=5)
    taken = {one.call.call_id for one in drawn.drawn if one.kind != RANDOM}
    for one in drawn.drawn:
        if one.kind == RANDOM:
            same = [
                call
                for call in given_calls
                if (call.agent, call.queue) == (one.call.agent, one.call.queue)
                and not call.skipped
                and call.call_id not in taken
            ]
            mates = [other for other in drawn.drawn if other.kind == RANDOM]
            here = [m for m in mates if (m.call.agent, m.stratum) == (one.call.agent, one.stratum)]
            assert (one.seats, one.pool) == (len(here), len(same))


def test_without_a_quota_strata_are_those_of_everybody() -> None:
    plain = [call._replace(red_lines=(), skipped="") for call in calls(400, agents=40)]
    sizes = Counter(call.queue for call in plain)
    drawn = sample(plain, total=50, by=("queue",)).drawn
    for one in drawn:
        assert one.pool == sizes[one.call.queue]
        assert abs(one.seats - Fraction(50 * one.pool, 400)) < 1
    assert len(drawn) == 50


def test_a_share_is_of_the_calls_the_rubric_is_for() -> None:
    given_calls = calls(400)
    eligible = sum(not call.skipped for call in given_calls)
    drawn = sample(given_calls, share=Fraction(3, 20))
    assert len(ids(drawn, RANDOM)) == -(-eligible * 3 // 20)
    assert drawn.skipped == 400 - eligible


def test_calls_that_look_the_same_are_drawn_as_often_as_they_are_there() -> None:
    twin = Candidate(
        "c", "f", "a", score=79.0, margin=Margin(Fraction(-1), Fraction(80), "B", True)
    )
    drawn = sample([twin] * 5, total=3, margins=1)
    assert [one.kind for one in drawn.drawn] == [MARGIN, RANDOM, RANDOM]


def test_few_objects_are_held_of_many_calls() -> None:
    alive: Counter[str] = Counter()

    class Watched(Candidate):
        """A call that counts how many of its kind there are."""

        def __del__(self) -> None:
            alive["now"] -= 1

    def stream() -> Iterable[Candidate]:
        for call in calls(5000):
            alive["now"] += 1
            alive["most"] = max(alive["most"], alive["now"])
            yield Watched(*call._replace(red_lines=()))

    drawn = draw(stream, Plan(per_agent=4, by=BY, margins=5))
    assert len(drawn.drawn) == 20
    assert alive["most"] < 100


def rubric(bands: dict[str, int], passing: str = "") -> Rubric:
    """Return a rubric of which only the bands matter."""
    edges = {name: Fraction(lowest) for name, lowest in bands.items()}
    return Rubric(
        "rubric/v1", "r", "1.0.0", ("en",), (), Fraction(100), edges, (), pass_band=passing
    )


@pytest.mark.parametrize(
    ("score", "points", "band"),
    [
        (80.4, "2/5", "B"),
        (79.9, "-1/10", "B"),
        (80.0, "0", "B"),
        (91.0, "1", "A"),
        (85.0, "5", "B"),
        (0.0, "-80", "B"),
        (100.0, "10", "A"),
    ],
)
def test_the_nearest_edge(score: float, points: str, band: str) -> None:
    margin = margin_of(score, rubric({"A": 90, "B": 80, "C": 0}, "B"))
    assert margin is not None
    assert (margin.points, margin.band, margin.decides) == (Fraction(points), band, band == "B")


def test_no_margin_without_score_or_edge() -> None:
    assert margin_of(None, rubric({"A": 90, "C": 0})) is None
    assert margin_of(50.0, rubric({"all": 0})) is None


@pytest.mark.parametrize(
    ("started", "month", "week", "day"),
    [
        ("2026-11-03T09:00:00+08:00", "2026-11", "2026-W45", "2026-11-03"),
        ("2026/1/3 9:00", "2026-01", "2026-W01", "2026-01-03"),
        ("2026年1月3日", "2026-01", "2026-W01", "2026-01-03"),
        ("20261103", "2026-11", "2026-W45", "2026-11-03"),
        ("2027-01-01", "2027-01", "2026-W53", "2027-01-01"),
        ("2026-13-03", "", "", ""),
        ("yesterday", "", "", ""),
        ("", "", "", ""),
    ],
)
def test_dates(started: str, month: str, week: str, day: str) -> None:
    call = Candidate("c", started_at=started)
    assert stratum_of(call, ("month", "week", "day")) == (month, week, day)


@pytest.mark.parametrize("text", ["bnad", "band,band", "band;queue"])
def test_keys_that_are_no_keys(text: str) -> None:
    with pytest.raises(BadInput, match="--by"):
        keys(text)


def test_names_that_run_together_have_numbers_of_their_own() -> None:
    assert chance.number(0, "ab", "c") != chance.number(0, "a", "bc")
    assert chance.number(0, "ab") != chance.number(1, "ab")
