"""The user's own table about calls: a row a call, found by call id or file name.

    call_id,agent,queue,direction
    A-17,1024,refund,inbound

CSV, TSV or XLSX, with headers as in transcripts; `file` (文件名, 录音文件) instead of, or
beside, the call id. Columns that are no field of ours become metadata.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from qa_checker.problem import BadInput
from qa_checker.readers.about.metadata import FIELDS, meaning
from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.files.archives import is_zip
from qa_checker.readers.files.inputs import read_bytes
from qa_checker.readers.formats.csv_table import DELIMITERS, cut
from qa_checker.readers.formats.xlsx_table import first_sheet
from qa_checker.readers.source import Source
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.tabular.tables import HEAD_ROWS, Row, text

IDS = ("call_id", "file")
OURS = (*FIELDS, "file")
GLANCE = 4000


def load_metadata(path: str | Path) -> Mapping[str, Mapping[str, str]]:
    """Return call id or file name → what the table says about the call.

    For `Options(metadata=...)`. Raises BadInput with the file and what to do.
    """
    try:
        rows = _rows(read_bytes(Path(path)))
        return _table(rows)
    except Refusal as refusal:
        place = str(path) if refusal.line is None else f"{path}:{refusal.line}"
        raise BadInput(f"{place}: {refusal}") from None
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}") from None


def _rows(data: bytes) -> Sequence[Row]:
    if is_zip(data):
        return first_sheet(Source("metadata", data))
    found, _ = decode(data)
    return cut(found, max(DELIMITERS, key=found[:GLANCE].count))[0]


def _table(rows: Sequence[Row]) -> dict[str, Mapping[str, str]]:
    """Read the rows below the header. Raises Refusal if no column names the calls."""
    heads = ((row, [meaning(text(cell)) for cell in row.cells]) for row in rows[:HEAD_ROWS])
    head, fields = next((pair for pair in heads if set(IDS) & set(pair[1])), (None, []))
    if head is None:
        seen = names([text(cell) for row in rows[:1] for cell in row.cells])
        raise Refusal(f"no column says which call a row is about: columns seen {seen}",
                      "name one call_id or file")  # fmt: skip
    titles = [
        field if field in OURS else text(cell).strip()
        for field, cell in zip(fields, head.cells, strict=True)
    ]
    found: dict[str, Mapping[str, str]] = {}
    for row in rows:
        if row.number > head.number:
            _add(found, row, titles)
    return found


def _add(found: dict[str, Mapping[str, str]], row: Row, titles: Sequence[str]) -> None:
    said = [(title, text(cell).strip()) for title, cell in zip(titles, row.cells, strict=False)]
    facts = {title: value for title, value in said if title and value}
    for key in {facts[name]: name for name in IDS if name in facts}:
        if key in found and found[key] != facts:
            raise Refusal(f"two rows about the same call {key!r}", "keep one of them", row.number)
        found[key] = facts
