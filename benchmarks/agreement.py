"""Whether all contenders say the same of every call, and where spaCy's words hide a hit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

Results = list[dict[str, Any]]
"""What a worker tells of each call: score, items, found."""

RESTS_ON = {
    "greeting": ("greeting",),
    "flow": ("greeting", "identity", "closing"),
    "closing": ("closing",),
    "paraphrase": ("paraphrase",),
    "empathy": ("anger", "empathy"),
    "soft_words": ("avoid.refuse", "avoid.blame", "avoid.rude", "avoid.stall"),
    "promise": ("promise",),
    "callback": ("complaint", "callback"),
    "silence": ("hold",),
}
"""The entries on whose hits an item rests."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """How many verdicts and hits there are, and how many of them spaCy's words change."""

    verdicts: int
    hits: int
    missed: int
    changed: int

    def __str__(self) -> str:
        """Return it as a sentence for the documents."""
        if not self.missed:
            return f"All three give the same {self.verdicts} verdicts, from {self.hits} hits."
        return (
            f"qa_checker and the naive loop give the same {self.verdicts} verdicts, from "
            f"{self.hits} hits. The spaCy pipeline misses {self.missed} of these hits, where the "
            f"words of the text do not end with the phrase; that changes {self.changed} verdicts "
            "and is the only difference."
        )


def agreement(ours: Results, naive: Results, spacy: Results) -> Agreement:
    """Compare all verdicts; AssertionError if any two differ without a hit missed by spaCy."""
    verdicts = hits = missed = changed = 0
    for number, (mine, loop, words) in enumerate(zip(ours, naive, spacy, strict=True)):
        same = mine["score"] == loop["score"] and mine["items"] == loop["items"]
        assert same, f"call {number}: {mine} is not {loop}"
        for item, verdict in mine["items"].items():
            if words["items"][item] != verdict:
                lost = any(loop["found"][e] != words["found"][e] for e in RESTS_ON.get(item, ()))
                assert lost, f"call {number}: {item} differs without a hit missed"
                changed += 1
        verdicts += len(mine["items"])
        hits += sum(map(len, loop["found"].values()))
        missed += sum(not_in(loop["found"][e], words["found"][e]) for e in loop["found"])
    return Agreement(verdicts, hits, missed, changed)


def not_in(all_hits: list[Any], some: list[Any]) -> int:
    """Count the hits that are not among some others."""
    return sum(hit not in some for hit in all_hits)
