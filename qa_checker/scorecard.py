"""What a call earned, item by item, and the words that say why.

What a call has dozens of are named tuples: a frozen dataclass takes four times as long to make.
Judging makes them with `maker`, which is quicker still.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from functools import partial
from typing import Any, NamedTuple, TypeVar

from qa_checker.hit import NOTHING, Said
from qa_checker.tables import html, plain
from qa_checker.wording import wording

PASS, FAIL, NA, MANUAL = "pass", "fail", "na", "manual"
REASONS = ("unknown_roles", "no_timestamps", "too_short", "no_opportunity", "not_applicable")

Words = Mapping[str, str]
"""A text by language; the key "" holds for every language."""

T = TypeVar("T", bound=tuple[Any, ...])


def maker(kind: type[T]) -> Callable[[tuple[Any, ...]], T]:
    """Return what makes a named tuple of all its fields: without a call of a Python function."""
    return partial(tuple.__new__, kind)


class Evidence(NamedTuple):
    """A hit as shown to people: `turn` counts from 1, `start` and `end` are characters
    of that turn as read, `quote` is what stands there, `time` is in seconds and `line`
    is the line of the source file.

    `kind` says what it is evidence of: `hit` (what was looked for), `surplus` (said
    more often than allowed), `anchor` (what called for an answer and got one) or
    `unanswered` (what called for an answer and got none). `detail` says of an event how
    much there was of it, in Chinese and English.
    """

    kind: str
    name: str
    turn: int
    role: str
    start: int
    end: int
    quote: str
    phrase: str = ""
    via: str = "text"
    time: float | None = None
    line: int | None = None
    detail: Said = NOTHING


class Loss(NamedTuple):
    """One line of the ledger: `points` lost by one violation.

    `kind` is missing, surplus, unanswered, order, measure or meta; `evidence` is the
    words that cost it, None for something that was not found.
    """

    kind: str
    points: Fraction
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Forfeit:
    """Points lost because a red line was crossed: `item` failed, and with it all that was
    earned in `section` ("" for the whole scorecard) is gone.
    """

    item: str
    section: str
    points: Fraction


class Searched(NamedTuple):
    """Where an item looked: turn numbers of `role` ("any" for everybody), from
    character `start` of the first to character `end` of the last (None: its end),
    between `since` and `until` seconds where the window is one of time.
    """

    role: str
    turns: tuple[int, ...]
    start: int = 0
    end: int | None = None
    since: float | None = None
    until: float | None = None


class Verdict(NamedTuple):
    """The verdict on one item: pass, fail, na (with its `reason`) or manual.

    `points` is what the item is worth, `earned` what the call got of it (before any
    auto-fail); neither counts unless the verdict is pass or fail. `losses` add up to
    points - earned.
    `value` is the number measured, with its unit, where the check measures one.
    """

    item: str
    section: str
    title: Words
    verdict: str
    reason: str = ""
    points: Fraction = Fraction(0)
    earned: Fraction = Fraction(0)
    violations: int = 0
    auto_fail: bool | str = False
    evidence: tuple[Evidence, ...] = ()
    losses: tuple[Loss, ...] = ()
    searched: tuple[Searched, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Signal:
    """Something reported and never scored: its label, if any, and its hits.

    `label` is the name under which results keep it, `label_title` what people call it.
    """

    id: str
    title: Words
    label: str = ""
    count: int = 0
    evidence: tuple[Evidence, ...] = ()
    label_title: Words = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Scorecard:
    """One call judged by one rubric.

    `rule` is the rubric's `id@version#hash`. `score` is exact, from 0 to 100, or None
    where nothing could be judged; `shown` rounds it to one decimal. `provisional` says
    that a person still has to judge an item that carries points. `earned` is what all
    items earned less the `forfeits` of crossed red lines. `skipped` is the reason why the
    rubric does not apply to this call ("" if it does), `one_sided` that nobody could
    score it: one side is silent, or neither has two turns. `band_title` is what people call
    the band, empty where its name says it all; `speaks` is the language that the card prints in,
    the first of its rubric's.
    """

    call_id: str
    agent: str
    source: str
    language: str
    rule: str
    verdicts: tuple[Verdict, ...]
    possible: Fraction = Fraction(0)
    earned: Fraction = Fraction(0)
    score: Fraction | None = None
    band: str = ""
    passed: bool | None = None
    provisional: bool = False
    failed_by: tuple[str, ...] = ()
    forfeits: tuple[Forfeit, ...] = ()
    signals: tuple[Signal, ...] = ()
    notes: tuple[str, ...] = ()
    skipped: str = ""
    one_sided: bool = False
    band_title: Words = field(default_factory=dict)
    speaks: str = ""

    @property
    def shown(self) -> str:
        """The score as people see it: one decimal, halves up; "" if there is none."""
        return "" if self.score is None else str(one_decimal(self.score))

    def __iter__(self) -> Iterator[Verdict]:
        """Iterate over the verdicts in the rubric's order."""
        return iter(self.verdicts)

    def __getitem__(self, item: str) -> Verdict:
        """Return the verdict on an item by its id; KeyError if there is none."""
        for verdict in self.verdicts:
            if verdict.item == item:
                return verdict
        raise KeyError(item)

    def in_language(self, language: str) -> Scorecard:
        """Return the scorecard as it prints in another language, zh or en."""
        return replace(self, speaks=language)

    def __str__(self) -> str:
        """Return a table of verdicts that fits a terminal."""
        say = wording(self.speaks)
        head = [say["card.verdict"], say["card.points"], say["card.item"]]
        rows = [[*self._row(verdict)[:2], self._question(verdict)] for verdict in self.verdicts]
        return f"{self._headline()}\n{plain([head, *rows], right=1)}"

    __repr__ = __str__

    def _repr_html_(self) -> str:
        """Return the table as a notebook shows it, with the first words that decided."""
        say = wording(self.speaks)
        head = [say[f"card.{name}"] for name in ("verdict", "points", "item", "words")]
        return html(self._headline(), [head, *map(self._row, self.verdicts)])

    def _headline(self) -> str:
        """Return the call, its score and its band."""
        say = wording(self.speaks)
        known = self.score is not None
        score = say["card.score"].format(score=self.shown) if known else say["card.unscored"]
        band = titled(self.band, self.band_title, self.speaks)
        waiting = say["card.provisional"] if self.provisional else ""
        return "  ".join(filter(None, [self.call_id, score, band, waiting]))

    def _row(self, verdict: Verdict) -> list[str]:
        """Return a verdict in words, its points, its question and what decided."""
        say = wording(self.speaks)
        counts = verdict.verdict in (PASS, FAIL)
        earned = text(verdict.earned) if counts else "–"
        return [
            say[f"verdict.{verdict.verdict}"],
            f"{earned}/{text(verdict.points)}",
            words(verdict.title, self.speaks) or verdict.item,
            self._reason(verdict) or first_quote(verdict, say["card.quote"]) or verdict.value,
        ]

    def _reason(self, verdict: Verdict) -> str:
        """Return in words why an item was not judged; "" if it was."""
        return wording(self.speaks).get(f"reason.{verdict.reason}", verdict.reason)

    def _question(self, verdict: Verdict) -> str:
        """Return the question of an item, and why it was not judged."""
        title, reason = self._row(verdict)[2], self._reason(verdict)
        pattern = wording(self.speaks)["card.reason"]
        return pattern.format(title=title, reason=reason) if reason else title


def first_quote(verdict: Verdict, pattern: str) -> str:
    """Return the first words that cost points, else the first that were found, else what they
    are about; `pattern` has blanks for their turn and for them.
    """
    lost = [loss.evidence for loss in verdict.losses if loss.evidence]
    found = [one for one in verdict.evidence if one.kind == "hit"]
    shown = [*lost, *found, *verdict.evidence]
    return pattern.format(turn=shown[0].turn, quote=shown[0].quote) if shown else ""


def one_decimal(score: Fraction) -> float:
    """Round to one decimal, halves away from zero, exactly."""
    return tenths(score) / 10


def tenths(score: Fraction) -> int:
    """Return a score in tenths, halves away from zero."""
    twice = 20 * abs(score.numerator) + score.denominator
    whole = twice // (2 * score.denominator)
    return -whole if score < 0 else whole


def text(number: Fraction) -> str:
    """Write points without a needless decimal: 5, 2.5."""
    return str(number.numerator) if number.denominator == 1 else f"{float(number):g}"


def titled(name: str, title: Words, language: str) -> str:
    """Return what people call something in a language: its name if the title has none in it."""
    return title.get(language) or title.get("") or name


def words(texts: Words, language: str = "") -> str:
    """Choose a text: in that language, else for every language, else the first."""
    for key in (language, ""):
        if key in texts:
            return texts[key]
    return next(iter(texts.values()), "")
