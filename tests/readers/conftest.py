"""Short ways to read things in the reader tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from qa_checker.call import Call
from qa_checker.readers import Options, SetAside, Source, calls_of

Results = Callable[..., list[Call | SetAside]]


@pytest.fixture
def data() -> Path:
    return Path(__file__).parent / "data"


@pytest.fixture
def results() -> Results:
    """Read bytes or text as one file; return its calls and set-asides."""

    def read(content: bytes | str, name: str = "x", **options: object) -> list[Call | SetAside]:
        raw = content.encode() if isinstance(content, str) else content
        return list(calls_of(Source(name, raw), Options(**options)))  # type: ignore[arg-type]

    return read
