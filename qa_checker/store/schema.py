"""What a row of the result store holds: one call judged by one rubric.

Version 1. Every name, its type and what it means; docs/results.md is made from the same
tables. Points are decimal numbers, times are seconds, turns count from 1, characters from 0.
"""

from __future__ import annotations

from functools import cache

import pyarrow as pa

VERSION = 1

WORD, WHOLE, NUMBER, FLAG = pa.string(), pa.int32(), pa.float64(), pa.bool_()

SAID = pa.struct([("zh", WORD), ("en", WORD)])

EVIDENCE = {
    "kind": (WORD, "hit, surplus, anchor or unanswered"),
    "name": (WORD, "the lexicon entry or event that was found"),
    "turn": (WHOLE, "number of the turn, from 1"),
    "role": (WORD, "who said it"),
    "start": (WHOLE, "first character of the turn, from 0"),
    "end": (WHOLE, "the character after the last one"),
    "quote": (WORD, "the words as they stand in the transcript"),
    "phrase": (WORD, "the phrase of the lexicon, empty for events"),
    "via": (WORD, "text, pinyin, regex, tokens or timing"),
    "time": (NUMBER, "when it was said, seconds from the start; null if not known"),
    "line": (WHOLE, "line or row of the source file; null if not known"),
    "detail": (SAID, "how much of an event there was, in words"),
}

LOSS = {
    "kind": (WORD, "missing, surplus, unanswered, order, measure or meta"),
    "points": (NUMBER, "points lost by it"),
    "evidence": (WHOLE, "place in the item's evidence, from 0; null for what was not found"),
}

SEARCHED = {
    "role": (WORD, "whose turns were searched, any for everybody's"),
    "turns": (pa.list_(WHOLE), "numbers of the turns, from 1"),
    "start": (WHOLE, "first character in the first of them"),
    "end": (WHOLE, "the character after the last one in the last of them; null for its end"),
    "since": (NUMBER, "seconds from which on was searched; null unless the window is one of time"),
    "until": (NUMBER, "seconds up to which was searched"),
}


def struct(fields: dict[str, tuple[pa.DataType, str]]) -> pa.DataType:
    """Return the Arrow type of some fields with their meanings."""
    return pa.struct([pa.field(name, kind) for name, (kind, _) in fields.items()])


ITEM = {
    "item": (WORD, "id of the item"),
    "section": (WORD, "id of its section"),
    "verdict": (WORD, "pass, fail, na or manual"),
    "reason": (WORD, "why na: unknown_roles, no_timestamps, too_short, no_opportunity, …"),
    "points": (NUMBER, "what the item is worth"),
    "earned": (NUMBER, "what the call got of it, before any red line"),
    "violations": (WHOLE, "how often the rule was broken"),
    "auto_fail": (WORD, "true or section for a red line, else empty"),
    "value": (WORD, "what was measured, with its unit"),
    "evidence": (pa.list_(struct(EVIDENCE)), "the words that decided"),
    "losses": (pa.list_(struct(LOSS)), "the ledger: points lost one by one"),
    "searched": (pa.list_(struct(SEARCHED)), "where was looked"),
}

SIGNAL = {
    "id": (WORD, "id of the signal, or the name it counts"),
    "label": (WORD, "the label that applies, the first of its texts; empty for a count"),
    "count": (WHOLE, "how many hits"),
    "evidence": (pa.list_(struct(EVIDENCE)), "the words"),
}

FORFEIT = {
    "item": (WORD, "the red line that was crossed"),
    "section": (WORD, "the section it clears, empty for the whole scorecard"),
    "points": (NUMBER, "points lost by it"),
}

SEGMENT = {
    "role": (WORD, "agent, customer, bot, system, supervisor or unknown"),
    "text": (WORD, "what was said"),
    "speaker": (WORD, "the source's own label"),
    "start": (NUMBER, "seconds from the start of the call; null if not known"),
    "end": (NUMBER, "seconds; null if not known"),
    "line": (WHOLE, "line or row of the source file; null if not known"),
    "channel": (WORD, "the recording's channel as the source names it"),
}

ROW = {
    "key": (WORD, "digest of source, call_id, call_hash, rule and engine: equal rows, equal keys"),
    "call_id": (WORD, "as in the source"),
    "source": (WORD, "the file the call came from, relative to what was given"),
    "agent": (WORD, "empty if not known"),
    "queue": (WORD, "empty if not known"),
    "started_at": (WORD, "as in the source, empty if not known"),
    "language": (WORD, "zh or en: what the call was judged as"),
    "declared": (WORD, "the language that the source states, empty if none"),
    "metadata": (pa.map_(WORD, WORD), "what else is known about the call"),
    "turns": (WHOLE, "how many turns"),
    "seconds": (NUMBER, "when the last segment ends; null if not known"),
    "rule": (WORD, "the rubric: id@version#hash"),
    "score": (NUMBER, "0 to 100 as shown, one decimal; null if there is none"),
    "band": (WORD, "empty without a score"),
    "passed": (FLAG, "null if the rubric names no band to pass"),
    "provisional": (FLAG, "a person still has to judge an item that carries points"),
    "possible": (NUMBER, "points of the items that could be judged"),
    "earned": (NUMBER, "points earned, red lines taken off"),
    "failed_by": (pa.list_(WORD), "the red lines crossed"),
    "forfeits": (pa.list_(struct(FORFEIT)), "what they cost"),
    "skipped": (WORD, "why the rubric does not apply, empty if it does"),
    "one_sided": (FLAG, "one side is silent, or neither has two turns"),
    "items": (pa.list_(struct(ITEM)), "every verdict, in the rubric's order"),
    "signals": (pa.list_(struct(SIGNAL)), "what is reported and never scored"),
    "notes": (pa.list_(WORD), "remarks on the call, the reader's first"),
    "reader_notes": (WHOLE, "how many of the notes are the reader's"),
    "segments": (pa.list_(struct(SEGMENT)), "the transcript, line by line"),
    "call_hash": (WORD, "digest of the call as it was judged: words, roles, times, metadata"),
    "engine": (WORD, "digest of the program: its version, its code, its tables"),
}

TRANSCRIPT = ("segments",)
"""Columns that only the transcript needs: most of a part's bytes."""


@cache
def schema() -> pa.Schema:
    """Return the schema of a part."""
    fields = [pa.field(name, kind) for name, (kind, _) in ROW.items()]
    return pa.schema(fields, metadata={"qa_checker.schema": str(VERSION)})
