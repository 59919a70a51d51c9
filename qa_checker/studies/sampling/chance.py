"""Chance that is always the same: a keyed hash of what is drawn in place of a random state.

Every call has one number for a seed, whatever other calls there are and in which order
they come. The lowest numbers of a group are a random sample of it, and when calls are
added, a call drawn before is only replaced where a new one has a lower number. Statistics
offices call these permanent random numbers.
"""

from __future__ import annotations

from hashlib import blake2b

from qa_checker.reports.sampling.drawn import Candidate

BYTES = 8
LARGEST = 1 << (8 * BYTES)


def number(seed: int, *names: str) -> int:
    """Return the number of a name, from 0 to LARGEST - 1, each equally likely."""
    # lengths, so that no two lists of names are one text
    whole = "".join(f"{len(name)}:{name}" for name in names).encode("utf-8", "surrogatepass")
    digest = blake2b(whole, digest_size=BYTES, key=str(seed).encode())
    return int.from_bytes(digest.digest())


def place(seed: int, call: Candidate) -> tuple[int, int]:
    """Return where a call stands in the random order of a seed.

    The second number decides between calls of one source that carry the same id.
    """
    content = call.rule, call.agent, call.queue, call.started_at, str(call.score)
    return number(seed, call.source, call.call_id), number(seed, *content)


def fraction(seed: int, *names: str) -> float:
    """Return the number of a name as a fraction above 0 and below 1."""
    return (number(seed, *names) + 1) / (LARGEST + 2)
