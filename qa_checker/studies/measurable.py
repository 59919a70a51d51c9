"""What can be measured: entries, groups and events by name, compiled and nothing else."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path

from qa_checker.events import kinds
from qa_checker.judging.compiled import Compiled, compile_rubric
from qa_checker.judging.look import EVENT
from qa_checker.problem import BadInput
from qa_checker.resources import shipped
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.load import load_lexicons
from qa_checker.rules.rubric import Rubric, SignalRule
from qa_checker.rules.source import did_you_mean

SHOW_ALL = '"qa-checker measure --list" names all 列出全部'


@dataclass(frozen=True, slots=True)
class Measured:
    """What is measured: the names to look for, and the plans that find them."""

    compiled: Compiled
    names: tuple[str, ...]


def measurable(
    find: str, languages: Iterable[str], lexicons: Sequence[str | Path] = ()
) -> Measured:
    """Compile what `find` names, several names with commas between.

    A name is `event.silence`; an entry or a group by its full name (`greeting.open`); or a
    shipped file, alone or with an entry of it (`zh/greeting`, `zh/greeting.open`). Full
    names are looked for in `lexicons` (files, folders, shipped names), then in what ships for
    `languages`. Roles of entries are ignored. Raises BadInput for an unknown name.
    """
    wanted = [name.strip() for name in find.split(",") if name.strip()]
    if not wanted:
        raise BadInput("--find: name an entry, a group or an event; " + SHOW_ALL)
    spoken = sorted(languages)
    known = known_lexicons(wanted, spoken, lexicons)
    names: dict[str, None] = {}
    for name in wanted:
        found = (
            [event_named(name)] if name.startswith(EVENT) else entries_named(name, known, spoken)
        )
        names.update(dict.fromkeys(found))
    asked = {lexicon.path: only(lexicon, names) for each in known.values() for lexicon in each}
    return Measured(compile_rubric(rubric(names, asked.values())), tuple(names))


def only(lexicon: Lexicon, names: Iterable[str]) -> Lexicon:
    """Return a lexicon with some of its entries, whose words count whoever says them."""
    chosen = [replace(entry, role="any") for entry in lexicon.entries if entry.full_name in names]
    return replace(lexicon, entries=tuple(chosen))


def event_named(name: str) -> str:
    """Return the name of an event; BadInput if there is none."""
    known = [EVENT + kind for kind in kinds()]
    if name not in known:
        raise BadInput(f'no event "{name}"; {did_you_mean(name, known) or SHOW_ALL}')
    return name


def known_lexicons(
    wanted: Iterable[str], languages: Iterable[str], lexicons: Sequence[str | Path]
) -> dict[str, list[Lexicon]]:
    """Return the lexicons that names may stand for, by shipped file ("" for full names)."""
    files = sorted({shipped_file(name) for name in wanted if not name.startswith(EVENT)})
    known = {file: list(load_lexicons([file])) for file in files if file}
    if "" in files:
        own = load_lexicons(lexicons)
        taken = {entry.full_name for lexicon in own for entry in lexicon.entries}
        known[""] = [*own, *(free(lexicon, taken) for lexicon in shipped_for(languages))]
    return known


def shipped_for(languages: Iterable[str]) -> tuple[Lexicon, ...]:
    """Return the lexicons that ship for some languages."""
    return load_lexicons([f"{language}/" for language in languages])


def free(lexicon: Lexicon, taken: set[str]) -> Lexicon:
    """Return a lexicon without the entries whose names are taken."""
    rest = tuple(entry for entry in lexicon.entries if entry.full_name not in taken)
    return replace(lexicon, entries=rest)


def shipped_file(name: str) -> str:
    """Return the shipped file that a name begins with, "" if it names none. BadInput if unknown."""
    if "/" not in name:
        return ""
    files = shipped("lexicons")
    found = [file for file in files if name == file or name.startswith(f"{file}.")]
    if not found:
        raise BadInput(f'no shipped lexicon "{name}"; {did_you_mean(name, files) or SHOW_ALL}')
    return max(found, key=len)


def entries_named(
    name: str, known: Mapping[str, Sequence[Lexicon]], languages: Sequence[str]
) -> list[str]:
    """Return the full names that a name or a group stands for; BadInput if there are none."""
    file = shipped_file(name)
    id = name.removeprefix(file).removeprefix(".")
    among = [entry for lexicon in known[file] for entry in lexicon.entries]
    found = [entry for entry in among if not id or is_named(entry, id, bool(file))]
    if not found:
        names = [f"{file}.{entry.id}" if file else entry.full_name for entry in among]
        raise BadInput(f'no entry "{name}"; {did_you_mean(name, names) or SHOW_ALL}')
    spoken = [entry for entry in found if set(entry.languages) & set(languages)]
    if not spoken:
        theirs = ", ".join(sorted({each for entry in found for each in entry.languages}))
        raise BadInput(f'"{name}" is for {theirs}, and the rows are {", ".join(languages)}')
    return [entry.full_name for entry in spoken]


def is_named(entry: Entry, id: str, in_file: bool) -> bool:
    """Tell whether an id, or a group, is that of an entry; within its file the short one too."""
    known = (entry.full_name, entry.id) if in_file else (entry.full_name,)
    return any(f"{each}.".startswith(f"{id}.") for each in known)


def rubric(names: Iterable[str], lexicons: Iterable[Lexicon]) -> Rubric:
    """Return a rubric that reports some names and scores nothing."""
    return Rubric(
        qa_checker="rubric/v1",
        id="measured",
        version="1.0.0",
        languages=("zh", "en"),
        uses=(),
        total=Fraction(0),
        bands={},
        sections=(),
        signals=tuple(map(SignalRule, names)),
        lexicons=tuple(lexicons),
    )


def listed(languages: Iterable[str], lexicons: Sequence[str | Path] = ()) -> list[str]:
    """Return every name that can be measured: entries of lexicons, then events."""
    found = [*load_lexicons(lexicons), *shipped_for(languages)]
    names = {entry.full_name: None for lexicon in found for entry in lexicon.entries}
    return [*names, *(EVENT + kind for kind in kinds())]
