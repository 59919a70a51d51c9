"""Why a call got its score, as plain text: verdict by verdict, loss by loss."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from unicodedata import category

from qa_checker.call import Call
from qa_checker.reports.advice import advice
from qa_checker.reports.judged import Judged, Miss, counted, own, spent
from qa_checker.reports.remarks import spoken
from qa_checker.reports.signals import signal_lines
from qa_checker.reports.sums import name, section_name, total
from qa_checker.reports.telling import evidence_line, loss_lines, missed, priced
from qa_checker.reports.words import Say, reason, speaker, verdict_word
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import FAIL, MANUAL, NA, PASS, Scorecard, Verdict, text, words

MARKS = {PASS: "✓", FAIL: "✗", NA: "–", MANUAL: "?"}
NOTHING: Mapping[str, Miss] = {}


def why(
    rubric: Rubric,
    call: Call,
    scorecard: Scorecard,
    language: str = "",
    item: str | None = None,
    misses: Mapping[str, Miss] = NOTHING,
) -> str:
    """Return the ledger of a call, or of one of its items, as lines of text.

    `language` is zh or en, by default the rubric's first. KeyError if the call has no
    such item. The points lost add up to the score in the last lines.
    """
    chosen = language or rubric.languages[0]
    say = speaker(chosen)
    shown = scorecard.verdicts if item is None else (scorecard[item],)
    lines = [*head(say, call, scorecard)]
    section = None
    for verdict in shown:
        if verdict.section != section:
            section = verdict.section
            lines += ["", f"■ {section_name(rubric, section, chosen)}"]
        lines += about(say, rubric, call, scorecard, verdict, chosen, misses.get(verdict.item))
    if item is None:
        lines += ["", *total(say, rubric, scorecard, chosen)]
        signals = list(signal_lines(say, Judged(call, scorecard, rubric), chosen))
        lines += ["", say("subheading.signals"), *signals] if signals else []
    return "\n".join(printable(line) for line in lines)


def printable(line: str) -> str:
    """Return a line without control characters, which a terminal would obey."""
    return "".join(
        c if c.isprintable() or category(c) == "Zs" else c.encode("unicode_escape").decode()
        for c in line
    )


def head(say: Say, call: Call, scorecard: Scorecard) -> Iterator[str]:
    """Yield which call, which agent and which rule."""
    yield say("why.call", call=call.call_id, agent=scorecard.agent or say("nobody"))
    yield say("why.rule", rule=scorecard.rule)
    if call.source:
        yield say("why.source", source=call.source)
    for note in dict.fromkeys([*call.notes, *scorecard.notes]):
        yield say("why.note", note=spoken(say, note))


def about(
    say: Say,
    rubric: Rubric,
    call: Call,
    scorecard: Scorecard,
    verdict: Verdict,
    language: str,
    miss: Miss | None,
) -> Iterator[str]:
    """Yield everything about one verdict."""
    mark, word = MARKS[verdict.verdict], verdict_word(say, verdict)
    points = f"{text(own(verdict))}/{text(verdict.points)}" if counted(verdict) else ""
    facts = [f"{mark} {word}", points, name(rubric, verdict, language), f"[{verdict.item}]"]
    yield "  " + "  ".join(fact for fact in facts if fact)
    yield from (f"      {line}" for line in proof(say, rubric, call, verdict, miss))
    rule = next((one for _, one in rubric.items if one.id == verdict.item), None)
    if rule and verdict.verdict == FAIL and rule.advice:
        yield f"      → {advice(words(rule.advice, language), verdict, rubric.entries)}"
    if verdict.losses:
        yield f"      {say('why.by', item=verdict.item, rule=scorecard.rule)}"


def proof(
    say: Say, rubric: Rubric, call: Call, verdict: Verdict, miss: Miss | None
) -> Iterator[str]:
    """Yield what was found and what it cost, or where it was looked for."""
    if verdict.verdict == NA:
        yield reason(say, verdict)
    entries = rubric.entries
    for evidence, price in priced(verdict):
        place = say("why.place", start=evidence.start + 1, end=evidence.end)
        where = "" if evidence.line is None else say("why.line", line=evidence.line)
        told = evidence_line(say, call, evidence, price, entries, empty=spent(verdict))
        yield f"{told}  {place}{where}"
    yield from loss_lines(say, verdict)
    if verdict.value:
        yield say("evidence.value", value=verdict.value)
    if verdict.verdict in (FAIL, NA):
        yield from missed(say, verdict, miss)
