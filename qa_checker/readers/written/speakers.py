"""Which of the words that lines begin with are speakers.

A colon inside what is said ("时间：十点") is not a speaker. A label counts if it is a
role word, stands behind a bracketed time, or comes back in turn with another label.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Mapping, Sequence, Set
from dataclasses import replace
from itertools import dropwhile
from operator import and_

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN
from qa_checker.readers.headers import field_of
from qa_checker.readers.people.roles import NAMED, stated
from qa_checker.readers.written.labels import is_speaker
from qa_checker.readers.written.leads import listed, two_letters
from qa_checker.readers.written.line_times import beginning, led_by
from qa_checker.readers.written.lines import WORD, Line
from qa_checker.readers.written.scripts import MADE_BY, is_node

HEADING = lazy_re.compile(r"^#{1,6}\s|[:：]$")
LONGEST = 20  # characters of a role word on a line of its own
IN_BRACKETS = lazy_re.compile(  # "[Dana Lee] …", "[张经理] …"; no "[main] …", "[OK] …"
    r"[\[<](?P<label>(?![A-Z]+[\]>])(?:[A-Z][A-Za-z.'-]{0,20}(?:\s[A-Z][A-Za-z.'-]{0,20}){0,3}"
    r"|[\u4e00-\u9fff]{2,8}))[\]>]\s{0,9}(?=[^\s\[【])"
)
CAPITALS = lazy_re.compile(r"[A-Z]{3,15}(?:\s[A-Z]{2,15}){0,2}(?:\s?[0-9]{1,3})?$")
SOMEBODY = frozenset(("说话人", "发言人", "speaker", "Speaker"))  # as we write one who is not known
OF_A_ROW = ("role", "speaker", "text", "start", "end", "turn")  # keys of a record, not people
PERSON = lazy_re.compile(
    r"(?!(?:Notes?|Total|Address|E?mail|Phone|Order|Name|Reason|Summary|Action|Steps?|Warning|Tips?"
    r"|Reminder|Status|Result|Update|Option|Price|Date|Time|Remarks?|Re|Ps|Question|Answer)\b)"
    rf"[A-Z][a-z]{{1,12}}(?:\s[A-Z][a-z.]{{0,12}}){{0,2}}|[0-9]{{3}}[0-9*xX]{{4,8}}|{NAMED.pattern}"
)
NUMBER = lazy_re.compile(r"([0-9]{1,20})\s?[:：]")
TO_CALL = lazy_re.compile(r"(?:86)?1[3-9][0-9]{9}$|0[0-9]{9,11}$|[48]00[0-9]{7}$")
SOMEONE = lazy_re.compile(rf"{NAMED.pattern}|[\u4e00-\u9fff]{{1,3}}(?:先生|女士|小姐|太太)$")
MOST_UNKNOWN = 6  # more different words before a colon are a form or a list, not people


def speakers(parts: Sequence[Line], given: Mapping[str, str]) -> set[str]:
    """Return the labels that are speakers, by what they are and how they come back."""
    counts = Counter(part.label for part in parts if part.label and not is_node(part.label))
    known = {label for label in counts if label in given or is_speaker(label)}
    known |= {part.label for part in parts if part.tag}
    known |= listed(parts) or (set() if known else two_letters(parts))
    as_well = _timed_as_well(parts, known)
    timed = {part.label for part in parts if part.sure} | as_well
    again = {label for label in alternating(parts) if counts[label] > 1}
    heads = sum(part.sure and not part.text for part in parts)
    again |= _in_capitals(parts, known)
    unknown = {label for label in (timed | again) - known if field_of(label) not in OF_A_ROW}
    unknown |= as_well & SOMEBODY
    unknown |= _other_side(parts, known, given)
    if len(unknown) > MOST_UNKNOWN or (not known and len(unknown) < 2 and not timed):
        return known | as_well
    lines = sum(bool(part.label or part.text) and not MADE_BY.match(part.whole) for part in parts)
    if not known and heads < 2 and sum(counts[label] for label in unknown) * 2 < lines:
        return set()
    return known | unknown


def _other_side(parts: Sequence[Line], known: Set[str], given: Mapping[str, str]) -> set[str]:
    """Return the one other label of lines that all have one, where only one side is known.

    It has to look like a person or a number to call: "Lily", "138****0000".
    """
    roles = {stated(label, given) for label in known}
    others = {part.label for part in parts} - known
    if len(roles) != 1 or UNKNOWN in roles or len(others) != 1 or field_of(*others):
        return set()
    return others if all(map(PERSON.fullmatch, others)) else set()


def _timed_as_well(parts: Sequence[Line], known: Container[str]) -> set[str]:
    """Labels with a time, where those of known speakers have one; else all, if one comes again."""
    timed = [part for part in parts if part.label and part.start is not None]
    if any(part.label in known for part in timed):
        led = led_by(parts, known) | {""}
        return {part.label for part in timed if beginning(part) in led}
    found, labelled = {part.label for part in timed}, sum(bool(part.label) for part in parts)
    return found if not known and len(found) < len(timed) == labelled else set()


def _in_capitals(parts: Sequence[Line], known: Set[str]) -> set[str]:
    """Labels in capitals below the first of known speakers, if all of those are in capitals."""
    if not known or not all(map(CAPITALS.match, known)):
        return set()
    below = dropwhile(lambda part: part.label not in known, parts)
    return {
        part.label
        for part in below
        if part.text and CAPITALS.match(part.label) and not field_of(part.label)
    }


def alternating(parts: Sequence[Line]) -> set[str]:
    """Labels that come back after another label has spoken."""
    found: set[str] = set()
    last: dict[str, int] = {}
    changes, before = 0, ""
    for part in parts:
        if not part.label:
            continue
        changes += part.label != before
        if part.label in last and changes > last[part.label]:
            found.add(part.label)
        last[part.label], before = changes, part.label
    return found


def headed(parts: Sequence[Line]) -> list[Line]:
    """Return lines with those as labels that are a role word and nothing else, if two roles are.

    What somebody says stands below; nothing is returned if it does not.
    """
    bare = [HEADING.sub("", part.whole).strip() for part in parts]
    roles = [stated(one, {}) if len(one) <= LONGEST else UNKNOWN for one in bare]
    heads = [role != UNKNOWN for role in roles]
    if len(set(roles) - {UNKNOWN}) < 2 or not heads[0] or any(map(and_, heads, heads[1:])):
        return []
    return [
        replace(part, label=one, text="", sure=True) if head else replace(part, label="")
        for part, one, head in zip(parts, bare, heads, strict=True)
    ]


def in_brackets(parts: Sequence[Line]) -> list[Line]:
    """Return lines with the name in brackets each begins with as label: "[Dana Lee] Hello."

    Nothing is returned if a line begins with none, or if not two names come back in turn.
    """
    heads = [IN_BRACKETS.match(part.whole) for part in parts]
    found = [
        replace(part, label=head["label"], text=part.whole[head.end() :], sure=True)
        for part, head in zip(parts, heads, strict=True)
        if head is not None
    ]
    counts = Counter(part.label for part in found)
    again = {label for label in alternating(found) if counts[label] > 1}
    fields = any(field_of(one) for one in counts)
    if fields or len(found) < len(parts) or len(again) < 2 or len(counts) > MOST_UNKNOWN:
        return []
    return found


def numbered(parts: Sequence[Line], given: Container[str]) -> list[Line]:
    """Return lines with the numbers as labels that are speakers: "13800138000：我要退款".

    That is one to call that leads lines again and again, or any that the user says is one
    ("8012：您好" with roles 8012=agent).
    """
    heads = [NUMBER.match(part.whole) if not part.label else None for part in parts]
    counts = Counter(head[1] for head in heads if head is not None)
    known = {one for one in counts if one in given or (counts[one] > 1 and TO_CALL.match(one))}
    return [
        replace(part, label=head[1], text=part.whole[head.end() :].strip())
        if head is not None and head[1] in known
        else part
        for part, head in zip(parts, heads, strict=True)
    ]


def named_by_turns(parts: Sequence[Line]) -> list[Line]:
    """Return lines with the names as labels that come back behind a time: "10:03 李先生 我想退款".

    That is where a role word stands on other lines ("10:04 客服小王 好的").
    """
    if not any(part.start is not None and part.label and is_speaker(part.label) for part in parts):
        return list(parts)
    bare = [part.text if not part.label and part.start is not None else "" for part in parts]
    heads = [WORD.match(text) for text in bare]
    counts = Counter(head["label"] for head in heads if head is not None)
    return [
        replace(part, label=head["label"], text=part.text[head.end() :])
        if head is not None and counts[head["label"]] > 1 and SOMEONE.match(head["label"])
        else part
        for part, head in zip(parts, heads, strict=True)
    ]
