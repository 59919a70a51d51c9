"""The transcript sheet: every call turn by turn, with the words that counted highlighted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from qa_checker.call import AGENT, CUSTOMER, Turn
from qa_checker.reports.agent.frame import Frame, Visit
from qa_checker.reports.cells import Cell, number, once, rich, text, text_cell
from qa_checker.reports.judged import Judged, spent
from qa_checker.reports.kind import Blank, Filled, Kind, kind, settled
from qa_checker.reports.remarks import not_applied
from qa_checker.reports.sheet import Column, Row, Sheet
from qa_checker.reports.telling import MARKS, STRENGTH, ink, priced
from qa_checker.reports.theme import inks, style_numbers
from qa_checker.reports.words import cost, known, moment
from qa_checker.scorecard import titled, words

WIDTHS = {"number": 6, "turn": 6, "time": 8, "role": 12, "said": 96, "findings": 48, "details": 9}
DAY = 86_400

Mark = tuple[int, int, str]
Finding = tuple[str, str, int]


def sheet(frame: Frame) -> Sheet:
    """Return the transcript sheet."""
    return Sheet(
        title=frame.title("transcript"),
        columns=[Column(frame.say(f"column.{name}"), width) for name, width in WIDTHS.items()],
        rows=rows(frame),
        heading=frame.say("heading.transcript", agent=frame.agent or frame.say("nobody")),
        hint=frame.say("hint.transcript"),
        frozen=3,
        tab="6B6B6B",
        dropped=frame.say("dropped"),
    )


def rows(frame: Frame) -> Iterator[Row]:
    """Yield a banner for every call, and its turns."""
    colours, looks, banners = inks(frame.language), turn_kinds(frame), banner_kind(frame)
    people: dict[tuple[str, str], Cell] = {}
    for visit, judged in frame.calls():
        yield banner(frame, banners, visit, judged)
        marks, findings = highlights(frame, judged)
        call = number(visit.number, "points")
        for turn in judged.call.turns:
            marked, start = marks.get(turn.number), turn.start
            yield Filled(
                looks[turn.role == AGENT, marked is not None],
                [
                    call,
                    number(turn.number, "points"),
                    number(None if start is None else start / DAY, "time"),
                    people.get((turn.role, turn.speaker)) or person(frame, turn, people),
                    rich(runs(turn.text, marked), colours) if marked else text_cell(turn.text),
                    *(noted(frame, visit, findings[turn.number]) if marked else ()),
                ],
            )


def turn_kinds(frame: Frame) -> dict[tuple[bool, bool], Kind]:
    """Return the kinds of turns: the agent's or not, with findings or without."""
    kinds = {}
    for agent, look in ((True, "strong"), (False, "quiet")):
        said = [Blank("points"), Blank("points"), Blank("time"), Blank(look), Blank("text")]
        kinds[agent, True] = kind_of(frame, [*said, Blank("text"), Blank("link")])
        kinds[agent, False] = kind_of(frame, [*said, text(""), text("")])
    return kinds


def banner_kind(frame: Frame) -> Kind:
    """Return the kind of row that stands above every call."""
    empty, blank = text("", "banner"), Blank("banner")
    cells: list[Cell | Blank] = [blank, empty, empty, empty, blank, Blank("banner_link"), empty]
    return kind_of(frame, cells)


def kind_of(frame: Frame, cells: Sequence[Cell | Blank]) -> Kind:
    """Return a kind of row of this sheet."""
    return settled(kind(cells, [*WIDTHS.values()], style_numbers(frame.language)), frame.texts)


def banner(frame: Frame, look: Kind, visit: Visit, judged: Judged) -> Row:
    """Return the row above a call: its id, score and band, and the way back."""
    card = judged.card
    facts = [judged.call.call_id, moment(judged.call.started_at)]
    facts.append(frame.say("banner.score", score=card.shown) if card.shown else "")
    facts += [
        titled(card.band, card.band_title, frame.language),
        not_applied(frame.say, card.skipped),
    ]
    shown = "  ·  ".join(fact for fact in facts if fact)
    back = text(frame.say("banner.back"), "banner_link", frame.link("calls", visit.number - 1))
    return Filled(look, [number(visit.number, "banner"), text(shown, "banner"), back])


def person(frame: Frame, turn: Turn, people: dict[tuple[str, str], Cell]) -> Cell:
    """Return the cell that says who speaks, and keep it for their other turns."""
    said = text(who(frame, turn), "strong" if turn.role == AGENT else "quiet")
    return people.setdefault((turn.role, turn.speaker), once(said, frame.texts))


def who(frame: Frame, turn: Turn) -> str:
    """Return the role, with the source's own label where it says more."""
    role = known(frame.say, "role", turn.role)
    plain = turn.role in (AGENT, CUSTOMER) or not turn.speaker or turn.speaker == role
    return role if plain else frame.say("who", role=role, name=turn.speaker)


def highlights(
    frame: Frame, judged: Judged
) -> tuple[defaultdict[int, list[Mark]], defaultdict[int, list[Finding]]]:
    """Return, by turn, the characters to highlight and what was found in them."""
    number = frame.rubric_number(judged)
    entries, rules = frame.common.entries[number], frame.common.rules[number]
    marks: defaultdict[int, list[Mark]] = defaultdict(list)
    findings: defaultdict[int, list[Finding]] = defaultdict(list)
    for index, verdict in enumerate(judged.card):
        title = rules[verdict.item][1].title if verdict.item in rules else verdict.title
        for evidence, price in priced(verdict):
            colour = ink(evidence, price, entries)
            marks[evidence.turn].append((evidence.start, evidence.end, colour))
            lost = cost(frame.say, price, spent(verdict))
            told = f"{MARKS[colour]} {words(title, frame.language) or verdict.item} {lost}"
            findings[evidence.turn].append((colour, told.rstrip(), index))
    return marks, findings


def noted(frame: Frame, visit: Visit, findings: Iterable[Finding]) -> Iterator[Cell]:
    """Yield what was found in a turn, worst first, and a link to the first item named.

    The link has a cell of its own: some programs show linked text in one line.
    """
    worst = sorted(dict.fromkeys(findings), key=lambda one: (STRENGTH.index(one[0]), one[2]))
    told = "\n".join(dict.fromkeys(line for _, line, _ in worst))
    yield text(told)
    yield text(frame.say("open"), "link", frame.link("items", visit.item + worst[0][2]))


def runs(said: str, marks: Iterable[Mark]) -> Iterator[tuple[str, str]]:
    """Cut text where marks begin and end; the stronger ink wins where they overlap."""
    changes: defaultdict[int, Counter[str]] = defaultdict(Counter, {0: Counter()})
    for start, end, colour in marks:
        first, last = max(0, start), min(len(said), end)
        if first < last:
            changes[first][colour] += 1
            changes[last][colour] -= 1
    changes[len(said)]  # where the text ends, whether a mark does or not
    over: Counter[str] = Counter()
    for start, end in pairwise(sorted(changes)):
        over.update(changes[start])
        yield said[start:end], next((colour for colour in STRENGTH if over[colour]), "")
