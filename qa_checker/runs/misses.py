"""What came nearest to what a call lacks: apart from the store, which `why` has no use for."""

from __future__ import annotations

from qa_checker.judging.compiled import Compiled
from qa_checker.judging.look import Look
from qa_checker.judging.nearest import nearest_miss
from qa_checker.reports.judged import Judged, Miss
from qa_checker.scorecard import FAIL


def misses(compiled: Compiled, judged: Judged) -> dict[str, Miss]:
    """Return the nearest miss of each failed item of a call that missed something."""
    look = Look(compiled, judged.call, judged.card.language)
    items = {item.id: item for _, item in judged.rubric.items}
    found = {}
    for verdict in judged.card:
        lacking = any(loss.kind in ("missing", "unanswered") for loss in verdict.losses)
        if lacking and verdict.verdict == FAIL:
            near = nearest_miss(look, items[verdict.item].check, verdict.searched)
            if near is not None:
                found[verdict.item] = Miss(
                    near.turn, near.quote, near.phrase, name=near.name, dropped=near.dropped
                )
    return found
