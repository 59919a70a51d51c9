"""A moment as an export writes it, a number in some unit, to seconds.

Nothing here raises on odd content: a time that cannot be read is NaN, which `soundness.py`
turns into a note.
"""

from __future__ import annotations

import math

from qa_checker.readers.times import value as time_value

SECOND, MILLISECOND, MICROSECOND, TICK = 1.0, 1e-3, 1e-6, 1e-7
LARGEST = 1e18  # microseconds since 1970 have 16 digits, ticks since the year 1 have 18


def when(raw: object, unit: float = SECOND) -> float | None:
    """Return the seconds of a number, or a number written as text, in a unit of seconds.

    None if there is none, NaN if there is something that is no number.
    """
    if isinstance(raw, str) and raw.strip():
        try:
            raw = float(raw)
        except ValueError:
            return math.nan
    if isinstance(raw, int | float) and not isinstance(raw, bool) and abs(raw) < LARGEST:
        raw *= unit
    found = time_value(raw)
    return None if found is None else round(found, 6)
