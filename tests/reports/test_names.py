"""File names never leave the folder, never clash and stay readable where they can."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from cards import mixed, sentence
from hypothesis import given
from hypothesis import strategies as st

from qa_checker.reports import held, write
from qa_checker.reports.names import LONGEST, file_names, folded

HOSTILE = (
    "", " ", ".", "..", "...", "/", "\\", "../../etc/passwd", "..\\..\\x", "/etc/passwd", "C:\\x",
    "a/b", "a\\b", "a:b", "a?b", "a*b", "a|b", "a_b", "a\0b", "a\nb", "CON", "con", "NUL.txt",
    "com1", "COM¹", "LPT9", "summary", "~$x", ".hidden", "-rf", "x.", "x ", "x", "Straße",
    "STRASSE", "strasse", "ﬁle", "file", "Å", "\u212b", "A\u030a", "İ", "i̇", "ı", "I", "K",
    "\u212a", "ſ", "s", "S", "x" * 300, "x" * 301, "好" * 100, "好" * 101, "\ud800", "\udfff",
    "😀", "👨\u200d👩", "%2e%2f", "\u202egnp", "１０２４", "1024", "unknown agent", "unknown_agent",
    "a-0000000000000000",
)  # fmt: skip


def check(agents: set[str]) -> None:
    """Check everything that has to hold for the names of a set of agents."""
    names = file_names(agents)
    assert set(names) == agents
    assert len({folded(name) for name in names.values()}) == len(agents)
    for name in names.values():
        assert Path(name).name == name
        assert name.endswith(".xlsx")
        assert not name.startswith((".", "-", "~"))
        assert len(name.encode()) <= LONGEST
        assert not set(name) & set('/\\:*?"<>|\0\n %')


def test_hostile_names() -> None:
    check(set(HOSTILE))


@given(st.sets(st.text(max_size=30), max_size=20))
def test_any_names(agents: set[str]) -> None:
    check(agents)


def test_the_order_does_not_matter() -> None:
    shuffled = list(HOSTILE)
    random.Random(1).shuffle(shuffled)
    assert file_names(shuffled) == file_names(HOSTILE)


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("1024 王丽", "1024_王丽.xlsx"),
        ("Dana O'Neil", "Dana_O_Neil.xlsx"),
        ("", "unknown_agent.xlsx"),
    ],
)
def test_a_name_alone_is_readable(agent: str, name: str) -> None:
    assert file_names([agent]) == {agent: name}


def test_names_that_one_file_system_takes_for_one_get_a_hash() -> None:
    names = file_names(["王丽", "a/b", "a_b", "A B"])
    clashing = {names[agent] for agent in ("a/b", "a_b", "A B")}
    assert names["王丽"] == "王丽.xlsx"
    assert {len(name) for name in clashing} == {len("a_b-0123456789abcdef.xlsx")}


def test_workbooks_of_hostile_agents_stay_in_their_folder(tmp_path: Path) -> None:
    judged = [mixed(f"call {number}", agent) for number, agent in enumerate(HOSTILE[:16])]
    out = tmp_path / "a" / "out"
    written = write(out, held(judged), (), "zh", sentence)
    found = {path for path in tmp_path.rglob("*") if path.is_file()}
    assert found == set(written)
    assert {path.parent for path in found} == {out, out / "scorecards"}
    assert len(written) == 17
