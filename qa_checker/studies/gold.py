"""Turns that people have labelled, read from JSONL or CSV, one turn a row.

    {"id": "a:0", "dialogue_id": "a", "turn_index": 0, "role": "agent", "text": "您好", "label": 1}

`text` is required, `label` for figures. `previous_turns` holds what was said before the row
({role, text, speaker?, start?, end?}), `source` what figures are told apart by, `language` zh
or en; `start` and `end` are seconds. A row without `dialogue_id` is a dialogue of its own.
"""

from __future__ import annotations

import csv
import gzip
import io
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from qa_checker.problem import BadInput
from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.strict_json import Refusal, parse
from qa_checker.studies.rows import Mistakes, Row, as_text, row

FIELDS = (
    *("id", "source", "language", "dialogue_id", "turn_index", "role", "speaker", "text"),
    *("previous_turns", "start", "end", "label"),
)
CHINESE = {
    **dict.fromkeys(("文本", "内容", "话术", "语句"), "text"),
    **dict.fromkeys(("标签", "标注"), "label"),
    "编号": "id",
    "来源": "source",
    "语言": "language",
    "角色": "role",
    "说话人": "speaker",
    **dict.fromkeys(("对话编号", "通话编号"), "dialogue_id"),
    **dict.fromkeys(("序号", "轮次"), "turn_index"),
}
"""Columns as Chinese tables name them, and the field of each."""
DELIMITERS = ",\t;|"
LONGEST_CELL = 2**31 - 1


def read_gold(path: Path, gold_map: Mapping[str, str] | None = None) -> list[Row]:
    """Read labelled turns in the order of the file.

    `gold_map` says what the file calls things: {"text": "content"} for a column or key,
    {"label:yes": "1"} for a value. Raises BadInput with every wrong row, by line.
    """
    columns, values = split_map(gold_map or {})
    mistakes = Mistakes(str(path))
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    rows = []
    for line, raw in records(path, mistakes):
        for name, key in columns.items():
            if key not in raw and name in ("text", "label"):
                mistakes.lines[f'no "{key}" (--gold-map names other columns)'].append(line)
        own = {**{CHINESE[key]: raw[key] for key in raw if key in CHINESE}, **raw}
        given = {name: own.get(columns.get(name, name)) for name in FIELDS}
        for name, known in values.items():
            given[name] = known.get(as_text(given[name]), given[name])
        try:
            rows.append(row(line, given, path, seen))
        except ValueError as error:
            mistakes.lines[str(error)].append(line)
    mistakes.raise_any()
    check_places(rows, mistakes)
    if not rows:
        raise BadInput(f"{path}: no rows; give one labelled turn a line 文件里没有数据")
    return rows


def split_map(gold_map: Mapping[str, str]) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Divide a map into names of columns, and values by field. BadInput for an unknown field."""
    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = defaultdict(dict)
    for left, right in gold_map.items():
        name, sign, value = left.partition(":")
        if name not in FIELDS:
            raise BadInput(f'--gold-map: no field "{name}"; fields: {", ".join(FIELDS)}')
        if sign:
            values[name][value] = right
        else:
            columns[name] = right
    return columns, values


def records(path: Path, mistakes: Mistakes) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the raw rows of a file, each with its line."""
    text = content(path)
    if path.name.removesuffix(".gz").lower().endswith((".csv", ".tsv")):
        yield from table(text, path)
        return
    for line, written in enumerate(text.split("\n"), 1):
        if not written.strip():
            continue
        try:
            raw = parse(written)
        except Refusal as refusal:
            mistakes.lines[refusal.reason].append(line)
            continue
        if isinstance(raw, dict):
            yield line, raw
        else:
            mistakes.lines["not a row, which is an object {…}"].append(line)


def content(path: Path) -> str:
    """Return the text of a file, unpacked if it is gzip. BadInput if it cannot be read."""
    try:
        data = path.read_bytes()
        return decode(gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data)[0]
    except Refusal as refusal:
        raise BadInput(f"{path}: {refusal}") from None
    except (gzip.BadGzipFile, EOFError, zlib.error):
        raise BadInput(f"{path}: broken gzip; pack the file again") from None
    except OSError as error:
        raise BadInput(f"{path}: {error.strerror or error}; check the path") from None


def table(text: str, path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the rows of a CSV text with the line on which each begins."""
    csv.field_size_limit(LONGEST_CELL)
    head = text.partition("\n")[0]
    delimiter = max(DELIMITERS, key=head.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    line = 2
    try:
        for cells in reader:
            yield line, {key.strip(): cell for key, cell in cells.items() if key is not None}
            line = reader.line_num + 1
    except csv.Error as error:
        raise BadInput(f"{path}: line {line}: {error}; export the table again") from None


def check_places(rows: Iterable[Row], mistakes: Mistakes) -> None:
    """Raise BadInput if two rows are the same turn, or have the same id."""
    places: set[tuple[str, str, int]] = set()
    ids: set[str] = set()
    for each in rows:
        place = (each.source, each.dialogue, each.index)
        line = each.segment.line or 0
        if place in places:
            mistakes.lines["the same dialogue_id and turn_index as a row before"].append(line)
        elif each.id in ids:
            mistakes.lines["the same id as a row before"].append(line)
        places.add(place)
        ids.add(each.id)
    mistakes.raise_any()


def positives(path: Path, rows: Iterable[Row], wanted: str = "") -> list[bool]:
    """Tell of each row whether it is positive: labelled 1, or `wanted` if that is named.

    `both` counts for open as well as for closed. Raises BadInput with every row that has no
    label, or another one than 0 and 1, and if no row at all has the wanted one.
    """
    mistakes = Mistakes(str(path))
    alike = {wanted, "both"} if wanted in ("open", "closed") else {wanted or "1"}
    labels = []
    for each in rows:
        labels.append(each.label)
        line = each.segment.line or 0
        if not each.label:
            mistakes.lines["no label (--gold-map label=COLUMN names the column)"].append(line)
        elif not wanted and each.label not in ("0", "1"):
            reason = f'label "{each.label}" is neither 0 nor 1 (--label names the positive one)'
            mistakes.lines[reason].append(line)
    mistakes.raise_any()
    if wanted and alike.isdisjoint(labels):
        known = ", ".join(sorted(set(labels)))
        raise BadInput(f'{path}: no row is labelled "{wanted}"; labels: {known}')
    return [label in alike for label in labels]
