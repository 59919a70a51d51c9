"""JSON of rows, an array or JSON lines: one row a turn, or one row (or file) a call.

    {"call_id": "A-17", "turn": 1, "role": "agent", "text": "Hello", "start": 0.0}
    {"ConversationId": "A-17", "Content": "**Agent:** Hello … **Customer:** Hi …"}

Keys are read as the headers of a table are (`headers.txt`, `--columns`), rows of one call
are brought together by its id. A text of a whole call is split as plain text is.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice
from typing import Any

from qa_checker.call import UNKNOWN, Call
from qa_checker.readers.exported.answers import decoded
from qa_checker.readers.exported.job_states import tells_how_it_went
from qa_checker.readers.exported.json_records import records
from qa_checker.readers.exported.records import is_call
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.tabular.faq import refuse_faq
from qa_checker.readers.tabular.rows import calls
from qa_checker.readers.tabular.sides import paired_below
from qa_checker.readers.tabular.tables import Again, Row, Rows, Table, headed
from qa_checker.readers.written.dialogue import conversation

TITLE = "JSON or JSON lines, a row a turn or a row a call"
UNIT = "column"
STREAMS = True
GLANCE = 20
SURE = {"role", "call_id", "turn"}  # what no recogniser writes beside a segment
BESIDE = {"role", "speaker", "channel", "call_id", "turn", "start", "start_ms"}


def sniff(source: Source, options: Options) -> float:
    """Return 0.7 if objects have a text and a role, an id or a number, 0.5 for less beside it.

    0.5 too for a text alone that is a whole call.
    """
    if not source.text or source.text.lstrip()[:1] not in ("{", "["):
        return 0.0
    first = []
    for _, one in islice(records(source, glance=True), GLANCE):
        if isinstance(one, Mapping) and (is_call(one) or _nests(one)):
            return 0.0
        first.append(one)
    found = [one for one in first if isinstance(one, Mapping)]
    if not found or len(found) * 2 < len(first):
        return 0.0
    keys = _keys(found)
    table = _table(keys, list(_cells(enumerate(found, 1), keys)), options)
    if table.told:
        return 0.7
    header = keys[table.fields["text"]] if "text" in table.fields else ""
    said = sum(isinstance(one.get(header), str) for one in found)
    if said * 2 < len(found):
        return 0.0
    if len(found) == 1 and tells_how_it_went(found[0]):
        return 0.0
    if not BESIDE & table.fields.keys() and not _is_block(found[0].get(header)):
        return 0.0
    return 0.7 if SURE & table.fields.keys() else 0.5


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls, and each record that is no object as a SetAside."""
    yield from _bad(source)
    keys = _keys([one for _, one in records(source, glance=True) if isinstance(one, Mapping)])
    start = partial(_rows, source, keys)
    found: Rows = Again(start) if source.reopen is not None else list(start())
    many = not isinstance(source.document, dict)
    table = _table(keys, found, options, many=many)
    if table.told:
        refuse_faq(keys, table, options)
    yield from calls(table, options, source.name, default=source.stem)


def _table(keys: list[str], rows: Rows, options: Options, *, many: bool = True) -> Table:
    found: Table = headed(Row(0, keys), rows, options, many=many)
    if "text" in found.fields:
        return found
    return paired_below(Row(0, keys), rows, options, many=many) or found


def _is_block(text: object) -> bool:
    """Tell whether a text is a whole call: two roles are named in it, and it is no JSON."""
    words = decoded(text)
    said = conversation(words, {}).segments if isinstance(words, str) else []
    return len({one.role for one in said} - {UNKNOWN}) > 1


def _nests(record: Mapping[str, Any]) -> bool:
    """Tell whether the turns may be deeper in: a list of objects, or of lists."""
    lists = (value for value in record.values() if isinstance(value, list))
    return any(isinstance(one, dict | list) for value in lists for one in value[:1])


def _keys(records: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return every key with a plain value, in the order in which they come."""
    keys = {
        key: None
        for record in records
        for key, value in record.items()
        if not isinstance(value, dict | list)
    }
    return list(keys)


def _rows(source: Source, keys: list[str]) -> Iterator[Row]:
    yield from _cells(records(source), keys)


def _cells(numbered: Iterable[tuple[int, object]], keys: list[str]) -> Iterator[Row]:
    for number, record in numbered:
        if isinstance(record, Mapping):
            cells = [record.get(key) for key in keys]
            yield Row(number, [None if isinstance(one, dict | list) else one for one in cells])


def _bad(source: Source) -> Iterator[SetAside]:
    for number, one in records(source):
        if isinstance(one, Refusal):
            yield SetAside(source.name, f"record {number}: {one.reason}", one.help)
