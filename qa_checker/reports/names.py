"""File names made from the names of agents: readable, harmless and never the same twice."""

from __future__ import annotations

import hashlib
import unicodedata
from collections import Counter
from collections.abc import Iterable

SUFFIX = ".xlsx"
LONGEST = 97  # bytes of a whole file name
HASH = 16
RESERVED = {"con", "prn", "aux", "nul", "conin$", "conout$", "summary"} | {
    f"{device}{number}" for device in ("com", "lpt") for number in range(10)
}


def file_names(agents: Iterable[str]) -> dict[str, str]:
    """Return agent → file name, which depends on the set of agents and not on its order.

    A name gets a hash only where it must: when nothing readable is left, when it is
    reserved or too long, or when a file system could take two of them for one.
    """
    every = sorted(set(agents))
    hashed = {agent for agent in every if not safe(slug(agent))}
    while True:
        names = {agent: file_name(agent, agent in hashed) for agent in every}
        times = Counter(folded(name) for name in names.values())
        clashing = {agent for agent in every if times[folded(names[agent])] > 1} - hashed
        if not clashing:
            return names
        hashed |= clashing


def file_name(agent: str, hashed: bool = False) -> str:
    """Return the file name of one agent, with or without a hash."""
    readable = slug(agent)
    if not hashed:
        return readable + SUFFIX
    digest = hashlib.sha256(agent.encode("utf-8", "surrogatepass")).hexdigest()[:HASH]
    room = LONGEST - len(SUFFIX) - HASH - 1
    short = readable.encode()[:room].decode("utf-8", "ignore").rstrip("._-")
    return f"{short or 'agent'}-{digest}{SUFFIX}"


def slug(agent: str) -> str:
    """Return letters and digits of any script, with "_" for a run of anything else."""
    plain = unicodedata.normalize("NFKC", agent or "unknown agent")
    kept = "".join(c if unicodedata.category(c)[0] in "LNM" or c in "-." else " " for c in plain)
    readable = unicodedata.normalize("NFC", "_".join(kept.split()))
    return readable.strip("._-")


def safe(readable: str) -> bool:
    """Tell whether every file system takes a slug as it is."""
    stem = folded(readable).partition(".")[0]
    return bool(stem) and stem not in RESERVED and len((readable + SUFFIX).encode()) <= LONGEST


def folded(name: str) -> str:
    """Return the form in which a file system may compare names."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", name).upper()).casefold()
