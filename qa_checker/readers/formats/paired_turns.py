"""JSON of pairs: who speaks and what, as data sets for dialogue systems have it.

    {"convo_id": 1, "original": [["agent", "Hi!"], ["customer", "Hello"], ["action", "…"]]}
    {"id": "7", "content": [{"[SPEAKER 1]": "喂，您好", "[SPEAKER 2]": "嗯，你好"}]}

ABCD has a list of pairs (an "action" is what the agent's screen did: role system), MobileCS
one object a pair of turns, in the order of its keys. One record or a list of them. Objects
whose keys say whose words they hold ("question" and "answer", "agent_text" and "customer_text")
are read as the rows of a table are (`sides.py`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.call import SYSTEM, UNKNOWN, Call, Segment, changed, turns
from qa_checker.readers.exported.answers import spelled
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.formats.json_turns import LISTS
from qa_checker.readers.headers import about_call, call_fields, field_of
from qa_checker.readers.people.roles import role_of, role_words, stated
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import names, seen
from qa_checker.readers.tabular.rows import calls
from qa_checker.readers.tabular.sides import paired_below
from qa_checker.readers.tabular.tables import Row, Table
from qa_checker.readers.words import fold

TITLE = "pairs of speaker and words (ABCD, MobileCS)"
UNIT = "column"
LABEL = lazy_re.compile(r"\[?\s*SPEAKER[ _-]?[0-9]{1,2}\s*\]?", re.IGNORECASE)
ACTION = "action"
Said = list[tuple[str, str]]


def sniff(source: Source, options: Options) -> float:
    """Return 0.8 if a list of pairs, or of paired turns, is where one expects the turns.

    0.55 if only keys such as "question" and "answer" tell that they are paired.
    """
    if not source.is_json:
        return 0.0
    if any(_said(record) for record in _records(source.document)[:20]):
        return 0.8
    return 0.55 if any(_rows(record, options) for record in _many(source.document)[:20]) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of each record; one without pairs is set aside."""
    records = _records(source.document)
    if not any(map(_said, records)):
        records = _many(source.document)
    for number, record in enumerate(records, 1):
        name = f"{source.stem}-{number}" if len(records) > 1 else source.stem
        if said := _said(record):
            yield _call(record, said, options, name)
        elif (rows := _rows(record, options)) is not None:
            for one in calls(rows, options, source.name, default=name):
                yield one if isinstance(one, SetAside) else _about(one, record)
        else:
            reason = f"record {number}: no pairs of speaker and words: {seen(record)}"
            yield SetAside(source.name, reason, "export the file again")


def _many(document: object) -> list[Any]:
    return document if isinstance(document, list) else [document]


def _rows(record: object, options: Options) -> Table | None:
    """Return the list of a record, called as lists of turns are, whose keys say whose words.

    Under another name it may be a survey or a form that somebody filled in.
    """
    given = record if isinstance(record, dict) else {}
    lists = (objects(value) for key, value in given.items() if spelled(key) in (*LISTS, "pairs"))
    for found in filter(None, lists):
        keys = list({key: None for one in found for key in one})
        rows = [Row(number, list(map(one.get, keys))) for number, one in enumerate(found, 1)]
        if (table := paired_below(Row(0, keys), rows, options)) is not None:
            return table
    return None


def _records(document: object) -> list[Any]:
    """Return the records of a file: one, a list, or lists under the names of their parts."""
    if isinstance(document, dict) and not _said(document):
        parts = [part for part in document.values() if isinstance(part, list)]
        return [record for part in parts if part and _said(part[0]) for record in part]
    if isinstance(document, dict) or _pairs(document) or _is_one_call(document):
        return [document]
    return document if isinstance(document, list) else []


def _is_one_call(rows: object) -> bool:
    """Tell whether a list is of paired turns that no call id tells apart."""
    named = any(field_of(key) == "call_id" for one in objects(rows) for key in one)
    return bool(_paired(rows)) and not named


def _said(record: object) -> Said:
    """Return who says what in a record, nothing if it holds no pairs."""
    if not isinstance(record, dict):
        return _pairs(record) or _paired(record)
    found = (_pairs(value) or _paired(value) for value in record.values())
    return next(filter(None, found), [])


def _pairs(value: object) -> Said:
    """Read [["agent", "Hi!"], …] if every item is such a pair and a label is a role."""
    if not isinstance(value, list) or not value:
        return []
    good = all(isinstance(one, list) and list(map(type, one)) == [str, str] for one in value)
    known = good and {one[0] for one in value}
    if not known or len(known) > 6 or not any(_is_speaker(label) for label in known):
        return []
    return [(label, text) for label, text in value]


def _paired(value: object) -> Said:
    """Read [{"[SPEAKER 1]": "…", "[SPEAKER 2]": "…"}, …] if some object holds both sides.

    So too if each holds one side and nothing else: [{"agent": "…"}, {"customer": "…"}].
    """
    rows = objects(value)
    spoken = [_spoken(row) for row in rows]
    both = any(len(keys) > 1 for keys in spoken)
    alone = all(len(row) == len(keys) == 1 for row, keys in zip(rows, spoken, strict=True))
    if not both and not (alone and len({key for keys in spoken for key in keys}) > 1):
        return []
    pairs = zip(rows, spoken, strict=True)
    return [(key, row[key]) for row, keys in pairs for key in keys if row[key].strip()]


def _spoken(row: Mapping[str, Any]) -> list[str]:
    """Return the keys of a row that are speakers; "user_id" and "客服意图" beside them are none."""
    keys = [key for key in row if _is_speaker(key) and isinstance(row[key], str)]
    numbered = [key for key in keys if LABEL.fullmatch(key.strip())]
    if numbered or len(row) == 1:
        return numbered or keys
    return [key for key in keys if fold(key).rstrip("0123456789 ") in role_words()]


def _is_speaker(label: str) -> bool:
    return LABEL.fullmatch(label.strip()) is not None or role_of(label) != UNKNOWN


def _call(record: Mapping[str, Any] | list[Any], said: Said, options: Options, name: str) -> Call:
    segments = [Segment(_role(label, options), text, label) for label, text in said]
    return _about(Call(name, turns(segments)), record)


def _about(call: Call, record: object) -> Call:
    """Return a call with what its record says of it."""
    given = record if isinstance(record, dict) else {}
    fields = {about_call(key): plain(value) for key, value in given.items() if plain(value)}
    nested = [key for key, value in given.items() if isinstance(value, dict)]
    notes = (f"keys with nested values not read: {names(nested)}",) if nested else ()
    return call_fields(changed(call, notes=(*call.notes, *notes)), fields)


def _role(label: str, options: Options) -> str:
    if label.casefold() == ACTION and label not in options.roles:
        return SYSTEM
    return stated(label, options.roles)
