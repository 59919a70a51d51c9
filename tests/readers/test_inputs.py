"""Files, folders, patterns, zips, standard input: each is read or named."""

from __future__ import annotations

import io
import os
import sys
import zipfile
from pathlib import Path

import pytest

from qa_checker.problem import BadInput
from qa_checker.readers import Options, SetAside, read
from qa_checker.readers.files import inputs

TALK = "客服：您好\n客户：好\n"
DEEP = 2500  # more than functions may call each other, and than a path may hold


def zipped(**members: str | bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_txt", ".txt"), content)
    return out.getvalue()


@pytest.fixture
def everything(tmp_path):
    def go(*more, **options):
        asides: list[SetAside] = []
        calls = list(read(*(more or (tmp_path,)), set_aside=asides.append, **options))
        return calls, {aside.source: aside.reason for aside in asides}

    return go


def test_a_folder_is_read_in_order_and_no_call_is_passed_over(tmp_path, everything):
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "2.txt").write_text(TALK, "utf-8")
    (tmp_path / "a.txt").write_text(TALK, "utf-8")
    (tmp_path / ".hidden").write_text(TALK, "utf-8")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    (tmp_path / "empty.txt").write_text("")
    (tmp_path / "x.pdf").write_bytes(b"%PDF-1.7 ...")
    (tmp_path / "r.yaml").write_text("# note\nqa_checker: rubric/v1\nid: x\n", "utf-8")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "README.md").write_text("# Calls\n")
    (tmp_path / "out" / "scorecards").mkdir(parents=True)
    (tmp_path / "out" / "summary.xlsx").write_bytes(b"PK")
    (tmp_path / "out" / "calls.txt").write_text(TALK, "utf-8")
    calls, asides = everything()
    assert [(call.source, call.call_id) for call in calls] == [("a.txt", "a"), ("b/2.txt", "2")]
    assert asides == {
        "empty.txt": "empty: the file has nothing in it",
        "link.txt": "a symbolic link: skipped",
        "loop": "a symbolic link: skipped",
        "pipe": "a pipe: skipped",
        "r.yaml": "a rubric, not a transcript",
        "x.pdf": "not a transcript: a PDF",
    }


def test_without_a_callback_the_first_bad_file_raises(tmp_path):
    (tmp_path / "a.json").write_text('{"segments": []}')
    with pytest.raises(BadInput) as error:
        list(read(tmp_path))
    assert str(error.value) == (
        'a.json: JSON, but not a transcript this version reads: keys seen "segments" '
        "(needed: call_id and turns, each with role and text; or say where they are with --mapping)"
    )


def test_patterns_missing_files_and_standard_input(tmp_path, everything):
    (tmp_path / "a.txt").write_text(TALK, "utf-8")
    pattern = str(tmp_path / "*.txt")
    nothing = str(tmp_path / "*.csv")
    calls, asides = everything(
        pattern, nothing, tmp_path / "gone.txt", "-", stdin=io.BytesIO(TALK.encode())
    )
    assert [call.call_id for call in calls] == ["a", "stdin"]
    assert asides == {
        nothing: "no file matches",
        "gone.txt": "cannot be opened: No such file or directory",
    }


def test_equal_call_ids_are_kept_and_told(tmp_path, everything):
    for folder in ("one", "two"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(TALK, "utf-8")
    calls, _ = everything()
    assert [call.notes for call in calls] == [(), ("call id also in one/a.txt",)]


def test_zips_and_what_is_wrong_in_them(tmp_path, everything):
    inner = zipped(c_txt=TALK)
    content = zipped(
        a_txt=TALK,
        sub__b_txt="nothing here",
        in_zip=inner,
        deep_zip=zipped(more_zip=inner),
        **{"__MACOSX__x": b"x", ".DS": b"x", "big_txt": TALK * 300_000},
    )
    named = zipped(AAAA_txt=TALK).replace(b"AAAA", "通话".encode("gbk"))
    (tmp_path / "x.zip").write_bytes(content)
    (tmp_path / "y.zip").write_bytes(named)
    (tmp_path / "z.zip").write_bytes(content[:-30])
    calls, asides = everything()
    assert [call.source for call in calls] == [
        "x.zip!a.txt",
        "x.zip!in_zip!c.txt",
        "y.zip!通话.txt",
    ]
    assert [call.call_id for call in calls] == ["a", "c", "通话"]
    assert asides == {
        "x.zip!.DS": "hidden: skipped",
        "x.zip!/MACOSX/x": "not recognised: no speaker labels found",
        "x.zip!big.txt": "expands too much for a transcript (a zip bomb?)",
        "x.zip!deep_zip!more_zip": "a zip in a zip in a zip",
        "x.zip!sub/b.txt": "not recognised: no speaker labels found",
        "z.zip": "a broken zip file",
    }


def test_what_a_mac_packs_beside_each_file_is_passed_over(results):
    packed = {"__MACOSX/._a.txt": b"\0\5", "__MACOSX/a": b"x", "b/._c": b"x", "a.txt": TALK}
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in packed.items():
            archive.writestr(name, content)
    assert [one.source for one in results(out.getvalue(), "m.zip")] == ["m.zip!a.txt"]


def test_a_file_over_the_cap_is_named(tmp_path, everything, monkeypatch):
    monkeypatch.setattr(inputs, "MOST_BYTES", 10)
    (tmp_path / "a.txt").write_text(TALK, "utf-8")
    assert everything() == ([], {"a.txt": "larger than 0 MB"})


def test_names_are_safe_to_print(tmp_path, everything):
    (tmp_path / os.fsdecode(b"\xff\x1b[31m.txt")).write_text("x")
    _, asides = everything()
    assert list(asides) == ["\\udcff\\x1b[31m.txt"]


def test_the_language_is_one_of_ours(tmp_path, everything):
    (tmp_path / "a.txt").write_text("语言：法语\n" + TALK, "utf-8")
    calls, _ = everything()
    assert calls[0].language == ""
    assert calls[0].notes == (
        "the language named in the file is neither zh nor en: decided by the text",
    )
    assert next(read(tmp_path, options=Options(language="en"))).language == "en"


@pytest.mark.skipif(sys.platform != "linux", reason="folders are deep where names may be long")
def test_folders_deeper_than_a_name_may_be_long(tmp_path, everything, monkeypatch):
    (tmp_path / "z.txt").write_text(TALK)
    monkeypatch.chdir(tmp_path)
    for _ in range(DEEP):
        Path("d").mkdir()
        os.chdir("d")
    Path("lost.txt").write_text(TALK)
    calls, asides = everything(tmp_path)
    Path("lost.txt").unlink()
    for _ in range(DEEP):  # nobody else could remove them
        os.chdir("..")
        Path("d").rmdir()
    assert [call.source for call in calls] == ["z.txt"]
    assert [*asides.values()] == ["cannot be opened: File name too long"]
