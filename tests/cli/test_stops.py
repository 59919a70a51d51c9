"""Why a command stops is said in English and Chinese."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest
import yaml

import qa_checker
from qa_checker import remote
from qa_checker.cli import BAD, main
from qa_checker.reports import remarks
from qa_checker.reports.remarks import in_both
from qa_checker.runs.lock import alone
from qa_checker.store import manifest as manifests

ROOT = Path(qa_checker.__file__).parent
RUBRIC = str(Path(__file__).parents[1] / "contract" / "support_en.rubric.yaml")
# what people meet who do not write rules
COMMANDS = ("_inputs", "audit", "convert", "inspect", "report", "sample", "verify", "why")
ROOMS = (
    *(f"cli/{name}.py" for name in COMMANDS), "runs", "store", "remote.py", "atomic.py",
    "readers/metadata_table.py",
)  # fmt: skip
STOPPING = {"BadInput", "Refusal", "OSError"}
SENTENCE = re.compile("[a-z]{2,}.? [a-z]")
HAN = re.compile("[\u4e00-\u9fff]")
# of the table of remarks; said by click; a language that no reader leaves empty
OTHERWISE = {"cannot be opened", "no item", "this language"}
TALK = "Agent: Thank you for calling.\nCustomer: Hello.\nAgent: Hi.\nCustomer: Bye.\n"


def stopped(*arguments: object) -> None:
    """Run a command that is to stop with exit code 2."""
    with pytest.raises(SystemExit) as end:
        main([*map(str, arguments)])
    assert end.value.code == BAD


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    (tmp_path / "talk.txt").write_text(TALK)
    return tmp_path / "talk.txt"


def test_paths_and_folders(talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out, empty = tmp_path / "out", tmp_path / "empty.txt"
    empty.write_text("")
    for arguments, english, chinese in (
        (("audit", tmp_path / "gone", "-o", out), "no such file or folder", "没有这个文件或文件夹"),
        (("audit", talk, "-o", talk), "is a file", "这是文件；请用 -o 指定一个文件夹来放结果"),
        (("audit", talk, "-o", out, "--engine", "fire"), "no engine fire", "没有执行引擎 fire"),
        (("report", out), "no results of a finished run", "里面没有已完成的质检结果"),
        (("sample", out, "-o", "x.csv"), "ends in .xlsx", "请指定以 .xlsx 结尾的文件"),
        (("why", talk, "--call-id", "7"), "calls: talk", "里面没有通话“7”；有：talk"),
        (("why", empty), "the file has nothing in it", "文件是空的（请重新导出通话文本）"),
        (("why", tmp_path / "gone"), "cannot be opened", "无法打开：没有这个文件或文件夹"),
    ):
        stopped(*arguments)
        first, second = capsys.readouterr().err.splitlines()
        assert english in first
        assert chinese in second
        assert not HAN.search(first)


def test_a_run_that_is_going_on(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone(manifests.folder(str(tmp_path / "out"))):
        stopped("audit", talk, "-r", RUBRIC, "-o", tmp_path / "out")
    assert "正在这里写入；请等它结束，或换一个文件夹" in capsys.readouterr().err


def test_what_has_no_chinese_is_said_once() -> None:
    for message in ("file: something new", "something new", "a: b (c)", "x" * 5000):
        assert in_both(message) == message
    for message, told in (
        ("out: Permission denied", "out：没有读取权限"),
        (
            "output: could not write a.xlsx: No space left on device; "
            "what was there before is unchanged",
            "没有写成 a.xlsx：磁盘已满；原来的文件没有变",
        ),
    ):
        assert in_both(message) == f"{message}\n{told}"


def test_an_address_that_does_not_answer_is_told_in_one_line(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    core = pytest.importorskip("fsspec.core")

    def silent(*_: object, **__: object) -> None:
        raise OSError("no library\n" + "tried here\n" * 900)

    monkeypatch.setattr(core, "url_to_fs", silent)
    with pytest.raises(OSError, match="no library tried here") as error:
        remote.at("hdfs://x/y")
    assert error.value.filename == "hdfs://x/y"
    assert "\n" not in str(error.value.strerror)
    assert len(str(error.value.strerror)) < 1000


def stops() -> set[str]:
    """Return every piece of text in functions that stop a command, but their docstrings."""
    found = set()
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")) or [ROOT / room]:
            for function in ast.walk(ast.parse(path.read_text("utf-8"))):
                if isinstance(function, ast.FunctionDef):
                    found |= texts(function) - {ast.get_docstring(function, clean=False)}
    return found


def texts(function: ast.FunctionDef) -> set[str | None]:
    """Return the text in a function, if it stops a command."""
    nodes = [*ast.walk(function)]
    names = {node.id for node in nodes if isinstance(node, ast.Name)}
    constants = [node.value for node in nodes if isinstance(node, ast.Constant)]
    return {one for one in constants if isinstance(one, str)} if names & STOPPING else set()


def templates() -> list[str]:
    """Return the English of the table."""
    raw = Path(remarks.__file__).with_suffix(".yaml").read_text("utf-8")
    return [*yaml.safe_load(raw)["stop"]]


def test_every_reason_to_stop_is_in_a_template() -> None:
    every = "\n".join(templates())
    pieces = {piece.strip('; ":') for piece in stops() if SENTENCE.search(piece)}
    missing = {piece for piece in pieces if piece not in every and not HAN.search(piece)}
    assert missing - OTHERWISE == set()


def test_no_template_is_for_a_reason_that_is_gone() -> None:
    code = "\n".join(stops())
    for english in templates():
        pieces = [one.strip(' :"()') for one in re.split(r"\{\w+\}|[;:] ", english)]
        assert max(pieces, key=len) in code, english
