"""One file a transcript format, found by this folder.

A format is a module with a docstring that is its manual, two names and two functions:

    TITLE = "Amazon Transcribe"            what people call it
    UNIT = "seconds"                       how it writes times, one of UNITS
    sniff(source, options) -> float        0 = not mine … 1 = surely mine, by content only
    read(source, options) -> Iterator[Call | SetAside]

`read` gives each call with the speaker labels of the file; a role only where the file
states one, else "unknown". Raise Refusal for a file that cannot be used; yield a
SetAside for one bad record among good ones. Roles, times, notes and the call id of a
file that has none are finished in one place for all formats: `readers/finishing/finish.py`.

What the file declares about the call goes into its metadata: `duration` (seconds),
`direction`, and as channels `agent_channel`, `customer_channel`, `caller_channel`,
`callee_channel`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from typing import Protocol, cast

from qa_checker.call import Call
from qa_checker.readers.source import Options, SetAside, Source

Sure = tuple[float, str]  # how sure a format is, and its name
OWN = ("json_calls", "jsonl_calls")
UNITS = (
    "seconds", "milliseconds", "microseconds", "ticks", "samples", "clock", "dates", "column",
    "none",
)  # fmt: skip


class Format(Protocol):
    """What a module of this folder offers."""

    TITLE: str
    UNIT: str

    def sniff(self, source: Source, options: Options) -> float:
        """Return how sure it is that the source is of this format."""

    def read(self, source: Source, options: Options) -> Iterator[Call | SetAside]:
        """Yield the calls of a source."""


@cache
def known_formats() -> dict[str, Format]:
    """Return every format by its name, sorted."""
    names = sorted(module.name for module in iter_modules(__path__))
    return {name: cast(Format, import_module(f"{__name__}.{name}")) for name in names}


def ranked(source: Source, options: Options) -> list[Sure]:
    """Return how sure each format is of a source, with its name, the surest first.

    Where a file is of our own form, which nobody can know better, no other format is asked.
    """
    for name in OWN if options.mapping is None else ():
        if known_formats()[name].sniff(source, options) == 1.0:
            return [(1.0, name), (0.0, "")]
    sure = [(module.sniff(source, options), name) for name, module in known_formats().items()]
    return sorted(sure, key=lambda pair: (-pair[0], pair[1]))


def recognise(source: Source, options: Options) -> str:
    """Return the name of the format that is surest of a source, "" if none is."""
    score, name = ranked(source, options)[0]
    return name if score > 0 else ""
