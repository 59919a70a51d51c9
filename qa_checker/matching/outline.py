"""A phrase's outline: a regex that matches wherever the phrase might.

It says less than the phrase (no word ends, no counting of units), so that RE2 can tell in
microseconds that a literal in a turn leads nowhere; the phrase itself has the last word.
"""

from __future__ import annotations

from functools import cache

import re2

from qa_checker.matching.slots import FORMS
from qa_checker.rules.phrase import BuiltIn, Choice, Gap, Literal, Part, Phrase, Rest, Space

IN_SENTENCE = "[^。]*"


def outline(phrase: Phrase) -> str:
    """Return the outline of a phrase."""
    return "".join(map(part_outline, phrase))


@cache
def compiled(regex: str) -> re2._Regexp:
    """Compile an outline when it is first needed, for bytes: RE2 has no characters to count."""
    options = re2.Options()
    options.log_errors = False
    options.never_capture = True
    return re2.compile(regex.encode(), options)


def part_outline(part: Part) -> str:
    """Return a regex for whatever a part might match."""
    match part:
        case Literal(text):
            return str(re2.escape(text))
        case Space():
            return " ?"
        case Gap():
            return IN_SENTENCE
        case BuiltIn(name):
            return f"(?:{FORMS[name]}|一)"
        case Choice(options, optional):
            either = "|".join("".join(map(part_outline, option)) for option in options)
            return f"(?:{either})?" if optional else f"(?:{either})"
        case Rest():
            return "[^ 。]*"
        case _:
            return ""
