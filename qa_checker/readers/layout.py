"""Where things are in the files of a vendor: what a mapping file says, as data.

`rules/mapping.py` reads such a file; `formats/mapped_json.py` reads JSON by it, and tables
take from it which column is what.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from qa_checker import lazy_re
from qa_checker.readers.moments import MICROSECOND, MILLISECOND, SECOND, TICK, when
from qa_checker.readers.times import value as time_value

UNITS = {
    "seconds": SECOND,
    "milliseconds": MILLISECOND,
    "microseconds": MICROSECOND,
    "ticks": TICK,
    "clock": None,
    "dates": None,
}
"""Units of time by name, in seconds; None where the text itself says what it is."""
EVERY = "*"
STEP = lazy_re.compile(r'(?:^|\.)(?:"([^"]+)"|([^."\[\]]+))|\[([0-9]{1,6}|\*)\]')
Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Layout:
    """Paths to what a call needs; `turns` is None where each record is a turn.

    `about` holds the paths of call_id, agent, queue, started_at and language, `metadata`
    the paths of anything else, by the name it will have.
    """

    text: Path
    turns: Path | None = None
    calls: Path | None = None
    role: Path | None = None
    speaker: Path | None = None
    channel: Path | None = None
    turn: Path | None = None
    start: Path | None = None
    end: Path | None = None
    unit: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    about: Mapping[str, Path] = field(default_factory=dict)
    metadata: Mapping[str, Path] = field(default_factory=dict)

    @property
    def columns(self) -> dict[str, str]:
        """The header of each field, for tables: a path of one step."""
        names = ("text", "role", "speaker", "channel", "turn", "start", "end")
        paths = {name: getattr(self, name) for name in names if getattr(self, name)}
        return {name: shown(path) for name, path in {**paths, **self.about}.items()}

    @property
    def named(self) -> dict[str, str]:
        """The name that each column of metadata will have, by its header."""
        return {shown(path): name for name, path in self.metadata.items()}

    def seconds(self, raw: object) -> float | None:
        """Return a time in seconds; None if there is none, NaN if it cannot be read."""
        unit = UNITS.get(self.unit)
        return time_value(raw) if unit is None else when(raw, unit)


def path_of(text: str) -> Path:
    """Return the steps of "a.b[0].c" or "items[*]"; quotes hold a dot: a."b.c".

    Raises ValueError with the place of the mistake, from 0.
    """
    steps: list[str | int] = []
    place = 0
    while place < len(text):
        match = STEP.match(text, place)
        if match is None:
            raise ValueError(place)
        quoted, name, item = match.groups()
        steps.append(quoted or name or (EVERY if item == EVERY else int(item)))
        place = match.end()
    if not steps:
        raise ValueError(0)
    return tuple(steps)


def shown(path: Path) -> str:
    """Return a path as it is written."""
    text = ""
    for step in path:
        if isinstance(step, int) or step == EVERY:
            text += f"[{step}]"
        else:
            text += ("." if text else "") + (f'"{step}"' if "." in step else step)
    return text


def every(document: object, path: Path) -> list[Any]:
    """Return all that lies at the ends of a path; a list there gives its items."""
    ends = _ends(document, path)
    return [item for one in ends for item in (one if isinstance(one, list) else [one])]


def one_at(document: object, path: Path | None) -> Any:
    """Return what lies at the end of a path, the first where it branches; None if nothing."""
    return next(iter(_ends(document, path)), None) if path is not None else None


def leads(document: object, path: Path) -> bool:
    """Tell whether there is anything at the end of a path, be it null or empty."""
    return bool(_ends(document, path))


def _ends(document: object, path: Path) -> list[Any]:
    found: list[Any] = [document]
    for step in path:
        if step == EVERY:
            found = [item for one in found if isinstance(one, list) for item in one]
        elif isinstance(step, int):
            found = [one[step] for one in found if isinstance(one, list) and len(one) > step]
        else:
            found = [one[step] for one in found if isinstance(one, dict) and step in one]
    return found
