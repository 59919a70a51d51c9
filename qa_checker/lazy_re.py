"""Regular expressions that are compiled when they are first used, not when they are imported.

Our modules hold some two hundred; one call needs a few of them, and compiling them all was a
third of a start.
"""

from __future__ import annotations

import re
from typing import Any, AnyStr, Generic, cast


class Late(Generic[AnyStr]):
    """What stands for a pattern: it has every attribute of the compiled one."""

    def __init__(self, pattern: AnyStr, flags: int) -> None:
        self.pattern: AnyStr = pattern
        self.compiled_with = flags

    def __getattr__(self, name: str) -> Any:
        """Compile the pattern, and keep what was asked of it: it is found at once from now on."""
        found = self.__dict__[name] = getattr(re.compile(self.pattern, self.compiled_with), name)
        return found

    def __reduce__(self) -> tuple[Any, ...]:
        """Return how a copy is made: as this one was."""
        return Late, (self.pattern, self.compiled_with)


def compile(pattern: AnyStr, flags: int = 0) -> re.Pattern[AnyStr]:
    """Return a pattern as `re.compile` does. A mistake in it shows when it is first used."""
    return cast("re.Pattern[AnyStr]", Late(pattern, flags))
