"""A value of the call's metadata, for `when`.

when: {meta: channel, is: [phone]}
"""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.rules.fields import key, list_of
from qa_checker.rules.scalars import as_text
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node


@dataclass(frozen=True, slots=True)
class Check:
    """The call's metadata under a key is one of some values."""

    meta: str = key(as_text, "the metadata's key", required=True)
    values: tuple[str, ...] = key(list_of(as_text), "the allowed values", name="is", required=True)
    node: Node | None = field(default=None, compare=False, repr=False)


def settle(check: Check, node: Node, source: Source) -> Check:
    """Return the check: nothing in it can contradict itself."""
    return check


def names(check: Check) -> tuple[str, ...]:
    """Metadata looks up no names."""
    return ()
