"""What only many calls show: items that separate nobody (QA903), entries that now hit too much
(QA904), phrases inside longer words (QA905), exceptions that spare nothing (QA906).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa_checker.call import Call
from qa_checker.hit import Hit
from qa_checker.judging.look import language_of
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.problem import Problem
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.source import Source
from qa_checker.scorecard import PASS
from qa_checker.studies.impact import Impact, separating
from qa_checker.text.plain import Plain, plain
from qa_checker.text.segment import word_ends

ENOUGH = 30
"""Calls below which a share says little."""
ALL_ALIKE = 0.99
MANY, MORE = 0.1, 3
"""An entry that hits a tenth of the calls, and three times as many as before, is looked at."""
INSIDE, SEEN = 0.5, 5
"""A phrase is told of if half of at least five hits lie inside one longer word."""


def item_problems(impact: Impact, rubric: Source) -> list[Problem]:
    """Return the items that give nearly all calls the same verdict."""
    for _, item in impact.head.rubric.items:
        counts = impact.verdicts[item.id]
        judged = counts["pass"] + counts["fail"]
        if item.node is None or judged < ENOUGH or separating(counts) < ALL_ALIKE:
            continue
        verb = "passes" if counts[PASS] * 2 > judged else "fails"
        message = f'item "{item.id}" {verb} {max(counts["pass"], counts["fail"])} of {judged} calls'
        help = "it separates nobody; tighten or retire it"
        rubric.problem(item.node.at("check"), "QA903", message, help, severity="warning")
    return rubric.problems


def entry_problems(impact: Impact) -> list[Problem]:
    """Return the entries that hit many more calls than before."""
    problems: list[Problem] = []
    entries = impact.head.rubric.entries
    for name, found in sorted(impact.entries.items()):
        before, after = found.calls
        entry = entries.get(name)
        if entry is None or entry.node is None or impact.calls < ENOUGH or not before:
            continue
        if after >= MANY * impact.calls and after >= MORE * before:
            message = f'entry "{name}" now hits {after} of {impact.calls} calls (was {before})'
            help = "see its new hits above; add what is no hit to unless:"
            source = source_of(impact.head.rubric, entry)
            source.problem(entry.node.at("id"), "QA904", message, help)
            problems += source.problems
    return problems


def source_of(rubric: Rubric, entry: Entry) -> Source:
    """Return the file of an entry, to note a problem in."""
    lexicon = next(each for each in rubric.lexicons if each.path == entry.path)
    return Source(lexicon.path, "\n".join(lexicon.lines))


@dataclass(slots=True)
class Use:
    """How the phrases and exceptions of one entry are used in the calls.

    `inside` counts hits by phrase and the longer word around them, `hits` all of a phrase;
    `spared` are the numbers of the exceptions that suppressed a hit somewhere.
    """

    hits: Counter[str] = field(default_factory=Counter)
    inside: Counter[tuple[str, str]] = field(default_factory=Counter)
    spared: set[int] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Plans:
    """An entry compiled without exceptions, and with each of them alone."""

    entry: Entry
    bare: Plan
    alone: tuple[Plan, ...]


def use_problems(rubric: Rubric, entries: Sequence[Entry], calls: Iterable[Call]) -> list[Problem]:
    """Return phrases of some entries that sit inside longer words, and idle exceptions."""
    languages = {language for entry in entries for language in entry.languages}
    plans = {each: list(plans_of(entries, each)) for each in languages}
    uses: dict[str, Use] = defaultdict(Use)
    count = 0
    for call in calls if plans else ():
        count += 1
        texts = [turn.text for turn in call.turns]
        roles, text = [turn.role for turn in call.turns], plain(texts)
        for each in plans.get(language_of(call), ()):
            add_use(uses[each.entry.full_name], each, text, texts, roles)
    problems: list[Problem] = []
    for entry in sorted(entries, key=lambda entry: entry.full_name):
        source, use = source_of(rubric, entry), uses[entry.full_name]
        if entry.polarity != "prefer":
            tell_inside(source, entry, use)
        if count >= ENOUGH:
            tell_unused(source, entry, use, count)
        problems += source.problems
    return problems


def plans_of(entries: Iterable[Entry], language: str) -> Iterator[Plans]:
    """Yield the plans of the entries of a language."""
    for entry in entries:
        if language in entry.languages:
            alone = [replace(entry, unless=(one,)) for one in entry.unless]
            yield Plans(
                entry,
                compile_plan([replace(entry, unless=())], language),
                tuple(compile_plan([one], language) for one in alone),
            )


def add_use(
    use: Use, plans: Plans, text: Plain, texts: Sequence[str], roles: Sequence[str]
) -> None:
    """Add how an entry is used in one call."""
    name = plans.entry.full_name
    bare = find(plans.bare, text, texts, roles).get(name, [])
    for hit in bare:
        if not plans.entry.boundary and plans.bare.language == "zh":
            add_inside(use, hit, texts[hit.turn])
    for number, plan in enumerate(plans.alone if bare else ()):
        if number not in use.spared:
            left = set(find(plan, text, texts, roles).get(name, []))
            if any(hit not in left for hit in bare):
                use.spared.add(number)


def add_inside(use: Use, hit: Hit, turn: str) -> None:
    """Note the longer word that a hit lies in, if it does."""
    use.hits[hit.phrase] += 1
    ends = sorted({0, *word_ends(turn), len(turn)})
    start = max(end for end in ends if end <= hit.start)
    stop = min(end for end in ends if end >= hit.end)
    word = turn[start:stop]
    crossed = any(hit.start < end < hit.end for end in ends)
    if len(word) > hit.end - hit.start and not crossed and start + len(word) == stop:
        use.inside[hit.phrase, word] += 1


def tell_inside(source: Source, entry: Entry, use: Use) -> None:
    """Note the phrases of which most hits lie inside one longer word."""
    for (phrase, word), count in sorted(use.inside.items()):
        of = use.hits[phrase]
        node = next((p.node for p in entry.phrases if p.written == phrase), None)
        spared = any(word in pattern.written for pattern in entry.unless)
        if node is None or spared or of < SEEN or count < INSIDE * of:
            continue
        message = f"{count} of {of} hits of “{phrase}” lie inside the longer word “{word}”"
        source.problem(node, "QA905", message, "add it to unless:", severity="info")


def tell_unused(source: Source, entry: Entry, use: Use, calls: int) -> None:
    """Note the exceptions that suppressed no hit."""
    for number, pattern in enumerate(entry.unless):
        if number not in use.spared and pattern.node is not None and use.hits:
            message = f"exception “{pattern.written}” suppressed no hit in {calls} calls"
            help = "keep it only if an example needs it"
            source.problem(pattern.node, "QA906", message, help, severity="info")
