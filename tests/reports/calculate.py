"""A small calculator for the formulas of our workbooks, enough to check them without a program.

It knows the functions we use and no other, and computes in binary fractions as programs do.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from operator import eq, ge, gt, ne
from typing import Any

from openpyxl.formula import Tokenizer
from openpyxl.utils import coordinate_to_tuple, range_boundaries
from openpyxl.workbook import Workbook

Value = Any


class Failed(Exception):
    """What a program shows as #N/A, #DIV/0! and so on."""


class Book:
    """A workbook whose cells can be asked for their computed values."""

    def __init__(self, book: Workbook) -> None:
        self.book = book
        self.known: dict[tuple[str, int, int], Value] = {}

    def at(self, sheet: str, place: str) -> Value:
        """Return the value of one cell."""
        return self.cell(sheet, *coordinate_to_tuple(place))

    def cell(self, sheet: str, row: int, column: int) -> Value:
        """Return the value of one cell by its numbers."""
        key = (sheet, row, column)
        if key not in self.known:
            cell = self.book[sheet].cell(row, column)
            is_formula = cell.data_type == "f"
            self.known[key] = Parser(self, sheet, cell.value).value() if is_formula else cell.value
        return self.known[key]

    def area(self, sheet: str, reference: str) -> list[Value]:
        """Return the values of a column of cells."""
        if "!" in reference:
            sheet, _, reference = reference.rpartition("!")
            sheet = sheet.strip("'")
        left, top, right, bottom = range_boundaries(reference.replace("$", ""))
        assert left == right
        return [self.cell(sheet, row, left) for row in range(top, bottom + 1)]


class Parser:
    """Computes one formula as it reads it."""

    def __init__(self, book: Book, sheet: str, text: str) -> None:
        self.book, self.sheet = book, sheet
        tokens = Tokenizer(text).items
        self.tokens = [token for token in tokens if token.type != "WHITE-SPACE"]

    def value(self) -> Value:
        """Return what the whole formula gives."""
        found = self.compared()
        assert not self.tokens, self.tokens
        return found[0] if isinstance(found, list) and len(found) == 1 else found

    def operator(self, *allowed: str) -> str | None:
        """Take one of some operators, if it comes next."""
        if not self.tokens or self.tokens[0].type != "OPERATOR-INFIX":
            return None
        return str(self.tokens.pop(0).value) if self.tokens[0].value in allowed else None

    def compared(self) -> Value:
        """Return sums compared with each other."""
        left = self.summed()
        while sign := self.operator("=", "<>", ">", ">="):
            left = compare(sign, single(left), single(self.summed()))
        return left

    def summed(self) -> Value:
        """Return products added up."""
        left = self.multiplied()
        while self.operator("+"):
            left = single(left) + single(self.multiplied())
        return left

    def multiplied(self) -> Value:
        """Return operands multiplied and divided."""
        left = self.operand()
        while sign := self.operator("*", "/"):
            right = single(self.operand())
            if sign == "/" and not right:
                raise Failed("#DIV/0!")
            left = single(left) * right if sign == "*" else single(left) / right
        return left

    def operand(self) -> Value:
        """Return a number, a text, a range, a call or what is in parentheses."""
        token = self.tokens.pop(0)
        if token.type == "PAREN":
            inner = self.compared()
            assert self.tokens.pop(0).type == "PAREN"
            return inner
        if token.type == "FUNC":
            return self.function(token.value.rstrip("("))
        if token.subtype == "RANGE":
            return self.book.area(self.sheet, token.value)
        if token.subtype == "TEXT":
            return token.value[1:-1].replace('""', '"')
        return float(token.value)

    def function(self, name: str) -> Value:
        """Return what a function gives; only IF and IFERROR take what failed."""
        arguments: list[Value] = []
        failed = None
        while self.tokens[0].subtype != "CLOSE":
            try:
                arguments.append(self.compared())
            except Failed as error:
                failed = error
                self.skip()
                arguments.append(error)
            if self.tokens[0].type == "SEP":
                self.tokens.pop(0)
        self.tokens.pop(0)
        if failed and name not in ("IF", "IFERROR"):
            raise failed
        return FUNCTIONS[name](*arguments)

    def skip(self) -> None:
        """Leave the rest of an argument that failed."""
        depth = 0
        while depth or (self.tokens[0].type != "SEP" and self.tokens[0].subtype != "CLOSE"):
            token = self.tokens.pop(0)
            depth += {"OPEN": 1, "CLOSE": -1}.get(token.subtype, 0)


def single(value: Value) -> Value:
    """Return one value; an empty cell is 0 in arithmetic."""
    return value[0] if isinstance(value, list) else value


def compare(sign: str, left: Value, right: Value) -> bool:
    """Compare as programs do: an empty cell equals "" and 0, text is greater than numbers."""
    if left is None:
        left = "" if isinstance(right, str) else 0
    if right is None:
        right = "" if isinstance(left, str) else 0
    if isinstance(left, str) != isinstance(right, str):
        greater = isinstance(left, str)
        return {"=": False, "<>": True, ">": greater, ">=": greater}[sign]
    return {"=": eq, "<>": ne, ">": gt, ">=": ge}[sign](left, right)


def matches(criterion: Value) -> Callable[[Value], bool]:
    """Return the test that a criterion of SUMIFS stands for."""
    criterion = single(criterion)
    if criterion == "<>":
        return lambda value: value not in (None, "")
    if isinstance(criterion, str) and criterion[:1] == ">":
        return lambda value: isinstance(value, int | float) and value > float(criterion[1:])
    assert not set("*?~<=>") & set(str(criterion)), criterion
    return lambda value: value == criterion


def chosen(pairs: tuple[Value, ...]) -> Iterator[int]:
    """Yield the rows in which every criterion is met."""
    tests = [(column, matches(test)) for column, test in zip(pairs[::2], pairs[1::2], strict=True)]
    for row in range(len(tests[0][0])):
        if all(test(column[row]) for column, test in tests):
            yield row


def numbers(values: Value) -> list[float]:
    every = values if isinstance(values, list) else [values]
    return [value for value in every if isinstance(value, int | float)]


def half_up(value: float, digits: float) -> float:
    unit = Decimal(1).scaleb(-int(digits))
    return float(Decimal(repr(float(value))).quantize(unit, ROUND_HALF_UP))


def average(*columns: Value) -> float:
    every = [value for column in columns for value in numbers(column)]
    if not every:
        raise Failed("#DIV/0!")
    return sum(every) / len(every)


def choose(test: Value, yes: Value, no: Value) -> Value:
    result = yes if single(test) else no
    if isinstance(result, Failed):
        raise result
    return single(result)


def missing() -> Value:
    raise Failed("#N/A")


def position(value: Value, column: list[float], _: float) -> int:
    if isinstance(single(value), str):
        raise Failed("#N/A")
    return max(index for index, low in enumerate(column, 1) if low <= single(value))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "IF": choose,
    "IFERROR": lambda value, other: other if isinstance(value, Failed) else value,
    "AND": lambda *values: all(values),
    "OR": lambda *values: any(values),
    "NA": missing,
    "SUM": lambda column: sum(numbers(column)),
    "AVERAGE": average,
    "ROUND": half_up,
    "SUMIFS": lambda column, *pairs: sum(numbers([column[row] for row in chosen(pairs)])),
    "COUNTIFS": lambda *pairs: sum(1 for _ in chosen(pairs)),
    "COUNTIF": lambda *pairs: sum(1 for _ in chosen(pairs)),
    "INDEX": lambda column, row: column[int(row) - 1],
    "MATCH": position,
}
