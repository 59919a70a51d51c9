"""Labelled turns of our own, as files and as rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from qa_checker.studies.gold import read_gold
from qa_checker.studies.rows import Row

Raw = Mapping[str, Any]


def raw(index: int, text: str, label: Any = 0, **more: Any) -> dict[str, Any]:
    """Return one row of a dialogue as a file has it."""
    row = {"dialogue_id": "d", "turn_index": index, "role": "agent", "text": text, "label": label}
    return {"id": f"{more.get('dialogue_id', 'd')}:{index}", **row, **more}


def written(path: Path, rows: Sequence[Raw]) -> Path:
    """Write rows as JSONL."""
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
    return path


def rows(folder: Path, *raws: Raw) -> list[Row]:
    """Return rows read from a file."""
    return read_gold(written(folder / "gold.jsonl", raws))
