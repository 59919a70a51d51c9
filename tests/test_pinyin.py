"""How characters sound: what pypinyin says, without all that it loads."""

from __future__ import annotations

import subprocess
import sys
from importlib import util
from pathlib import Path

import pytest
from pypinyin import Style, pinyin_dict
from pypinyin.style import convert

from qa_checker.text import pinyin

ROOT = Path(__file__).parents[1]


def test_characters_are_read_as_pypinyin_reads_them() -> None:
    assert pinyin.written() == pinyin_dict.pinyin_dict


def test_tones_are_left_out_as_pypinyin_does() -> None:
    syllables = {each for some in pinyin.written().values() for each in some.split(",")}
    assert len(syllables) > 1000
    for each in syllables:
        assert pinyin.toneless(each) == convert(each, Style.NORMAL, strict=False)


def test_another_pypinyin_is_imported_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = util.spec_from_file_location("pypinyin", tmp_path / "__init__.py")
    monkeypatch.setattr(pinyin, "find_spec", lambda name: elsewhere)
    assert pinyin.written() == pinyin_dict.pinyin_dict


def test_its_words_are_not_loaded() -> None:
    code = "from qa_checker.text.pinyin import sounds; sounds('same'); import sys; "
    code += "assert not any(name.startswith('pypinyin') for name in sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, cwd=ROOT)
