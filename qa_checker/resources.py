"""Find the YAML that ships with qa_checker: inside it once installed, beside it in a checkout."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def folder(name: str) -> Traversable:
    """Return the shipped `lexicons` or `rubrics` folder."""
    installed = files("qa_checker") / name
    return installed if installed.is_dir() else Path(__file__).parents[1] / name
