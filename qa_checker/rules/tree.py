"""YAML as a small tree in which everything knows its line and column.

Scalars stay text until the field that holds them converts them. Aliases, merge keys,
tags and deep nesting are refused before anything is built: they are how a small file
eats all memory.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from qa_checker import lazy_re
from qa_checker.rules.not_yaml import slip

MAX_BYTES = 2_000_000
MAX_DEPTH = 32
MAX_EVENTS = 100_000
LINE_BREAK = lazy_re.compile("\r\n|[\n\r\x85\u2028\u2029]")
"""Where YAML counts a new line."""
try:
    LOADER = yaml.CSafeLoader
except AttributeError as missing:  # pragma: no cover
    raise ImportError("PyYAML was built without libyaml; install its wheel") from missing


@dataclass(frozen=True, slots=True)
class Node:
    """A value at `line` and `column` (from 1).

    `value` is the text of a scalar (None for an empty one), the items of a list or
    the (key, value) pairs of a mapping; `quoted` tells whether the scalar had quotes
    and `width` how many characters it takes up in its line.
    """

    value: str | tuple[Node, ...] | tuple[tuple[Node, Node], ...] | None
    kind: str
    line: int
    column: int
    width: int = 1
    quoted: bool = False
    plain: bool = field(default=True, repr=False)

    @property
    def text(self) -> str:
        """The text of a scalar; "" for anything else."""
        return self.value if isinstance(self.value, str) else ""

    @property
    def items(self) -> tuple[Node, ...]:
        """The items of a list; none for anything else."""
        return self.value if self.kind == "list" else ()  # type: ignore[return-value]

    @property
    def pairs(self) -> tuple[tuple[Node, Node], ...]:
        """The (key, value) pairs of a mapping; none for anything else."""
        return self.value if self.kind == "mapping" else ()  # type: ignore[return-value]

    def get(self, key: str) -> Node | None:
        """Return the value under a key of a mapping, or None."""
        return next((value for name, value in self.pairs if name.text == key), None)

    def at(self, *path: str | int) -> Node:
        """Follow keys and indexes as far as they lead; return the last node found."""
        node = self
        for step in path:
            deeper = node.get(step) if isinstance(step, str) else list_item(node, step)
            if deeper is None:
                break
            node = deeper
        return node


def list_item(node: Node, index: int) -> Node | None:
    """Return one item of a list; a single value counts as a list of one."""
    items = node.items or ((node,) if node.kind == "text" else ())
    return items[index] if index < len(items) else None


class NotYaml(Exception):
    """The text cannot be read; line and column are from 1."""

    def __init__(self, code: str, message: str, help: str, line: int = 1, column: int = 1) -> None:
        super().__init__(message)
        self.code, self.message, self.help = code, message, help
        self.line, self.column = line, column


@lru_cache(maxsize=2)  # a rubric is asked for its lexicons before it is read
def parse(text: str) -> Node:
    """Read one YAML document; raise NotYaml for whatever is not plain data."""
    if len(text) > MAX_BYTES:
        raise NotYaml("QA001", f"the file is larger than {MAX_BYTES} characters", "split it")
    try:
        root, copies = document(checked(text))
    except yaml.MarkedYAMLError as error:
        raise not_valid(error, text) from None
    except yaml.reader.ReaderError as error:
        raise unreadable(error, text) from None
    if root is None:
        raise NotYaml("QA001", "the file is empty", "begin with: qa_checker: lexicon/v1")
    if copies:
        raise NotYaml(*NO_COPIES, copies[0].line, copies[0].column)
    return root


def not_valid(error: yaml.MarkedYAMLError, text: str) -> NotYaml:
    """Turn a syntax error of the YAML library into ours."""
    line, column = place(error.problem_mark or error.context_mark)
    rows = LINE_BREAK.split(text)
    if line <= len(rows) and rows[line - 1][column - 1 : column] == "\t":
        return NotYaml("QA001", "a tab indents this line", "indent with spaces", line, column)
    sign = rows[line - 1][: column - 1].rfind("，") + 1 if line <= len(rows) else 0
    if sign and "expected ','" in str(error.problem):
        help = "type an ASCII comma and a space; if the sign belongs to a text, quote the text"
        return NotYaml("QA003", "full-width comma “，” between values", help, line, sign)
    told = slip(error, rows, line, column)
    if told:
        message, help, line, column = told
        return NotYaml("QA001", f"not valid YAML: {message}", help, line, column)
    help = "quote the phrase: it starts with a YAML sign ([ { * & ! % @ `), or check the indent"
    return NotYaml("QA001", f"not valid YAML: {error.problem}", help, line, column)


def unreadable(error: yaml.reader.ReaderError, text: str) -> NotYaml:
    """Name a character that YAML does not allow (the library counts in bytes: look for it)."""
    found = yaml.reader.Reader.NON_PRINTABLE.search(text)
    if found is None:
        return NotYaml("QA001", f"not valid YAML: {error.reason}", "save the file as UTF-8")
    rows = LINE_BREAK.split(text[: found.start()])
    what = f"character U+{ord(found[0]):04X} is not allowed in YAML"
    help = "delete the character; save the file as UTF-8"
    return NotYaml("QA001", what, help, len(rows), len(rows[-1]) + 1)


def checked(text: str) -> Iterator[yaml.Event]:
    """Yield the events of a text; refuse aliases, tags, depth, size and second documents."""
    depth = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=LOADER)):
        depth += isinstance(event, yaml.CollectionStartEvent)
        depth -= isinstance(event, yaml.CollectionEndEvent)
        documents += isinstance(event, yaml.DocumentStartEvent)
        refused = refusal(event, depth, documents, number)
        if refused:
            raise NotYaml(*refused, *place(event.start_mark))
        yield event


def refusal(
    event: yaml.Event, depth: int, documents: int, number: int
) -> tuple[str, str, str] | None:
    """Return why an event is refused (code, message, help), None if it is not."""
    if depth > MAX_DEPTH:
        return "QA001", "nested too deeply", "lists and mappings may be nested 32 deep at most"
    if number > MAX_EVENTS:
        return "QA001", "too many values in one file", "split the file"
    if documents > 1:
        return "QA001", "a second document begins here", "one file, one document"
    if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
        return NO_COPIES
    tag = getattr(event, "tag", None)
    if tag:
        return "QA005", f"YAML tags such as {tag} are not allowed here", "remove the tag"
    return None


NO_COPIES = (
    "QA005",
    "YAML aliases and merge keys are not allowed here",
    "repeat the value, or move the words into a lexicon entry",
)


def document(events: Iterator[yaml.Event]) -> tuple[Node | None, list[Node]]:
    """Return what a document holds, None if there is none, and its merge keys.

    All events are looked at: what is wrong behind the document counts, too.
    """
    root, copies = None, list[Node]()
    for event in events:
        if isinstance(event, yaml.ScalarEvent | yaml.CollectionStartEvent):
            root = build(event, events, copies)
    return root, copies


def build(event: yaml.Event, events: Iterator[yaml.Event], copies: list[Node]) -> Node:
    """Return the value that begins with an event; its merge keys are added to `copies`."""
    if isinstance(event, yaml.ScalarEvent):
        return scalar(event)
    if isinstance(event, yaml.SequenceStartEvent):
        return Node(tuple(inside(events, copies)), "list", *place(event.start_mark))
    parts = inside(events, copies)
    pairs = tuple(zip(parts, parts, strict=True))
    copies += (key for key, _ in pairs if key.text == "<<" and not key.quoted)
    return Node(pairs, "mapping", *place(event.start_mark))


def inside(events: Iterator[yaml.Event], copies: list[Node]) -> Iterator[Node]:
    """Yield the values of a list, or the keys and values of a mapping in turns, up to its end."""
    for event in events:
        if isinstance(event, yaml.CollectionEndEvent):
            return
        yield build(event, events, copies)


def scalar(event: yaml.ScalarEvent) -> Node:
    """Return a scalar."""
    (line, column), (last, end) = place(event.start_mark), place(event.end_mark)
    width = end - column if last == line else 1
    quoted = event.style in ("'", '"')
    empty = event.value in ("", "~", "null") and event.style is None
    in_line = event.style not in ("|", ">") and last == line
    value = None if empty else event.value
    return Node(value, "text", line, column, max(1, width), quoted, in_line)


def place(mark: Any) -> tuple[int, int]:
    """Return line and column of a mark, both from 1."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
