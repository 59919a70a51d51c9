"""What must hold across a whole rubric: points, names, and that each rule can be met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from qa_checker.rules.checks import Check, kind_of
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.rules.rubric_file import EventKinds
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node
from qa_checker.rules.written import Written
from qa_checker.scorecard import text

EVENT = "event."


def check_points(rubric: Rubric, source: Source) -> None:
    """Points add up, bands go down to 0, deductions fit (QA5xx)."""
    node = rubric.node or Node((), "mapping", 1, 1)
    counted = [item.points for _, item in rubric.items]
    written = sum(len(s.node.at("items").items) for s in rubric.sections if s.node)
    known = rubric.total is not None and None not in counted and written == len(counted)
    added = sum(counted, Fraction(0)) if known else rubric.total
    if added != rubric.total:
        short = rubric.total - added
        change = f"add {text(short)} points" if short > 0 else f"take away {text(-short)} points"
        message = f"item points add up to {text(added)}, not {text(rubric.total)}"
        source.problem(node.at("total"), "QA501", message, f"{change}, or change total")
    check_bands(rubric, source, node)
    for _, item in rubric.items:
        # a mistake of the points themselves is told already
        if item.node and item.points is not None and (item.deduct or 0) > item.points:
            worth = f"the item is worth ({text(item.points)} points)"
            message = f"deduct {text(item.deduct or Fraction(0))} is more than {worth}"
            help = "lower it, or drop deduct (default: all points)"
            source.problem(item.node.at("deduct"), "QA505", message, help)


def check_bands(rubric: Rubric, source: Source, node: Node) -> None:
    """Bands go from high to low, and the last one begins at 0."""
    bands = list(rubric.bands.items())
    if len(bands) < len(node.at("bands").pairs):
        return
    for (above, high), (below, low) in pairwise(bands):
        if low >= high:
            message = (
                f'band "{below}" starts at {text(low)}, which is not below "{above}" ({text(high)})'
            )
            source.problem(node.at("bands", below), "QA502", message, "list bands from high to low")
    if bands and bands[-1][1] != 0:
        message = f"scores below {text(bands[-1][1])} fall into no band"
        source.problem(
            node.at("bands", bands[-1][0]), "QA503", message, "end with a band that starts at 0"
        )
    if rubric.pass_band and rubric.pass_band not in rubric.bands:
        message = f'pass band "{rubric.pass_band}" is not one of {", ".join(rubric.bands)}'
        help = did_you_mean(rubric.pass_band, rubric.bands)
        source.problem(node.at("pass"), "QA504", message, help)


def check_names(rubric: Rubric, source: Source, events: EventKinds, written: Written) -> None:
    """Every id is used once, and every name leads somewhere (QA2xx)."""
    check_ids(rubric, source)
    for check in every_check(rubric):
        for node, named in name_nodes(check):
            check_name(rubric, source, node, named, events, written)
            mixed_group(rubric, source, node, named)
    for signal in rubric.signals:
        if signal.node is not None and signal.node.get("labels") is None:
            check_name(rubric, source, signal.node.at("id"), signal.id, events, written)
    check_expectations(rubric, source)


def check_name(
    rubric: Rubric, source: Source, node: Node, named: str, events: EventKinds, written: Written
) -> None:
    """Note a name that is neither an event nor an entry."""
    if not named.startswith(EVENT):
        if written.is_wrong(named):
            unknown_entry(rubric, source, node, named, written)
    elif named.removeprefix(EVENT) not in events:
        help = did_you_mean(named, [EVENT + event for event in events])
        source.problem(node, "QA203", f'unknown event "{named}"', help)


def check_ids(rubric: Rubric, source: Source) -> None:
    """Item ids and section ids are unique."""
    for what, nodes in (
        ("item", [item.node for _, item in rubric.items]),
        ("section", [section.node for section in rubric.sections]),
    ):
        seen: dict[str, int] = {}
        for node in nodes:
            assert node is not None
            id = node.at("id")
            if id.text and id.text in seen:
                help = f"first defined at {source.path}:{seen[id.text]}"
                source.problem(id, "QA201", f'duplicate {what} id "{id.text}"', help)
            seen.setdefault(id.text, id.line)


def unknown_entry(rubric: Rubric, source: Source, node: Node, named: str, written: Written) -> None:
    """Note a name that no lexicon has."""
    files = ", ".join(dict.fromkeys(lexicon.path.rpartition("/")[2] for lexicon in rubric.lexicons))
    where = files if len(files) < 80 else f"the {len(rubric.lexicons)} lexicons used"
    help = did_you_mean(named, written.names)
    source.problem(node, "QA202", f'no lexicon entry "{named}" in {where}', help)


def mixed_group(rubric: Rubric, source: Source, node: Node, named: str) -> None:
    """Note a group that holds entries to say and entries to avoid."""
    found = [rubric.entries[name] for name in resolve(rubric, named)]
    if {"prefer", "avoid"} <= {entry.polarity for entry in found}:
        members = ", ".join(entry.id for entry in found)
        message = f'"{named}" finds both prefer and avoid entries ({members})'
        source.problem(node, "QA207", message, "name the entries, or rename one")


def check_expectations(rubric: Rubric, source: Source) -> None:
    """Examples expect verdicts of items that exist, be they well written or not."""
    node = rubric.node or Node((), "mapping", 1, 1)
    sections = node.at("sections").items
    items = [item.at("id").text for each in sections for item in each.at("items").items]
    for example in rubric.examples:
        for id in example.expect:
            if id not in items and example.node is not None:
                node = next(k for k, _ in example.node.at("expect").pairs if k.text == id)
                help = did_you_mean(id, items) or "example expectations name items"
                source.problem(node, "QA204", f'no item "{id}" in this rubric', help)


def resolve(rubric: Rubric, named: str) -> list[str]:
    """Return the full names of the entries that a name or a group stands for."""
    return [full for full in rubric.entries if full == named or full.startswith(f"{named}.")]


def every_check(rubric: Rubric) -> Iterator[Check]:
    """Yield every check of a rubric, parts of all: and any: included."""
    for section in rubric.sections:
        yield from parts(section.when)
        for item in section.items:
            yield from parts(item.when)
            yield from parts(item.check)
    for signal in rubric.signals:
        for label in signal.labels:
            yield from parts(label.check)


def parts(check: Check | None) -> Iterator[Check]:
    """Yield a check and the checks inside it."""
    if check is not None:
        yield check
        for part in getattr(check, "parts", ()):
            yield from parts(part)


def name_nodes(check: Check) -> Iterator[tuple[Node, str]]:
    """Yield each name that a check itself looks up, with the node where it stands."""
    kind = kind_of(check)
    if kind in ("find", "order"):
        for number, named in enumerate(getattr(check, kind)):
            yield check.node.at(kind, number), named
    if kind == "find":
        for where, anchor in check.windows:
            yield check.node.at(where, anchor.which), anchor.name


def roles_of(rubric: Rubric, named: str) -> set[str]:
    """Return the roles of the entries that a name stands for; {"any"} for events."""
    if named.startswith(EVENT):
        return {"any"}
    return {rubric.entries[full].role for full in resolve(rubric, named)}


def check_reachable(rubric: Rubric, source: Source) -> None:
    """Each rule can be met by some call (QA6xx)."""
    for check in every_check(rubric):
        if kind_of(check) == "find":
            check_roles(rubric, source, check)
    for section in rubric.sections:
        for item in section.items:
            contradicts(section.when, item, source)


def check_roles(rubric: Rubric, source: Source, check: Check) -> None:
    """The check looks at the speakers whose words its entries are."""
    found = set().union(*(roles_of(rubric, named) for named in check.find))
    if not check.role and len(found) > 1 and check.node is not None:
        message = f"the names in find belong to different roles ({', '.join(sorted(found))})"
        source.problem(check.node.at("find"), "QA104", message, "add role:, or split the check")
    for number, named in enumerate(check.find):
        roles = roles_of(rubric, named)
        if (
            check.role in ("agent", "customer")
            and roles
            and roles <= {"agent", "customer"} - {check.role}
        ):
            only = f'"{named}" only looks at {roles.pop()} turns'
            said = f"never true: {only}, this check at {check.role} turns"
            source.problem(
                check.node.at("find", number), "QA603", said, "remove role:, or pick another entry"
            )
    role = check.role or (found.pop() if len(found) == 1 else "any")
    for where, anchor in check.windows:
        others = roles_of(rubric, anchor.name) - {role, "any"}
        if anchor.within is not None and anchor.within.value == 0 and role != "any" and others:
            message = "within 0 turns is the anchor's own turn, and another role speaks there"
            source.problem(check.node.at(where, "within"), "QA601", message, "write within: 1 turn")


def contradicts(condition: Check | None, item: Item, source: Source) -> None:
    """Note an item whose own condition excludes its section's."""
    if condition is None or item.when is None or item.node is None:
        return
    if kind_of(condition) != "find" or kind_of(item.when) != "find":
        return
    one, two = condition, item.when
    same = replace(one, min=0, max=0) == replace(two, min=0, max=0)
    if same and {(one.min, one.max), (two.min, two.max)} == {(1, None), (None, 0)}:
        message = f"unreachable: the section needs what this item excludes ({', '.join(one.find)})"
        help = "its verdict is na on every call; delete one when:"
        source.problem(item.node.at("when"), "QA604", message, help)
