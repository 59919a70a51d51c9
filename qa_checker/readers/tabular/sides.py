"""Tables of paired turns: a column for what each side says.

    call_id,agent_text,customer_text          通话ID,问题,回复,时间

Every row becomes a turn for each side that says something in it, in the order of the columns,
or of the sides' own times if all of them have some (客服时间, 客户时间). A time that the sides
share is the first one's. Who asks is the customer, who answers the agent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache, partial
from itertools import islice
from math import isnan

from qa_checker import lazy_re
from qa_checker.call import AGENT, BOT, CUSTOMER
from qa_checker.readers.exported.messages import ALSO
from qa_checker.readers.headers import aliases, field_of, plain
from qa_checker.readers.people.roles import role_words
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import name
from qa_checker.readers.tabular.faq import ANSWERED, ASKED, refuse_faq
from qa_checker.readers.tabular.tables import HEAD_ROWS, Again, Row, Rows, Table, headed, text
from qa_checker.readers.times import value

ALSO_SAID = ("speech", "line", "msg", "words", "said", "input", "output", "发言", "说", "的话")
START, END = frozenset(["start", "start_ms"]), frozenset(["end", "end_ms"])
TIMES = ("start", "start_ms", "end", "end_ms")
GLANCE, LONGEST = 100, 60  # rows, characters of a header
SHARE = 0.5  # of the cells below a bare role word that must be more than a name
SENTENCE = lazy_re.compile(r"[，。？！,?!]|\.(?:\s|$)|(?:\S+\s+){3}\S|[\u3400-\u9fff]{5}")
BY_COLUMNS = "a row is a turn of each side, in the order of the columns: "
BY_TIMES = "a row is a turn of each side, in the order of their times: "


@dataclass(frozen=True)
class Side:
    """Whose words a column holds; `times` says which column holds which time of them."""

    header: str
    role: str
    place: int
    bare: bool
    times: Mapping[str, int] = field(default_factory=dict)


def paired(rows: Rows, options: Options) -> Table | None:
    """Return the table of rows in which two columns hold what each side says, else None.

    Raises Refusal if it is a list of questions and answers that nobody says is a call.
    """
    for head in islice(rows, HEAD_ROWS):
        if (found := paired_below(head, rows, options)) is not None:
            refuse_faq(list(map(text, head.cells)), found, options)
            return found
    return None


def paired_below(head: Row, rows: Rows, options: Options, *, many: bool = True) -> Table | None:
    """Return the table below a header that names what each side says, else None."""
    said = sides(list(map(text, head.cells))) if "text" not in options.columns else []
    return _unfolded(headed(head, rows, options, many=many), said) if said else None


def sides(headers: Sequence[str]) -> list[Side]:
    """Return the column of each side's words; nothing if only one side has one."""
    found: dict[str, Side] = {}
    for place, header in enumerate(headers):
        role, bare = _words(header)
        if role and (role not in found or found[role].bare > bare):
            found[role] = Side(header, role, place, bare)
    if CUSTOMER not in found or found.keys() <= {CUSTOMER}:
        return []
    timed = [replace(one, times=_own_times(one.role, headers)) for one in found.values()]
    own = all(not START.isdisjoint(one.times) for one in timed)
    return sorted(timed if own else found.values(), key=lambda one: one.place)


def _words(header: str) -> tuple[str, bool]:
    """Return whose words a header names, and whether it says no more than who; "" if nobody's."""
    for role, rest in _parted(header):
        if rest == "" or rest in _said():
            return role, rest == "" and plain(header) not in (*ASKED, *ANSWERED)
    return "", False


def _own_times(role: str, headers: Sequence[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for place, header in enumerate(headers):
        fields = [field_of(rest) for whose, rest in _parted(header) if whose == role and rest]
        for one in fields:
            if one in TIMES:
                found.setdefault(one, place)
    return found


def _parted(header: str) -> Iterator[tuple[str, str]]:
    """Yield each way to take a header as a side and something of it: "agent_text", "内容(客户)"."""
    key = plain(header) if len(header) < LONGEST else ""
    for place in range(len(key), 0, -1):
        for side, rest in ((key[:place], key[place:]), (key[-place:], key[:-place])):
            if side in _whose():
                yield _whose()[side], rest


@cache
def _whose() -> Mapping[str, str]:
    roles = {plain(word): role for word, role in {**ALSO, **role_words()}.items()}
    known = {word: role for word, role in roles.items() if role in (AGENT, CUSTOMER, BOT)}
    return {**known, **dict.fromkeys(ASKED, CUSTOMER), **dict.fromkeys(ANSWERED, AGENT)}


@cache
def _said() -> frozenset[str]:
    texts = (header for header, known in aliases().items() if known == "text")
    return frozenset([*texts, *ASKED, *ANSWERED, *ALSO_SAID])


def _unfolded(found: Table, said: Sequence[Side]) -> Table | None:
    """Return a table of a row a turn, None if what is below bare role words are names."""
    if not _speak(found, said):
        return None
    taken = {one.place for one in said} | {place for one in said for place in one.times.values()}
    shared = {key: place for key, place in found.fields.items() if place not in taken}
    others = {key: place for key, place in found.others.items() if place not in taken}
    if "call_id" not in shared and (numbered := _coming_back(found, others)):
        shared["call_id"] = others.pop(numbered)
    times = [one for one in TIMES if one in shared or any(one in side.times for side in said)]
    new = ("text", "role", "speaker", *times)
    start = partial(_turns, found.rows, found.width, said, shared, times)
    told = ", ".join(f"{name(one.header)} = {one.role}" for one in said)
    return replace(
        found,
        rows=Again(start) if found.large else list(start()),
        fields=shared | {one: found.width + number for number, one in enumerate(new)},
        others=others,
        width=found.width + len(new),
        told=((BY_TIMES if said[0].times else BY_COLUMNS) + told,),
    )


def _coming_back(found: Table, others: Mapping[str, int]) -> str:
    """Return the header of a column "id" whose values come back: that of the call, not of a row."""
    first = list(islice(found.rows, GLANCE))
    for header, place in others.items():
        ids = [text(row.cells[place]) for row in first if place < len(row.cells)]
        if plain(header) == "id" and len(set(ids)) < len(ids) and "" not in ids:
            return header
    return ""


def _speak(found: Table, said: Sequence[Side]) -> bool:
    """Tell whether the columns hold text, and those below bare role words more than names."""
    words = [cell for one in said for cell in _first(found, one)]
    named = [text(cell) for one in said if one.bare for cell in _first(found, one)]
    spoken = sum(SENTENCE.search(cell) is not None for cell in named)
    worded = sum(isinstance(cell, str) for cell in words)
    return worded > SHARE * len(words) and (not named or spoken > SHARE * len(named))


def _first(found: Table, side: Side) -> list[object]:
    """Return the first cells of a side that hold anything."""
    rows = islice(found.rows, GLANCE)
    cells = (row.cells[side.place] for row in rows if side.place < len(row.cells))
    return [cell for cell in cells if text(cell).strip()]


def _turns(
    rows: Rows, width: int, said: Sequence[Side], shared: Mapping[str, int], times: Sequence[str]
) -> Iterator[Row]:
    """Yield a row for each side that says something in a row."""
    for row in rows:
        cells = [*row.cells[:width], *[None] * (width - len(row.cells))]
        spoken = [one for one in said if text(cells[one.place]).strip()]
        spoken = _by_time(spoken, cells)
        for number, one in enumerate(spoken):
            places = [_time_place(key, one, shared, number, len(spoken)) for key in times]
            own = [cells[place] if place >= 0 else None for place in places]
            beyond = row.cells[width:] if number == 0 else ()
            new = (cells[one.place], one.role, one.header)
            yield Row(row.number, [*cells, *new, *own, *beyond])


def _time_place(key: str, side: Side, shared: Mapping[str, int], number: int, size: int) -> int:
    """Return where a time of a turn is; what the sides share begins the first, ends the last."""
    if side.times:
        return side.times.get(key, -1)
    edge = 0 if key in START else size - 1
    return shared.get(key, -1) if number == edge else -1


def _by_time(spoken: list[Side], cells: Sequence[object]) -> list[Side]:
    """Return sides in the order of their own times, as they are if one has none."""
    known = {
        one.place: value(cells[place])
        for one in spoken
        for key, place in one.times.items()
        if key in START
    }
    times = [known.get(one.place) for one in spoken]
    if any(time is None or isnan(time) for time in times):
        return spoken
    return sorted(spoken, key=lambda one: known[one.place] or 0.0)
