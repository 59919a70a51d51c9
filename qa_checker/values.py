"""Frozen values as bytes and back: plain data, of which reading runs no code.

A value is made of text, numbers, None, Fractions, tuples, frozensets, mappings, and our own
frozen dataclasses and named tuples. Equal parts are written once. Fields that do not count in
a comparison (where something stood in a file) are left out and take their default.

The form is a list of scalars, then groups of values of one kind in columns; a column that is
the same all the way down holds one number. Whatever a value is made of comes before it and is
named by its number, so that each group is made in one go.
"""

from __future__ import annotations

import dataclasses
import gc
from collections import deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import field, is_dataclass
from fractions import Fraction
from functools import cache, partial
from importlib import import_module
from itertools import chain, repeat
from types import MemberDescriptorType
from typing import Any

import msgspec

OURS = "qa_checker."
SCALARS = frozenset([str, int, float, bool, type(None)])
PLAIN: dict[str, Callable[[Iterable[Any]], Any]] = {
    "tuple": tuple,
    "frozenset": frozenset,
    "dict": lambda parts: dict(zip(*[iter(parts)] * 2, strict=True)),
}
"""Kinds that hold any number of parts; a mapping its keys and values in turns."""


class NotValues(Exception):
    """Something that is no value of ours, or bytes that none can be made of."""


BROKEN = (msgspec.DecodeError, ArithmeticError, ImportError, LookupError, TypeError, ValueError)
"""What goes wrong when bytes are read that are not as they were written."""


class Written(msgspec.Struct, array_like=True):
    """The scalars, and the groups: a kind, and its rows (PLAIN) or else its columns."""

    scalars: list[str | int | float | bool | None]
    groups: list[tuple[str, list[list[int]]]]


@dataclasses.dataclass
class Writer:
    """Gives every part of a value its number, equal ones the same: scalars from -1 downwards,
    the others from 0 on, each with its depth, its kind and the numbers of its parts.
    """

    numbers: dict[Hashable, int] = field(default_factory=dict)
    scalars: list[Any] = field(default_factory=list)
    kept: list[Any] = field(default_factory=list)
    values: list[tuple[int, str, tuple[int, ...]]] = field(default_factory=list)

    def number(self, value: Any) -> int:
        """Return the number of a value."""
        key: Hashable = (type(value), value) if type(value) in SCALARS else id(value)
        if key in self.numbers:
            return self.numbers[key]
        if isinstance(key, tuple):
            self.scalars.append(value)
            number = -len(self.scalars)
        else:
            self.kept.append(value)  # as long as it is there, no other value has its id
            kind, parts = parts_of(value)
            number = self.compound(kind, tuple(map(self.number, parts)))
        self.numbers[key] = number
        return number

    def compound(self, kind: str, numbers: tuple[int, ...]) -> int:
        """Return the number of a value that has parts."""
        key = (kind, numbers)
        if key not in self.numbers:
            depths = [self.values[number][0] for number in numbers if number >= 0]
            self.numbers[key] = len(self.values)
            self.values.append((1 + max(depths, default=0), kind, numbers))
        return self.numbers[key]


def to_bytes(value: Any) -> bytes:
    """Return a value as bytes. Raises NotValues for what cannot be written."""
    writer = Writer()
    try:
        with no_collection():
            writer.number((value,))
            return msgspec.msgpack.encode(Written(writer.scalars, list(groups(writer))))
    except (OverflowError, UnicodeEncodeError) as error:
        raise NotValues(str(error)) from None


def groups(writer: Writer) -> Iterator[tuple[str, list[list[int]]]]:
    """Yield the values in groups of one depth and kind, numbered anew in this order."""
    together: dict[tuple[int, str], list[int]] = {}
    for number, (depth, kind, _) in enumerate(writer.values):
        together.setdefault((depth, kind), []).append(number)
    ordered = sorted(together.items())
    first = len(writer.scalars)
    place = {-1 - scalar: scalar for scalar in range(first)}
    place.update((old, new) for new, old in enumerate(chain(*(m for _, m in ordered)), first))
    for (_, kind), members in ordered:
        rows = [[place[part] for part in writer.values[number][2]] for number in members]
        yield kind, rows if kind in PLAIN else list(map(short, zip(*rows, strict=True)))


def short(column: Sequence[int]) -> list[int]:
    """Return a column, as one number if it is the same all the way down."""
    return list(column) if len({*column}) > 1 else [column[0]]


def parts_of(value: Any) -> tuple[str, Iterable[Any]]:
    """Return a value's kind, and what it is made of."""
    kind: Any = type(value)
    if kind is tuple:
        return "tuple", value
    if kind is frozenset:
        return "frozenset", sorted(value)
    if isinstance(value, Mapping):
        return "dict", chain.from_iterable(value.items())
    if kind is Fraction:
        return "Fraction", (value.numerator, value.denominator)
    fields = fields_of(kind)
    if fields is None or not kind.__module__.startswith(OURS):
        raise NotValues(f"{kind.__name__} is not plain data")
    return f"{kind.__module__}:{kind.__qualname__}", [getattr(value, name) for name in fields]


@cache
def fields_of(kind: Hashable) -> list[str] | None:
    """Return the fields of one of our kinds that are written; None for anything else."""
    if is_dataclass(kind) and not hasattr(kind, "__post_init__"):
        return [field.name for field in dataclasses.fields(kind) if field.compare]
    names: Iterable[str] | None = getattr(kind, "_fields", None)
    return None if names is None else list(names)


def from_bytes(content: bytes) -> Any:
    """Return a value from its bytes. Raises NotValues for what `to_bytes` did not write so."""
    try:
        with no_collection():
            return made(msgspec.msgpack.decode(content, type=Written))
    except BROKEN as error:
        raise NotValues(str(error)) from None


def made(written: Written) -> Any:
    """Return the value that was written: the last one, in its tuple."""
    values: list[Any] = written.scalars
    for kind, columns in written.groups:
        part = values.__getitem__
        if kind in PLAIN:
            values += map(PLAIN[kind], [map(part, row) for row in columns])
        else:
            count = max(map(len, columns), default=1)
            values += several(kind, [long(map(part, c), len(c), count) for c in columns], count)
    (value,) = values[-1]
    return value


def long(parts: Iterable[Any], size: int, count: int) -> Iterable[Any]:
    """Return the parts of a column: one for each value, be it the same one."""
    if size == count:
        return parts
    (same,) = parts
    return repeat(same, count)


def several(kind: str, columns: Sequence[Iterable[Any]], count: int) -> Iterable[Any]:
    """Return so many values of a kind from their parts, of which each field has a column."""
    if kind == "Fraction":
        return map(Fraction, *columns)
    found = kind_of(kind)
    given = dict(zip(fields_of(found) or (), columns, strict=True))
    if issubclass(found, tuple):
        # the `__new__` of a named tuple is written in Python, this one is not
        return map(partial(tuple.__new__, found), zip(*columns, strict=True))
    return instances(found, given, count)


def kind_of(name: str) -> type:
    """Return one of our kinds by its name."""
    module, _, called = name.partition(":")
    if not module.startswith(OURS):
        raise NotValues(f"{name} is not ours")
    found = getattr(import_module(module), called, None)
    if not isinstance(found, type) or fields_of(found) is None:
        raise NotValues(f"{name} is no kind of value")
    return found


def instances(kind: Any, given: Mapping[str, Iterable[Any]], count: int) -> list[Any]:
    """Return so many instances of a frozen dataclass, whose `__init__` does no more than this:
    one field of all of them after the other, which takes half of the time.
    """
    made = list(map(object.__new__, repeat(kind, count)))
    for each in dataclasses.fields(kind):
        if each.name not in given and each.default is dataclasses.MISSING:
            raise NotValues(f"{kind.__name__} is not plain data")
        parts = given.get(each.name, repeat(each.default))
        slot = vars(kind).get(each.name)
        if isinstance(slot, MemberDescriptorType):
            done = map(slot.__set__, made, parts)
        else:
            done = map(object.__setattr__, made, repeat(each.name), parts)
        deque(done, maxlen=0)
    return made


@contextmanager
def no_collection() -> Iterator[None]:
    """Look for no garbage meanwhile: of what is being made, none is."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()
