"""Rubrics in the cache: the same verdicts with and without it, and never an old rubric."""

from __future__ import annotations

import os
import shutil
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any

import pytest

from qa_checker import BadFile, cache, judge, load_rubric, read
from qa_checker.judging import compiled, kept
from qa_checker.judging.compiled import load_with_places

ROOT = Path(__file__).parents[2]
CONTRACT = ROOT / "tests" / "contract"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A cache folder of the test's own."""
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "rubrics"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the rubrics that were read and compiled anew."""
    names: list[str] = []

    def noted(wanted: str | Path) -> compiled.Compiled:
        names.append(Path(wanted).name)
        return load_with_places(wanted)

    monkeypatch.setattr(compiled, "load_with_places", noted)
    return names


@pytest.fixture
def rubric(tmp_path: Path) -> Path:
    """A rubric of the user's own, with its lexicon beside it."""
    for path in CONTRACT.glob("support_en.*"):
        shutil.copy(path, tmp_path)
    return tmp_path / "support_en.rubric.yaml"


def rewrite(path: Path, old: str, new: str) -> None:
    """Change a file."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def same(one: Any, other: Any, met: set[tuple[int, int]]) -> bool:
    """Tell whether two values are equal, types included; parts that many share are asked once."""
    if (id(one), id(other)) in met:
        return True
    met.add((id(one), id(other)))
    if type(one) is not type(other):
        return False
    pairs = zip(parts(one), parts(other), strict=False)
    if not (is_dataclass(one) or isinstance(one, dict | list | tuple)):
        return bool(one == other)
    return len(parts(one)) == len(parts(other)) and all(same(a, b, met) for a, b in pairs)


def parts(value: Any) -> list[Any]:
    """Return the parts of a value, of a dataclass the fields that count in ==."""
    if is_dataclass(value):
        return [getattr(value, field.name) for field in fields(value) if field.compare]
    if isinstance(value, dict):
        return [*value, *value.values()]  # no pairs: they would not stay where they are
    return list(value) if isinstance(value, list | tuple) else []


@pytest.mark.parametrize("name", ["complaint_zh", "support_en", "facts_zh", "privacy_en"])
def test_a_kept_rubric_is_the_same(name: str, folder: Path, made: list[str]) -> None:
    first, again, fresh = load_rubric(name), load_rubric(name), load_with_places(name)
    assert made == [name]
    assert again.rule == first.rule == fresh.rule
    assert same(again, fresh, set())
    language = name[-2:]
    calls = [call for call in read(ROOT / "samples") if call.language in ("", language)]
    assert [judge(again, call) for call in calls] == [judge(fresh, call) for call in calls]


def test_a_changed_rubric_is_made_anew(rubric: Path, folder: Path, made: list[str]) -> None:
    first = load_rubric(rubric).rule
    rewrite(rubric, "points: 20", "points: 20.0")
    rewrite(rubric, "deduct: 10", "deduct: 5")
    assert load_rubric(rubric).rule != first
    rewrite(rubric, "deduct: 5", "deduct: 10")
    assert load_rubric(rubric).rule == first
    assert len(made) == 3


def test_a_changed_lexicon_makes_its_rubric_new(
    rubric: Path, folder: Path, made: list[str]
) -> None:
    first = load_rubric(rubric)
    lexicon = rubric.with_name("support_en.lexicon.yaml")
    stat = lexicon.stat()
    rewrite(lexicon, "how (can|may) i help", "how (may|can) i aid")
    os.utime(lexicon, ns=(stat.st_atime_ns, stat.st_mtime_ns))
    assert load_rubric(rubric).rule != first.rule
    lexicon.unlink()
    with pytest.raises(BadFile, match="QA202"):
        load_rubric(rubric)
    assert len(made) == 3


def test_a_file_beside_the_rubric_goes_before_one_that_ships(
    tmp_path: Path, folder: Path, made: list[str]
) -> None:
    text = (CONTRACT / "support_en.rubric.yaml").read_text(encoding="utf-8")
    rubric = tmp_path / "r.yaml"
    lexicon = (CONTRACT / "support_en.lexicon.yaml").read_text(encoding="utf-8")
    (tmp_path / "words").mkdir()
    (tmp_path / "words" / "a.yaml").write_text(lexicon, encoding="utf-8")
    rubric.write_text(text.replace("support_en.lexicon.yaml", "words"), encoding="utf-8")
    assert len(load_rubric(rubric).rubric.lexicons) == 1
    (tmp_path / "words" / "b.yaml").write_text(
        lexicon.replace("id: support\n", "id: other\n"), encoding="utf-8"
    )
    assert len(load_rubric(rubric).rubric.lexicons) == 2
    assert len(made) == 2


def test_a_mistake_is_told_each_time(rubric: Path, folder: Path) -> None:
    rewrite(rubric, "points: 20", "points: 21")
    told = []
    for _ in range(2):
        with pytest.raises(BadFile, match="QA501") as bad:
            load_rubric(rubric)
        told.append(str(bad.value))
    assert told[0] == told[1]
    assert not folder.exists() or not list(folder.iterdir())


def test_what_changed_while_it_was_read_is_not_kept(
    rubric: Path, folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def changed_meanwhile(wanted: str | Path) -> compiled.Compiled:
        loaded = load_with_places(wanted)
        rewrite(rubric, "deduct: 10", "deduct: 5")
        return loaded

    with monkeypatch.context() as patched:
        patched.setattr(compiled, "load_with_places", changed_meanwhile)
        first = load_rubric(rubric).rule
    assert load_rubric(rubric).rule != first
    assert len(made) == 1


def test_a_broken_or_foreign_cache_is_ignored(
    rubric: Path, folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    rule = load_rubric(rubric).rule
    (place,) = folder.iterdir()
    whole = place.read_bytes()
    head, _, body = whole.partition(b"\n")
    for content in (b"", b"\n", b"\xff\n", whole[:-1], head, b"x" + whole, head + b"\n" + body[:9]):
        place.write_bytes(content)
        assert load_rubric(rubric).rule == rule
    assert len(made) == 8
    key = cache.program()
    for body in (b"", b"\x93\x90\xa0\xc4\x00", kept.msgspec.msgpack.encode(kept.Kept((), "", b""))):
        cache.keep(place, key, body)
        assert load_rubric(rubric).rule == rule
    monkeypatch.setattr(cache, "program", lambda: "another version")
    assert load_rubric(rubric).rule == rule
    assert len(made) == 12


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="no owners of files here")
def test_what_others_can_write_is_not_read(rubric: Path, folder: Path, made: list[str]) -> None:
    load_rubric(rubric)
    (place,) = folder.iterdir()
    place.chmod(0o666)
    load_rubric(rubric)
    assert len(made) == 2
    assert place.stat().st_mode & 0o777 == 0o600
    load_rubric(rubric)
    assert len(made) == 2


def test_off_keeps_and_reads_nothing(
    rubric: Path, folder: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("QA_CHECKER_CACHE", "off")
    monkeypatch.chdir(rubric.parent)
    assert load_rubric(rubric).rule == load_rubric(rubric).rule
    assert len(made) == 2
    assert not folder.exists()
    assert not Path("off").exists()


def test_where_nothing_can_be_kept(
    rubric: Path, tmp_path: Path, made: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("QA_CHECKER_CACHE", str(tmp_path / "file"))
    assert load_rubric(rubric).rule == load_rubric(rubric).rule
    assert len(made) == 2


def test_only_so_many_files_stay(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cache, "MOST", 3)
    for number in range(5):
        cache.keep(folder / str(number), "key", b"body")
        os.utime(folder / str(number), (number, number))
    cache.keep(folder / "new", "key", b"body")
    assert sorted(path.name for path in folder.iterdir()) == ["3", "4", "new"]


def test_several_at_once(rubric: Path, folder: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        loaded = list(pool.map(load_rubric, [rubric] * 16))
    assert len({each.rule for each in loaded}) == 1
    assert [path.suffix for path in folder.iterdir()] == [".plan"]
