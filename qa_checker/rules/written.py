"""The entries that lexicons have by their text: those with mistakes, too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import NamedTuple

from qa_checker.rules.lexicon import Lexicon
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node

CLOSE = 0.8
"""How alike two names are where one is taken for a slip of the pen."""


class Written(NamedTuple):
    """The full names that are written in some lexicons; `whole`: no other can be meant.

    It is not if a file could not be read, or an entry has no id.
    """

    names: tuple[str, ...]
    whole: bool

    def leads(self, named: str) -> bool:
        """Tell whether a name stands for an entry or a group of them."""
        return any(full == named or full.startswith(f"{named}.") for full in self.names)

    def is_wrong(self, named: str) -> bool:
        """Tell whether a name certainly leads nowhere, or is one that is there misspelt."""
        if self.leads(named):
            return False
        return self.whole or bool(get_close_matches(named, self.names, 1, CLOSE))


def written_in(read: Iterable[tuple[Source, Lexicon | None]]) -> Written:
    """Return the names that are written in lexicons, be they well written or not."""
    found, whole = [], True
    for source, lexicon in read:
        nodes = list(entry_nodes(source, lexicon))
        found += [name for name, _ in nodes if name]
        whole = whole and bool(nodes) and all(name for name, _ in nodes)
    return Written(tuple(found), whole and bool(found))


def entry_nodes(source: Source, lexicon: Lexicon | None) -> Iterator[tuple[str, Node]]:
    """Yield full name ("" if there is none) and node of every entry that is written."""
    known = lexicon.node if lexicon is not None else None
    root = known or Source(source.path, source.text).tree()
    if root is None:
        return
    file = root.get("id")
    for node in root.at("entries").items:
        own = node.get("id")
        named = bool(file and file.text and own and own.text)
        yield f"{file.text}.{own.text}" if file and own and named else "", node
