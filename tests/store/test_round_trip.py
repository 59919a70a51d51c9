"""What goes into the store comes out of it: every call and every scorecard, exactly."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path
from weakref import WeakSet

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from qa_checker import judge, read
from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled
from qa_checker.problem import BadInput
from qa_checker.runs.usual import load_once, usual_rubric
from qa_checker.scorecard import Scorecard
from qa_checker.store import parts
from qa_checker.store.cards import judged
from qa_checker.store.columns import column, values
from qa_checker.store.keys import call_hash
from qa_checker.store.parts import About, Counts, Input, Kept, Refused
from qa_checker.store.rows import Row, table
from qa_checker.store.schema import ROW, schema

ROOT = Path(__file__).parents[2]


def rubric_of(call: Call) -> Compiled:
    return load_once(usual_rubric(call.language or call.source[:2]))


ROWS = [Row(call, call_hash(call), judge(rubric_of(call), call)) for call in read(ROOT / "samples")]
RUBRICS = {row.card.rule: rubric_of(row.call).rubric for row in ROWS}
ABOUT = About(
    [Input("a.jsonl", "d1", 0, 12), Input("b.txt", "d2")],
    [Refused("c.pdf", "not a transcript", "export it", 3)],
    Counts(judged=2, scores={"87.5": 2}),
)


def cards(tables: list[pa.Table]) -> list[tuple[Call, Scorecard]]:
    return [pair for each in tables for pair in judged(each, RUBRICS)]


def test_samples_come_back_as_they_were() -> None:
    back = cards([table(ROWS)])
    assert [(row.call, row.card) for row in ROWS] == back
    assert [row.call.metadata for row in ROWS] == [dict(call.metadata) for call, _ in back]
    assert len({row.hash for row in ROWS}) == len(ROWS)


def test_many_rows_at_once_are_the_rows_one_by_one() -> None:
    said = [row._replace(said=row.call.columns()) for row in ROWS]
    one_by_one = pa.concat_tables([table([row]) for row in ROWS]).combine_chunks()
    assert table(said).equals(one_by_one)
    table(said).validate(full=True)


def test_a_part_is_read_back_with_what_it_was_made_of(tmp_path: Path) -> None:
    place = str(tmp_path / "part-x.parquet")
    parts.write(place, ROWS, ABOUT)
    assert cards(list(parts.tables(place))) == [(row.call, row.card) for row in ROWS]
    assert parts.about(place) == ABOUT
    assert [path.name for path in tmp_path.iterdir()] == ["part-x.parquet"]


def test_rows_of_an_earlier_part_give_the_same_bytes(tmp_path: Path) -> None:
    fresh, mixed = str(tmp_path / "part-a.parquet"), str(tmp_path / "part-b.parquet")
    parts.write(fresh, ROWS, ABOUT)
    (before,) = parts.tables(fresh)
    taken: list[Row | Kept] = [
        Kept(before, number) if number % 3 else row for number, row in enumerate(ROWS)
    ]
    parts.write(mixed, taken, ABOUT)
    assert Path(fresh).read_bytes() == Path(mixed).read_bytes()


def test_row_groups_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "GROUP", 7)
    place = str(tmp_path / "part-x.parquet")
    parts.write(place, iter(ROWS), ABOUT)
    assert [each.num_rows for each in parts.tables(place)] == [7, 7, 6]
    assert cards(list(parts.tables(place))) == [(row.call, row.card) for row in ROWS]


def test_row_groups_of_long_calls_hold_fewer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place, kept = str(tmp_path / "part-x.parquet"), str(tmp_path / "part-y.parquet")
    turns = [len(row.call.turns) for row in ROWS]
    monkeypatch.setattr(parts, "BATCH", 2)
    monkeypatch.setattr(parts, "TURNS", 3 * max(turns))
    parts.write(place, iter(ROWS), ABOUT)
    metadata = pq.read_metadata(place)
    sizes = [metadata.row_group(each).num_rows for each in range(metadata.num_row_groups)]
    assert sum(sizes) == len(ROWS)
    assert len(set(sizes)) > 1
    for end, size in zip(accumulate(sizes[:-1]), sizes, strict=False):
        assert sum(turns[end - size : end]) >= 3 * max(turns) > sum(turns[end - size : end - 2])
    earlier = [Kept(each, row) for each in parts.tables(place) for row in range(len(each))]
    parts.write(kept, earlier, ABOUT)
    assert Path(kept).read_bytes() == Path(place).read_bytes()


class Digest(str):
    """A digest that tells whether its row is still held."""


def test_rows_that_are_written_are_not_held(tmp_path: Path) -> None:
    held: list[int] = []

    def made() -> Iterator[Row]:
        rows = WeakSet[Digest]()
        for number in range(3 * parts.BATCH):
            digest = Digest(number)
            rows.add(digest)
            held.append(len(rows))
            yield ROWS[number % len(ROWS)]._replace(hash=digest)

    parts.write(str(tmp_path / "part-x.parquet"), made(), ABOUT)
    assert parts.BATCH <= max(held) <= parts.BATCH + 2


def test_rows_are_read_a_few_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place, every = str(tmp_path / "part-x.parquet"), [(row.call, row.card) for row in ROWS]
    parts.write(place, ROWS, ABOUT)
    monkeypatch.setattr(parts, "READ", 4)
    assert {each.num_rows for each in parts.tables(place)} == {4, len(ROWS) % 4 or 4}
    assert cards(list(parts.tables(place))) == every
    wanted = [0, 2, 3, 5, 7, 8]
    some = list(parts.some(place, wanted))
    assert [each.num_rows for each in some] == [4, 2]
    assert cards(some) == [every[number] for number in wanted]


def test_a_part_without_rows_keeps_what_was_set_aside(tmp_path: Path) -> None:
    place = str(tmp_path / "part-x.parquet")
    parts.write(place, (), ABOUT)
    assert parts.about(place).aside == ABOUT.aside
    assert cards(list(parts.tables(place))) == []


@pytest.mark.parametrize("kept", [0, 9, 1000])
def test_a_part_that_is_cut_short_is_named(tmp_path: Path, kept: int) -> None:
    place = tmp_path / "part-x.parquet"
    parts.write(str(place), ROWS, ABOUT)
    place.write_bytes(place.read_bytes()[:kept])
    with pytest.raises(BadInput, match=r"part-x\.parquet: not a whole part; run audit again"):
        parts.about(str(place))


def test_a_failing_row_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> object:
        yield ROWS[0]
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space left"):
        parts.write(str(tmp_path / "part-x.parquet"), broken(), ABOUT)  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


def test_the_transcript_may_be_left_out() -> None:
    names = [name for name in ROW if name != "segments"]
    (call, card), *_ = judged(table(ROWS).select(names), RUBRICS)
    assert (call.turns, card) == ((), ROWS[0].card)
    assert call.call_id == ROWS[0].call.call_id


def test_any_change_of_a_call_changes_its_digest() -> None:
    call = ROWS[0].call
    turn = call.turns[0]
    louder = replace(turn, segments=(replace(turn.segments[0], text="您好"), *turn.segments[1:]))
    later = replace(turn, segments=(replace(turn.segments[0], start=0.25), *turn.segments[1:]))
    changed = [
        replace(call, agent="other"),
        replace(call, metadata={"channel": "phone", "x": "1"}),
        replace(call, notes=("a remark",)),
        replace(call, turns=(louder, *call.turns[1:])),
        replace(call, turns=(later, *call.turns[1:])),
        replace(call, turns=call.turns[1:]),
    ]
    digests = {call_hash(each) for each in [call, *changed]}
    assert len(digests) == len(changed) + 1
    assert call_hash(replace(call)) == call_hash(call)


def test_columns_hold_nested_values() -> None:
    kind = pa.list_(pa.struct([("a", pa.list_(pa.int32())), ("b", pa.string())]))
    nested = [[([1, 2], "x"), ([], None)], [], [([3], "y")]]
    assert values(column(nested, kind)) == nested
    assert values(column(nested, kind)[1:]) == nested[1:]
    assert values(pa.chunked_array([column(nested, kind), column(nested[:1], kind)])) == [
        *nested,
        *nested[:1],
    ]
    assert values(column([], kind)) == []


def test_every_field_says_what_it_is() -> None:
    assert schema().names == list(ROW)
    assert all(meaning for _, meaning in ROW.values())
