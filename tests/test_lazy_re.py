"""Patterns that wait to be compiled: the same as compiled ones, and none of ours is broken."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import qa_checker
from qa_checker import lazy_re

CODE = Path(qa_checker.__file__).parent


def test_a_pattern_finds_what_a_compiled_one_finds() -> None:
    late = lazy_re.compile(r"(?P<day>\d+)日?", re.IGNORECASE)
    compiled = re.compile(r"(?P<day>\d+)日?", re.IGNORECASE)
    text = "3日 and 4"
    assert late.sub("x", text) == compiled.sub("x", text)
    assert [m.span() for m in late.finditer(text)] == [m.span() for m in compiled.finditer(text)]
    assert late.match(text)["day"] == "3"  # type: ignore[index]
    for name in ("pattern", "flags", "groups", "groupindex"):
        assert getattr(late, name) == getattr(compiled, name)


def test_it_is_compiled_when_it_is_used() -> None:
    broken = lazy_re.compile("(")
    assert broken.pattern == "("
    with pytest.raises(re.error):
        broken.search("")


@pytest.mark.parametrize("copied", [copy.copy, lambda late: pickle.loads(pickle.dumps(late))])
def test_it_can_be_copied_before_and_after_use(copied: object) -> None:
    late = lazy_re.compile(b"A", re.IGNORECASE)
    assert copied(late).search(b"a")  # type: ignore[operator]
    late.search(b"")
    assert copied(late).search(b"a")  # type: ignore[operator]


def test_a_pattern_has_no_attribute_that_a_compiled_one_lacks() -> None:
    assert not hasattr(lazy_re.compile("a"), "no_such_thing")


def ours() -> Iterator[str]:
    """Yield the names of our modules; spaCy's component is made when it is imported."""
    for module in walk_packages([str(CODE)], "qa_checker."):
        if not module.name.endswith(("__main__", "spacy_component")):
            yield module.name


def test_every_pattern_of_ours_compiles() -> None:
    found = [
        value
        for name in ours()
        for value in vars(import_module(name)).values()
        if isinstance(value, lazy_re.Late)
    ]
    assert len(found) > 200
    assert all(late.groups >= 0 for late in found)


def test_no_module_compiles_a_pattern_when_it_is_imported() -> None:
    for file in CODE.rglob("*.py"):
        for statement in ast.parse(file.read_text(encoding="utf-8")).body:
            if not isinstance(statement, ast.FunctionDef | ast.ClassDef):
                compiling = ast.unparse(statement).replace("lazy_re.compile(", "")
                assert "re.compile(" not in compiling, f"{file}:{statement.lineno}"
