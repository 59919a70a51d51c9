"""qa-checker convert: nothing is lost in JSONL, and nothing becomes something else elsewhere."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker.call import ROLES, Call, Segment, turns
from qa_checker.cli import main
from qa_checker.cli._losses import LOSSES
from qa_checker.readers import Source, calls_of, read, read_text
from qa_checker.writers import free_name, known_writers, write_calls
from qa_checker.writers.jsonl import record
from qa_checker.writers.txt import lines
from qa_checker.writers.vcon import document

ROOT = Path(__file__).parents[2]
SCHEMA = json.loads((ROOT / "docs" / "call.schema.json").read_text("utf-8"))
EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "<b>&amp;</b>", "a\nb --> c", "00:01 --> 00:02"]


def run(*arguments: str | Path) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["convert", *map(str, arguments)])
    return int(ended.value.code or 0)


def bare(call: Call) -> Call:
    """A call without what says which file and line it came from."""
    said = turns(replace(one, line=None) for one in call.segments)
    return replace(call, turns=said, source="", notes=tuple(sorted(call.notes)))


def through(call: Call) -> Call:
    (found,) = calls_of(Source("x", json.dumps(record(call)).encode()))
    assert isinstance(found, Call), found
    return found


def test_jsonl_holds_all_that_was_read(tmp_path: Path) -> None:
    assert run(ROOT / "samples", "-o", tmp_path / "o.jsonl", "--to", "jsonl") == 0
    before = [bare(call) for call in read(ROOT / "samples")]
    assert [bare(call) for call in read(tmp_path / "o.jsonl")] == before
    assert len(before) >= 11
    assert run(tmp_path / "o.jsonl", "-o", tmp_path / "again.jsonl", "--to", "jsonl") == 0
    assert (tmp_path / "again.jsonl").read_bytes() == (tmp_path / "o.jsonl").read_bytes()


SAID = st.text("您好订单退款abc =.,", min_size=1, max_size=12).filter(str.strip).map(str.strip)
LABEL = st.sampled_from(["", "0", "甲", "spk_1", "agent", "=x"])
TIME = st.integers(0, 9)


@st.composite
def calls(draw: st.DrawFn) -> Call:
    """A call as a reader could have given it."""
    timed = draw(st.booleans())
    said = []
    for number in range(draw(st.integers(1, 6))):
        start = number * 10.0 + draw(TIME) if timed else None
        end = start + draw(TIME) + 0.5 if start is not None and draw(st.booleans()) else None
        role = draw(st.sampled_from(ROLES))
        said.append(Segment(role, draw(SAID), draw(LABEL), start, end, None, draw(LABEL)))
    facts = draw(st.dictionaries(st.sampled_from(["渠道", "direction", "x", "notes"]), SAID))
    return Call("c-1", turns(said), agent=draw(LABEL), metadata=facts, notes=("as it was",))


@given(calls())
@settings(max_examples=200, deadline=None)
def test_reading_again_gives_the_same_call(call: Call) -> None:
    once = through(call)
    assert bare(through(once)) == bare(once)
    assert "as it was" in once.notes
    settled = [one for one in call.segments if one.role != "unknown"]
    kept = [one for one in once.segments if one.role != "unknown"]
    if len(settled) == len(call.segments):
        assert [replace(one, line=None) for one in kept] == settled


@given(calls())
@settings(max_examples=100, deadline=None)
def test_the_schema_describes_what_is_written(call: Call) -> None:
    jsonschema.validate(record(call), SCHEMA)


def test_the_schema_describes_the_samples_and_refuses_others() -> None:
    checker = jsonschema.Draft202012Validator(SCHEMA)
    checker.check_schema(SCHEMA)
    files = sorted((ROOT / "samples").glob("*.json"))
    assert len(files) > 2
    for path in files:
        checker.validate(json.loads(path.read_text("utf-8")))
    for wrong in (
        {},
        {"turns": []},
        {"turns": [{"role": "agent"}]},
        {"turns": [{"text": 5}]},
        {"turns": [{"text": "a", "start": -1}]},
        {"turns": [{"text": "a"}], "notes": [1]},
        {"turns": [{"text": "a"}], "queue": ["a"]},
    ):
        assert not checker.is_valid(wrong), wrong


@pytest.fixture
def evil(tmp_path: Path) -> Path:
    said = [
        {"role": ("agent", "customer")[n % 2], "text": text, "speaker": text[:4], "start": n,
         "end": n + 0.5, "channel": str(n % 2)}
        for n, text in enumerate(EVIL)
    ]  # fmt: skip
    path = tmp_path / "evil.json"
    path.write_text(json.dumps({"call_id": "../=evil", "agent": "=1", "turns": said}))
    return path


def test_no_cell_of_a_csv_is_a_formula(evil: Path, tmp_path: Path) -> None:
    assert run(evil, "-o", tmp_path / "o.csv", "--to", "csv") == 0
    raw = (tmp_path / "o.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in csv.reader(raw.decode("utf-8-sig").splitlines()) for cell in row]
    assert "'=1+1" in cells
    assert not [cell for cell in cells if cell[:1] in "=+-@\t" and cell]
    (call,) = read(tmp_path / "o.csv")
    assert [one.role for one in call.segments] == [("agent", "customer")[n % 2] for n in range(8)]


def test_no_cell_of_a_workbook_is_a_formula_and_the_same_calls_give_the_same_bytes(
    evil: Path, tmp_path: Path
) -> None:
    for name in ("o.xlsx", "p.xlsx"):
        assert run(evil, "-o", tmp_path / name, "--to", "xlsx") == 0
    assert (tmp_path / "o.xlsx").read_bytes() == (tmp_path / "p.xlsx").read_bytes()
    cells = [c for row in openpyxl.load_workbook(tmp_path / "o.xlsx").active.rows for c in row]
    assert {c.data_type for c in cells if c.value is not None} == {"s", "n"}
    assert "=1+1" in {c.value for c in cells}
    (call,) = read(tmp_path / "o.xlsx")
    assert call.agent == "=1"
    assert [one.text for one in call.segments][:4] == EVIL[:4]


def test_captions_and_text_hold_what_was_said_and_no_more(evil: Path, tmp_path: Path) -> None:
    flat = [" ".join(text.split()) for text in EVIL]
    for to in ("vtt", "txt"):
        assert run(evil, "-o", tmp_path / to, "--to", to) == 0
        (path,) = (tmp_path / to).iterdir()
        (call,) = read(path)
        assert [one.text for one in call.segments] == flat
        assert [one.role for one in call.segments] == ["agent", "customer"] * 4
        assert [one.start for one in call.segments] == list(range(8))


ODD_TEXTS = [
    "您好，请问有什么可以帮您？", "[00:12] NOTE", "[9.000] 稍后", "客户：这是引用",
    "时间：十点", "10:30 见", "- 好", "1、第一", "**好**", "第一行\n第二行", "http://a.b/c?d=1",
    "A | B", "> 引用",
]  # fmt: skip
ODD_PEOPLE = [
    ("agent", ""), ("agent", "张三"), ("customer", "来电者"), ("unknown", ""), ("unknown", "spk_0"),
    ("bot", ""), ("supervisor", ""), ("system", ""),
]  # fmt: skip
ODD = st.lists(
    st.tuples(st.sampled_from(ODD_PEOPLE), st.sampled_from(ODD_TEXTS), st.booleans()), max_size=8
)


@given(ODD)
@settings(max_examples=100, deadline=None)
def test_text_is_read_again_as_it_was_written(
    said: list[tuple[tuple[str, str], str, bool]],
) -> None:
    found = [Segment("agent", "您好", "", 0.0), Segment("customer", "你好", "", 5.0)]
    for number, ((role, speaker), text, ended) in enumerate(said, 2):
        start = number * 5.0
        found.append(Segment(role, text, speaker, start, start + 2.5 if ended else None))
    again = read_text("\n".join(lines(Call("C-1", turns(found)))))
    assert [(one.role, one.text, one.start, one.end) for one in again.segments] == [
        (one.role, " ".join(one.text.split()), one.start, one.end) for one in found
    ]


def test_a_vcon_has_parties_with_roles_and_the_transcript(evil: Path, tmp_path: Path) -> None:
    assert run(evil, "-o", tmp_path / "v", "--to", "vcon") == 0
    (path,) = (tmp_path / "v").iterdir()
    found = json.loads(path.read_text("utf-8"))
    assert path.name.endswith(".vcon.json")
    names = [party["name"] for party in found["parties"]]
    assert len(set(names)) == len(names) == 8
    body = found["analysis"][0]["body"]
    assert [one["text"] for one in body["segments"]] == [text.strip() for text in EVIL]
    assert {one["speaker"] for one in body["segments"]} == set(names)
    assert found["attachments"][0]["body"]["call_id"] == "../=evil"
    assert "created_at" not in found


def test_an_untimed_call_becomes_no_captions(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("Agent: hello\nCustomer: hi\n")
    assert run(tmp_path / "a.txt", "-o", tmp_path / "o", "--to", "vtt") == 3
    assert "call a: captions need times, and this call has none" in capsys.readouterr().err
    assert not (tmp_path / "o").exists()
    assert run(tmp_path / "a.txt", "-o", tmp_path / "o", "--to", "vcon") == 0
    body = json.loads((tmp_path / "o" / "a.vcon.json").read_text())["analysis"][0]["body"]
    assert body == [
        {"speaker": "Agent", "message": "hello"},
        {"speaker": "Customer", "message": "hi"},
    ]


def test_reading_options_hold_for_converting(tmp_path: Path) -> None:
    (tmp_path / "7.txt").write_text("A: hello\nB: hi\nA: well\nB: so\n")
    more = ["--roles", "A=agent,B=customer", "--swap-roles", "--filename-pattern", "(?P<agent>7)"]
    assert run(tmp_path / "7.txt", "-o", tmp_path, "--to", "jsonl", *more) == 0
    call = json.loads((tmp_path / "calls.jsonl").read_text())
    assert call["agent"] == "7"
    assert [turn["role"] for turn in call["turns"]] == ["customer", "agent"] * 2


def test_outputs_that_cannot_be(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.txt").write_text("Agent: hello\n")
    assert run(tmp_path / "a.txt", "-o", tmp_path / "a.txt", "--to", "vtt") == 2
    assert "is a file; name a folder" in capsys.readouterr().err
    assert run(tmp_path / "a.txt", "-o", tmp_path / "a.txt" / "x", "--to", "csv") == 2
    assert run(tmp_path / "gone", "-o", tmp_path / "o", "--to", "csv") == 2
    assert (tmp_path / "a.txt").read_text() == "Agent: hello\n"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.txt"]


def test_every_call_has_a_name_of_its_own() -> None:
    taken: set[str] = set()
    ids = ["A", "a", "../../etc/passwd", "CON", "", "x" * 300, "A", "Ａ", "王丽", "a", "=1"]
    names = [free_name(one, ".vcon.json", taken) for one in ids]
    assert len({name.casefold() for name in names}) == len(ids)
    assert not [name for name in names if "/" in name or name.startswith(".") or len(name) > 120]
    assert names[0] == "A.vcon.json"


def test_every_target_says_what_it_is(tmp_path: Path) -> None:
    assert sorted(known_writers()) == ["csv", "jsonl", "txt", "vcon", "vtt", "xlsx"]
    for name, writer in known_writers().items():
        assert len((writer.__doc__ or "").splitlines()) > 0, name
        assert writer.SUFFIX.startswith(".")
        (path,) = write_calls(
            [Call("c", turns([Segment("agent", "hello", start=0.0)]))], tmp_path, name, print
        )
        assert path.read_bytes()
        assert path.name in (f"c{writer.SUFFIX}", f"calls{writer.SUFFIX}")


@given(calls())
@settings(max_examples=200, deadline=None)
def test_our_own_vcon_gives_the_same_call(call: Call) -> None:
    once = through(call)
    (found,) = calls_of(Source("x", json.dumps(document(once)).encode()))
    assert isinstance(found, Call), found
    assert bare(found) == bare(once)


def test_a_vcon_of_others_keeps_its_uuid() -> None:
    made = document(through(Call("c-1", turns([Segment("agent", "您好", "甲")]))))
    made["analysis"][0]["vendor"] = "somebody"
    (found,) = calls_of(Source("x", json.dumps(made).encode()))
    assert isinstance(found, Call)
    assert found.call_id == made["uuid"]


def test_remarks_are_about_their_own_call_and_not_doubled(tmp_path: Path) -> None:
    lines = [
        {"call_id": "A", "turns": [{"role": "agent", "text": "您好，\ufffd"}]},
        {"call_id": "B", "turns": [{"role": "agent", "text": "您好"}]},
        {"call_id": "B", "turns": [{"role": "agent", "text": "再见，祝您愉快"}]},
    ]
    first, again = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    first.write_text("\n".join(json.dumps(one, ensure_ascii=False) for one in lines), "utf-8")
    run(first, "-o", again, "--to", "jsonl")
    noted = [call.notes for call in read(again)]
    assert ["1 characters were lost before the file came here (U+FFFD)" in n for n in noted] == [
        True,
        False,
        False,
    ]
    assert noted[2].count("call id twice in file") == 1


@pytest.mark.parametrize("to", ["csv", "xlsx"])
def test_our_own_tables_give_back_labels_channels_and_what_looks_like_formulas(
    evil: Path, tmp_path: Path, to: str
) -> None:
    out = tmp_path / f"o.{to}"
    assert run(evil, "-o", out, "--to", to) == 0
    (before,), (after,) = read(evil), read(out)
    parts = ("role", "speaker", "text", "start", "end", "channel")
    told = [[[getattr(one, part) for part in parts] for one in c.segments] for c in (before, after)]
    assert told[0] == told[1]
    assert (after.call_id, after.agent) == (before.call_id, before.agent)


def test_an_apostrophe_of_others_stays(tmp_path: Path) -> None:
    (tmp_path / "o.csv").write_text("role,text\nagent,'=1\n")
    (call,) = read(tmp_path / "o.csv")
    assert call.turns[0].text == "'=1"


def test_an_end_that_nobody_gave_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a.txt").write_text("[00:01] 客服：您好\n[00:03] 客户：好\n", "utf-8")
    (tmp_path / "b.txt").write_text("客服：您好\n客户：好\n", "utf-8")
    run(tmp_path / "a.txt", tmp_path / "b.txt", "-o", tmp_path / "vtt", "--to", "vtt")
    assert "turns without an end in 1 call:" in capsys.readouterr().err


ALL = ("metadata", "remarks", "language", "labels", "channels", "breaks", "finer")
LOST = {
    "csv": ("metadata", "remarks"),
    "xlsx": ("metadata", "remarks"),
    "txt": ALL,
    "vtt": (*(one for one in ALL if one != "language"), "about", "id"),
    "jsonl": (),
    "vcon": (),
}
RICH = {
    "call_id": "=C,1",
    "agent": "1024",
    "language": "en",
    "metadata": {"direction": "inbound"},
    "notes": ["as it was"],
    "turns": [
        {"role": "agent", "text": "Good\nmorning.", "speaker": "Dana", "start": 0.12345, "end": 1,
         "channel": "0"},
        {"role": "customer", "text": "Hello.", "speaker": "Bob", "start": 2, "end": 3},
    ],
}  # fmt: skip
POOR = {
    "call_id": "C-1",
    "turns": [
        {"role": "agent", "text": "Good morning.", "start": 0.123, "end": 1},
        {"role": "customer", "text": "Hello.", "start": 2, "end": 3},
    ],
}


@pytest.mark.parametrize("to", LOST)
def test_what_is_lost_is_named_and_nothing_else_is_lost(
    to: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rich.json").write_text(json.dumps(RICH))
    (tmp_path / "poor.json").write_text(json.dumps(POOR))
    out = tmp_path / "out" if not known_writers()[to].MANY else tmp_path / f"o.{to}"
    assert run(tmp_path / "rich.json", tmp_path / "poor.json", "-o", out, "--to", to) == 0
    told = [line for line in capsys.readouterr().err.splitlines() if line.startswith("not in ")]
    assert len(told) == bool(LOST[to])
    for kind, loss in LOSSES.items():
        assert (f"{loss.english} (1 call)" in "".join(told)) == (kind in LOST[to])
        assert (f"{loss.chinese}（1 通）" in "".join(told)) == (kind in LOST[to])
    again = next(call for call in read(out) if call.segments[0].text == "Good morning.")
    (before,) = read(tmp_path / "poor.json")
    assert [(s.role, s.text, s.start, s.end) for s in again.segments] == [
        (s.role, s.text, s.start, s.end) for s in before.segments
    ]
    assert again.call_id == "C-1"
