"""The faults that benchmarks.asr_noise puts in are those it says, and come from the seed."""

from __future__ import annotations

import sys
from pathlib import Path
from random import Random

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from benchmarks.asr_noise import main  # noqa: E402
from benchmarks.noise import FILLERS, NOISES, noisy  # noqa: E402
from qa_checker import read  # noqa: E402
from qa_checker.call import Segment  # noqa: E402
from qa_checker.text.pinyin import readings  # noqa: E402


def faulty(kind: str, text: str, rate: float = 1.0, language: str = "zh") -> list[str]:
    """Return the texts of the segments that a kind of fault makes of one."""
    made = NOISES[kind].make(Segment("agent", text), Random(1), rate, language)
    return [segment.text for segment in made]


def test_sounds_stay_the_same() -> None:
    text = "非常抱歉，让您久等了"
    (heard,) = faulty("sounds", text)
    assert heard != text
    assert [readings().get(c, c)[0] for c in heard] == [readings().get(c, c)[0] for c in text]


def test_fillers_are_put_in_and_left_out() -> None:
    (longer,) = faulty("fillers", "请您稍等")
    for filler in FILLERS["zh"]:
        longer = longer.replace(filler, "")
    assert longer == "请您稍等"
    assert faulty("fillers", "嗯请", rate=1.0)[0].startswith("请")
    (english,) = faulty("fillers", "bear with me", language="en")
    assert [word for word in english.split() if word in ("bear", "with", "me")] == [
        *("bear", "with", "me")
    ]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("您好，请问。", "您好 请问"), ("3.5元，对吗？", "3.5元 对吗"), ("it's 10:30.", "it's 10:30")],
)
def test_marks_are_left_out_but_not_those_inside_words(text: str, wanted: str) -> None:
    assert faulty("marks", text) == [wanted]


def test_splits_keep_every_word_and_the_time() -> None:
    whole = Segment("agent", "我马上为您查询这个订单", start=2.0, end=6.0)
    first, second = NOISES["splits"].make(whole, Random(1), 1.0, "zh")
    assert first.text + second.text == whole.text
    assert first.start == 2.0
    assert second.end == 6.0
    assert first.end == second.start


def test_digits_as_they_are_spoken() -> None:
    assert faulty("digits", "电话13805") == ["电话幺三八零五"]
    assert faulty("digits", "第1次，30元") == ["第一次，三零元"]
    assert faulty("digits", "flat 12", language="en") == ["flat one two"]


@pytest.mark.parametrize("kind", NOISES)
def test_no_rate_is_no_fault(kind: str) -> None:
    for text in ("嗯，您好，订单13805，对吗？", "请稍等"):
        assert faulty(kind, text, rate=0.0) == [text]


def test_the_same_seed_gives_the_same_call() -> None:
    (call,) = read(ROOT / "samples" / "zh_heater_gb18030.txt")
    rates = {kind: noise.rate for kind, noise in NOISES.items()}
    once, again = (noisy(call, rates, "zh", "7") for _ in range(2))
    assert once == again != noisy(call, rates, "zh", "8")
    assert [turn.role for turn in once.turns] == [turn.role for turn in call.turns]


def test_without_faults_every_hit_survives() -> None:
    sample = str(ROOT / "samples" / "zh_heater_gb18030.txt")
    rates = [part for kind in NOISES for part in ("--rate", f"{kind}=0")]
    done = CliRunner().invoke(main, [sample, "--rounds", "1", *rates])
    assert done.exit_code == 0
    rows = [line.strip("| ").split(" | ") for line in done.stdout.splitlines()]
    shares = [row[2:] for row in rows if len(row) == 9 and row[0] != "lexicon"]
    assert len(shares) > 5
    assert all(row == ["1.00"] * 6 + ["0.0"] for row in shares)


def test_with_faults_some_hits_are_lost() -> None:
    sample = str(ROOT / "samples" / "zh_heater_gb18030.txt")
    done = CliRunner().invoke(main, [sample, "--rounds", "1", "--rate", "sounds=0.5"])
    total = next(line for line in done.stdout.splitlines() if line.startswith("| all |"))
    assert float(total.split(" | ")[2]) < 0.9


def test_an_unknown_kind() -> None:
    done = CliRunner().invoke(main, [str(ROOT / "samples"), "--rate", "echo=1"])
    assert done.exit_code == 2
    assert 'no kind "echo"' in done.stderr
