"""Lint over whole folders: what is shown, what is suppressed, and that the engine agrees."""

from __future__ import annotations

import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from whole import LEXICON, RUBRIC

from qa_checker import load_rubric
from qa_checker.lint.overlap import may_hold
from qa_checker.lint.run import lint
from qa_checker.matching.compile import compile_plan
from qa_checker.matching.find import find
from qa_checker.problem import BadFile, Problem
from qa_checker.rules.grammar import NotPhrase, parse_phrase
from qa_checker.rules.lexicon import Entry, Examples
from qa_checker.rules.mapping import load_mapping
from qa_checker.rules.patterns import Pattern
from qa_checker.rules.phrase import BuiltIn, Part, Phrase
from qa_checker.text.plain import plain

RULES = Path(__file__).parents[1] / "rules" / "problems.yaml"
DATA = yaml.load(RULES.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
FILES, CASES = DATA["files"], DATA["cases"]
HEAD = "qa_checker: lexicon/v1\nid: {id}\nversion: 1.0.0\nlanguages: [zh]\nentries:\n"
ENTRY = """\
  - id: {id}
    polarity: {polarity}
    phrases: [{phrases}]
    unless: [{unless}]
    instead: [我帮您看看]
    examples: {{hit: [您好], miss: [喂]}}
"""


def lexicon(id: str = "w", **entries: str) -> str:
    """Return a lexicon; each entry is "polarity: phrases / exceptions"."""
    made = HEAD.format(id=id)
    for name, written in entries.items():
        polarity, _, rest = written.partition(": ")
        phrases, _, unless = rest.partition(" / ")
        entry = ENTRY.format(id=name, polarity=polarity, phrases=phrases, unless=unless)
        made += entry if unless else entry.replace("    unless: []\n", "")
    return made


def found(folder: Path, **files: str) -> list[tuple[str, str, int]]:
    """Write files and lint them: (file, code, line) of each problem."""
    paths = []
    for name, text in files.items():
        paths.append(folder / f"{name}.yaml")
        paths[-1].write_text(text, encoding="utf-8")
    return [(Path(p.path).stem, p.code, p.line) for p in lint(paths)]


def test_labels_and_bands_want_the_languages_of_their_rubric(tmp_path: Path) -> None:
    signals = "signals:\n  - id: mood\n    title: {zh: 心情, en: Mood}\n    labels:\n"
    label = "      - {value: NAMED, check: {find: words.angry}}\n"
    files = by_stem(FILES)
    files["r"] = (
        files["r"]
        .replace("languages: [zh]", "languages: [zh, en]")
        .replace("优秀: 90", "优秀: {from: 90, title: {zh: 优秀}}")
        .replace("合格: 75", "合格: {from: 75, title: {en: Pass}}")
        .replace("examples:", signals + label.replace("NAMED", "生气") + "examples:")
    )
    (tmp_path / "words.yaml").write_text(files["words"], encoding="utf-8")
    (tmp_path / "r.yaml").write_text(files["r"], encoding="utf-8")
    said = [p.message for p in lint([tmp_path / "words.yaml", tmp_path / "r.yaml"])]
    told = [one for one in said if one.endswith("en title") and "item" not in one]
    assert told[1:] == [
        'band "优秀" has no en title',
        'section "opening" has no en title',
        'label "生气" of signal "mood" has no en title',
    ]


# ---- across files ------------------------------------------------------------------------


def test_files_without_mistakes_have_no_problem_but_what_is_missing(tmp_path: Path) -> None:
    codes = {code for _, code, _ in found(tmp_path, **by_stem(FILES))}
    assert codes <= {"QA703", "QA801"}


def by_stem(files: dict[str, str]) -> dict[str, str]:
    return {name.removesuffix(".yaml"): text for name, text in files.items()}


def test_problems_of_all_files_come_at_once_in_order(tmp_path: Path) -> None:
    one = lexicon("a", x="prefer: 办不?了")
    two = lexicon("b", y="prefer: 请, 请")
    assert found(tmp_path, b=two, a=one, c="[") == [
        ("a", "QA301", 8), ("b", "QA305", 8), ("b", "QA305", 8), ("b", "QA307", 8),
        ("c", "QA001", 2),
    ]  # fmt: skip


def test_an_entry_in_two_files_of_one_id(tmp_path: Path) -> None:
    text = lexicon("a", x="prefer: 您好")
    assert found(tmp_path, one=text, two=text) == [("two", "QA201", 6)]


def test_files_of_one_folder_and_of_one_rubric_are_compared(tmp_path: Path) -> None:
    wanted = lexicon("a", ask="prefer: 稍等一下")
    banned = lexicon("b", stall="avoid: 稍等一下")
    (tmp_path / "far").mkdir()
    assert found(tmp_path, a=wanted, b=banned) == [("b", "QA401", 8)]
    paths = [tmp_path / "a.yaml", tmp_path / "far" / "b.yaml"]
    paths[1].write_text(banned, encoding="utf-8")
    assert lint(paths) == []
    rubric = "\n".join(RUBRIC.values()).replace("[words.yaml]", "[a.yaml, far]")
    rubric = rubric.replace("words.hello", "[a.ask, b.stall]")
    (tmp_path / "r.yaml").write_text(rubric, encoding="utf-8")
    codes = [(Path(p.path).stem, p.code) for p in lint([*paths, tmp_path / "r.yaml"])]
    assert ("b", "QA401") in codes


def test_what_a_rubric_uses_is_looked_at_even_if_it_is_not_named(tmp_path: Path) -> None:
    (tmp_path / "words.yaml").write_text(lexicon("words", hello="prefer: 办不?了"), "utf-8")
    rubric = "\n".join(RUBRIC.values())
    assert ("words", "QA301", 8) in found(tmp_path, r=rubric)
    banned = lexicon("words", hello="avoid: 稍等一下")
    (tmp_path / "words.yaml").write_text(banned, "utf-8")
    mine = lexicon("mine", hi="prefer: 稍等一下")
    rubric = rubric.replace("[words.yaml]", "[words.yaml, mine.yaml]")
    assert ("mine", "QA401", 8) in found(tmp_path, r=rubric, mine=mine)


def test_a_lexicon_is_not_used_because_another_ends_like_it(tmp_path: Path) -> None:
    words = "\n".join(LEXICON.values())
    rubric = "\n".join(RUBRIC.values()).replace("[words.yaml]", "[words.yaml, ds.yaml]")
    problems = found(tmp_path, words=words, ds=lexicon("ds", x="prefer: 您好啊"), r=rubric)
    assert ("r", "QA205", 6) in problems


def test_negation_and_exceptions_make_no_clash(tmp_path: Path) -> None:
    banned = "avoid: 不能 / 不能再优惠"
    text = lexicon("a", offer="prefer: 这个不能再优惠了", refuse=banned)
    assert found(tmp_path, a=text) == []
    text = text.replace("    polarity: avoid", "    negation: drop\n    polarity: avoid")
    text = text.replace("[不能]", "[保证]").replace("不能再优惠了", "不敢保证")
    assert [code for _, code, _ in found(tmp_path, a=text)] == ["QA403"]


# ---- codes beyond the examples on their pages --------------------------------------------

SILENT = {
    "an alternative with an edge": "prefer: ^请$",
    "a longer phrase that an exception tells apart": "avoid: 不能, 不能办 / 能不能",
    "a phrase with a gap inside": "prefer: 请...稍等, 请您",
    "a Latin word inside another": "prefer: art, start",
    "a word that goes on": "prefer: frustrat*, frustrate",
    "an exception whose gap may hold the phrase": "avoid: 不能 / 如果<0-4>的话",
    "an exception that a gap completes": "avoid: 不能 / 再<0-1>能",
    "an exception with the phrase in one alternative": "avoid: 不能, 办不了 / (也|都)办不了",
}
LOUD = {
    "an optional part that leaves one character": ("prefer: (不)?好", "QA305"),
    "a longer phrase around a gap": ("prefer: 请您, 请您<0-4>稍等", "QA402"),
    "every alternative holds the shorter": ("prefer: 稍等, (请|您)稍等", "QA402"),
    "an exception that needs more than its gap": ("avoid: 不能办 / 能<0-1>办", "QA403"),
    "an exception of whole alternatives": ("avoid: 不(能|行), 办不了 / (不能|不行)", "QA404"),
    "digits of another width": ("prefer: 打１２３４５, 打12345", "QA307"),
}


@pytest.mark.parametrize("kind", SILENT)
def test_what_is_no_fault(kind: str, tmp_path: Path) -> None:
    text = lexicon("a", x=SILENT[kind]).replace("[zh]", "[zh, en]")
    assert found(tmp_path, a=text) == []


@pytest.mark.parametrize("kind", LOUD)
def test_what_is_one(kind: str, tmp_path: Path) -> None:
    written, code = LOUD[kind]
    assert [c for _, c, _ in found(tmp_path, a=lexicon("a", x=written))] == [code]


def test_nearness_of_a_hold_needs_an_event_not_its_shortness(tmp_path: Path) -> None:
    rubric = "\n".join(RUBRIC.values()).replace("words.hello", "event.silence")
    words = "\n".join(LEXICON.values())
    codes = [code for _, code, _ in found(tmp_path, words=words, r=rubric)]
    assert codes.count("QA609") == 1


pieces = st.sampled_from(
    ["不能", "办", "能", "再", "...", "<0-1>", "<1-2>", "(不|再)?", "(能|办不)", " "]
)
phrases = st.lists(pieces, min_size=1, max_size=4).map("".join)


def no_slot(name: str, offset: int) -> Part:
    return BuiltIn(name)


def parsed(written: str) -> Phrase | None:
    try:
        return parse_phrase(written.strip(), no_slot)
    except NotPhrase:
        return None


@settings(max_examples=200)
@given(phrases, phrases, st.lists(st.sampled_from("不能办再"), max_size=6).map("".join))
def test_no_overlap_is_certain(outer: str, inner: str, text: str) -> None:
    """If the matcher finds the inner phrase inside a text of the outer, `may_hold` says so."""
    one, two = parsed(outer), parsed(inner)
    if not one or not two or not text:
        return
    entries = [
        Entry(name, "avoid", (Pattern(w, phrase=p),), Examples(), lexicon="w", languages=("zh",))
        for name, w, p in (("one", outer, one), ("two", inner, two))
    ]
    hits = find(compile_plan(entries, "zh"), plain([text]), [text], ["agent"])
    inside = any(
        a.start <= b.start and b.end <= a.end
        for a in hits.get("w.one", ())
        for b in hits.get("w.two", ())
    )
    assert not inside or may_hold(one, two)


# ---- mapping files -----------------------------------------------------------------------

MAPPING = "qa_checker: mapping/v1\ntext: said\nstart: at\nunit: seconds\n"


def test_a_mapping_is_linted_beside_rule_files(tmp_path: Path) -> None:
    wrong = MAPPING.replace("seconds", "millis").replace("start", "strat") + "roles: {a: agnt}\n"
    files = {"right": MAPPING, "wrong": wrong, "a": ONE}
    alone = found(tmp_path, a=ONE)
    told = [("wrong", "QA101", 3), ("wrong", "QA103", 4), ("wrong", "QA103", 5)]
    assert found(tmp_path, right=MAPPING) == []
    assert found(tmp_path, **files) == [*alone, *told]


def test_lint_says_of_a_mapping_what_reading_by_it_says(tmp_path: Path) -> None:
    path = tmp_path / "vendor.yaml"
    path.write_text(MAPPING.replace("mapping/v1", "mapping/v2") + "metadata: {x: a..b}\n")
    with pytest.raises(BadFile) as bad:
        load_mapping(path)
    assert [replace(p, where="") for p in lint([path])] == list(bad.value.problems)
    assert [p.where for p in lint([path])] == ["qa_checker", "metadata/x"]


def test_nothing_is_suppressed_in_a_mapping(tmp_path: Path) -> None:
    text = MAPPING.replace("unit", "# qa-checker: ignore QA103 why\nunit").replace("seconds", "s")
    assert found(tmp_path, a=text) == [("a", "QA007", 4), ("a", "QA103", 5)]


# ---- suppressions ------------------------------------------------------------------------


def comment(text: str, above: str, *comments: str) -> str:
    rows = text.split("\n")
    place = next(n for n, row in enumerate(rows) if above in row)
    return "\n".join([*rows[:place], *(f"    {c}" for c in comments), *rows[place:]])


ONE = lexicon("a", ask="prefer: 请, 请")


@pytest.mark.parametrize(
    ("comments", "expected"),
    [
        ([], ["QA305", "QA305", "QA307"]),
        (["# qa-checker: ignore QA305 客户就这么说"], ["QA307"]),
        (["# qa-checker: ignore QA305 so", "# qa-checker: ignore QA307 meant"], []),
        (["# qa-checker: ignore QA305"], ["QA007", "QA305", "QA305", "QA307"]),
        (["# qa-checker: ignore QA309 why"], ["QA007", "QA305", "QA305", "QA307"]),
        (["# qa-checker: ignore all of them"], ["QA007", "QA305", "QA305", "QA307"]),
        (["# ignore QA305 why"], ["QA305", "QA305", "QA307"]),
    ],
)
def test_suppressions(comments: list[str], expected: list[str], tmp_path: Path) -> None:
    text = comment(ONE, "phrases", *comments)
    assert sorted(code for _, code, _ in found(tmp_path, a=text)) == expected


def test_what_keeps_a_file_from_loading_cannot_be_suppressed(tmp_path: Path) -> None:
    text = lexicon("a", ask="prefer: 办不?了")
    text = comment(text, "phrases", "# qa-checker: ignore QA301 please")
    (tmp_path / "a.yaml").write_text(text, encoding="utf-8")
    problems = lint([tmp_path / "a.yaml"])
    assert [p.code for p in problems] == ["QA007", "QA301"]
    assert problems[0].message.startswith("QA301 cannot be suppressed")


# ---- the way to a problem ----------------------------------------------------------------


def test_the_way_to_a_problem_stays_when_lines_move(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    ways = []
    for text in (ONE, "# a remark\n\n" + ONE, ONE.replace("[请, 请]", "[您好啊, 请, 请]")):
        path.write_text(text, encoding="utf-8")
        ways.append([p.where for p in lint([path])])
    assert ways == [["entries/ask/phrases"] * 3] * 3


# ---- lint and the engine -----------------------------------------------------------------


def refused(folder: Path) -> tuple[Problem, ...]:
    """Return why the engine refuses r.yaml."""
    try:
        load_rubric(folder / "r.yaml")
    except BadFile as bad:
        return bad.problems
    return ()


def essence(problem: Problem) -> tuple[str, int, int, str, str, str]:
    """Return what two messages share that say the same.

    Of a file whose head is broken nobody can tell what it was meant to be.
    """
    p = replace(problem, message="") if problem.code == "QA105" else problem
    return p.path, p.line, p.column, p.code, p.message, p.severity


def shown_all(folder: Path, files: dict[str, str]) -> None:
    """Assert that lint shows whatever the engine says."""
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    said = {essence(problem) for problem in refused(folder)}
    both = {essence(problem) for problem in lint([folder / name for name in sorted(files)])}
    alone = {essence(problem) for problem in lint([folder / "r.yaml"])}
    assert said <= both
    assert said <= alone


@pytest.mark.parametrize("case", CASES, ids=[case["case"] for case in CASES])
def test_lint_shows_what_the_engine_refuses(case: dict[str, str], tmp_path: Path) -> None:
    files = dict(FILES)
    for name in FILES:
        changes: dict[str, str] = case.get(name, {})  # type: ignore[assignment]
        for old, new in changes.items():
            files[name] = files[name].replace(old, new)
    shown_all(tmp_path, files)


PIECES = [*"[]{}:-#&*!|>'\"%@`,?<>^$\\()", "：", "，", "（", "\n", "\n  ", "<<: ", "null", "- "]
cuts = st.tuples(st.floats(0, 0.999), st.integers(0, 30), st.sampled_from(["", *PIECES]))


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(FILES)), st.lists(cuts, min_size=1, max_size=3))
def test_lint_shows_what_the_engine_refuses_of_torn_files(
    tmp_path_factory: pytest.TempPathFactory, name: str, torn: list[tuple[float, int, str]]
) -> None:
    text = FILES[name]
    for share, size, put in torn:
        place = int(share * len(text))
        text = text[:place] + put + text[place + size :]
    shown_all(tmp_path_factory.getbasetemp(), {**FILES, name: text})


# ---- hostile files -----------------------------------------------------------------------

BOMB = "a: &a [x, x]\n" + "".join(f"{c}: &{c} [*{b}, *{b}]\n" for b, c in pairwise("abcdefg"))
HOSTILE: dict[str, str | bytes] = {
    "aliases": BOMB,
    "merge keys": "qa_checker: rubric/v1\na: {<<: {b: c}}\n",
    "tags": "a: !!python/object/apply:os.system [ls]",
    "brackets": "qa_checker: rubric/v1\nuses: " + "[" * 100_000,
    "300,000 keys": "k: v\n" * 300_000,
    "10 MB": b"x" * 10_000_000,
    "binary": bytes(range(256)) * 99,
    "UTF-16": HEAD.encode("utf-16"),
    "NUL": "id: \0",
    "empty": "",
    "nested groups": lexicon("a", x=f"prefer: {'(' * 900}您好{')' * 900}"),
    "a long phrase": lexicon("a", x=f"prefer: {'您' * 100_000}"),
    "full-width": lexicon("a", x="prefer: 您好").replace(": ", "："),
    "suppressions": lexicon("a", x="prefer: 您好") + "# qa-checker: ignore QA305 x\n" * 9_000,
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_files_are_refused_at_a_place_within_a_second(kind: str, tmp_path: Path) -> None:
    content = HOSTILE[kind]
    path = tmp_path / "a.yaml"
    path.write_text(ONE, encoding="utf-8")
    lint([path])  # what is made once a run is made
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    began = time.process_time()
    problems = lint([path])
    assert time.process_time() - began < 5  # a hang takes minutes
    assert problems
    assert all(p.line >= 1 or p.message.startswith("the file has") for p in problems)
    assert any(p.severity == "error" for p in problems) or kind == "suppressions"
