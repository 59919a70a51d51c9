"""What a reader gets and what it gives back when it cannot read: Source, Options, SetAside."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import BinaryIO

from qa_checker import lazy_re
from qa_checker.problem import BadInput
from qa_checker.readers.about.naming import name_pattern
from qa_checker.readers.headers import check_fields
from qa_checker.readers.layout import Layout
from qa_checker.readers.people.roles import stated
from qa_checker.readers.strict_json import NOT_JSON, Refusal, document

GLANCE = 10
LINE_END = lazy_re.compile(r"\r\n|\n|\r")


@dataclass(frozen=True)
class Options:
    """What a user knows better than the file does.

    `roles` maps a speaker label to a role word ({"0": "agent", "张三": "客服"}),
    `columns` a field of ours to the header it has in the tables
    ({"text": "话术"}), `language` ("zh", "en") holds for every call. `swap_roles` makes
    the agent the customer and the customer the agent. `metadata` says more about calls, by
    call id or file name (`load_metadata`); `filename_pattern` takes it out of file names, by
    a regular expression (RE2) with named groups. `mapping` says where things are in a
    vendor's files; its roles and columns hold where no other is given.
    Raises ValueError for a role or a field nobody knows or a pattern that is none.
    """

    roles: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    language: str = ""
    swap_roles: bool = False
    metadata: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    filename_pattern: str = ""
    mapping: Layout | None = None

    def __post_init__(self) -> None:
        check_fields(self.columns)
        if self.mapping is not None:
            object.__setattr__(self, "roles", {**self.mapping.roles, **self.roles})
            object.__setattr__(self, "columns", {**self.mapping.columns, **self.columns})
        for label in self.roles:
            stated(label, self.roles)
        if self.filename_pattern:
            name_pattern(self.filename_pattern)


@dataclass(frozen=True)
class SetAside:
    """A file or record that was not read: where, why, and what would help."""

    source: str
    reason: str
    help: str = ""
    line: int | None = None

    def __str__(self) -> str:
        """Return the one sentence a person reads."""
        place = self.source if self.line is None else f"{self.source}:{self.line}"
        return f"{place}: {self.reason}" + (f" ({self.help})" if self.help else "")


@dataclass(frozen=True)
class Source:
    """One file: the name to show, its bytes, and its text ("" if binary).

    Of a large file (`reopen` opens it from its start) `data` and `text` are the beginning
    only, cut where a line or an item ends; `large.py` reads the rest of it. `encoding` is
    what its bytes were read as, `declared` whether they say so themselves; `beside` is what
    a side-car says about the call. `stretch` tells that the bytes are a stretch of a
    large file of JSON lines, `first_line` which line they begin in.
    """

    name: str
    data: bytes = b""
    text: str = ""
    notes: tuple[str, ...] = ()
    encoding: str = ""
    declared: bool = False
    beside: Mapping[str, str] = field(default_factory=dict)
    reopen: Callable[[], BinaryIO] | None = None
    stretch: bool = False
    first_line: int = 1

    @property
    def stem(self) -> str:
        """The file name without folder and suffix: the call id of a file that has none."""
        name = PurePosixPath(self.name.rpartition("!")[2]).name
        return "stdin" if name == "-" else PurePosixPath(name).stem

    @cached_property
    def document(self) -> object:
        """The parsed JSON, NOT_JSON, or the Refusal that says why it is broken."""
        return document(self.text)

    @cached_property
    def glance(self) -> object:
        """The parsed JSON; of JSON lines a list of the first ones, parsed."""
        if not isinstance(self.document, Refusal):
            return self.document
        rows = [row for row in self.first_lines(3 * GLANCE) if row.strip()][:GLANCE]
        first = [document(row) for row in rows] if rows and rows[0].rstrip().endswith("}") else []
        return first if len(first) > 1 and isinstance(first[0], dict) else self.document

    @property
    def is_json(self) -> bool:
        """Tell whether the text is JSON, broken or not."""
        return self.document is not NOT_JSON

    def first_lines(self, count: int) -> list[str]:
        """The first lines, of a text of which the others need not be cut."""
        end = -1
        for _ in range(count):
            end = self.text.find("\n", end + 1)
            if end < 0:
                return self.lines[:count]
        return split_lines(self.text[:end])[:count]

    @cached_property
    def lines(self) -> list[str]:
        """The text cut at CR LF, LF and CR only."""
        return split_lines(self.text)


def split_lines(text: str) -> list[str]:
    """Cut at CR LF, LF and CR; `str.splitlines` also cuts inside what people said."""
    return LINE_END.split(text) if "\r" in text else text.split("\n")


def shown(name: str) -> str:
    """Return a file name that is safe to print: no control characters, no surrogates."""
    text = name.encode("utf-8", "backslashreplace").decode("utf-8")
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


def unreadable(name: str, error: OSError) -> SetAside:
    """Return what the system says about a file as data."""
    return SetAside(name, f"cannot be opened: {error.strerror}", "check the path")


def aside(name: str, error: BadInput) -> SetAside:
    """Return what an error says about a file as data."""
    if isinstance(error, Refusal):
        return SetAside(name, error.reason, error.help, error.line)
    return SetAside(name, str(error))
