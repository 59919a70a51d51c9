"""Run the examples that rule files carry, through the production path (QA701, QA707, QA708).

A lexicon's `hit` sentences must hit and its `miss` sentences must not; where a hit is
marked with < and >, the span must be just that. A rubric's example calls must get the
verdicts, and the score, that they expect.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from qa_checker import lazy_re
from qa_checker.call import Call, turns
from qa_checker.events import titles
from qa_checker.judging.compiled import Compiled, load_with_places
from qa_checker.judging.look import Look, language_of
from qa_checker.judging.nearest import nearest_miss, nearest_outside
from qa_checker.judging.verdicts import judge
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.problem import BadFile, Problem
from qa_checker.readers import UnknownSpeakers, parse_turns
from qa_checker.resources import yaml_below
from qa_checker.rules.lexicon import Entry, Lexicon, read_lexicon
from qa_checker.rules.load import check_twice, open_source
from qa_checker.rules.rubric import Example, Rubric
from qa_checker.rules.sentences import item_sentence
from qa_checker.rules.source import Source, sorted_problems
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Scorecard, Verdict, one_decimal
from qa_checker.text.plain import plain

SEPARATOR = "\n       | "
MARKED = lazy_re.compile(r"<([^<>]*)>")


@dataclass(frozen=True, slots=True)
class Case:
    """One example that was run: an example call, or a sentence ("entry/hit/1")."""

    path: str
    name: str
    problems: tuple[Problem, ...] = ()
    todo: bool = False


@dataclass(frozen=True, slots=True)
class Ran:
    """What running the examples of one file gave: how many expectations held, which did not,
    and how many known gaps (todo) there are.
    """

    path: str
    expectations: int
    problems: tuple[Problem, ...]
    todo: int = 0
    cases: tuple[Case, ...] = ()


def rule_files(*paths: str | Path) -> list[Path]:
    """Return the YAML files at and below some paths; BadFile with every one that cannot be
    opened.
    """
    found: dict[Path, None] = {}
    for path in map(Path, paths):
        inside = yaml_below(path) if path.is_dir() else [path]
        found.update(dict.fromkeys(each for each in inside if not each.is_dir()))
    problems = [problem for path in found for problem in cannot_open(path)]
    if problems:
        raise BadFile(problems)
    return list(found)


def cannot_open(path: Path) -> list[Problem]:
    """Return why a file cannot be opened, if it cannot."""
    try:
        path.open("rb").close()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        return [Problem(str(path), 0, 0, "QA001", f"cannot open: {reason}", "check the path")]
    return []


def run_file(path: Path) -> Ran:
    """Run the examples of one rule file."""
    try:
        source = open_source(path)
        head = source.tree()
        if head is None:
            return Ran(str(path), 0, tuple(source.problems))
        if head.at("qa_checker").text.startswith("rubric"):
            return run_rubric(path)
        return run_lexicon(source)
    except BadFile as bad:
        return Ran(str(path), 0, bad.problems)


def run_lexicon(source: Source) -> Ran:
    """Run the hit and miss sentences of a lexicon."""
    lexicon = read_lexicon(source)
    check_twice([(source, lexicon)])
    if lexicon is None or source.errors():
        return Ran(source.path, 0, tuple(sorted_problems(source.problems)))
    plans = {language: compile_plan(lexicon.entries, language) for language in lexicon.languages}
    cases = []
    for entry in lexicon.entries:
        for wanted in ("hit", "miss"):
            for number, sentence in enumerate(getattr(entry.examples, wanted)):
                before = len(source.problems)
                plan = plans[sentence_language(sentence, lexicon)]
                wrong = sentence_problem(plan, entry, sentence, wanted == "hit")
                if wrong and entry.node is not None:
                    node = entry.node.at("examples", wanted, number)
                    source.problem(node, "QA701", f'"{entry.id}": {wrong}')
                name = f"{entry.id}/{wanted}/{number + 1}"
                cases.append(Case(source.path, name, tuple(source.problems[before:])))
    problems = tuple(sorted_problems(source.problems))
    return Ran(source.path, len(cases), problems, cases=tuple(cases))


def sentence_language(sentence: str, lexicon: Lexicon) -> str:
    """Return the language whose plan a sentence is tried with."""
    if len(lexicon.languages) == 1:
        return lexicon.languages[0]
    return "zh" if re.search("[\u3400-\u9fff]", sentence) else "en"


def sentence_problem(plan: Plan, entry: Entry, sentence: str, wanted: bool) -> str:
    """Return what is wrong with the hits of an entry in a sentence, "" if nothing is."""
    mark = MARKED.search(sentence) if wanted else None
    text = MARKED.sub(r"\1", sentence) if wanted else sentence
    role = entry.role if entry.role != "any" else "agent"
    hits = find(plan, plain([text]), [text], [role]).get(entry.full_name, [])
    if wanted and not hits:
        return f"this hit example is not hit: “{text}”"
    if not wanted and hits:
        said = text[hits[0].start : hits[0].end]
        return f"this miss example is hit at “{said}” by “{hits[0].phrase}”: “{text}”"
    if mark and all((h.start, h.end) != (mark.start(), mark.end() - 2) for h in hits):
        said = "”, “".join(text[h.start : h.end] for h in hits)
        return f"the hit should be “{mark[1]}”, not “{said}”"
    return ""


def run_rubric(path: Path) -> Ran:
    """Run the example calls of a rubric; its metadata conditions are ignored."""
    compiled = load_with_places(path)
    compiled = replace(compiled, rubric=replace(compiled.rubric, applies_to={}))
    source = open_source(path)
    count, cases = 0, []
    for example in compiled.rubric.examples:
        before = len(source.problems)
        expectations = len(example.expect) + (example.score is not None)
        run_example(compiled, example, source)
        failed = len(source.problems) > before
        if example.todo and example.node is not None:
            del source.problems[before:]
            if not failed:
                message = f"todo example “{example.name}” passes now"
                help = "remove todo: true so that it stays that way"
                source.problem(example.node, "QA708", message, help)
        else:
            count += expectations
        gap = example.todo and failed
        cases.append(Case(str(path), example.name, tuple(source.problems[before:]), gap))
    contradictions(compiled.rubric.examples, source)
    todo = sum(case.todo for case in cases)
    return Ran(str(path), count, tuple(sorted_problems(source.problems)), todo, tuple(cases))


def contradictions(examples: Iterable[Example], source: Source) -> None:
    """Note examples with the same turns that expect different verdicts of an item (QA707)."""
    seen: dict[str, list[Example]] = {}
    for example in examples:
        for earlier in seen.setdefault(example.turns.strip(), []):
            for id in sorted(example.expect.keys() & earlier.expect.keys()):
                one, two = earlier.expect[id], example.expect[id]
                if one != two and example.node is not None:
                    message = (
                        f"examples “{earlier.name}” and “{example.name}” have the same turns "
                        f"but expect {id} {one} and {two}"
                    )
                    source.problem(example.node, "QA707", message, "one of them is wrong")
        seen[example.turns.strip()].append(example)


def run_example(compiled: Compiled, example: Example, source: Source) -> None:
    """Judge one example call and note every expectation that does not hold."""
    assert example.node is not None
    call = example_call(example, source)
    if call is None:
        return
    card = judge(compiled, call)
    for id, expected in example.expect.items():
        got = card[id]
        if got.verdict != expected:
            node = example.node.at("expect", id)
            said = got.verdict + (f" ({got.reason})" if got.reason else "")
            message = f"example “{example.name}”: {id} expected {expected}, got {said}"
            source.problem(node, "QA701", message, differing(compiled, call, got))
    if example.score is not None:
        shown = example_score(card)
        if shown != float(example.score):
            message = (
                f"example “{example.name}”: score expected {float(example.score):g}, got {shown}"
            )
            source.problem(example.node.at("score"), "QA701", message, lost_points(card))


def example_score(card: Scorecard) -> float | None:
    """Return the score of an example, however short a call it is."""
    if card.score is not None:
        return one_decimal(card.score)
    return one_decimal(100 * card.earned / card.possible) if card.possible else None


def example_call(example: Example, source: Source) -> Call | None:
    """Return the example as a call; None, with problems, if a speaker is unknown."""
    assert example.node is not None
    try:
        return Call("example", turns(parse_turns(example.turns)))
    except UnknownSpeakers as unknown:
        node = example.node.at("turns")
        for mistake in unknown.mistakes:
            line = source.lines[node.line + mistake.line - 1 :][:1]
            column = (line[0].find(mistake.label) + 1) if line and mistake.label else 1
            place = Node(
                "", "text", node.line + mistake.line, max(1, column), len(mistake.label) or 1
            )
            what = (
                f'unknown speaker "{mistake.label}"'
                if mistake.label
                else "a line without a speaker"
            )
            source.problem(place, "QA706", what, "use 客服 / 客户 (or Agent / Customer)")
        return None


def speaker_problems(rubric: Rubric | None, source: Source) -> list[Problem]:
    """Return where examples name a speaker that nobody knows (QA706)."""
    noted = Source(source.path, source.text)
    for example in rubric.examples if rubric is not None else ():
        example_call(example, noted)
    return noted.problems


def differing(compiled: Compiled, call: Call, verdict: Verdict) -> str:
    """Return what a person needs to see: the rule, where it looked, the nearest miss."""
    rubric = compiled.rubric
    item = next(item for _, item in rubric.items if item.id == verdict.item)
    language = language_of(call)
    rows = [item_sentence(rubric, item, language, titles())]
    for searched in verdict.searched[:3]:
        turns_searched = " ".join(map(str, searched.turns))
        rows.append(f"searched: {searched.role} turns {turns_searched}")
    rows += [
        f"{e.kind}: turn {e.turn} “{e.quote}” {e.detail[1]}".rstrip() for e in verdict.evidence
    ]
    found = any(e.kind in ("hit", "surplus") for e in verdict.evidence)
    missing = any(loss.kind in ("missing", "unanswered") for loss in verdict.losses)
    if found and not missing:
        return SEPARATOR.join(rows)
    look = Look(compiled, call, language)
    outside = nearest_outside(look, item.check, verdict.searched)
    if outside:
        turn = call.turns[outside.turn]
        quote = turn.text[outside.start : outside.end]
        rows.append(f"outside the window: turn {turn.number} “{quote}” for {outside.name}")
    near = None if outside else nearest_miss(look, item.check, verdict.searched)
    if near:
        rows.append(f"nearest: turn {near.turn} “{near.quote}” for “{near.phrase}”")
    return SEPARATOR.join(rows)


def lost_points(card: Scorecard) -> str:
    """Return where points were lost."""
    lost = [f"{v.item} {v.earned}/{v.points}" for v in card if v.verdict == "fail"]
    return "lost: " + ", ".join(lost) + ("".join(f"; {f.item} auto-fail" for f in card.forfeits))
