"""JSON as its standard has it: no key twice, no bottomless nesting.

NaN and Infinity are none of the standard's either, but Python writes them for a number it
lacks (a confidence, a probability); they are read as null.
"""

from __future__ import annotations

import json
import math
from typing import Any

from qa_checker import lazy_re
from qa_checker.problem import BadInput

CLAIM = lazy_re.compile(r"\s*(?:\{\s*[\"'}]|\[\s*[\[{\"\]])")
MAY_BE = frozenset('[{"-0123456789tfnNI')


class Refusal(BadInput):
    """Why something cannot be read: reason, what to do, line; the file is named later."""

    def __init__(self, reason: str, help: str = "", line: int | None = None) -> None:
        self.reason, self.help, self.line = reason, help, line
        super().__init__(reason + (f" ({help})" if help else ""))


class NotJson:
    """The type of NOT_JSON."""


NOT_JSON = NotJson()


def document(text: str) -> object:
    """Return the parsed JSON, NOT_JSON, or the Refusal if it is JSON but broken.

    A bracket alone proves nothing: a plain transcript may begin with "[00:01:02]".
    """
    start = text.lstrip()[:1]
    if start not in MAY_BE or not start:
        return NOT_JSON
    try:
        return parse(text)
    except Refusal as refusal:
        return refusal if CLAIM.match(text) or not refusal.line else NOT_JSON


def parse(text: str) -> object:
    """Parse one JSON text. Raises Refusal with the line of the mistake."""
    try:
        return json.loads(
            text, object_pairs_hook=_once, parse_constant=_missing, parse_float=_finite
        )
    except json.JSONDecodeError as error:
        reason = f"broken JSON: {error.msg} at line {error.lineno}, column {error.colno}"
        raise Refusal(reason, "export the file again", error.lineno) from None
    except RecursionError:
        raise Refusal("JSON nested too deeply to be a transcript") from None
    except ValueError:
        raise Refusal("JSON holds a whole number of thousands of digits") from None


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        seen: set[str] = set()
        twice = next(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
        raise Refusal(f"JSON has the key {name(twice)} twice in one object", "keep one of them")
    return found


def _missing(word: str) -> None:
    """NaN, Infinity and -Infinity stand for a number that is not there."""


def _finite(digits: str) -> float:
    value = float(digits)
    if math.isinf(value):
        raise Refusal("JSON holds a number too large to be one")
    return value


def name(key: str) -> str:
    """Return a key for a message: short, in quotes, printable."""
    text = key if len(key) <= 30 else key[:29] + "…"
    return '"' + "".join(c if c.isprintable() else "�" for c in text) + '"'


def names(keys: list[str], most: int = 8) -> str:
    """Return some keys for a message."""
    listed = ", ".join(name(key) for key in keys[:most])
    return listed + (f" and {len(keys) - most} more" if len(keys) > most else "") or "none"


def seen(record: object) -> str:
    """Return which keys an object has, for a message."""
    return f"keys seen {names(list(record))}" if isinstance(record, dict) else "no object with keys"
