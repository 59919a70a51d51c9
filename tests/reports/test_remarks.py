"""Remarks of the readers and the judge in Chinese: all of them, whole, and none that is gone."""

from __future__ import annotations

import ast
import errno
import gzip
import io
import json
import os
import re
import sys
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
import yaml
from cards import call, english, mixed, sentence, skipped
from openpyxl import load_workbook
from pyarrow import Table
from pyarrow.parquet import write_table

from qa_checker import judging, readers, writers
from qa_checker.call import Call
from qa_checker.cli._inputs import tell_aside
from qa_checker.judging import verdicts
from qa_checker.judging.compiled import load_rubric
from qa_checker.readers import Options, SetAside, Source, calls_of, read
from qa_checker.readers.files import archives, inputs, large
from qa_checker.readers.files.beside import with_facts
from qa_checker.readers.formats import known_formats, xlsx_table
from qa_checker.readers.layout import Layout
from qa_checker.reports import Judged, held, remarks, why, write
from qa_checker.reports.words import speaker
from qa_checker.runs import opening, shard

DATA = Path(__file__).parents[1] / "readers" / "data"
CONTRACT = Path(__file__).parents[1] / "contract"
TALK = "客服：您好\n客户：好\n"
SAID = "客服：您好，请问有什么可以帮您？\n客户：我想查一下我的订单。\n"
SAID_BY_TWO = '{"turns": [{"role": "agent", "text": "您好"}, {"role": "user", "text": "你好"}]}'
SPEAKERS = ("assistant", "user", "assistant")
ZH_SAY, EN_SAY = speaker("zh"), speaker("en")
SYSTEM = ("json", "system")  # tables of what Python says
# of what stops a command, which tests/cli/test_stops.py looks at
STOPS = ("stop", "nearest", "usage", "wrong", "unopened", "sqlite")
# names, not sentences: they are the same in Chinese
NAMES = {
    "UTF", "ISO", "JSON", "CSV", "Excel", "xlsx", "PDF", "RAR", "gzip", "bzip2", "xz", "zip",
    "Parquet", "SQLite", "Word", "RTF", "OpenDocument", "HTML", "XML", "Office", "OOXML", "NaN",
    "FFFD", "roles", "swap", "filename", "pattern", "qa_checker", "MB", "vCon", "TextGrid", "VTT",
    "AssemblyAI",
}  # fmt: skip
NAMED = re.compile(
    r"“[^”]*”|[\w./!\\-]+\.(?:txt|xlsx|json)|(?:gb|utf-|cp|big)[\w-]+|\bhz$|'[^']*'|[0-9a-f]{8}-[0-9a-f-]{27}"
)
PHRASE = re.compile("[a-z]{2,}.? [a-z]")
# sentences of the readers that stop a run or stay inside
NOT_REMARKS = [
    "calls where one was expected (use read)",
    "defusedxml is missing: workbooks from others cannot be read safely",
    "it names no group, e.g. (?P<agent>[0-9]+)",
    "unexpected end",
    "unknown speaker",
]
RULES = ("compiled.py", "misuse.py", "fingerprint.py")  # speak of rules, not of calls
Remark = tuple[str, str]


def turns(*said: object, **more: object) -> str:
    """Return a call as JSON; each turn is (start, end) or the turn itself."""
    made = [
        {"role": ("agent", "customer")[n % 2], "text": "说" * 8, "start": one[0], "end": one[1]}
        if isinstance(one, tuple)
        else one
        for n, one in enumerate(said)
    ]
    return json.dumps({"turns": made, **more})


def book(*sheets: list[list[object]], creator: str = "someone") -> bytes:
    """Return a workbook of these sheets."""
    made = openpyxl.Workbook()
    made.properties.creator = creator
    made.remove(made.active)
    for rows in sheets:
        sheet = made.create_sheet()
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def locked(content: bytes) -> bytes:
    """Return a zip whose members say that they need a password."""
    raw = bytearray(content)
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(mark) + place] |= 1
    return bytes(raw)


def damaged(content: bytes) -> bytes:
    """Return a zip whose first member cannot be unpacked."""
    return content[:45] + bytes(9) + content[54:]


def corner() -> bytes:
    """Return a workbook with a cell far below the others."""
    made = openpyxl.Workbook()
    made.active["A1"], made.active["A200000"] = "内容", "x"
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def hidden_row() -> bytes:
    """Return a workbook with a row nobody sees."""
    made = openpyxl.load_workbook(io.BytesIO(book([["role", "text"], ["agent", "hi"]])))
    made.worksheets[0].row_dimensions[2].hidden = True
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def parquet(rows: list[dict[str, object]]) -> bytes:
    """Return a Parquet file of these rows."""
    out = io.BytesIO()
    write_table(Table.from_pylist(rows), out)
    return out.getvalue()


TEXTS = (
    "今天天气很好\n我们去公园",
    "随便写写\n" * 60 + TALK,
    "qa_checker: rubric/v1\n",
    "qa_checker: lexicon/v1\n",
    "<html>",
    "通话记录\n客服：您好\n客户：好\n时间：十点\n客服：嗯",
    "一\n二\n" + TALK + "一：1\n二：2\n三：3\n四：4\n五：5\n六：6\n七：7\n八：8\n",
    "客服 10:02:11\n您好\n客户 10:02:15\n你好",
    "SPEAKER_00: 喂\nSPEAKER_01: 您好，请问有什么可以帮您？\nSPEAKER_00: 我想查一下我的订单\n",
    "A: 您好，请问有什么可以帮您？\nB: 嗯\nC: 好\nA: 好\nB: 嗯\nC: 好",
    "张三: 喂\n李四: 嗯\n张三: 好\n李四: 行",
    "[00:01] SPEAKER_00: 喂\n[00:02] SPEAKER_00: 喂\n",
    "语言：法语\n" + TALK,
    "客服：您好\n客服：再见",
    "客服：您好\n机器人：您好",
    "客服：" + "好" * 300 + "â€™\n客户：好",
    "客服：您\ufffd好\n客户：好",
    "I canâ€™t do that",
    "WEBVTT\n\nNOTE nothing\n",
    "1\n00:00:01,000 --> 00:00:02,000\n\n",
    "谁,说了啥\n甲,您好\n乙,你好\n",
    "我的卡号是13800138000，查一下,甲\n好的，稍等,乙\n",
    'role,text\nagent,hi\ncustomer,"a\nagent,b\n',
    'role,text\nagent,hi\ncustomer,"' + "a\n" * 60 + '"\n',
    "call_id,turn,role,text\nb,2,user,there\nb,0,agent,hi\n,1,agent,y\n",
    "role,text," + ",".join("abcdefghi") + "\nagent,hi" + ",1" * 9 + "\ncustomer,yo" + ",2" * 9,
    "call_id,role,text\n空,agent, \n",
    "role,text\n",
    turns((0, 1), (3, 2)),
    turns((-1, 1), ("soon", 1), (1.7e12, 1.7e12), (-2, -1)),
    turns((9, 10), (1, 2), (3, 4)),
    turns((0, 3000), (3000, 6000), (6000, 9000)),
    turns((0, 3), (39990, 40000)),
    turns((0, 3), (3, 5), (90000, 90001)),
    turns(*[(n * 1e7, None) for n in range(9, 15)]),
    turns((1.7e9, None)),
    turns((1.7e12, None)),
    turns((1.7e15, None)),
    "客服 00:00:09 您好\n客户 00:00:10 好\n客服 00:00:01 您好",
    turns(*[{"role": r, "text": f"这是第{n}句话"} for n in range(3) for r in ("agent", "user")]),
    turns((0, 1), (1, 2), duration=1),
    turns((0, 40), (40, 80), (80, 90), duration=1),
    turns((5, 6), (5, 6), (5, 6), (5, 6)),
    turns(*[{"role": "agent", "text": SAID[:40], "start": n, "end": n + 0.01} for n in range(3)]),
    turns(*[{"role": "agent", "text": SAID[:40], "start": n, "end": n + 1.5} for n in (0, 2, 4)]),
    turns(*[{"text": "好", "channel": n % 2} for n in range(4)], agent_channel="0"),
    turns(
        *[{"text": "好", "channel": n % 2} for n in range(4)], direction="呼出", caller_channel=1
    ),
    "客户：您好，请问有什么可以帮您？\n客服：我想查一下你们的订单\n客户：请您稍等\n客服：怎么回事",
    "客服：[Music]您好\n客户：<unk>\n" + "客服：谢谢观看\n" * 4,
    "客服：[Music]\n客户：<unk>\n",
    turns({"role": "customer", "text": "喂"}, {"role": "agent", "text": " "}),
    turns({"text": "嗯"}, {"speaker": "张三", "text": "好"}),
    turns({"role": "agent", "text": "您好", "mood": 1, "x": 2}, words=[1]),
    turns({"text": 5}),
    turns({"role": "agent", "text": "a"}, 5),
    turns({"role": "agent", "text": "a"}, {"role": "agent"}),
    turns({"role": [1], "text": "a"}),
    turns({"role": "agent", "text": "a"}, queue=[1]),
    turns({"role": "agent", "text": "a\ud800b"}),
    "[" + turns({"role": "agent", "text": "a"}) + ', {"turns": 1}, 3]',
    turns() + "\n" + turns({"text": ""}) + "\n{",
    '{"turns": [{"text": NaN}]}',
    '{"a": 1e999}',
    '{"a": 1, "a": 2}',
    "[" * 100_000,
    '{"a": ' + "1" * 5000 + "}",
    '{"a":\n,}',
    "{'客服': '您好'}",
    "{}",
    json.dumps({"call_id": "A", "text": '{"segments": [1]}'}),
    json.dumps({"call_id": "A", "text": "说" * 300}),
    '[{"call_id": "A", "role": "agent", "text": "您好"}, 1]',
    '{"call_id": "A", "role": "agent", "text": "您好"}\n{"call_id": "A", "role": "user"}\n{"a" 1}',
    '[{"id": 1, "said": [["agent", "您好"]]}, {"id": 2}, 3]',
    "qa_checker: mapping/v1\n",
    "role,text,start\nagent,thank you for calling,0.00001\nuser,hello there,0.0001\n",
    "call id,role,text\n1.2E+18,agent,hi\n",
    "role,text\nagent,thank you, and bye\nuser,bye\n",
    "text,role\nhi,agent,you\nbye,user\n",
    '{"a" 1}',
    '{"a": 1 "b"}',
    '{"a": 1} x',
    '{"a": "',
    '{"a": "\n"}',
    '{"a": "\\x"}',
    '{"a": "\\u12"}',
    '"客服：您好"',
    json.dumps(
        {
            name: [{"by": by, "msg": SAID, "begin": n * 9000} for n, by in enumerate(SPEAKERS)]
            for name in ("said", "also")
        }
    ),
    "// made by hand\n" + turns({"role": "agent", "text": "a"}),
    json.dumps(turns({"role": "agent", "text": "a"})),
    turns({"role": "agent", "text": "a"}) * 2,
    '{"segments": [], "b": 1, "c": 1, "d": 1, "e": 1, "f": 1, "g": 1, "h": 1, "i": 1}',
    '{"call_id": "空", "turns": []}',
)
ROWS: list[list[object]] = [["call id", "role", "text"], [10**18 + 7, "客服", "您好"]]
BYTES = (
    b"",
    SAID.encode("gb18030"),
    SAID.encode("hz"),
    (SAID * 5).encode("gb18030")[:-3],
    b"WEBVTT\n\n00:01.000 --> 00:02.000\nhi\n\n00:03",
    SAID.encode("utf-16-le"),
    "これは日本語の会話です。".encode("iso2022_jp"),
    "これは日本語の会話です。お願いします".encode("shift_jis"),
    b"\xef\xbb\xbf" + b"\xff" * 9,
    (SAID * 20).encode()[:100] + b"\xff" + (SAID * 20).encode()[100:],
    bytes(range(256)) * 4,
    bytes(range(1, 9)) * 4,
    *(start + bytes(512) for start, _, _ in readers.files.magic.SIGNATURES),
    book([["录音"], *ROWS, [None, None, "再见"], [None, "客户", "=1+1"]], [["x", "y"]]),
    book(ROWS, creator="qa_checker 1.0"),
    book([["x", "y"]]),
    hidden_row(),
    b"PAR1",
    parquet([{"turns": [{"role": "agent"}]}]),
    book([["x"]]),
    book([["内容", *[None] * 255, "x"]]),
    corner(),
    book(ROWS)[:-40],
    zipped({"xl/a": b"", "b": b""}),
    gzip.compress(zipped({"a.txt": b"x"})),
    gzip.compress(TALK.encode())[:-9],
    zipped({"a": b"", **{f"xl/{n}": b"" for n in range(1001)}}),
    zipped({}),
    zipped({".DS": b"x", "big.txt": TALK.encode() * 300_000, "empty.txt": b" "}),
    zipped({"a.zip": zipped({"b.zip": zipped({"c.txt": b"x"})})}),
    zipped({"word/a": b"", "b": b""}),
    zipped({"ppt/a": b"", "b": b""}),
    zipped({"content.xml": b"", "b": b""}),
    locked(zipped({"a.txt": b"x"})),
    damaged(zipped({"a.txt": TALK.encode() * 99})),
)


def said(results: Iterable[Call | SetAside]) -> Iterator[Remark]:
    """Yield every remark of what was read, with its table."""
    for one in results:
        if isinstance(one, SetAside):
            yield from (("remark", one.reason), ("help", one.help))
        else:
            yield from (("remark", note) for note in one.notes)


def of_contents(patched: pytest.MonkeyPatch) -> Iterator[Remark]:
    """Yield what is said about files by what is in them, and where caps are reached."""
    for content in [*BYTES, *(text.encode("utf-8", "replace") for text in TEXTS)]:
        yield from said(calls_of(Source("x", content)))
    for path in sorted(DATA.iterdir()):
        yield from said(calls_of(Source(path.name, path.read_bytes())))
    yield from said(calls_of(Source("x", b"a,b\n1,2\n"), Options(columns={"text": "话术"})))
    yield from said(calls_of(Source("x", TEXTS[10].encode()), Options(roles={"q": "agent"})))
    named = Options(swap_roles=True, filename_pattern="(?P<agent>[0-9])")
    yield from said(calls_of(with_facts(Source("x", TALK.encode()), "x.meta.json", b"{"), named))
    for layout in (Layout(turns=("a",), text=("b",)), Layout(calls=("a",), text=("b",))):
        for text in ('{"c": 1}', '{"a": [{"c": 1}]}'):
            yield from said(calls_of(Source("x", text.encode()), Options(mapping=layout)))
    astray = Layout(turns=("turns",), text=("text",), start=("at",), roles={"Z1": "agent"})
    unnamed = '{"turns": [{"text": "您好"}]}'
    named = Layout(text=("text",), speaker=("who",), roles={"Z1": "agent"})
    yield from said(calls_of(Source("x", unnamed.encode()), Options(mapping=astray)))
    rows = Source("x", b'[{"who": "K1", "text": "hi"}]')
    yield from said(calls_of(rows, Options(mapping=named)))
    patched.setitem(sys.modules, "pyarrow.parquet", None)
    yield from said(calls_of(Source("x", b"PAR1")))
    patched.setattr(xlsx_table, "MOST_CELLS", 1)
    yield from said(calls_of(Source("x", book(ROWS))))
    patched.setattr(archives, "MOST_MEMBERS", 1)
    yield from said(calls_of(Source("x", zipped({"a.txt": b"x", "b.txt": b"x"}))))
    patched.setattr(archives, "MOST_MEMBERS", 9)
    patched.setattr(archives, "MOST_EXPANDED", 1)
    yield from said(calls_of(Source("x", zipped({"a.txt": b"xyz"}))))


def of_places(folder: Path, patched: pytest.MonkeyPatch) -> Iterator[Remark]:
    """Yield what is said about files by where they are and what they are called."""
    (folder / "one").mkdir()
    for name in ("a.txt", "one/a.txt"):
        (folder / name).write_text(TALK, "utf-8")
    (folder / "b.jsonl").write_text("\n".join([turns((0, 1), call_id="Z")] * 2))
    (folder / "link.txt").symlink_to(folder / "a.txt")
    os.mkfifo(folder / "pipe")
    places = [folder, folder / "*.csv", folder / "gone", "a\0b", "/dev/null"]
    yield from reading(*places, folder / "a.txt" / "b")
    patched.setattr(inputs, "WHOLE", 2_000)
    patched.setattr(inputs, "HEAD", 1_000)
    patched.setattr(large, "CHUNK", 500)
    good = [turns((n, n + 1), call_id=str(n)) for n in range(40)]
    for name, text in (("c", "[" + ",\n".join(good) + "] x"), ("d", "\n".join(good) + "\xff")):
        (folder / name).write_bytes(text.encode("latin-1" if name == "d" else "utf-8"))
    (folder / "e").write_bytes(("[" + ",".join([SAID_BY_TWO] * 40)).encode("gb18030") + b"\xff")
    (folder / "f").write_bytes(("\n".join(good) + "\n" + "x" * 3000).encode())
    yield from reading(folder / "c", folder / "d", folder / "e")
    patched.setattr(large, "MOST_BYTES", 1)
    yield from reading(folder / "f")
    patched.setattr(inputs, "MOST_BYTES", 1_000_000)
    (folder / "big.txt").write_bytes(b" " * 1_000_001)
    yield from reading(folder / "big.txt")


def reading(*places: str | Path) -> Iterator[Remark]:
    """Yield what is said while places are read."""
    asides: list[SetAside] = []
    yield from said(list(read(*places, set_aside=asides.append)))
    yield from said(asides)


def of_the_judge() -> Iterator[Remark]:
    """Yield what the judge remarks on calls."""
    compiled = load_rubric(CONTRACT / "refund_zh.rubric.yaml")
    for more in ({}, {"channel": "chat"}, {"channel": "phone", "queue": "billing"}):
        card = verdicts.judge(compiled, replace(call("x"), metadata=more))
        yield from (("remark", note) for note in card.notes)
        yield from [("skipped", card.skipped)] if card.skipped else []
    yield "remark", verdicts.NO_ITEM
    yield "remark", "store is not known; the rubric was applied"


def everything(folder: Path) -> tuple[Remark, ...]:
    """Return every remark on the inputs above, once."""
    with pytest.MonkeyPatch.context() as patched:
        found = [*of_contents(patched), *of_the_judge()]
    with pytest.MonkeyPatch.context() as patched:
        found += of_places(folder, patched)
    return tuple(dict.fromkeys(one for one in found if one[1]))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Remark, ...]:
    return everything(tmp_path_factory.mktemp("calls"))


def left_in_english(text: str) -> list[str]:
    """Return the words of a Chinese remark that are neither Chinese nor names."""
    return [word for word in re.findall(r"[A-Za-z_]\w+", NAMED.sub("", text)) if word not in NAMES]


def test_every_remark_has_chinese_and_no_english_is_left(made: tuple[Remark, ...]) -> None:
    assert len(made) > 150
    for table, remark in made:
        told = remarks.spoken(ZH_SAY, remark, table)
        assert re.search("[\u4e00-\u9fff]", NAMED.sub("", told)), (table, remark)
        assert left_in_english(told) == [], (remark, told)
        assert remarks.spoken(EN_SAY, remark, table) == remark


def sentences() -> set[str]:
    """Return every piece of text of the readers, the judge, the writers and of what sets aside."""
    found = set()
    for package in (readers, judging, writers, shard, opening):
        file = Path(str(package.__file__))
        for path in sorted(file.parent.rglob("*.py")) if file.name == "__init__.py" else [file]:
            if path.name in RULES:
                continue
            tree = ast.parse(path.read_text("utf-8"))
            manuals = {id(n.value) for n in ast.walk(tree) if isinstance(n, ast.Expr)}
            for node in ast.walk(tree):
                if isinstance(node, ast.Constant) and isinstance(node.value, str):
                    found |= {node.value} - ({node.value} if id(node) in manuals else set())
    return found


def longest(english: str) -> str:
    """Return the longest piece of a template that is no blank."""
    return max((piece.strip(' "') for piece in remarks.BLANK.split(english)[::2]), key=len)


def templates() -> dict[str, list[str]]:
    """Return the English of every table."""
    raw = Path(remarks.__file__).with_suffix(".yaml").read_text("utf-8")
    return {name: list(table) for name, table in yaml.safe_load(raw).items()}


def test_no_template_is_for_a_remark_that_is_gone() -> None:
    code = "\n".join(sentences())
    for table, every in templates().items():
        stale = [one for one in every if longest(one) not in code]
        assert table in (*SYSTEM, *STOPS) or stale == [], table


def test_what_python_says_is_what_it_says(made: tuple[Remark, ...]) -> None:
    said = "\n".join([*(remark for _, remark in made), *map(os.strerror, errno.errorcode)])
    assert [t for name in SYSTEM for t in templates()[name] if longest(t) not in said] == []


def test_every_sentence_in_the_code_is_in_a_template() -> None:
    every = "\n".join(one for table in templates().values() for one in table)
    titles = {module.TITLE for module in known_formats().values()}
    pieces = {piece.strip(' ":') for piece in sentences() - titles if PHRASE.search(piece)}
    strange = {piece for piece in pieces if piece not in every}
    assert sorted(one for one in strange if remarks.spoken(ZH_SAY, one) == one) == NOT_REMARKS


def test_both_languages_have_the_same_blanks_and_none_is_there_twice() -> None:
    raw = Path(remarks.__file__).with_suffix(".yaml").read_text("utf-8")
    for table in yaml.safe_load(raw).values():
        for template, told in table.items():
            blanks = sorted(remarks.BLANK.findall(template))
            assert sorted(remarks.BLANK.findall(told)) == blanks == sorted(set(blanks))
    entries = re.findall(r"^(?:\S+:$|  [^\s#].*)", raw, re.MULTILINE)
    assert len(entries) == sum(len(table) + 1 for table in templates().values())


@pytest.mark.parametrize(
    "remark",
    [
        "",
        "something nobody has said before",
        "call me: later",
        "one, two; three and 4 more",
        "no agent turns at all",
        "broken JSON: a brace is missing",
        "times left out: line 3: on a whim",
        "roles unknown for "
        + "a, " * 5000
        + "b: only one speaker label; name them, e.g. --roles 0=agent",
        "turn keys not read: " + '"a", ' * 300 + "b",
    ],
)
def test_an_unknown_remark_is_shown_as_it_is(remark: str) -> None:
    for table in ("remark", "help", "skipped"):
        assert remarks.spoken(ZH_SAY, remark, table) == remark


@pytest.mark.parametrize(
    ("remark", "told"),
    [
        (
            "call no agent turns: looks mis-encoded in 3 places",
            "通话 no agent turns：有 3 处疑似乱码",
        ),
        (
            'record 2: turn 1 has no "text": it has "a, b", "{id}"',
            "第 2 条记录：第 1 轮没有“text”，只有：“a, b”、“{id}”",
        ),
        (
            "broken JSON: Something new at line 2, column 1",
            "JSON 格式有误：第 2 行第 1 列，Something new",
        ),
        ("cannot be opened: Disk quota exceeded", "无法打开：Disk quota exceeded"),
        (
            "roles by cue words: (no label) = agent, 甲 = unknown (margin 3)",
            "按用语判断的角色：没有标签的人 = 坐席、“甲” = 不明（领先 3 分）",
        ),
    ],
)
def test_remarks_in_remarks(remark: str, told: str) -> None:
    assert remarks.spoken(ZH_SAY, remark) == told


NOTES = (
    "encoding guessed: gb18030",
    "times left out: line 3: a negative time; line 5: the end is before the start",
    "no customer turns",
)
BAD = (
    SetAside("a.json", "record 2: empty: no turn has any text", "export the transcript again", 7),
    SetAside(
        "b.pdf", "not a transcript: a PDF", "export the transcript as text, JSON, CSV or xlsx"
    ),
    SetAside("c.txt", "a reason of its own"),
)


def noted(judged: Judged) -> Judged:
    """Return a call with notes of its reader and of the judge."""
    told = replace(judged.call, notes=NOTES)
    return replace(judged, call=told, card=replace(judged.card, notes=(*NOTES, verdicts.NO_ITEM)))


def cells(folder: Path) -> str:
    """Return every text in the workbooks of a run."""
    books = [load_workbook(path) for path in sorted(folder.rglob("*.xlsx"))]
    every = (cell.value for book in books for sheet in book for row in sheet for cell in row)
    return "\n".join(text for text in every if isinstance(text, str))


def test_a_chinese_workbook_has_no_remark_in_english(tmp_path: Path) -> None:
    write(tmp_path, held([noted(mixed()), skipped()]), BAD, "zh", sentence)
    text = cells(tmp_path)
    for remark in (*NOTES, verdicts.NO_ITEM, skipped().card.skipped):
        assert remark not in text
    assert (
        text.count("时间不合理，整通的时间未采用：第 3 行的时间是负数；第 5 行的结束早于开始") == 2
    )
    assert text.count("评分表不适用：渠道是“chat”，而不是“phone”") == 4
    for told in ("第 2 条记录：所有轮次都没有文字", "请重新导出通话文本", "a reason of its own"):
        assert told in text
    assert "export" not in text


def test_an_english_workbook_has_them_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, held([noted(english())]), BAD, "en", sentence)
    assert all(remark in cells(tmp_path) for remark in (*NOTES, BAD[0].reason, BAD[0].help))


def test_the_ledger_speaks_one_language() -> None:
    judged = noted(mixed())
    lines = why(judged.rubric, judged.call, judged.card, "zh").splitlines()
    assert lines[3:7] == [
        "说明 编码为推测：gb18030",
        "说明 时间不合理，整通的时间未采用：第 3 行的时间是负数；第 5 行的结束早于开始",
        "说明 没有客户的发言",
        "说明 评分表里没有一项能在这通电话上判定",
    ]
    assert f"Note {NOTES[0]}" in why(judged.rubric, judged.call, judged.card, "en")


def test_the_terminal_says_what_was_set_aside(capsys: pytest.CaptureFixture[str]) -> None:
    for language in ("zh", "en"):
        tell_aside(BAD, language)
    said = [line.split(": ", 1)[1] for line in capsys.readouterr().err.splitlines()]
    assert said[:3] == [
        "a.json:7：第 2 条记录：所有轮次都没有文字（请重新导出通话文本）",
        "b.pdf：不是通话文本：这是 PDF 文件（请把通话文本导出为文本、JSON、CSV 或 xlsx）",
        "c.txt：a reason of its own",
    ]
    assert said[3:] == [str(one) for one in BAD]
    tell_aside(BAD, "")
    both = [line.split(": ", 1)[1] for line in capsys.readouterr().err.splitlines()]
    assert (both[::2], both[1::2]) == (said[3:], said[:3])
