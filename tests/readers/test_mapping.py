"""Mapping files: what they may say, what is wrong in them, and that the manual's work."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from qa_checker.problem import BadFile
from qa_checker.readers import Options, SetAside, Source, calls_of, read, read_text
from qa_checker.readers.files import inputs
from qa_checker.readers.layout import Layout, every, one_at, path_of, shown
from qa_checker.rules.mapping import load_mapping

MANUAL = Path(__file__).parents[2] / "docs" / "mapping.md"
HEAD = "qa_checker: mapping/v1\n"


@pytest.fixture
def mapped(tmp_path):
    def go(mapping: str, content: str | bytes, **options: object):
        path = tmp_path / "m.yaml"
        path.write_text(HEAD + mapping, "utf-8")
        raw = content if isinstance(content, bytes) else content.encode()
        return list(calls_of(Source("x", raw), Options(mapping=load_mapping(path), **options)))  # type: ignore[arg-type]

    return go


def worked() -> list[tuple[str, str]]:
    """Return the (mapping, transcript) pairs of the manual."""
    text = MANUAL.read_text("utf-8")
    return re.findall(r"```yaml\n(.*?)```\s+```(?:json|jsonl|csv)\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize(("mapping", "transcript"), worked())
def test_the_manual_works(mapped, mapping, transcript):
    found = mapped(mapping.removeprefix(HEAD), transcript)
    assert len(found) == 2
    for call in found:
        assert not isinstance(call, SetAside)
        assert [turn.role for turn in call.turns] == ["agent", "customer"]
        assert (call.agent, call.queue) == ("1024", "refund")
        assert [(one.start, one.end) for one in call.segments] == [(0.0, 2.5), (3.0, 5.0)]
        assert call.metadata == {"store": "SH"}
        assert call.started_at == "2025-01-05 10:00:00"
        assert call.notes in ((), ("dates and times, counted from the first line",))


def test_the_manual_has_three_examples():
    assert len(worked()) == 3


def test_every_mistake_at_once_with_its_place(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(
        "qa_checker: mapping/v2\ntxet: a\nturns: a..b\nstart: s\nunit: second\n"
        "roles: {a: agnet, b: 客服}\nmetadata: {x: 'a[b]'}\n",
        "utf-8",
    )
    with pytest.raises(BadFile) as bad:
        load_mapping(path)
    found = [(p.line, p.column, p.code, p.message, p.help) for p in bad.value.problems]
    assert found == [
        (1, 1, "QA102", 'mapping has no "text"', "add text:"),
        (1, 13, "QA105", "this is not a mapping/v1", "write qa_checker: mapping/v1"),
        (2, 1, "QA101", 'unknown key "txet" in mapping', 'did you mean "text"?'),
        (3, 9, "QA103", '"a..b" is not a path', PATHS),
        (5, 7, "QA103", UNITS, 'did you mean "seconds"?'),
        (6, 12, "QA103", '"agnet" is not a role', 'did you mean "agent"?'),
        (7, 17, "QA103", '"a[b]" is not a path', PATHS),
    ]


PATHS = 'write keys with dots between them: a.b[0].c, items[*], "a key.with a dot"'
UNITS = 'must be seconds, milliseconds, microseconds, ticks, clock or dates, not "second"'


def test_times_need_a_unit(tmp_path):
    path = tmp_path / "m.yaml"
    path.write_text(HEAD + "text: t\nturns: a\nend: e\n")
    with pytest.raises(BadFile, match='has "end" and no "unit"'):
        load_mapping(path)
    path.write_text(HEAD + "text: t\nturns: a\nstart: s\nunit: millis\n")
    with pytest.raises(BadFile) as bad:
        load_mapping(path)
    assert [(p.code, p.help) for p in bad.value.problems] == [
        ("QA103", 'did you mean "milliseconds"?')
    ]
    with pytest.raises(BadFile, match="cannot open"):
        load_mapping(tmp_path / "gone.yaml")


@pytest.mark.parametrize(
    ("text", "steps"),
    [
        ("a", ("a",)),
        ("a.b[0].c", ("a", "b", 0, "c")),
        ("[*].转写 文本[*]", ("*", "转写 文本", "*")),
        ('a."b.c".d', ("a", "b.c", "d")),
    ],
)
def test_paths(text, steps):
    assert path_of(text) == steps
    assert path_of(shown(steps)) == steps


@pytest.mark.parametrize("text", ["", ".", "a.", "a..b", "a[b]", "a[", 'a"b', "a[-1]"])
def test_what_is_no_path(text):
    with pytest.raises(ValueError, match=r"[0-9]"):
        path_of(text)


def test_where_paths_lead():
    document = {"a": [{"b": 1}, {"b": [2, 3]}, 4]}
    assert every(document, path_of("a[*].b")) == [1, 2, 3]
    assert every(document, path_of("a")) == document["a"]
    assert one_at(document, path_of("a[1].b[0]")) == 2
    assert one_at(document, path_of("a.b")) is None
    assert one_at(document, None) is None


def test_paths_that_lead_nowhere_are_told_with_the_keys_seen(mapped):
    calls = json.dumps([{"items": [{"t": "hi"}]}, {"other": 1}, {"items": [{"x": "hi"}]}])
    found = mapped("turns: items\ntext: t\n", calls)
    assert [str(one) for one in found[1:]] == [
        'x: record 2: the mapping finds no turns at items: keys seen "other" '
        "(check the paths of the mapping)",
        'x: record 3: the mapping finds no text at t: keys seen "x" '
        "(check the paths of the mapping)",
    ]
    assert found[0].turns[0].text == "hi"
    (aside,) = mapped("calls: a.b\nturns: items\ntext: t\n", '{"a": 1}')
    assert aside.reason == 'record 1: the mapping finds no calls at a.b: keys seen "a"'


ROWS = '[{"who": "K1", "t": "hi", "at": 1}, {"who": "K2", "t": "yo", "at": 2}]'
SPOKEN = "text: t\nspeaker: who\nstart: at\nunit: seconds\n"


@pytest.mark.parametrize(
    ("mapping", "transcript"),
    [
        (SPOKEN + "turns: said\n", '{"said": ' + ROWS + ', "id": 7}'),
        (SPOKEN, ROWS.replace("}", ', "id": 7}')),
        (SPOKEN, "who,t,at,id\nK1,hi,1,7\nK2,yo,2,7\n"),
    ],
)
@pytest.mark.parametrize(
    ("wrong", "right", "lost"),
    [
        ("", "", []),
        ("start: when", "start: at", ['the mapping finds nothing at "start: when"']),
        ("speaker: whom", "speaker: who", ['the mapping finds nothing at "speaker: whom"']),
        (
            "agent: staff.no\nmetadata: {store: shop}\nspeaker",
            "speaker",
            ['the mapping finds nothing at "agent: staff.no", "store: shop"'],
        ),
        (
            "roles: {Z1: agent, Z2: customer}\nspeaker",
            "speaker",
            ['nobody here is called "Z1", "Z2", as the mapping says'],
        ),
        ("roles: {K1: agent, Z2: customer}\nspeaker", "speaker", []),
    ],
)
def test_what_leads_nowhere_is_remarked(mapped, mapping, transcript, wrong, right, lost):
    written = mapping.replace(right, wrong) if right else mapping
    (call,) = mapped(written + "call_id: id\n", transcript)
    assert [turn.text for turn in call.turns] in (["hi", "yo"], ["hi yo"])
    told = ("the mapping", "nobody here")
    assert [note for note in call.notes if note.startswith(told)] == lost


def test_what_is_null_or_given_otherwise_is_not_astray(mapped):
    (call,) = mapped(SPOKEN + "turns: a\n", '{"a": [{"who": null, "t": "hi", "at": null}]}')
    assert not any("mapping" in note for note in call.notes)
    rows = "who,t,when\nagent,hi,1\ncustomer,yo,2\n"
    (call,) = mapped(SPOKEN + "roles: {Z1: agent}\n", rows, columns={"start": "when"})
    assert (call.notes, [turn.start for turn in call.turns]) == ((), [1.0, 2.0])


def test_the_command_line_goes_before_the_mapping(mapped):
    rows = '[{"who": "x", "t": "hi"}, {"who": "y", "t": "yo"}]'
    mapping = "text: t\nspeaker: who\nroles: {x: agent, y: customer}\n"
    (call,) = mapped(mapping, rows, roles={"y": "bot"})
    assert [turn.role for turn in call.turns] == ["agent", "bot"]


def test_a_mapping_leaves_text_alone_and_is_no_transcript(mapped):
    (call,) = mapped("text: t\n", "客服：您好\n客户：好\n")
    assert len(call.turns) == 2
    (aside,) = mapped("text: t\n", HEAD + "text: t\n")
    assert aside.reason == "a mapping, not a transcript"


def test_large_files_by_a_mapping(tmp_path, monkeypatch):
    path = tmp_path / "m.yaml"
    path.write_text(HEAD + "text: t\nspeaker: who\ncall_id: id\n", "utf-8")
    rows = [{"id": n % 50, "who": ("a", "b")[n // 50], "t": "hello" * 9} for n in range(100)]
    (tmp_path / "x.json").write_text(json.dumps(rows))
    options = Options(mapping=load_mapping(path))
    held = list(read(tmp_path / "x.json", options=options))
    monkeypatch.setattr(inputs, "WHOLE", 2_000)
    monkeypatch.setattr(inputs, "HEAD", 1_000)
    assert list(read(tmp_path / "x.json", options=options)) == held
    assert len(held) == 50
    assert {len(call.turns) for call in held} == {2}


def test_a_file_that_the_mapping_does_not_fit_is_read_by_the_format_that_knows_it():
    own = json.dumps({"call_id": "A", "turns": [{"role": "agent", "text": "您好"}]})
    elsewhere = Options(mapping=Layout(turns=("messages",), text=("body",)))
    call = read_text(own, options=elsewhere)
    assert (call.call_id, call.reading.format) == ("A", "json_calls")
    here = Options(mapping=Layout(turns=("turns",), text=("text",)))
    assert read_text(own, options=here).reading.format == "mapped_json"
