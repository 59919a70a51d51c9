"""Other engines for literals and regexes, which find what ours find: hyperscan, RE2's Set alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Any

from qa_checker.matching import patterns
from qa_checker.matching.automaton import Automaton
from qa_checker.matching.compile import Regexes
from qa_checker.text.codes import as_codes

try:
    import hyperscan
except ImportError:  # --help needs none; whoever compares is told
    hyperscan = None

as_it_is = patterns.worth_trying


class Literals:
    """Literals as hyperscan looks for them; what it finds is what ahocorasick_rs does."""

    def __init__(self, automaton: Automaton) -> None:
        literals = map(as_codes, automaton.literals)
        written = [automaton.spelled(each).tobytes() for each in literals]
        self.lengths = [len(each) for each in written]
        self.database = hyperscan.Database()
        expressions = [b"".join(b"\\x%02x" % byte for byte in each) for each in written]
        numbers = range(len(written))
        self.database.compile(expressions, ids=[*numbers], elements=len(written), flags=0)

    def find_matches_as_indexes(self, data: Any, overlapping: bool) -> list[tuple[int, int, int]]:
        """Return number, start and end of every literal that stands in some bytes."""
        found: list[tuple[int, int, int]] = []

        def meet(number: int, start: int, end: int, flags: int, context: object) -> None:
            found.append((number, end - self.lengths[number], end))

        self.database.scan(bytes(data), meet)
        return found


class Lines:
    """Regexes as hyperscan looks for the turns in which one of them may match."""

    def __init__(self, regexes: Sequence[str]) -> None:
        in_lines = hyperscan.HS_FLAG_UTF8 | hyperscan.HS_FLAG_MULTILINE
        flags = in_lines | hyperscan.HS_FLAG_ALLOWEMPTY | hyperscan.HS_FLAG_PREFILTER
        self.database = hyperscan.Database()
        encoded = [each.encode() for each in regexes]
        self.database.compile(encoded, ids=[0] * len(encoded), elements=len(encoded), flags=flags)

    def worth_trying(self, regexes: Regexes, texts: Sequence[str]) -> Sequence[int]:
        """Return the turns in which a regex may match."""
        encoded = list(map(str.encode, texts))
        begins = list(accumulate((len(text) + 1 for text in encoded), initial=0))
        ends: list[int] = []
        self.database.scan(b"\n".join(encoded), lambda number, start, end, *more: ends.append(end))
        return sorted({bisect_right(begins, end) - 1 for end in ends})


def every_turn(regexes: Regexes, texts: Sequence[str]) -> Sequence[int]:
    """Return all turns: RE2's Set tells for each which regexes match in it."""
    return range(len(texts))


def set_first(regexes: Regexes, texts: Sequence[str]) -> Sequence[int]:
    """Return no turn if RE2's Set finds nothing in all of them together, else as it is done.

    Right for regexes without ^ and $ only.
    """
    together = regexes.together
    if regexes.lines is not None and together is not None and not together.Match("\n".join(texts)):
        return ()
    return as_it_is(regexes, texts)
