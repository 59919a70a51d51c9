"""A number of the call against limits.

talk_share     % of the talking that a role does: of its seconds where every segment is
               timed, else of its characters (both sides' talk together is 100 %)
duration       seconds from the first start to the last end
turns, chars   how many a role has (characters without spaces and marks)
silence_share  % of the duration in which nobody speaks
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from functools import partial

from qa_checker.call import AGENT, CUSTOMER
from qa_checker.events._timeline import spoken
from qa_checker.judging.checks import Judge
from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.outcome import FAIL, PASS, Outcome, Violation, na
from qa_checker.rules.checks.measure import UNITS, Check

NEEDS_TIMES = ("duration", "silence_share")


def plan(check: Check, compiled: Compiled) -> Judge:
    """Return what judges a measure check on a call."""
    return partial(judge, check)


def judge(check: Check, look: Look) -> Outcome:
    """Judge a measure check on a call."""
    role = check.role or (AGENT if check.measure == "talk_share" else "any")
    if role != "any" and look.sides.unknown:
        return na("unknown_roles")
    if check.measure in NEEDS_TIMES and not look.timed:
        return na("no_timestamps")
    if look.sides.too_short:
        return na("too_short")
    number = MEASURES[check.measure](look, role)
    if number is None:
        return na("no_opportunity")
    fits = (check.min is None or number >= check.min.value) and (
        check.max is None or number <= check.max.value
    )
    value = f"{one_decimal(number):g} {UNITS[check.measure]}"
    if fits:
        return Outcome(PASS, value=value)
    return Outcome(FAIL, violations=(Violation("measure"),), value=value)


def one_decimal(number: Fraction | int) -> float:
    """Return a number in tenths, halves to the even one, as round() does but much quicker."""
    whole, rest = divmod(10 * number.numerator, number.denominator)
    up = 2 * rest > number.denominator or (2 * rest == number.denominator and whole % 2)
    return (whole + bool(up)) / 10


def exact(seconds: float) -> Fraction:
    """Return seconds as an exact number of milliseconds."""
    return Fraction(round(seconds * 1000), 1000)


def letters(text: str) -> int:
    """Count the characters of a text without spaces and marks."""
    return sum(map(str.isalnum, text))


def chars(look: Look, role: str) -> int:
    """Return the characters that a role says."""
    return sum([letters(look.call.turns[turn].text) for turn in look.turns_of(role)])


def turns(look: Look, role: str) -> int:
    """Return how many turns a role has."""
    return len(look.turns_of(role))


def milliseconds(look: Look, role: str) -> int:
    """Return the milliseconds that a role speaks."""
    sizes = look.scene.batch.once(spoken)[look.scene.place]
    return sum(sizes.values()) if role == "any" else sizes.get(role, 0)


def talk_share(look: Look, role: str) -> Fraction | None:
    """Return the share of a role in what both sides say, in %."""
    size = milliseconds if look.timed else chars
    agent, customer = size(look, AGENT), size(look, CUSTOMER)
    both = agent + customer
    own = {AGENT: agent, CUSTOMER: customer}
    return Fraction(100 * (own[role] if role in own else size(look, role)), both) if both else None


def duration(look: Look, role: str = "any") -> Fraction | None:
    """Return the seconds from the first start to the last end."""
    segments = look.call.segments
    if not segments:
        return None
    return exact(max(s.end or 0.0 for s in segments)) - exact(min(s.start or 0.0 for s in segments))


def silence_share(look: Look, role: str) -> Fraction | None:
    """Return the share of the duration in which nobody speaks, in %."""
    whole = duration(look)
    if not whole:
        return None
    silent, last = Fraction(0), None
    for segment in sorted(look.call.segments, key=lambda s: (s.start or 0.0, s.end or 0.0)):
        start, end = exact(segment.start or 0.0), exact(segment.end or 0.0)
        if last is not None and start > last:
            silent += start - last
        last = end if last is None else max(last, end)
    return 100 * silent / whole


MEASURES: dict[str, Callable[[Look, str], Fraction | int | None]] = {
    "talk_share": talk_share,
    "duration": duration,
    "turns": turns,
    "chars": chars,
    "silence_share": silence_share,
}
