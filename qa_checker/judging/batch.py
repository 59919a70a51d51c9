"""Judge many calls: what is looked up or searched is so for several of them at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look, language_of, look_at
from qa_checker.judging.verdicts import applies, judge_look
from qa_checker.scorecard import Scorecard

SIZE = 64
"""Calls that are searched at once: more of them no longer fit into the processor's cache."""


def judge_each(rubric: Compiled, calls: Iterable[Call], size: int = SIZE) -> Iterator[Scorecard]:
    """Yield the scorecards that `judge` gives these calls, in their order.

    No more than `size` calls are read ahead.
    """
    unread = iter(calls)
    while some := list(islice(unread, size)):
        looks = [Look(rubric, call, language_of(call)) for call in some]
        look_at(look for look in looks if not applies(rubric.rubric, look)[0])
        for look in looks:
            yield judge_look(rubric, look)
