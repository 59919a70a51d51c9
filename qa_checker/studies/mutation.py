"""Which changes to the rules no example notices: what the examples leave untested (QA710).

An entry's change is shown to its own sentences first, then to the calls of the rubrics that
use it; an item's to the example calls of its rubric. Only what a change touches is compiled
and judged again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa_checker.hit import Hit
from qa_checker.judging.compiled import Compiled, load_with_places
from qa_checker.judging.look import Look, language_of
from qa_checker.judging.verdicts import card, verdicts
from qa_checker.lint.example_calls import example_call, example_score
from qa_checker.lint.example_sentences import sentence_language
from qa_checker.lint.example_sentences import sentence_problem as wrong
from qa_checker.matching.compile import compile_plan
from qa_checker.matching.find import find
from qa_checker.problem import Problem
from qa_checker.rules.lexicon import Entry, Lexicon, read_lexicon
from qa_checker.rules.load import open_source
from qa_checker.rules.rubric import Example, Item, Section
from qa_checker.rules.source import Source
from qa_checker.studies.mutants import Mutant, of_entry, of_rubric


@dataclass(frozen=True, slots=True)
class Tested:
    """One file: how many changes were made, and a problem for each that nobody noticed."""

    path: str
    made: int
    unnoticed: tuple[Problem, ...]

    @property
    def noticed(self) -> int:
        """How many changes some example noticed."""
        return self.made - len(self.unnoticed)


@dataclass(frozen=True, slots=True)
class Shown:
    """An example call of a rubric, ready to be judged again and again."""

    example: Example
    look: Look


@dataclass(frozen=True, slots=True)
class Calls:
    """A rubric and its example calls, known gaps left out."""

    compiled: Compiled
    shown: tuple[Shown, ...]


def mutate(paths: Sequence[Path]) -> Iterator[Tested]:
    """Yield what the examples of rule files notice, file by file. The files load without error."""
    sources = {path: open_source(path) for path in paths}
    rubrics = {path: calls_of(path) for path, source in sources.items() if is_rubric(source)}
    for path, source in sources.items():
        if path in rubrics:
            yield of_file(source, rubric_survivors(rubrics[path]))
        else:
            lexicon = read_lexicon(source)
            if lexicon is not None:
                yield of_file(source, lexicon_survivors(lexicon, list(rubrics.values())))


def is_rubric(source: Source) -> bool:
    """Tell whether a file is a rubric."""
    head = source.tree()
    return head is not None and head.at("qa_checker").text.startswith("rubric")


def of_file(source: Source, tried: Iterable[tuple[Mutant, bool]]) -> Tested:
    """Count the changes to a file, and note those that no example noticed."""
    made = 0
    for mutant, noticed in tried:
        made += 1
        if not noticed:
            message = f"no example notices this change — {mutant.said}"
            source.problem(mutant.node, "QA710", message, mutant.help, severity="warning")
    return Tested(source.path, made, tuple(source.problems))


def calls_of(path: Path) -> Calls:
    """Load a rubric and its example calls; its metadata conditions are ignored."""
    compiled = load_with_places(path)
    compiled = replace(compiled, rubric=replace(compiled.rubric, applies_to={}))
    source = open_source(path)
    shown = []
    for example in compiled.rubric.examples:
        call = None if example.todo else example_call(example, source)
        if call is not None:
            shown.append(Shown(example, Look(compiled, call, language_of(call))))
    return Calls(compiled, tuple(shown))


def lexicon_survivors(lexicon: Lexicon, rubrics: Sequence[Calls]) -> Iterator[tuple[Mutant, bool]]:
    """Yield each change to the entries of a lexicon, and whether an example noticed."""
    for entry in lexicon.entries:
        users = [calls for calls in rubrics if entry.full_name in calls.compiled.rubric.entries]
        for mutant in of_entry(entry):
            changed = mutant.changed
            noticed = by_sentences(changed, lexicon) or any(
                by_calls_of_entry(changed, calls) for calls in users
            )
            yield mutant, noticed


def by_sentences(entry: Entry, lexicon: Lexicon) -> bool:
    """Tell whether a sentence of an entry's own examples notices what it has become."""
    plans = {language: compile_plan([entry], language) for language in lexicon.languages}
    for wanted in ("hit", "miss"):
        for sentence in getattr(entry.examples, wanted):
            plan = plans[sentence_language(sentence, lexicon)]
            if wrong(plan, entry, sentence, wanted == "hit"):
                return True
    return False


def by_calls_of_entry(entry: Entry, calls: Calls) -> bool:
    """Tell whether an example call notices what an entry has become."""
    plans = {language: compile_plan([entry], language) for language in entry.languages}
    for shown in calls.shown:
        look = shown.look
        if look.language in plans:
            texts = [turn.text for turn in look.call.turns]
            roles = [turn.role for turn in look.call.turns]
            found = find(plans[look.language], look.scene.plain, texts, roles)
            now = found.get(entry.full_name, [])
            if now != look.scene.hits.get(entry.full_name, []):
                hits = {**look.scene.hits, entry.full_name: now}
                if not as_expected(shown.example, again(look, hits)):
                    return True
    return False


def rubric_survivors(calls: Calls) -> Iterator[tuple[Mutant, bool]]:
    """Yield each change to a rubric, and whether one of its example calls noticed."""
    for mutant in of_rubric(calls.compiled.rubric):
        compiled = changed(calls.compiled, mutant)
        noticed = any(
            not as_expected(
                shown.example,
                again(shown.look, shown.look.scene.hits, compiled),
            )
            for shown in calls.shown
        )
        yield mutant, noticed


def changed(compiled: Compiled, mutant: Mutant) -> Compiled:
    """Return a rubric with one change."""
    if mutant.event:
        return replace(compiled, settings={**compiled.settings, mutant.event: mutant.changed})
    swap: Any = swap_section if isinstance(mutant.changed, Section) else swap_item
    sections = tuple(swap(section, mutant.changed) for section in compiled.rubric.sections)
    return replace(compiled, rubric=replace(compiled.rubric, sections=sections))


def swap_section(section: Section, other: Section) -> Section:
    """Return the section, or the other one if it has the same id."""
    return other if section.id == other.id else section


def swap_item(section: Section, other: Item) -> Section:
    """Return a section in which an item has been replaced by the one of the same id."""
    items = tuple(other if item.id == other.id else item for item in section.items)
    return replace(section, items=items)


def again(look: Look, hits: Mapping[str, Sequence[Hit]], compiled: Compiled | None = None) -> Look:
    """Return a fresh look at a call whose hits are known."""
    fresh = Look(compiled or look.compiled, look.call, look.language)
    fresh.__dict__["scene"] = replace(look.scene, hits=hits, known={})
    return fresh


def as_expected(example: Example, look: Look) -> bool:
    """Tell whether a call gets the verdicts, and the score, that its example expects."""
    judged = card(look.compiled, look, tuple(verdicts(look.compiled, look)))
    if any(judged[id].verdict != verdict for id, verdict in example.expect.items()):
        return False
    return example.score is None or example_score(judged) == float(example.score)
