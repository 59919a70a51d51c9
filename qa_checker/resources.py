"""Find the YAML that ships with qa_checker: inside it once installed, beside it in a checkout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path
from types import MappingProxyType


def folder(name: str) -> Traversable:
    """Return the shipped `lexicons` or `rubrics` folder."""
    installed = files("qa_checker") / name
    return installed if installed.is_dir() else Path(__file__).parents[1] / name


def yaml_below(folder: Path) -> list[Path]:
    """Return the YAML files at and below a folder, without what is hidden.

    Builds, virtual environments and the shadows that some systems leave (`._a.yaml`) begin
    with a dot; none of them holds rules.
    """
    found = (path.relative_to(folder) for path in folder.rglob("*.yaml"))
    return sorted(
        folder / path for path in found if not any(part.startswith(".") for part in path.parts)
    )


@cache
def shipped(kind: str) -> Mapping[str, Traversable]:
    """Return the files that ship: name ("zh/greeting") → file. `kind` is lexicons or rubrics."""
    return MappingProxyType(dict(sorted(walk(folder(kind), ""))))


def walk(folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
    """Yield every YAML file below a folder with its name."""
    for item in sorted(folder.iterdir(), key=lambda item: item.name):
        if item.is_dir():
            yield from walk(item, f"{prefix}{item.name}/")
        elif item.name.endswith(".yaml"):
            yield prefix + item.name.removesuffix(".yaml"), item
