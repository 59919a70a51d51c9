"""What the names in a check are called, and whose words they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa_checker.rules.consistency import EVENT, resolve
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import Words, words

MOST = 6


@dataclass(frozen=True, slots=True)
class Names:
    """The names of a rubric in one language; `events` are the titles of events."""

    rubric: Rubric
    language: str
    events: Mapping[str, Words]

    def title(self, name: str) -> str:
        """Return what people call an entry, a group or an event."""
        if name.startswith(EVENT):
            return words(self.events.get(name.removeprefix(EVENT), {"": name}), self.language)
        entries = [self.rubric.entries[full] for full in resolve(self.rubric, name)]
        found = list(dict.fromkeys(words(e.title, self.language) or e.full_name for e in entries))
        return " / ".join(found[:MOST]) + (" …" if len(found) > MOST else "") or name

    def role(self, names: Sequence[str]) -> str:
        """Return the role whose words all names are, "" if they differ or are anybody's."""
        roles = {
            self.rubric.entries[full].role if full in self.rubric.entries else "any"
            for name in names
            for full in resolve(self.rubric, name) or [name]
        }
        return roles.pop() if len(roles) == 1 and "any" not in roles else ""
