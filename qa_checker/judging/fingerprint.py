"""The fingerprint of a rubric: what can change a verdict, in twelve digits."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from fractions import Fraction
from functools import cache
from typing import Any

from qa_checker.rules.checks import kind_of
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Rubric
from qa_checker.values import SCALARS

SKIPPED = (
    *("node", "path", "lines", "lexicons", "uses", "windows", "in_seconds"),
    *("title", "band_titles"),
)
"""Fields that say where a rule stands, what follows from the others, or what people call it."""


def fingerprint(rubric: Rubric, entries: Iterable[Entry], settings: Mapping[str, Any]) -> str:
    """Return twelve digits that change whenever a verdict could."""
    parts = [rubric, list(entries), listed(settings)]
    written = json.dumps(
        parts, ensure_ascii=False, sort_keys=True, default=essence, check_circular=False
    )
    return hashlib.sha256(written.encode()).hexdigest()[:12]


@cache
def essential(kind: Hashable) -> list[str] | None:
    """Return the fields of a dataclass that can change a verdict; None for anything else."""
    if not is_dataclass(kind):
        return None
    return [
        field.name
        for field in fields(kind)
        if field.name not in SKIPPED and not field.metadata.get("key", {}).get("wording")
    ]


def essence(value: Any) -> Any:
    """Return one of our values as plain data, without wording and places; of what it holds,
    the rest is left to JSON.

    Kinds are named: all: and any: of the same parts are not the same rule.
    """
    if isinstance(value, Fraction):
        return str(value)
    kind: Any = type(value)
    names = essential(kind)
    if names is None:
        raise TypeError(f"{kind.__name__} is not plain data")
    parts = {name: listed(getattr(value, name)) for name in names}
    return [f"{kind_of(value)}.{kind.__name__}", parts]


def listed(value: Any) -> Any:
    """Return a mapping as pairs in their order; anything else as it is."""
    if type(value) in SCALARS or not isinstance(value, Mapping):
        return value
    return [[key, listed(item)] for key, item in value.items()]
