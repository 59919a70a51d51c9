"""docs/results.md lists every column as the schema has it.

python tests/store/test_schema_page.py     write the tables anew
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from qa_checker.store import schema

PAGE = Path(__file__).parents[2] / "docs" / "results.md"
MARK = "<!-- columns -->\n"
TABLES = {
    "A row": schema.ROW,
    "items": schema.ITEM,
    "evidence": schema.EVIDENCE,
    "losses": schema.LOSS,
    "searched": schema.SEARCHED,
    "signals": schema.SIGNAL,
    "forfeits": schema.FORFEIT,
    "segments": schema.SEGMENT,
}


def kind(type: pa.DataType) -> str:
    """Return an Arrow type in a few words."""
    if pa.types.is_map(type):
        return "map of text"
    if pa.types.is_list(type):
        return f"list of {kind(type.value_type)}"
    if pa.types.is_struct(type):
        return "struct" if len(type) > 2 else "{zh, en}"
    return {"string": "text", "int32": "int", "double": "number", "bool": "yes or no"}[str(type)]


def tables() -> Iterator[str]:
    for title, fields in TABLES.items():
        yield f"\n### {title if title == 'A row' else f'`{title}`'}\n"
        yield "| column | type | what it is |\n|---|---|---|"
        yield from (
            f"| `{name}` | {kind(type)} | {said} |" for name, (type, said) in fields.items()
        )


def written() -> str:
    head, _, _ = PAGE.read_text("utf-8").partition(MARK)
    return head + MARK + "\n".join(tables()) + "\n"


def test_the_page_lists_every_column() -> None:
    assert PAGE.read_text("utf-8") == written()


if __name__ == "__main__":
    PAGE.write_text(written(), "utf-8")
