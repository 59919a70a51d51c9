"""The calls of a run on the disk: a line for each, and those whole whose details are shown.

A run may have more calls than fit in memory, and an agent's workbook goes over its calls
several times. The file goes away with the run.
"""

from __future__ import annotations

import errno
import os
import pickle
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from qa_checker.call import ABOUT, Call, unmade
from qa_checker.reports.judged import Judged
from qa_checker.reports.line import CallLine, Told
from qa_checker.rules.rubric import Rubric
from qa_checker.scorecard import Scorecard, Verdict, tenths

TABLES = """
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA locking_mode = EXCLUSIVE;
PRAGMA cache_size = -8000;
CREATE TABLE met (
    number INTEGER PRIMARY KEY, agent INTEGER, started BLOB, tenths INTEGER, red INTEGER,
    unsure INTEGER, blank INTEGER);
CREATE TABLE calls (
    number INTEGER PRIMARY KEY, agent INTEGER, place INTEGER, tenths INTEGER, red INTEGER,
    unsure INTEGER, blank INTEGER);
CREATE TABLE lines (number INTEGER PRIMARY KEY, line BLOB, told BLOB, labels BLOB);
CREATE TABLE whole (number INTEGER PRIMARY KEY, call BLOB);
CREATE TABLE details (number INTEGER PRIMARY KEY);
CREATE TABLE listed (number INTEGER PRIMARY KEY);
BEGIN
"""
# calls stand by their start, or as they came where a start is unknown
PLACES = """
UPDATE met SET started = x'' WHERE agent IN (SELECT agent FROM met WHERE started = x'');
INSERT INTO calls
    SELECT number, agent, row_number() OVER (PARTITION BY agent ORDER BY started, number) - 1,
           tenths, red, unsure, blank
    FROM met ORDER BY number;
DROP TABLE met;
CREATE INDEX places ON calls (agent, place)
"""
OF_AGENT = """
SELECT line, told FROM calls JOIN lines USING (number) WHERE agent = ? ORDER BY place
"""
DETAILED = """
SELECT place, number FROM calls JOIN details USING (number) WHERE agent = ? ORDER BY place
"""
LISTED = """
SELECT number, place, line, labels
FROM listed JOIN calls USING (number) JOIN lines USING (number) ORDER BY number
"""
BLANK = """
SELECT number, place, line, labels
FROM calls JOIN lines USING (number) WHERE blank ORDER BY number LIMIT ?
"""
STRETCHES = """
SELECT min(place), max(place), coalesce(sum(tenths), 0), count(tenths)
FROM calls WHERE agent = :agent
GROUP BY place * :parts / (SELECT count(*) FROM calls WHERE agent = :agent) ORDER BY 1
"""
Listed = Iterator[tuple[int, int, CallLine]]


@dataclass
class Spool:
    """An open spool; `rubrics` and `agents` are numbered in the order they were met."""

    base: sqlite3.Connection
    rubrics: list[Rubric] = field(default_factory=list)
    agents: dict[str, int] = field(default_factory=dict)
    numbers: dict[str, int] = field(default_factory=dict)
    size: int = 0


@contextmanager
def open_spool(folder: Path) -> Iterator[Spool]:
    """Open an empty spool in a folder. Raises OSError where the disk does not hold it."""
    path = folder / f".spool.{os.getpid()}.tmp"
    try:
        with closing(sqlite3.connect(path, isolation_level=None)) as base:
            base.executescript(TABLES)
            with suppress(OSError):
                path.unlink()  # nameless, so nothing of it can be left behind
            yield Spool(base)
    except sqlite3.Error as error:
        text = f"could not keep the calls of the run in {folder}: {error}"
        text += "; make room there and run report again, the results are kept"
        raise OSError(errno.EIO, text) from error
    finally:
        path.unlink(missing_ok=True)


def rubric_number(spool: Spool, judged: Judged) -> int:
    """Return the number of a call's rubric; the first of a rule stands for all of that rule."""
    number = spool.numbers.get(judged.card.rule)
    return know(spool, judged.card.rule, judged.rubric) if number is None else number


def know(spool: Spool, rule: str, rubric: Rubric) -> int:
    """Give the next rubric its number and return it."""
    spool.numbers[rule] = len(spool.rubrics)
    spool.rubrics.append(rubric)
    return spool.numbers[rule]


def keep(spool: Spool, line: CallLine, card: Scorecard, told: Told | None) -> None:
    """Append the line of a call; `told` is its story where the agent's language is another."""
    agent = spool.agents.setdefault(line.agent, len(spool.agents))
    started = line.started_at.encode("utf-8", "surrogatepass")
    score = None if card.score is None else tenths(card.score)
    blank = bool(card.skipped) or score is None
    unsure = (score is None and not card.skipped) or card.provisional
    facts = (spool.size, agent, started, score, bool(card.forfeits), unsure, blank)
    other = None if told is None else pickle.dumps(tuple(told), pickle.HIGHEST_PROTOCOL)
    spool.base.execute("INSERT INTO met VALUES (?, ?, ?, ?, ?, ?, ?)", facts)
    row = (spool.size, pickle.dumps(line, pickle.HIGHEST_PROTOCOL), other)
    spool.base.execute("INSERT INTO lines VALUES (?, ?, ?, NULL)", row)
    spool.size += 1


def place_calls(spool: Spool) -> None:
    """Give every call its place in its agent's workbook, once all of them are there."""
    for statement in PLACES.split(";"):
        spool.base.execute(statement)


def keep_whole(spool: Spool, number: int, judged: Judged) -> None:
    """Put a call on the disk with its transcript, but without signals, which no agent is shown."""
    # columns take a third of the time of turns; a mappingproxy, which is what a Call's empty
    # metadata is, cannot be pickled
    call = judged.call
    about = {name: getattr(call, name) for name in ABOUT} | {"metadata": dict(call.metadata)}
    kept = pickle.dumps((about, call.columns(), plain_card(judged.card)), pickle.HIGHEST_PROTOCOL)
    spool.base.execute("INSERT INTO whole VALUES (?, ?)", (number, kept))


def keep_labels(spool: Spool, number: int, labels: str) -> None:
    """Replace the labels of a call's line."""
    said = labels.encode("utf-8", "surrogatepass")
    spool.base.execute("UPDATE lines SET labels = ? WHERE number = ?", (said, number))


def kept_labels(spool: Spool) -> Iterator[tuple[int, str]]:
    """Yield number and labels of the calls whose labels were replaced."""
    rows = spool.base.execute("SELECT number, labels FROM lines WHERE labels IS NOT NULL")
    for number, labels in rows:
        yield number, labels.decode("utf-8", "surrogatepass")


def load(spool: Spool, number: int) -> Judged:
    """Read one whole call back."""
    (kept,) = spool.base.execute("SELECT call FROM whole WHERE number = ?", (number,)).fetchone()
    about, said, card = pickle.loads(kept)
    call = unmade(Call(turns=(), **about), said)
    return Judged(call, card, spool.rubrics[spool.numbers[card.rule]])


def lines_of(spool: Spool, agent: str) -> Iterator[CallLine]:
    """Yield the lines of an agent's calls in the order and the language of the workbook."""
    for kept, other in spool.base.execute(OF_AGENT, (spool.agents[agent],)):
        line: CallLine = pickle.loads(kept)
        yield line._replace(told=Told(*pickle.loads(other))) if other else line


def detailed(spool: Spool, agent: str) -> list[tuple[int, int]]:
    """Return place and number of an agent's calls that have details."""
    return spool.base.execute(DETAILED, (spool.agents[agent],)).fetchall()


def stretches(spool: Spool, agent: str, parts: int) -> list[tuple[int, int, int, int]]:
    """Cut an agent's calls into even stretches.

    Return the first and last place of each, the sum of its scores in tenths, and how many.
    """
    which = {"agent": spool.agents[agent], "parts": parts}
    return spool.base.execute(STRETCHES, which).fetchall()


def listed(spool: Spool) -> Listed:
    """Yield number, place and line of the calls that the summary lists, as they were read."""
    return read_lines(spool.base.execute(LISTED))


def blanks(spool: Spool, limit: int) -> Listed:
    """Yield number, place and line of calls without a score, at most `limit`."""
    return read_lines(spool.base.execute(BLANK, (limit,)))


def blank_calls(spool: Spool) -> int:
    """Return how many calls have no score."""
    (count,) = spool.base.execute("SELECT count(*) FROM calls WHERE blank").fetchone()
    return int(count)


def read_lines(rows: sqlite3.Cursor) -> Listed:
    """Yield lines as they were kept, with the labels that were put in later."""
    for number, place, kept, labels in rows:
        line: CallLine = pickle.loads(kept)
        if labels is not None:
            line = line._replace(labels=labels.decode("utf-8", "surrogatepass"))
        yield number, place, line


def plain_card(card: Scorecard) -> Scorecard:
    """Return a card as agents' workbooks need it: without signals, titles plain dictionaries."""
    # not `_replace`, which takes five times as long
    plain = [Verdict._make((*one[:2], dict(one.title), *one[3:])) for one in card.verdicts]
    return replace(card, verdicts=tuple(plain), signals=())
