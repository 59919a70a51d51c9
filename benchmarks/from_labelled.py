"""Turn rows of labelled turns into calls of our own JSONL, one call a line.

    python -m benchmarks.from_labelled labelled/*.jsonl.gz -o calls.jsonl

A row holds dialogue_id, turn_index, role, text and perhaps previous_turns, start and end
(seconds). Rows of one dialogue become one call in the order of turn_index; turns that only
previous_turns know fill the gaps before them. Equal turns of several files are taken once.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

Row = dict[str, Any]


def rows(paths: Iterable[Path]) -> Iterator[Row]:
    """Yield every row of .jsonl and .jsonl.gz files."""
    for path in paths:
        data = path.read_bytes()
        text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
        yield from (json.loads(line) for line in text.split("\n") if line.strip())


def dialogues(found: Iterable[Row]) -> dict[str, dict[int, Row]]:
    """Return the turns of each dialogue by their index."""
    calls: dict[str, dict[int, Row]] = {}
    for row in found:
        turns = calls.setdefault(row["dialogue_id"], {})
        before = row.get("previous_turns") or []
        for back, turn in enumerate(reversed(before), 1):
            turns.setdefault(row["turn_index"] - back, {**turn, "language": row["language"]})
        turns[row["turn_index"]] = row
    return calls


def call(name: str, turns: dict[int, Row]) -> Row:
    """Return one call in our own form."""
    ordered = [turns[index] for index in sorted(turns)]
    kept = ("role", "text", "speaker", "start", "end")
    return {
        "call_id": name,
        "agent": ordered[0].get("source", ""),
        "language": ordered[0]["language"][:2],
        "turns": [
            {key: turn[key] for key in kept if turn.get(key) is not None} for turn in ordered
        ],
    }


def main() -> None:
    """Read the command line and write the calls."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("-o", "--out", type=Path, required=True)
    chosen = parser.parse_args()
    found = dialogues(rows(chosen.files))
    with chosen.out.open("w", encoding="utf-8") as out:
        for name, turns in sorted(found.items()):
            out.write(json.dumps(call(name, turns), ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
