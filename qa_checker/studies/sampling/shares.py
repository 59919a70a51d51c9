"""How many calls each group gets: in proportion to its size, and one at least if that can be."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import TypeVar

from qa_checker.studies.sampling.chance import fraction

Name = TypeVar("Name", bound="str | tuple[str, ...]")


def shares(sizes: Mapping[Name, int], seats: int, seed: int, *where: str) -> dict[Name, int]:
    """Divide seats among groups by their sizes; no group gets more than it has.

    If there are seats for all groups, each gets one at least. Beyond that each gets its
    proportional share rounded down or up. Which shares are rounded up is drawn, with
    chances about as large as what was cut off: rounding up the largest remainders would
    leave the same small strata of every agent unheard. `where` names what is divided.
    """
    filled = {name: size for name, size in sizes.items() if size > 0}
    if seats >= sum(filled.values()):
        return filled
    lifted = too_small(filled, seats) if seats >= len(filled) else set()
    rest = {name: size for name, size in filled.items() if name not in lifted}
    left = seats - len(lifted)
    exact = {name: Fraction(left * size, sum(rest.values())) for name, size in rest.items()}
    given = {name: int(share) for name, share in exact.items()} | dict.fromkeys(lifted, 1)
    open_seats = seats - sum(given.values())
    over = {name: share - int(share) for name, share in exact.items() if share % 1}
    for name in sorted(over, key=lambda name: (turn(over[name], seed, name, where), name))[
        :open_seats
    ]:
        given[name] += 1
    return {name: count for name, count in given.items() if count}


def too_small(sizes: Mapping[Name, int], seats: int) -> set[Name]:
    """Return the groups whose share is less than one seat once the others' are divided."""
    lifted: set[Name] = set()
    while True:
        left, rest = seats - len(lifted), sum(sizes[name] for name in sizes if name not in lifted)
        small = {name for name in sizes if name not in lifted and left * sizes[name] < rest}
        if not small:
            return lifted
        lifted |= small


def turn(chance: Fraction, seed: int, name: str | tuple[str, ...], where: tuple[str, ...]) -> float:
    """Return when a group's turn comes: the lowest get a seat each, about as often as `chance`.

    This is Pareto sampling: of a fixed size, and with a number for each group that stays.
    """
    names = (name,) if isinstance(name, str) else name
    drawn = fraction(seed, *where, *names)
    return drawn * float(1 - chance) / ((1 - drawn) * float(chance))
