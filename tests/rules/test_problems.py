"""Rule files with mistakes: where each is, what is wrong, what to do about it.

The cases stand in problems.yaml; a person reads just what stands under `says` there.
"""

from __future__ import annotations

import time
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from qa_checker import load_rubric
from qa_checker.problem import BadFile, Problem
from qa_checker.rules.load import load_lexicons, open_source
from qa_checker.rules.source import Source

HERE = Path(__file__).parent
DATA = yaml.load((HERE / "problems.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
FILES, CASES = DATA["files"], DATA["cases"]
CODES = [1, 2, 3, 4, 5, 6, 101, 102, 103, 104, 105, 201, 202, 203, 204, 207]
CODES += [301, 302, 303, 304, 306, 308, 501, 502, 503, 504, 505, 601, 602, 603, 604, 606, 607, 702]


def said(folder: Path, **files: str | bytes) -> str:
    """Load r.yaml beside words.yaml and return what is wrong with them, "" if nothing is."""
    for name, content in {**FILES, **{f"{n}.yaml": c for n, c in files.items()}}.items():
        raw = content if isinstance(content, bytes) else content.encode()
        (folder / name).write_bytes(raw)
    try:
        load_rubric(folder / "r.yaml")
    except BadFile as bad:
        return str(bad).replace(f"{folder}/", "")
    return ""


def test_files_without_mistakes_load(tmp_path: Path) -> None:
    assert said(tmp_path) == ""
    dos = {name.removesuffix(".yaml"): text.replace("\n", "\r\n") for name, text in FILES.items()}
    assert said(tmp_path, **dos) == ""
    assert said(tmp_path, words="\ufeff" + FILES["words.yaml"]) == ""


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_what_is_said_of_a_mistake(case: dict[str, object], tmp_path: Path) -> None:
    files = dict(FILES)
    for name in FILES:
        changes: dict[str, str] = case.get(name, {})  # type: ignore[assignment]
        for old, new in changes.items():
            assert files[name].count(old) == 1, old
            files[name] = files[name].replace(old, new)
    found = said(tmp_path, words=files["words.yaml"], r=files["r.yaml"])
    assert found == str(case["says"]).rstrip("\n")


@pytest.mark.parametrize("code", CODES)
def test_every_code_has_a_case(code: int) -> None:
    assert any(f"error[QA{code:03}]" in case["says"] for case in CASES)


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_carets_stand_under_what_is_wrong(case: dict[str, str]) -> None:
    rows = case["says"].split("\n")
    for row, below in pairwise(rows):
        if below.lstrip().startswith("| "):
            text, carets = row.partition("| ")[2], below.partition("| ")[2]
            assert set(carets) <= set(" \u3000^＾")
            for character, mark in zip(text, carets, strict=False):
                han = "\u3000" <= character <= "\uffef"
                assert mark in ("\u3000＾" if han else " ^"), (text, carets)


# ---- files that are no YAML we take ------------------------------------------------------

HOSTILE = {
    "aliases": ("a: &a [x]\nb: &b [*a, *a]\n", "1:4: error[QA005] YAML aliases and merge keys"),
    "merge keys": ("a: {<<: {b: c}}\n", "1:5: error[QA005] YAML aliases and merge keys"),
    "tags": ("a: !!python/object/apply:os.system [ls]", "1:4: error[QA005] YAML tags such as"),
    "brackets": ("[" * 100_000, "1:33: error[QA001] nested too deeply"),
    "lists": ("- " * 100_000, "1:65: error[QA001] nested too deeply"),
    "questions": ("? " * 100_000, "1:65: error[QA001] nested too deeply"),
    "300,000 keys": ("k: v\n" * 300_000, "50000:1: error[QA001] too many values in one file"),
    "NUL": ("id: 中文\0", "1:7: error[QA001] character U+0000 is not allowed in YAML"),
    "empty": ("", "1:1: error[QA001] the file is empty"),
    "only a remark": ("# nothing\n", "1:1: error[QA001] the file is empty"),
    "two documents": ("a: b\n---\na: b\n", "2:1: error[QA001] a second document begins here"),
    "scalar root": ("hello", '1:1: error[QA102] the file has no "qa_checker"'),
    "list root": ("- a\n- b\n", '1:1: error[QA102] the file has no "qa_checker"'),
    "no end of a string": ('a: "b', "1:4: error[QA001] not valid YAML: this quote is never closed"),
    "a tab": ("a:\n\tb: c", "2:1: error[QA001] a tab indents this line"),
    "a surrogate": ('a: "\\ud800"', "1:7: error[QA001] not valid YAML: found invalid Unicode"),
    "a directive": ("%YAML 9.9\n---\na: b", "1:1: error[QA001] not valid YAML: found incompatible"),
    "old Mac lines": ("a: b\rc: [\r", "3:1: error[QA001] not valid YAML: did not find expected"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_yaml_is_refused_with_one_message_at_once(kind: str, tmp_path: Path) -> None:
    text, expected = HOSTILE[kind]
    for name in ("r", "words"):
        began = time.process_time()
        found = said(tmp_path, **{name: text})
        assert time.process_time() - began < 5  # a hang takes minutes
        assert found.startswith(f"{name}.yaml:{expected}")
        assert found.count("error[") == 1
        assert max(map(len, found.split("\n"))) < 250


BYTES = {
    "10 MB": (b"x" * 10_000_000, "the file has 10000000 bytes, more than 2000000"),
    "UTF-16": (FILES["words.yaml"].encode("utf-16"), "not UTF-8, but utf-16-le"),
    "GB18030": (FILES["words.yaml"].encode("gb18030"), "not UTF-8, but gb18030"),
    "workbook": (b"PK\x03\x04 and so on", "a workbook, not a rule file"),
    "binary": (bytes(range(256)) * 9, "not UTF-8"),
}


@pytest.mark.parametrize("kind", BYTES)
def test_bytes_that_are_no_text_are_refused(kind: str, tmp_path: Path) -> None:
    content, expected = BYTES[kind]
    found = said(tmp_path, words=content)
    assert found.startswith(f"r.yaml:5:8: error[QA001] words.yaml: {expected}\n")
    assert said(tmp_path, r=content).split("] ")[1].startswith(expected)


def test_the_first_sign_that_is_not_utf8_is_pointed_at(tmp_path: Path) -> None:
    path = tmp_path / "r.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n" + "甲: ".encode() + "乙".encode("gb18030"))
    with pytest.raises(BadFile) as bad:
        open_source(path)
    assert [(problem.line, problem.column) for problem in bad.value.problems] == [(2, 4)]


def test_nothing_outside_the_folder_is_ever_opened(tmp_path: Path) -> None:
    (tmp_path / "secret.yaml").write_text("password: 1")
    inside = tmp_path / "rules"
    inside.mkdir()
    (inside / "link.yaml").symlink_to(tmp_path / "secret.yaml")
    for name in (
        "../secret.yaml",
        str(tmp_path / "secret.yaml"),
        "link.yaml",
        "x/../../secret.yaml",
    ):
        text = FILES["r.yaml"].replace("[words.yaml]", f"[words.yaml, {name}]")
        found = said(inside, r=text)
        assert f'error[QA202] no lexicon "{name}" beside the rubric' in found
        assert "password" not in found


@pytest.mark.parametrize("missing", ["nothing.yaml", "zh/nothing"])
def test_a_rubric_that_is_not_there(missing: str) -> None:
    with pytest.raises(BadFile, match=r"^[^\n]+: error\[QA001\] cannot open: no such file"):
        load_rubric(missing)


def test_a_folder_is_no_rubric(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match="cannot open: is a directory"):
        load_rubric(tmp_path)


# ---- all at once -----------------------------------------------------------------------


def test_all_mistakes_of_all_files_come_in_one_go_in_order(tmp_path: Path) -> None:
    for name, text in FILES.items():
        (tmp_path / name).write_text(text.replace("languages: [zh]", "languages: [xx]\nextra: 1"))
    with pytest.raises(BadFile) as caught:
        load_rubric(tmp_path / "r.yaml")
    places = [(Path(p.path).name, p.line, p.code) for p in caught.value.problems]
    assert places == [
        ("r.yaml", 4, "QA103"), ("r.yaml", 5, "QA101"),
        ("words.yaml", 4, "QA103"), ("words.yaml", 5, "QA101"),
    ]  # fmt: skip


def test_an_entry_that_stands_twice_is_noticed_without_a_rubric(tmp_path: Path) -> None:
    for name in ("one.yaml", "two.yaml"):
        (tmp_path / name).write_text(FILES["words.yaml"])
    with pytest.raises(BadFile) as caught:
        load_lexicons([tmp_path])
    assert [(p.code, p.message) for p in caught.value.problems] == [
        ("QA201", 'duplicate entry id "hello"'), ("QA201", 'duplicate entry id "angry"'),
    ]  # fmt: skip


def test_several_files_may_share_one_lexicon_id(tmp_path: Path) -> None:
    other = FILES["words.yaml"].replace("id: hello", "id: hi").replace("id: angry", "id: cross")
    text = FILES["r.yaml"].replace("[words.yaml]", "[words.yaml, more.yaml]")
    assert said(tmp_path, r=text, more=other) == ""
    assert 'duplicate entry id "hello"' in said(tmp_path, r=text, more=FILES["words.yaml"])


# ---- how a problem is shown --------------------------------------------------------------


def test_a_long_line_is_shown_around_the_mistake() -> None:
    row = "很" * 300 + "错" + "长" * 300
    shown = str(Problem("f.yaml", 1, 301, "QA301", "wrong", "mend it", text=row))
    head, text, carets, help = shown.split("\n")
    assert (head, help) == ("f.yaml:1:301: error[QA301] wrong", "      = help: mend it")
    assert text == f"    1 | ...{'很' * 80}错{'长' * 79}..."
    assert carets == f"      |    {'　' * 80}＾"


def test_a_problem_without_a_line_has_no_caret() -> None:
    assert str(Problem("f.yaml", 0, 0, "QA001", "cannot open")) == (
        "f.yaml: error[QA001] cannot open"
    )


def test_what_moves_a_cursor_or_turns_text_round_is_not_printed() -> None:
    shown = str(Problem("f", 1, 1, "QA001", "a\x1b[2Jb\nc", "d\u202ee", text="\x07\u2066x"))
    assert shown == "f:1:1: error[QA001] a�[2Jb c\n    1 | ��x\n      | ^\n      = help: d�e"


def test_lines_are_counted_as_yaml_counts_them() -> None:
    assert Source("f", "a\r\nb\rc\nd\u2028e\x85f").lines == ["a", "b", "c", "d", "e", "f"]


# ---- whatever is done to a file --------------------------------------------------------

PIECES = [
    *"[]{}:-#&*!|>'\"%@`,?<>^$\\()",
    "：",
    "，",
    "（",
    "\n",
    "\n  ",
    "\0",
    "<<: ",
    "null",
    "- ",
]
cuts = st.tuples(st.floats(0, 0.999), st.integers(0, 30), st.sampled_from(["", *PIECES]))


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.lists(cuts, min_size=1, max_size=4))
def test_a_file_with_pieces_torn_out_loads_or_is_refused(
    tmp_path_factory: pytest.TempPathFactory, name: str, torn: list[tuple[float, int, str]]
) -> None:
    text = FILES[name]
    for share, size, put in torn:
        place = int(share * len(text))
        text = text[:place] + put + text[place + size :]
    found = said(tmp_path_factory.getbasetemp(), **{name.removesuffix(".yaml"): text})
    assert found == "" or found.partition(":")[0] in FILES


def test_a_lexicon_asked_for_by_a_wrong_name_is_answered_with_the_nearest() -> None:
    with pytest.raises(BadFile, match=r'no such lexicon\n.*did you mean "en/apology"\?'):
        load_lexicons(["en/apologi"])
