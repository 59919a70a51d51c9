"""Who is who, by the first rung that answers, for every speaker of a call.

    map         the user says it: Options(roles={"0": "agent"}), by label or channel
    field       the file says it: a role of its own, a role word as label, the agent's name
    channel     the file declares which channel is whose (agent_channel, customer_channel)
    direction   the call's direction, where the file says which channel called
    cues        what they say, with a clear margin (cues.py)
    unknown     nobody knows

Nothing is guessed beyond that, and a role the file states is never changed silently.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from qa_checker.call import (
    AGENT,
    CUES,
    CUSTOMER,
    FIELD,
    MAP,
    UNKNOWN,
    Call,
    Columns,
    Person,
    Who,
)
from qa_checker.readers.people.channels import by_channel
from qa_checker.readers.people.cues import contradiction, decide
from qa_checker.readers.people.roles import role_of, stated

OTHER = {AGENT: CUSTOMER, CUSTOMER: AGENT}
BY = "roles by "  # how the notes begin that name the roles found, before a swap
SWAPPED = "agent and customer swapped as asked"
Decision = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Assigned:
    """What is said with the best known roles, notes on how they were found, and the speakers."""

    said: Columns
    notes: list[str]
    people: tuple[Person, ...]


def assign(said: Columns, call: Call, given: Mapping[str, str], *, swap: bool = False) -> Assigned:
    """Return what is said in a call with the roles, `given` being the user's map.

    `swap` makes the agent the customer and the customer the agent, whoever said so.
    """
    counts = said.people()
    known = _all_stated(tuple(counts), call.agent, given)
    known, notes = _found(said, dict(known), call) if _unknown(known) else (known, [])
    if swap:
        known = {one: (OTHER.get(role, role), rung) for one, (role, rung) in known.items()}
        notes = [*(note for note in notes if not note.startswith(BY)), SWAPPED]
    placed = _placed(said, known)
    people = tuple(Person(one[1], one[2], *known[one], counts[one]) for one in counts)
    return Assigned(placed, notes + _doubts(placed, people), people)


def _found(
    said: Columns, known: dict[Who, Decision], call: Call
) -> tuple[dict[Who, Decision], list[str]]:
    """Return what is known of everybody after asking channels, then words, and notes."""
    found, notes = by_channel([one[2] for one in _unknown(known)], known, call.metadata)
    known |= {one: found[one[2]] for one in _unknown(known) if one[2] in found}
    if not _unknown(known):
        return known, notes
    by_words, told = decide(_placed(said, known).segments())
    known |= {
        one: (by_words[UNKNOWN, *one[1:]], CUES)
        for one in _unknown(known)
        if (UNKNOWN, *one[1:]) in by_words
    }
    return known, notes + told


def _all_stated(
    people: tuple[Who, ...], agent: str, given: Mapping[str, str]
) -> Mapping[Who, Decision]:
    """Return what the user or the file says of everybody; the same people are asked about once."""
    return {one: _stated(one, agent, given) for one in people} if given else _by_file(people, agent)


@lru_cache(maxsize=1024)
def _by_file(people: tuple[Who, ...], agent: str) -> Mapping[Who, Decision]:
    return {one: _stated(one, agent, {}) for one in people}


def _stated(one: Who, agent: str, given: Mapping[str, str]) -> Decision:
    """Return what the user or the file says of a speaker."""
    role, label, channel = one
    for key in (label, channel):
        if key and key in given:
            return stated(key, given), MAP
    if role == UNKNOWN and label:
        role = AGENT if agent and label == agent else role_of(label)
    return role, FIELD if role != UNKNOWN else UNKNOWN


def _unknown(known: Mapping[Who, Decision]) -> list[Who]:
    return [one for one, (role, _) in known.items() if role == UNKNOWN]


def _doubts(said: Columns, people: Sequence[Person]) -> list[str]:
    """Say if the words of the two sides speak against the roles that the file states."""
    rungs = {person.rung for person in people if person.role in OTHER}
    margin = contradiction(said) if rungs and not rungs & {MAP, CUES} else 0
    if not margin:
        return []
    return [f"the roles look swapped: the customer talks like an agent (margin {margin})"]


def _placed(said: Columns, known: Mapping[Who, Decision]) -> Columns:
    """Return what is said with the roles that are known by now."""
    if all(one[0] == role for one, (role, _) in known.items()):
        return said
    return said._replace(roles=[known[one][0] for one in said.who()], known=None)
