"""What of a mapping file leads nowhere in a call: paths that find nothing, names nobody has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from qa_checker.call import UNKNOWN
from qa_checker.readers.layout import Layout, Path, leads, shown
from qa_checker.readers.people.roles import stated
from qa_checker.readers.strict_json import names
from qa_checker.readers.tabular.grid import Grid
from qa_checker.readers.tabular.tables import Table

OF_TURNS = ("role", "speaker", "channel", "start", "end")


def paths_astray(layout: Layout, call: object, turns: Sequence[object]) -> list[str]:
    """Return a note on the paths that lead to nothing in a call of JSON, and in all its turns."""
    of_turns = {name: getattr(layout, name) for name in OF_TURNS if getattr(layout, name)}
    of_call = [*layout.about.items(), *layout.metadata.items()]
    lost = [item for item in of_turns.items() if not any(leads(one, item[1]) for one in turns)]
    return _note([*lost, *((name, path) for name, path in of_call if not leads(call, path))])


def columns_astray(
    layout: Layout, columns: Mapping[str, str], found: Table, cells: Grid
) -> list[str]:
    """Return a note on the paths whose column is not there, or holds nothing in a call's rows.

    `columns` are those of the options, which may say another column than the mapping.
    """
    fields = {name: getattr(layout, name) for name in (*OF_TURNS, "turn") if getattr(layout, name)}
    fields |= layout.about
    given = {
        name: path for name, path in fields.items() if columns.get(name) in (name, shown(path))
    }
    lost = [item for item in given.items() if _empty(found.fields.get(item[0]), cells)]
    others = layout.metadata.items()
    return _note([*lost, *(item for item in others if _empty(found.others.get(item[0]), cells))])


def nobody_called(layout: Layout, called: Iterable[str], roles: Mapping[str, str]) -> list[str]:
    """Return a note if no speaker has a name to which the mapping gives a role, and one has none.

    `roles` are those of the options: the mapping's, and what goes before them.
    """
    labels = set(called) - {""}
    if not layout.roles or labels & layout.roles.keys():
        return []
    if all(stated(label, roles) != UNKNOWN for label in labels):
        return []
    return [f"nobody here is called {names(list(layout.roles))}, as the mapping says"]


def _empty(place: int | None, cells: Grid) -> bool:
    if place is None or place >= len(cells.columns):
        return True
    return all(cell is None for cell in cells.columns[place])


def _note(lost: Iterable[tuple[str, Path]]) -> list[str]:
    told = [f"{name}: {shown(path)}" for name, path in lost]
    return [f"the mapping finds nothing at {names(told)}"] if told else []
