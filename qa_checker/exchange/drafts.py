"""A lexicon in the making: entries as they could be read elsewhere, written as YAML.

Nothing is lost silently: what the language cannot say stands above its entry as a comment.
What only a person can add, sentences that people really say, is marked TODO.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from qa_checker import lazy_re
from qa_checker.rules.lexicon import read_lexicon
from qa_checker.rules.source import Source

SIGNS = lazy_re.compile(r"[\\()|<>?*^$（）｜]|\.{3}")
"""What the phrase grammar would read as more than a character."""
MISS = {
    "zh": "TODO 写一句看起来像、但不该命中的话",
    "en": "TODO a sentence that looks alike and must not be hit",
}
HIT = {"zh": "TODO 换成真实通话里的说法", "en": "TODO replace by what people really say"}
WIDE = 10**9


@dataclass
class Draft:
    """An entry: `phrases` and `unless` hold plain words, `regexes` and `not_regexes` patterns.

    `notes` say what else was there.
    """

    title: str
    polarity: str = "neutral"
    role: str = ""
    severity: str = ""
    source: str = ""
    why: str = ""
    phrases: list[str] = field(default_factory=list)
    unless: list[str] = field(default_factory=list)
    regexes: list[str] = field(default_factory=list)
    not_regexes: list[str] = field(default_factory=list)
    instead: list[str] = field(default_factory=list)
    hits: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def written(id: str, language: str, drafts: Sequence[Draft], head: Iterable[str] = ()) -> str:
    """Return the drafts as a lexicon file that loads; `head` are comments above everything."""
    rows = [*(f"# {line}" for note in head for line in note.split("\n"))]
    rows += ["qa_checker: lexicon/v1", f"id: {id}", "version: 0.1.0", f"languages: [{language}]"]
    rows += ["", "entries:"]
    taken: set[str] = set()
    for number, draft in enumerate(drafts, 1):
        name = entry_id(draft.title, number, taken)
        rows += [*entry(name, draft, language), ""]
    return "\n".join(rows).rstrip("\n") + "\n"


def entry_id(title: str, number: int, taken: set[str]) -> str:
    """Return an id made of a title: letters, digits and _; a number if it is taken."""
    name = re.sub(r"\W+", "_", title).strip("_")[:40] or f"entry_{number}"
    name = name if name not in taken else f"{name}_{number}"
    taken.add(name)
    return name


def entry(id: str, draft: Draft, language: str) -> Iterator[str]:
    """Yield the lines of one entry."""
    yield from (f"  # {line}" for note in draft.notes for line in note.split("\n"))
    yield f"  - id: {quoted(id)}"
    yield f"    title: {quoted(draft.title)}"
    yield f"    polarity: {draft.polarity}"
    for key in ("severity", "role"):
        if getattr(draft, key):
            yield f"    {key}: {getattr(draft, key)}"
    yield from patterns("phrases", draft.phrases, draft.regexes)
    yield from patterns("unless", draft.unless, draft.not_regexes)
    if draft.polarity == "avoid":
        todo = "TODO 写出可以怎么说" if language == "zh" else "TODO say what to say instead"
        yield from listed("instead", draft.instead or [todo], 4)
    for key in ("why", "source"):
        if getattr(draft, key):
            yield f"    {key}: {quoted(getattr(draft, key))}"
    yield "    examples:"
    yield from hits(draft, language)
    yield from listed("miss", draft.misses or [MISS[language]], 6)


def hits(draft: Draft, language: str) -> Iterator[str]:
    """Yield the hit sentences: those given, else the first phrase, to be replaced."""
    if draft.hits or not draft.phrases:
        yield from listed("hit", draft.hits or [HIT[language]], 6)
    else:
        yield f"      # {HIT[language]}"
        yield from listed("hit", draft.phrases[:1], 6)


def patterns(key: str, phrases: Sequence[str], regexes: Sequence[str]) -> Iterator[str]:
    """Yield the lines of phrases and regexes."""
    if phrases or regexes:
        yield f"    {key}:"
        yield from (f"      - {quoted(literal(phrase))}" for phrase in phrases)
        yield from (f"      - re: {quoted(regex)}" for regex in regexes)


def listed(key: str, values: Sequence[str], indent: int) -> Iterator[str]:
    """Yield the lines of a list of texts."""
    yield f"{' ' * indent}{key}:"
    yield from (f"{' ' * indent}  - {quoted(value)}" for value in values)


def literal(text: str) -> str:
    """Return a phrase that matches just these characters, whatever signs are among them.

    A Chinese comma, which the reader takes for two phrases run into one, becomes a space.
    """
    text = text.replace("，", " ").replace("、", " ")
    return SIGNS.sub(lambda sign: "".join(f"\\{character}" for character in sign[0]), text)


def usable(text: str) -> bool:
    """Tell whether a text can be a phrase: it holds something to compare."""
    return any(character.isalnum() for character in text)


def quoted(text: str) -> str:
    """Return a text as YAML writes it, on one line."""
    line = " ".join(text.split())
    made = yaml.dump(line, Dumper=yaml.CSafeDumper, allow_unicode=True, width=WIDE)
    return made.removesuffix("\n").removesuffix("\n...")


def mistakes(text: str) -> list[str]:
    """Return what is wrong with a lexicon that was written, to be put right by hand."""
    source = Source("lexicon", text)
    read_lexicon(source)
    return [f"{p.line}: {p.message}" for p in source.problems if p.severity == "error"]
