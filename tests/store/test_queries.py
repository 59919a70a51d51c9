"""The queries of docs/results.md, as they stand there, on the results of the samples."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa_checker.runs.audit import Asked, audit
from qa_checker.store import manifest as manifests
from qa_checker.store import parts
from qa_checker.store.cards import judged

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "results.md").read_text("utf-8")
BLOCKS = re.findall(r"```(?:sql|python)\n(.*?)```", PAGE, re.DOTALL)
Failed = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("run") / "OUT"
    audit(Asked((str(ROOT / "samples"),), str(place), workers=1))
    return place


@pytest.fixture(scope="module")
def expected(out: Path) -> Failed:
    found: Failed = {}
    for place in manifests.live(str(out), manifests.finished(str(out))):
        for table in parts.tables(place):
            for call, card in judged(table, {}):
                for verdict in card:
                    if verdict.verdict == "fail":
                        key = (call.agent, verdict.item)
                        found[key] = found.get(key, 0) + 1
    assert len(found) > 20
    return found


def block(sign: str, out: Path) -> str:
    """Return the one block of the page that holds a sign, about this run."""
    (found,) = [each for each in BLOCKS if sign in each]
    return found.replace("OUT/", f"{out}/")


def test_duckdb(out: Path, expected: Failed) -> None:
    duckdb: Any = pytest.importorskip("duckdb")
    rows = duckdb.sql(block("GROUP BY agent", out).rstrip().rstrip(";")).fetchall()
    assert {(agent, item): count for agent, item, count, _ in rows} == expected
    words = duckdb.sql(block("l.evidence IS NOT NULL", out).rstrip().rstrip(";")).fetchall()
    assert len(words) > 20
    assert all(quote and points >= 0 for _, _, _, quote, points in words)


def test_polars(out: Path, expected: Failed) -> None:
    pytest.importorskip("polars")
    found: dict[str, Any] = {}
    exec(block("import polars", out), found)
    rows = found["failed"].rows()
    assert {(agent, item): count for agent, item, count, _ in rows} == expected


def test_pandas(out: Path, expected: Failed) -> None:
    pytest.importorskip("pandas")
    found: dict[str, Any] = {}
    exec(block("import pandas", out), found)
    assert found["failed"].to_dict() == expected


@pytest.mark.skipif("QA_CHECKER_FULL" not in os.environ, reason="run by .ci/full")
def test_spark(out: Path, expected: Failed) -> None:
    session: Any = pytest.importorskip("pyspark.sql").SparkSession
    with (
        session.builder.master("local[1]").config("spark.ui.enabled", False).getOrCreate() as spark
    ):
        found: dict[str, Any] = {"spark": spark}
        exec(block("from pyspark", out), found)
        rows = found["failed"].collect()
    assert {(agent, item): count for agent, item, count, _ in rows} == expected


@pytest.mark.parametrize("query", [test_duckdb, test_polars, test_pandas])
def test_new_parts_are_passed_over(
    out: Path, expected: Failed, tmp_path: Path, query: Callable[[Path, Failed], None]
) -> None:
    copy = Path(shutil.copytree(out, tmp_path / "OUT"))
    (copy / "results/.new").mkdir()
    for path in copy.glob("results/part-*"):
        shutil.copy(path, copy / "results/.new" / path.name.replace("part-", "part-0"))
    query(copy, expected)
