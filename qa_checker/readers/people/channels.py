"""Which channel is whose, where the file says so: declared, or by who called whom.

Formats put what the file declares into the call's metadata: `agent_channel` and
`customer_channel`; or `direction` (inbound, outbound) with `caller_channel` or
`callee_channel`. A channel number alone says nothing: exchanges differ.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from qa_checker.call import AGENT, CHANNEL, CUSTOMER, DIRECTION, Who
from qa_checker.readers.about.metadata import direction_of

CALLER = {"inbound": CUSTOMER, "outbound": AGENT}
OTHER = {AGENT: CUSTOMER, CUSTOMER: AGENT}
Decision = tuple[str, str]


def by_channel(
    open_: Sequence[str], people: Mapping[Who, object], metadata: Mapping[str, str]
) -> tuple[dict[str, Decision], list[str]]:
    """Return the role and rung of each channel that the metadata settles, and a note on it.

    `open_` are the channels of speakers without a role, `people` every speaker of the call.
    """
    channels = sorted({channel for _, _, channel in people if channel})
    for rung, told, known in (
        (CHANNEL, "roles by the channels the file declares: ", _declared(metadata)),
        (DIRECTION, f"roles by call direction {_direction(metadata)}: ", _directed(metadata)),
    ):
        if rung == DIRECTION and len(channels) != 2:
            continue
        roles = {one: role for one, role in _both(known, channels).items() if one in open_}
        if roles:
            named = ", ".join(f"{one} = {role}" for one, role in sorted(roles.items()))
            return {one: (role, rung) for one, role in roles.items()}, [told + named]
    return {}, []


def _declared(metadata: Mapping[str, str]) -> dict[str, str]:
    return _paired(metadata.get("agent_channel", ""), metadata.get("customer_channel", ""))


def _directed(metadata: Mapping[str, str]) -> dict[str, str]:
    caller, callee = metadata.get("caller_channel", ""), metadata.get("callee_channel", "")
    direction = _direction(metadata)
    if not direction:
        return {}
    return _paired(caller, callee) if CALLER[direction] == AGENT else _paired(callee, caller)


def _direction(metadata: Mapping[str, str]) -> str:
    return direction_of(metadata.get("direction", ""))


def _paired(agent: str, customer: str) -> dict[str, str]:
    """Return channel → role; nothing if both are said to be the same channel."""
    if agent == customer:
        return {}
    return {one: role for one, role in ((agent, AGENT), (customer, CUSTOMER)) if one}


def _both(known: Mapping[str, str], channels: Sequence[str]) -> dict[str, str]:
    """Return the roles of the call's channels; of two, the other one is the other side's."""
    found = {one: known[one] for one in channels if one in known}
    if len(channels) == 2 and len(found) == 1 and len(known) == 1:
        ((one, role),) = found.items()
        found[next(other for other in channels if other != one)] = OTHER[role]
    return found
