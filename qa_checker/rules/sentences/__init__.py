"""Rules as sentences: one module a language, so that every check can be read aloud."""

from __future__ import annotations

from collections.abc import Mapping

from qa_checker.rules.checks import Check, kind_of
from qa_checker.rules.rubric import Item, Rubric, Section
from qa_checker.rules.sentences import en, zh
from qa_checker.rules.sentences.names import Names
from qa_checker.scorecard import Words

LANGUAGES = {"zh": zh, "en": en}


def item_sentence(rubric: Rubric, item: Item, language: str, events: Mapping[str, Words]) -> str:
    """Return an item's points and its rule as one sentence in zh or en.

    `events` are the titles of the events by name.
    """
    module = LANGUAGES.get(language, en)
    names = Names(rubric, language, events)
    head: str = module.points(item)
    conditions = [c for c in (section_of(rubric, item).when, item.when) if c is not None]
    when = "".join(module.when(check_sentence(c, language, names)) for c in conditions)
    return head + when + check_sentence(item.check, language, names)


def check_sentence(check: Check, language: str, names: Names) -> str:
    """Return a check as a sentence."""
    module = LANGUAGES.get(language, en)
    kind = kind_of(check)
    if kind in ("all", "any"):
        inner = [check_sentence(part, language, names) for part in check.parts]
        return str(getattr(module, f"{kind}_of")(inner))
    return str(getattr(module, kind)(check, names))


def section_of(rubric: Rubric, item: Item) -> Section:
    """Return the section that an item stands in."""
    return next(section for section, each in rubric.items if each is item)
