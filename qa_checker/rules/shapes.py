"""What the readers of values accept, as JSON Schema: said beside each reader, for editors."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node

Read = Callable[[Node, Source], Any]
"""Reads a value of a file; raises fields.Wrong for one that cannot be used."""
R = TypeVar("R", bound=Read)
Shape = dict[str, Any]
"""A JSON Schema."""
SHAPES: dict[Read, Shape] = {}


def shaped(shape: Shape) -> Callable[[R], R]:
    """Say what a reader accepts as JSON Schema, for editors (see `schema.py`)."""

    def note(read: R) -> R:
        SHAPES[read] = shape
        return read

    return note
