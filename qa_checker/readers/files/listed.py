"""What is to be read, before it is opened."""

from __future__ import annotations

import re
from dataclasses import dataclass

from qa_checker import lazy_re

NOT_MEANT = lazy_re.compile(
    r"\.|(?:readme|licen[cs]e)\b|thumbs\.db$|desktop\.ini$|~\$", re.IGNORECASE
)
WHOLE = 8 * 1024 * 1024  # up to here a file is read at once, beyond it by its beginning first
HEAD = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Listed:
    """A file that is to be read: its path, the name to show, whether a link may be followed.

    The path may be an address (s3://…); then `size` in bytes and `changed` in seconds since
    1970 (0 if not told) are as its folder lists them, and `beside` is the address of its
    side-car, "" if there is none, None if nobody has looked.
    """

    path: str
    name: str
    follow: bool = False
    size: int | None = None
    changed: float = 0
    beside: str | None = None
