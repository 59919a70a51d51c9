"""A rule file as the rows of a workbook, each knowing where in the file it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import yaml

from qa_checker.exchange.rulebook.fields import CALL, ENTRY, ITEM, SECTION, Field, head_of
from qa_checker.exchange.rulebook.places import (
    Page,
    Span,
    is_flow,
    listed,
    pieces,
    span,
    value,
)


@dataclass(frozen=True)
class Row:
    """A row: `cells` by column, `key` for the part of the file it shows ("" if it is new).

    `spans` are the places of the cells in the file, that of the whole part under "";
    `number` is its row in the workbook (0 in a file).
    """

    sheet: str
    key: str
    cells: Mapping[str, str]
    spans: Mapping[str, Span] = field(default_factory=dict)
    number: int = 0

    def __getitem__(self, column: str) -> str:
        """Return a cell, "" if it is empty."""
        return self.cells.get(column, "")

    @property
    def steps(self) -> list[str]:
        """The parts of the key: file, entry, list, place."""
        return self.key.split(".")


def rows_of(page: Page, number: int, file: str) -> list[Row]:
    """Return the rows of a rule file, the n-th of a workbook, that is shown as `file`."""
    kind = kind_of(page)
    made = [record("Head", str(number), page, page.root, head_of(kind), (0, len(page.text)))]
    made[0] = with_cells(made[0], file=file)
    if kind == "lexicon":
        made += entries(page, number, file)
    else:
        made += [*sections(page, number), *calls(page, number)]
    return with_comments(page, made)


def kind_of(page: Page) -> str:
    """Return lexicon or rubric."""
    node = value(page.root, "qa_checker")
    return str(node.value).partition("/")[0] if node is not None else ""


def parts(page: Page, node: yaml.Node | None) -> list[tuple[yaml.Node, Span]]:
    """Return the items of a list with their lines, or with their characters in brackets."""
    if isinstance(node, yaml.SequenceNode):
        return list(zip(node.value, pieces(page, node), strict=True))
    return [(item, span(page, item)) for item in listed(node)]


def entries(page: Page, number: int, file: str) -> Iterator[Row]:
    """Yield the entries of a lexicon with their phrases and sentences."""
    for n, (node, place) in enumerate(parts(page, value(page.root, "entries"))):
        key = f"{number}.{n}"
        entry = record("Entries", key, page, node, ENTRY, place)
        yield with_cells(entry, file=file)
        where = {"file": file, "entry": entry["id"]}
        for name, kind in (("phrases", "phrase"), ("unless", "unless")):
            for m, (item, spot) in enumerate(parts(page, value(node, name))):
                form, inner = form_of(item)
                yield element("Phrases", f"{key}.{name}.{m}", page, inner, spot,
                              kind=f"{kind}{form}", **where)  # fmt: skip
        for kind in ("hit", "miss"):
            for m, (item, spot) in enumerate(parts(page, value(node, "examples", kind))):
                yield element("Sentences", f"{key}.{kind}.{m}", page, item, spot,
                              kind=kind, **where)  # fmt: skip


def form_of(node: yaml.Node) -> tuple[str, yaml.Node]:
    """Return the form of a phrase ("", " (re)", " (tokens)") and the node of its text."""
    for name in ("re", "tokens"):
        inner = value(node, name)
        if inner is not None:
            return f" ({name})", inner
    return "", node


def sections(page: Page, number: int) -> Iterator[Row]:
    """Yield the sections of a rubric, each with its items."""
    for n, (node, place) in enumerate(parts(page, value(page.root, "sections"))):
        section = record("Items", f"{number}.{n}", page, node, SECTION, place)
        yield with_cells(section, kind="section")
        for m, (item, spot) in enumerate(parts(page, value(node, "items"))):
            yield with_cells(record("Items", f"{number}.{n}.{m}", page, item, ITEM, spot),
                             kind="item")  # fmt: skip


def calls(page: Page, number: int) -> Iterator[Row]:
    """Yield the example calls of a rubric with the verdicts they expect."""
    for n, (node, place) in enumerate(parts(page, value(page.root, "examples"))):
        call = record("Calls", f"{number}.{n}", page, node, CALL, place)
        yield call
        expect = value(node, "expect")
        if not isinstance(expect, yaml.MappingNode):
            continue
        for m, ((name, verdict), spot) in enumerate(
            zip(expect.value, pieces(page, expect), strict=True)
        ):
            cells = {"call": call["name"], "item": name.value, "verdict": verdict.value}
            spans = {"": spot, "item": span(page, name), "verdict": span(page, verdict)}
            yield Row("Verdicts", f"{number}.{n}.expect.{m}", cells, spans)


def element(sheet: str, key: str, page: Page, node: yaml.Node, place: Span, **where: str) -> Row:
    """Return the row of one phrase or sentence."""
    shown = node.value if isinstance(node, yaml.ScalarNode) else typed(page, node)
    return Row(sheet, key, {**where, "text": shown}, {"": place, "text": span(page, node)})


def record(
    sheet: str, key: str, page: Page, node: yaml.Node, fields: Sequence[Field], place: Span
) -> Row:
    """Return the row of a mapping with many keys."""
    cells, spans = {}, {"": place}
    for column in fields:
        found = value(node, column.key)
        if isinstance(found, yaml.MappingNode) and column.form == "words":
            found = value(found, column.language)
        elif column.form == "words" and column.language != first_language(page):
            found = None
        if found is not None:
            cells[column.name] = shown(page, found, column.form)
            spans[column.name] = span(page, found)
    return Row(sheet, key, cells, spans)


def first_language(page: Page) -> str:
    """Return the language of titles that are not marked with one."""
    languages = listed(value(page.root, "languages"))
    return str(languages[0].value) if languages else "zh"


def shown(page: Page, node: yaml.Node, form: str) -> str:
    """Return a value as it stands in a cell."""
    if form == "yaml":
        return typed(page, node)
    if form == "lines":
        return "\n".join(str(item.value).replace("\n", " ") for item in listed(node))
    return str(node.value).rstrip("\n") if isinstance(node, yaml.ScalarNode) else typed(page, node)


def typed(page: Page, node: yaml.Node) -> str:
    """Return a value as YAML, its further lines as far to the left as they go."""
    start, end = span(page, node)
    indent = further(page, node)
    first, *rest = page.text[start:end].split("\n")
    return "\n".join([first, *(line[indent:] for line in rest)])


def further(page: Page, node: yaml.Node) -> int:
    """Return how far the second and further lines of a value are indented, 0 if there are none."""
    start, end = span(page, node)
    rest = [line for line in page.text[start:end].split("\n")[1:] if line.strip()]
    indent = min((len(line) - len(line.lstrip(" ")) for line in rest), default=0)
    return indent if is_flow(node) else min(indent, start - page.line_start(start))


def with_cells(row: Row, **cells: str) -> Row:
    """Return a row with more cells."""
    return Row(row.sheet, row.key, {**cells, **row.cells}, row.spans, row.number)


def with_comments(page: Page, rows: Sequence[Row]) -> list[Row]:
    """Return the rows with the comments that belong to them, one a line."""
    owned = comments_of(page, rows)
    return [
        with_cells(row, comments="\n".join(page.text[start:end] for start, end in owned[n]))
        if owned[n]
        else row
        for n, row in enumerate(rows)
    ]


def comments_of(page: Page, rows: Sequence[Row]) -> list[list[Span]]:
    """Return the comments of each row: those in its lines, in no smaller part, in no cell."""
    owned: list[list[Span]] = [[] for _ in rows]
    for start, end in page.comments:
        around = [n for n, row in enumerate(rows) if within((start, end), row.spans[""])]
        owner = min(around, key=lambda n: (rows[n].spans[""][1] - rows[n].spans[""][0], -n))
        cells = [place for name, place in rows[owner].spans.items() if name]
        if not any(within((start, end), place) for place in cells):
            owned[owner].append((start, end))
    return owned


def within(inner: Span, outer: Span) -> bool:
    """Tell whether a span lies in another."""
    return outer[0] <= inner[0] and inner[1] <= outer[1]
