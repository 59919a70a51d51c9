"""Which ids of the practice (docs/domain.md) the rules name, and the samples show.

Entries and items name ids in their `source:` ("domain C2, B5"). An id is covered if an entry or
an item names it; what a transcript cannot show is listed in domain.yaml with the reason.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

import yaml

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled, load_rubric
from qa_checker.judging.look import language_of
from qa_checker.judging.verdicts import judge
from qa_checker.lint.examples import rule_files
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.resources import shipped
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.load import load_lexicons, open_source
from qa_checker.scorecard import FAIL, PASS, Words
from qa_checker.text.plain import plain

LANGUAGES = ("zh", "en")
COLUMNS = ("entries", "items", "examples", "samples")
ID = lazy_re.compile(r"\b[A-Z]\d{1,2}\b")


@dataclass(frozen=True, slots=True)
class Topic:
    """An id of the practice: what it is about, and why it cannot be checked, if so."""

    id: str
    title: Words
    not_checkable: Words


@dataclass(frozen=True, slots=True)
class Rules:
    """Entries by full name, and rubrics."""

    entries: Mapping[str, Entry]
    rubrics: Sequence[Compiled]


Counts = dict[str, dict[str, Counter[str]]]
"""Language → id → entries, items, examples, samples."""


@cache
def topics() -> tuple[Topic, ...]:
    """Return the practice id by id."""
    written = files("qa_checker.studies").joinpath("domain.yaml").read_text(encoding="utf-8")
    read = yaml.load(written, yaml.CSafeLoader)
    return tuple(Topic(id, said, said.pop("not_checkable", {})) for id, said in read.items())


def rules_in(paths: Iterable[Path]) -> Rules:
    """Return the rules in some files and folders; with what rubrics use. BadFile if any is bad."""
    found = rule_files(*paths)
    heads = {path: open_source(path).tree() for path in found}
    kinds = {path: head.at("qa_checker").text for path, head in heads.items() if head}
    rubrics = [path for path in found if kinds.get(path, "").startswith("rubric")]
    lexicons = load_lexicons([path for path in found if path not in rubrics])
    return rules([entry for each in lexicons for entry in each.entries], rubrics)


def shipped_rules() -> Rules:
    """Return all rules that ship."""
    lexicons = load_lexicons([f"{language}/" for language in LANGUAGES])
    return rules([entry for each in lexicons for entry in each.entries], shipped("rubrics"))


def rules(entries: Iterable[Entry], rubrics: Iterable[str | Path]) -> Rules:
    """Return entries and rubrics, with the entries of the lexicons that the rubrics use."""
    compiled = [load_rubric(each) for each in rubrics]
    used = {name: entry for each in compiled for name, entry in each.rubric.entries.items()}
    return Rules({**used, **{entry.full_name: entry for entry in entries}}, compiled)


def coverage(rules: Rules, calls: Iterable[Call]) -> Counts:
    """Count for each language and id what names it, and the calls that show it."""
    counts: Counts = {language: defaultdict(Counter) for language in LANGUAGES}
    for entry in rules.entries.values():
        sentences = len(entry.examples.hit) + len(entry.examples.miss)
        for table in (counts[language] for language in entry.languages):
            add(table, entry.source, Counter(entries=1, examples=sentences))
    for compiled in rules.rubrics:
        table = counts[compiled.rubric.languages[0]]
        for _, item in compiled.rubric.items:
            shown = sum(item.id in example.expect for example in compiled.rubric.examples)
            add(table, item.source, Counter(items=1, examples=shown))
    add_samples(counts, rules, calls)
    return counts


def add(table: dict[str, Counter[str]], source: str, what: Counter[str]) -> None:
    """Add counts to every id that a source names."""
    for id in ids(source):
        table[id] += what


def ids(source: str) -> set[str]:
    """Return the ids that a `source:` names."""
    return set(ID.findall(source))


def add_samples(counts: Counts, rules: Rules, calls: Iterable[Call]) -> None:
    """Count the calls that show an id: an entry is hit, or an item could be judged."""
    plans = {each: compile_plan(rules.entries.values(), each) for each in LANGUAGES}
    for call in calls:
        language = language_of(call)
        if language in counts:
            sources = [*hit(rules, plans[language], call), *judged(rules, language, call)]
            for id in set().union(*map(ids, sources)):
                counts[language][id]["samples"] += 1


def hit(rules: Rules, plan: Plan, call: Call) -> Iterator[str]:
    """Yield the sources of the entries that are hit in a call."""
    texts = [turn.text for turn in call.turns]
    hits = find(plan, plain(texts), texts, [turn.role for turn in call.turns])
    yield from (rules.entries[name].source for name, found in hits.items() if found)


def judged(rules: Rules, language: str, call: Call) -> Iterator[str]:
    """Yield the sources of the items that pass or fail in a call."""
    for compiled in rules.rubrics:
        if compiled.rubric.languages[0] != language:
            continue
        sources = {item.id: item.source for _, item in compiled.rubric.items}
        for verdict in judge(compiled, call):
            if verdict.verdict in (PASS, FAIL):
                yield sources[verdict.item]


def holes(counts: Counts, languages: Iterable[str]) -> list[str]:
    """Return the ids that could be checked and that no entry or item of the languages names."""
    return [
        topic.id
        for topic in topics()
        if not topic.not_checkable
        and not any(
            counts[language][topic.id][what]
            for language in languages
            for what in ("entries", "items")
        )
    ]
