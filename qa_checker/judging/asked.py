"""What a rubric asks for: names, the entries behind them, and events with their settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

from qa_checker import events
from qa_checker.resources import shipped
from qa_checker.rules.checks import kind_of
from qa_checker.rules.checks import kinds as check_kinds
from qa_checker.rules.consistency import EVENT, every_check
from qa_checker.rules.lexicon import Entry, Lexicon, read_lexicon
from qa_checker.rules.load import open_source
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.rubric_file import EventKinds

EVENT_WORDS = ("zh/events", "en/events")


def event_settings() -> EventKinds:
    """Return the settings that each event has, by the event's name."""
    return {name: event.Settings for name, event in events.kinds().items()}


def used_names(rubric: Rubric) -> set[str]:
    """Return every entry, group and event that a rubric asks for."""
    used = {
        name for check in every_check(rubric) for name in check_kinds()[kind_of(check)].names(check)
    }
    return used | {signal.id for signal in rubric.signals if not signal.labels}


def common_role(known: Mapping[str, Entry], found: Iterable[str]) -> str:
    """Return the role that some entries share, "any" if they differ."""
    roles = {known[full].role for full in found}
    return roles.pop() if len(roles) == 1 else "any"


def members(known: Mapping[str, Entry], name: str) -> list[str]:
    """Return the full names of the entries that a name or a group stands for."""
    return [full for full in known if full == name or full.startswith(f"{name}.")]


@cache
def event_entries() -> dict[str, Entry]:
    """Return the shipped entries that events use: backchannels, hold phrases and the like."""
    found = shipped("lexicons")
    lexicons: list[Lexicon] = []
    for name in EVENT_WORDS:
        source = open_source(found[name], f"lexicons/{name}.yaml")
        lexicon = read_lexicon(source)
        source.check()
        if lexicon is not None:
            lexicons.append(lexicon)
    return {entry.full_name: entry for lexicon in lexicons for entry in lexicon.entries}


def settings_of(rubric: Rubric) -> dict[str, Any]:
    """Return the settings of each event that a rubric asks for, the rubric's or the default."""
    used = sorted(name for name in used_names(rubric) if name.startswith(EVENT))
    named = [name.removeprefix(EVENT) for name in used]
    return {n: rubric.events.get(n) or events.kinds()[n].Settings() for n in named}


def event_words(settings: Mapping[str, Any]) -> set[str]:
    """Return the entries and groups that the settings of events name."""
    kinds = events.kinds()
    return {getattr(setting, f) for name, setting in settings.items() for f in kinds[name].WORDS}
