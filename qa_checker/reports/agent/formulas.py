"""The live score: how the final points and the final score follow what people decide.

A person's 符合 gives an item all its points; their 不符合 keeps what the machine gave if
it failed the item too, else nothing; 不适用 takes the item out of the score; a blank leaves
the machine's verdict. Rows find each other by number, so sheets may be sorted.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction

from qa_checker.reports.agent.frame import Frame
from qa_checker.reports.cells import Cell, Range, Word, filled, formula, formula_in_row

CALL, MACHINE, POINTS, HUMAN, FINAL, EARNED, AUTO, SECTION, OWN, PLACE = "AEFHJKPTUV"
SCORE, RULE = "F", "R"  # of the calls sheet
SECTIONS = 1000  # section keys are 1000 · call + section

POSSIBLE = (
    "SUMIFS({points#},{call#},{key},{final#},{passed})"
    "+SUMIFS({points#},{call#},{key},{final#},{failed})"
)
GOT = "SUMIFS({earned#},{call#},{key})"
ZEROED = "COUNTIFS({call#},{key},{auto#},{zero},{final#},{failed})"
SECTION_ZEROED = "COUNTIFS({section#},{own_section},{auto#},{clears},{final#},{failed})"
SECTION_POSSIBLE = (
    "SUMIFS({points#},{place#},{section},{final#},{passed})"
    "+SUMIFS({points#},{place#},{section},{final#},{failed})"
)
SECTION_GOT = "SUMIFS({earned#},{place#},{section})"
OPEN = 'COUNTIFS({call#},{key},{final#},{manual},{points#},">0")'
REVIEWED = 'COUNTIFS({call#},{key},{human#},"<>")'


@dataclass(frozen=True)
class Columns:
    """The columns of the items sheet that formulas look through, worksheet by worksheet."""

    parts: dict[str, int | Range | Word]
    count: int
    ready: dict[str, str] = field(default_factory=dict)

    def each(self, pattern: str, between: str = "+") -> str:
        """Repeat a pattern for every worksheet that the rows go on in."""
        return between.join(pattern.replace("#", str(n)) for n in range(self.count))

    def in_row(self, row: int, pattern: str, cached: float | Fraction | str | None,
               style: str = "live") -> Cell:  # fmt: skip
        """Return a formula that is the same in every row, with its value in one of them."""
        return formula_in_row(self.in_any_row(pattern), row, cached, style)

    def in_any_row(self, pattern: str) -> str:
        """Return a formula that has nothing of its own but its row, with all but that filled in."""
        if pattern not in self.ready:
            self.ready[pattern] = filled(pattern.replace("{key}", "$A${row}"), self.parts)
        return self.ready[pattern]


def columns(frame: Frame) -> Columns:
    """Return the columns of the items sheet for formulas on any sheet."""
    names = {
        "call": CALL, "points": POINTS, "human": HUMAN, "final": FINAL, "earned": EARNED,
        "auto": AUTO, "section": SECTION, "place": PLACE,
    }  # fmt: skip
    parts: dict[str, int | Range | Word] = {}
    count = 0
    for name, letter in names.items():
        ranges = frame.ranges("items", letter, frame.items)
        count = len(ranges)
        parts |= {f"{name}{number}": where for number, where in enumerate(ranges)}
    for name in ("pass", "fail", "manual"):
        said = {"pass": "passed", "fail": "failed"}.get(name, name)
        parts[said] = frame.word(f"verdict.{name}")
    parts |= {"zero": frame.word("auto.score"), "clears": frame.word("auto.section")}
    return Columns(parts, count)


FINAL_VERDICT = 'IF(H{row}="",E{row},H{row})'
"""An item's final verdict: the person's if there is one, else the machine's."""


def points_pattern(looks: Columns, cleared: bool) -> str:
    """Return the formula of the points an item finally earns; nothing where it does not count.

    `cleared` says that its section has items which clear it when they fail.
    """
    pattern = (
        "IF(H{row}={passed},F{row},IF(AND(J{row}={failed},E{row}<>{failed}),0,"
        'IF(OR(J{row}={passed},J{row}={failed}),U{row},"")))'
    )
    if not cleared:
        return pattern
    zeroed = looks.each(SECTION_ZEROED).replace("{own_section}", f"${SECTION}${{row}}")
    either = "OR(J{row}={passed},J{row}={failed})"
    return f'IF({either},IF(({zeroed})>0,0,{pattern}),"")'


def of_call(pattern: str, row: int, cached: float | Fraction, looks: Columns) -> Cell:
    """Return something counted over the items of the call in a row of the calls sheet."""
    return looks.in_row(row, looks.each(pattern), cached)


def got(row: int, cached: Fraction, looks: Columns) -> Cell:
    """Return the points a call finally earns: none if a red line takes all."""
    pattern = "IF((" + looks.each(ZEROED) + ")>0,0," + looks.each(GOT) + ")"
    return looks.in_row(row, pattern, cached)


def final_score(row: int, cached: str, looks: Columns, total: Fraction) -> Cell:
    """Return the final score of a call: one decimal, halves up.

    Nothing if less than a tenth of the rubric's points counts, as the judge has it. The
    inner ROUND takes away what binary fractions add before halves are rounded up.
    """
    pattern = (
        "IF(("
        + looks.each(ZEROED)
        + f")>0,0,IF(OR(K{{row}}=0,{total.numerator}>K{{row}}*{10 * total.denominator}),"
        + '"",ROUND(ROUND(100*L{row}/K{row},9),1)))'
    )
    return looks.in_row(row, pattern, Fraction(cached) if cached else "", "live_score")


def final_band(frame: Frame, rubric: int, row: int, cached: str) -> Cell:
    """Return the band of the final score, looked up in the key sheet."""
    first, count = frame.band_rows[rubric], len(frame.common.bands[rubric])
    last = first + count - 1
    return formula(
        'IF(F{row}="","",INDEX({names},MATCH(F{row},{lows},1)))',
        cached,
        "live",
        row=row,
        names=Range("F", first, last, frame.title("key")),
        lows=Range("E", first, last, frame.title("key")),
    )


def final_pass(frame: Frame, rubric: int, row: int, cached: bool | None) -> Cell:
    """Return whether the final score passes."""
    lowest = [low for low, _ in frame.common.bands[rubric]]
    rules = frame.common.rubrics[rubric]
    at = lowest.index(rules.bands[rules.pass_band]) + frame.band_rows[rubric]
    yes, no = frame.word("yes"), frame.word("no")
    return formula(
        'IF(F{row}="","",IF(F{row}>={low},{yes},{no}))',
        "" if cached is None else (yes if cached else no),
        "live",
        row=row,
        low=Range("E", at, at, frame.title("key")),
        yes=yes,
        no=no,
    )
