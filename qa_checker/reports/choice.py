"""Which calls are shown where there are more than a workbook has room for.

First those that crossed a red line, then, of the room that is left, half for the lowest
scores, a quarter for calls that wait for a person, and the rest evenly over time.
"""

from __future__ import annotations

from qa_checker.reports.spool import Spool

ALL = "INSERT INTO {table} SELECT number FROM calls WHERE {whose}"
URGENT = """
INSERT INTO {table} SELECT number FROM calls
WHERE {whose} AND {which} AND number NOT IN (SELECT number FROM {table})
ORDER BY {order}, number LIMIT :room
"""
EVENLY = """
INSERT INTO {table} SELECT number FROM (
    SELECT number, row_number() OVER (ORDER BY place, number) - 1 AS at, count(*) OVER () AS size
    FROM calls WHERE {whose} AND number NOT IN (SELECT number FROM {table}))
WHERE at = 0 OR at * :room / size <> (at - 1) * :room / size LIMIT :room
"""


def choose_details(spool: Spool, limit: int) -> list[int]:
    """Choose up to `limit` calls of every agent for details; return their numbers, ascending."""
    sizes = dict(spool.base.execute("SELECT agent, count(*) FROM calls GROUP BY agent"))
    for agent in sorted(sizes):
        choose(spool, "details", f"agent = {agent}", sizes[agent], limit)
    return [number for (number,) in spool.base.execute("SELECT number FROM details ORDER BY 1")]


def choose_listed(spool: Spool, limit: int) -> None:
    """Choose up to `limit` calls for the sheet of all calls."""
    choose(spool, "listed", "1", spool.size, limit)


def choose(spool: Spool, table: str, whose: str, size: int, limit: int) -> None:
    """Put the numbers of calls into a table: all of them if there is room, else some."""
    if size <= limit:
        spool.base.execute(ALL.format(table=table, whose=whose))
        return
    left = limit - put(spool, URGENT, limit, table, whose, "red", "tenths")
    half, quarter = left // 2, left // 4
    left -= put(spool, URGENT, half, table, whose, "tenths IS NOT NULL", "tenths")
    left -= put(spool, URGENT, quarter, table, whose, "unsure", "tenths IS NOT NULL")
    put(spool, EVENLY, left, table, whose)


def put(
    spool: Spool, pattern: str, room: int, table: str, whose: str, which: str = "", order: str = ""
) -> int:
    """Put as many calls as there is room for into a table; return how many there were."""
    statement = pattern.format(table=table, whose=whose, which=which, order=order)
    return spool.base.execute(statement, {"room": room}).rowcount
