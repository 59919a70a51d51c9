"""New rows as YAML: entries, phrases, sections, items, example calls."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa_checker.exchange.rulebook.fields import CALL, ENTRY, ITEM, ORDERS, SECTION, Field, by_key
from qa_checker.exchange.rulebook.patch import Make
from qa_checker.exchange.rulebook.rows import Row
from qa_checker.exchange.rulebook.values import block, in_brackets, node_of, scalar, typed
from qa_checker.exchange.rulebook.wanted import BadCell, Part

FIELDS = {"entries": ENTRY, "sections": SECTION, "items": ITEM, "examples": CALL}


def new_record(kind: str, part: Part) -> str:
    """Return the lines of a new entry, section, item or call, without dash and indent."""
    made = dict(keys_of(part.row, FIELDS[kind]))
    for name, below in part.below.items():
        if below and name in ("hit", "miss"):
            lines = made.setdefault("examples", ["examples:"])
            lines += ["  " + line for line in list_of(name, below)]
        elif below:
            made[name] = list_of(name, below)
    order = ORDERS[kind]
    ranked = sorted(made, key=order.index)
    return "\n".join([*comments(part.row), *(line for key in ranked for line in made[key])])


def list_of(name: str, parts: Sequence[Part]) -> list[str]:
    """Return the lines of a list of phrases, sentences, items or verdicts."""
    if name == "expect":
        pairs = ", ".join(element_text(part.row, True) for part in parts)
        return [f"expect: {{{pairs}}}"]
    lines = [f"{name}:"]
    for part in parts:
        text = new_record("items", part) if name == "items" else element_text(part.row, False)
        lines += ["  " + line for line in dashed(text)]
    return lines


def dashed(text: str) -> Iterator[str]:
    """Yield the lines of an element with a dash before the first that is no comment."""
    lead = "- "
    for line in text.split("\n"):
        if lead == "- " and line.startswith("#"):
            yield line
        else:
            yield lead + line if line else ""
            lead = "  "


def keys_of(row: Row, fields: Sequence[Field]) -> Iterator[tuple[str, list[str]]]:
    """Yield the keys of a new row that are filled, each with its lines."""
    for key, columns in by_key(fields):
        given = {column.language: row[column.name] for column in columns if row[column.name]}
        if given:
            written = make_of(columns[0].form, given)(0, False)
            yield key, (f"{key}:" + written).split("\n")


def make_of(form: str, given: dict[str, str]) -> Make:
    """Return what writes the value of a key: cells by language, under "" if it has none."""
    text = next(iter(given.values()))

    def make(indent: int, flow: bool) -> str:
        if form == "words":
            pairs = (
                f"{name}: {scalar(given[name], True)}" for name in ("zh", "en") if name in given
            )
            return f" {{{', '.join(pairs)}}}"
        if form == "lines":
            return list_lines([scalar(line, flow) for line in lines_of(text)])(indent, flow)
        if form == "yaml":
            return typed(text, indent + 2, flow)
        if form == "call" and not flow:
            return " " + block(text + "\n", indent + 2)
        return " " + (block(text, indent + 2) if "\n" in text and not flow else scalar(text, flow))

    return make


def lines_of(cell: str) -> list[str]:
    """Return the texts of a cell that holds one a line."""
    return [line.strip() for line in cell.split("\n") if line.strip()]


def list_lines(texts: Sequence[str]) -> Make:
    """Return what writes a list of elements that are YAML already."""

    def make(indent: int, flow: bool) -> str:
        if flow:
            return f" [{', '.join(texts)}]"
        lines = [" " * (indent + 2) + line for text in texts for line in dashed(text)]
        return "\n" + "\n".join(line.rstrip() for line in lines)

    return make


def element_text(row: Row, flow: bool) -> str:
    """Return a new phrase, sentence or verdict with its comments."""
    if row.sheet == "Verdicts":
        return f"{filled(row, 'item')}: {filled(row, 'verdict')}"
    text, form = filled(row, "text"), row["kind"].partition(" ")[2]
    lead = [] if flow else comments(row)
    if form == "(re)":
        made = f"re: {scalar(text, flow, chr(39))}"
    elif form == "(tokens)":
        made = f"tokens: {in_brackets(node_of(text))}"
    else:
        return "\n".join([*lead, scalar(text, flow)])
    return f"{{{made}}}" if flow else "\n".join([*lead, made])


def filled(row: Row, column: str) -> str:
    """Return a cell that must not be empty."""
    if not row[column]:
        raise BadCell(row, column, "this cell is empty", "fill it, or delete the whole row")
    return row[column]


def comments(row: Row) -> list[str]:
    """Return the comments of a row as lines that YAML reads as such."""
    return [as_comment(line) for line in lines_of(row["comments"])]


def as_comment(line: str) -> str:
    """Return a line with the sign of a comment."""
    return line if line.startswith("#") else f"# {line}"
