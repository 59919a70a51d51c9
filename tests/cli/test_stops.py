"""Why a command stops is said in English and Chinese."""

from __future__ import annotations

import ast
import errno
import io
import os
import re
import subprocess
import sys
from functools import partial
from pathlib import Path
from typing import Any, BinaryIO

import pytest
import yaml

import qa_checker
from qa_checker import remote
from qa_checker.atomic import replacing
from qa_checker.cli import BAD, main
from qa_checker.reports import remarks
from qa_checker.reports.remarks import in_both
from qa_checker.runs.lock import alone
from qa_checker.store import manifest as manifests

ROOT = Path(qa_checker.__file__).parent
RUBRIC = str(Path(__file__).parents[1] / "contract" / "support_en.rubric.yaml")
COMMANDS = (
    "_inputs", "audit", "convert", "coverage", "diff", "from_xlsx", "import_", "init",
    "inspect", "measure", "report", "sample", "to_xlsx", "verify", "why",
)  # fmt: skip
STUDIES = ("gold", "measurable", "revisions", "sampling/strata")
ROOMS = (
    *(f"cli/{name}.py" for name in COMMANDS), "runs", "store", "remote.py", "atomic.py",
    "readers/metadata_table.py", "reports/spool.py", "exchange",
    *(f"studies/{name}.py" for name in STUDIES),
)  # fmt: skip
STOPPING = {"BadInput", "Refusal", "OSError"}
SENTENCE = re.compile("[a-z]{2,}.? [a-z]")
HAN = re.compile("[\u4e00-\u9fff]")
# of the table of remarks; said by click; a language that no reader leaves empty; commands and
# comments; of rows of labelled turns, below a heading in both languages
OTHERWISE = {
    "cannot be opened", "no item", "this language", "&& qa-checker ci rules", "imported from",
    "not taken over", "write the text itself", "a formula", "a row is wrong", "rows are wrong",
    "is neither 0 nor 1 (--label names the positive one)", "(--gold-map names other columns)",
    "no label (--gold-map label=COLUMN names the column)", "not a row, which is an object {…}",
    "previous_turns is not a list of {role, text}", "nothing was counted,",
}  # fmt: skip
TALK = "Agent: Thank you for calling.\nCustomer: Hello.\nAgent: Hi.\nCustomer: Bye.\n"

TYPED = (
    ("audit", "Missing argument 'INPUT...'.", "缺少参数 'INPUT...'"),
    ("audit x", "Missing option '-o' / '--out'.", "缺少选项 '-o' / '--out'"),
    ("audit x -o o --nope", "No such option '--nope'.", "没有选项 '--nope'"),
    ("audit x -o o --rubrik r", "Did you mean '--rubric'?", "是不是 '--rubric'？"),
    ("audit x -o o --ma m", "one of:", "是不是其中之一："),
    ("audit x -o", "requires an argument", "选项 '-o' 后面要有值"),
    ("audit x --no-report=1", "does not take a value", "选项 '--no-report' 后面不要写值"),
    ("audit x --fail-under 200", "is not in the range", "200.0 不在范围 0<=x<=100 之内"),
    ("audit x --fail-under x", "valid float range", "'x' 不是数字"),
    ("audit x --since May", '"May" is no date; write', "“May”不是日期；请写成 2026-11-23"),
    ("audit x --lang fr", "is not one of", "'fr' 不在其中：'zh', 'en'"),
    ("audit x -j some", "neither auto", "“some”既不是 auto，也不是进程数"),
    ("audit x -o o --roles a", "is not name=value", "“a”不是“名=值”的写法"),
    ("audti x", "Did you mean 'audit'?", "没有命令 'audti'，是不是 'audit'？"),
    ("audit x -o o --columns txt=A", "'txt' is not a field", "'txt' 不是字段；可用：text"),
    ("audit x -o o --roles 0=boss", "is not a role", "'boss' 不是角色；可用：agent"),
    ("audit x -o o --filename-pattern (", "missing )", "文件名的写法有误（missing )"),
    ("verify a b", "extra argument (b)", "多了一个参数：b"),
    ("verify a b c", "extra arguments (b c)", "多了几个参数：b c"),
    ("nothing", "No such command 'nothing'.", "没有命令 'nothing'"),
    ("schema", "Choose from:\n\tlexicon,\n\trubric", "可用：\n\tlexicon,\n\trubric"),
    ("sample o --seed x", "valid integer.", "'x' 不是整数"),
    ("sample o --total x", "valid integer range", "'x' 不是整数"),
    ("sample o --share 0", "is no share", "“0”不是比例；请写成 5% 或 0.05"),
    ("sample o -o x.xlsx --share 1% --total 1", "give one", "请只写一个"),
    ("sample o --by agnt", 'did you mean "agent"?', "是不是“agent”？"),
    ("sample o --by zzz", "one of: agent", "没有“zzz”这种分层依据；可用：agent"),
    ("sample o --by day,day", "stands there twice", "“day”写了两次"),
    ("rule QA99", "did you mean", "没有代码“QA99”，是不是“QA"),
    ("rule ZZ", 'no code "ZZ"', "没有代码“ZZ”"),
    ("explain support_en --item x", "items: ", "没有“x”这一项；有："),
    ("explain support_zh", 'did you mean "support_en"', '是不是 "support_en"'),
    ("explain qqqqq", '"qa-checker rubrics" lists what', "qa-checker rubrics 会列出全部"),
    ("diff a b --corpus .. --max-changed x", "not a share such as 2%", "“x”不是比例，写法如 2%"),
    ("lint gone.yaml", "cannot open: no such file", "没有这个文件或文件夹，请检查路径"),
    ("test gone.yaml", "cannot open: no such file", "没有这个文件或文件夹，请检查路径"),
    ("ci gone.yaml", "cannot open: no such file", "没有这个文件或文件夹，请检查路径"),
    ("audit . -o o --mapping docs", "cannot open: is a directory", "这是文件夹，请检查路径"),
    ("import csv gone -o x", "File 'gone' does not exist.", "没有文件 'gone'"),
    ("diff a b --corpus gone", "Path 'gone' does not exist.", "没有 'gone'"),
    ("from-xlsx /dev/null", "-o FOLDER", "请写明文件放在哪里"),
    ("measure", "give GOLD", "请写明标注文件"),
)


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
        (("audit", talk, "-o", "/proc/x"), "no folder can be made there", "请用 -o 另外指定"),
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


@pytest.mark.parametrize(("typed", "english", "chinese"), TYPED)
def test_what_was_typed_wrong(
    typed: str, english: str, chinese: str, capsys: pytest.CaptureFixture[str]
) -> None:
    stopped(*typed.split())
    first, found, _ = capsys.readouterr().err.partition(chinese)
    assert english in first
    assert found


def test_no_template_is_for_what_nobody_can_type(capsys: pytest.CaptureFixture[str]) -> None:
    for typed, _, _ in TYPED:
        stopped(*typed.split())
    said = capsys.readouterr().err
    for english in (each for table in ("usage", "wrong") for each in templates(table)):
        pattern = ".+".join(map(re.escape, remarks.BLANK.split(english)[::2]))
        assert re.search(pattern, said, re.DOTALL), english


def test_a_run_that_is_going_on(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone(manifests.folder(str(tmp_path / "out"))):
        stopped("audit", talk, "-r", RUBRIC, "-o", tmp_path / "out")
    assert "正在这里写入；请等它结束，或换一个文件夹" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["report", "verify", "sample -o x.xlsx"])
def test_a_first_run_that_is_going_on_is_named(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with alone(manifests.folder(str(tmp_path))):
        stopped(*command.split(), tmp_path)
    first, second = capsys.readouterr().err.splitlines()
    assert f"no results yet, the first run (process {os.getpid()}) is writing here" in first
    assert f"第一次运行（进程 {os.getpid()}）正在这里写入" in second
    stopped(*command.split(), tmp_path)
    assert "no results of a finished run" in capsys.readouterr().err


def test_an_output_that_is_read_only(
    talk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(path: Path, mode: str = "r", **how: Any) -> BinaryIO:
        if path.name == ".lock":
            raise OSError(errno.EROFS, os.strerror(errno.EROFS), str(path))
        return real(path, mode, **how)

    real: Any = Path.open
    monkeypatch.setattr(Path, "open", refuse)
    stopped("audit", talk, "-r", RUBRIC, "-o", tmp_path / "out")
    first, second = capsys.readouterr().err.splitlines()
    assert "cannot be written (Read-only file system); make the folder writable" in first
    assert "无法写入（磁盘是只读的）；请让这个文件夹可写，或换一个文件夹" in second


def test_a_manifest_that_was_cut_off(
    talk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ("audit", talk, "-r", RUBRIC, "-o", tmp_path, "--no-report")
    with pytest.raises(SystemExit):
        main([*map(str, run)])
    place = tmp_path / "results" / "_manifest.json"
    place.write_bytes(place.read_bytes()[:50])
    parts = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("results/part-*")}
    for arguments in (run, ("report", tmp_path), ("verify", tmp_path)):
        capsys.readouterr()
        stopped(*arguments)
        first, second = capsys.readouterr().err.splitlines()
        assert "damaged, or changed by hand; remove it and audit again" in first
        assert "文件已损坏或被人改过；请删掉它，再运行 audit，已经质检的通话都还在" in second
    place.unlink()
    with pytest.raises(SystemExit) as end:
        main([*map(str, run)])
    assert end.value.code != BAD
    kept = {path.name: path.stat().st_mtime_ns for path in tmp_path.glob("results/part-*")}
    assert kept == parts


@pytest.mark.parametrize("kind", ["ConnectionError", "ClientConnectionError", "TimeoutError"])
def test_an_address_where_nobody_answers(kind: str) -> None:
    nobody = type("EndpointError", (type(kind, (Exception,), {}),), {})
    with (
        pytest.raises(OSError, match="no answer; check the address") as error,
        remote.told("s3://b"),
    ):
        raise nobody("http://127.0.0.1:9")
    told = in_both(f"{error.value.filename}: {error.value.strerror}")
    assert "s3://b：没有应答；请检查地址、endpoint 和网络（http://127.0.0.1:9）" in told


def test_a_service_without_any_place_for_messages(talk: Path, tmp_path: Path) -> None:
    code = (
        "import sys; sys.stdout = sys.stderr = None\n"
        "from qa_checker.cli import main\n"
        "main(sys.argv[1:])"
    )
    run = [str(talk), "-r", RUBRIC, "-o", str(tmp_path / "out")]
    done = subprocess.run([sys.executable, "-c", code, "audit", *run], check=False)
    assert done.returncode != 1
    assert (tmp_path / "out" / "summary.xlsx").is_file()


def test_what_has_no_chinese_is_said_once() -> None:
    for message in ("file: something new", "something new", "a: b (c)", "x" * 5000):
        assert in_both(message) == message
    for message, told in (
        ("out: Permission denied", "out：没有权限"),
        (
            "output: could not write a.xlsx: No space left on device; "
            "what was there before is unchanged",
            "没有写成 a.xlsx：磁盘已满；原来的文件没有变",
        ),
        (
            "output: could not keep the calls of the run in out: database or disk is full; "
            "make room there and run report again, the results are kept",
            "写工作簿时要在 out 里暂存通话，没有成功：磁盘已满；"
            "请在那里腾出空间，再运行 report，质检结果都在",
        ),
        (
            "/proc/x: no folder can be made there for the scorecards (Permission denied); "
            "name another one with -o",
            "/proc/x：不能在那里建立放结果的文件夹（没有权限）；请用 -o 另外指定",
        ),
    ):
        assert in_both(message) == f"{message}\n{told}"


def test_a_file_that_was_not_there_is_not_called_unchanged(tmp_path: Path) -> None:
    for told in ("nothing is left half-written", "what was there before is unchanged"):
        with pytest.raises(OSError, match=told) as error, replacing(tmp_path / "a.xlsx"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        assert HAN.search(in_both(f"output: {error.value.strerror}"))
        (tmp_path / "a.xlsx").touch()


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


def templates(table: str = "stop") -> list[str]:
    """Return the English of a table."""
    raw = Path(remarks.__file__).with_suffix(".yaml").read_text("utf-8")
    return [*yaml.safe_load(raw)[table]]


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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_standard_input_needs_room_in_the_temporary_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    full = partial(Path.open, Path("/dev/full"), "wb")
    monkeypatch.setattr("qa_checker.cli.audit.NamedTemporaryFile", lambda **_: full())
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(TALK.encode())))
    stopped("audit", "-", "-r", RUBRIC, "-o", tmp_path / "out")
    said = capsys.readouterr().err
    assert "temporary folder (No space left on device); set TMPDIR" in said
    assert "临时文件夹里放不下（磁盘已满）" in said
