"""A run as the reports read it: without transcripts, as often as they like, some calls whole."""

from __future__ import annotations

from cards import run

from qa_checker.reports import held
from qa_checker.reports.judged import spoken_turns


def test_a_run_is_read_again_and_again_without_its_transcripts() -> None:
    calls, results = run(), held(iter(run()))
    for _ in range(2):
        bare = list(results.every())
        assert [one.card for one in bare] == [one.card for one in calls]
        assert all(one.call.turns == () for one in bare)
        assert [spoken_turns(one) for one in bare] == [len(one.call.turns) for one in calls]


def test_some_calls_are_had_whole_by_their_numbers() -> None:
    calls, results = run(), held(run())
    assert list(results.whole({4, 0, 2})) == [(n, calls[n]) for n in (0, 2, 4)]
    assert list(results.whole(())) == []
