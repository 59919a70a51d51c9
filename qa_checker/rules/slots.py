"""Slots: phrases that others share by a name, and how large a phrase may be with them."""

from __future__ import annotations

import re

from qa_checker.rules.fields import Wrong
from qa_checker.rules.grammar import NotPhrase, parse_phrase
from qa_checker.rules.phrase import BuiltIn, Choice, Gap, Literal, Part, Phrase
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

BUILT_IN = ("num", "date", "time", "money")
MAX_PARTS = 20_000
MAX_SLOTS = 10
MAX_GAPS = 300
"""Sizes beyond which a phrase is refused: in parts, slots, units of its gaps."""


class Slots:
    """The slots of one file, parsed when a phrase asks for them."""

    def __init__(self, node: Node | None, source: Source) -> None:
        self.source = source
        self.nodes = {name.text: value for name, value in (node.pairs if node else ())}
        self.parsed: dict[str, Choice] = {}
        self.open: list[str] = []
        self.circle: tuple[str, ...] = ()

    def check(self) -> None:
        """Parse every slot, so that mistakes show even where nobody uses it.

        A circle is told once, at the first of its slots.
        """
        told: set[frozenset[str]] = set()
        for name, node in self.nodes.items():
            if name in BUILT_IN:
                self.source.problem(node, "QA303", f"<{name}> is built in", "choose another name")
            elif name not in self.parsed:
                try:
                    self.find(name, 0)
                except NotPhrase as wrong:
                    circle = frozenset(self.circle)
                    if wrong.code != "QA308" or (self.circle[0] == name and circle not in told):
                        self.source.problem(node, wrong.code, wrong.message, wrong.help)
                        told.add(circle)

    def find(self, name: str, offset: int) -> Part:
        """Return what <name> stands for; NotPhrase if there is no such slot."""
        if name in BUILT_IN:
            return BuiltIn(name)
        if name in self.open:
            self.circle = (*self.open[self.open.index(name) :], name)
            message = f"slot <{name}> refers to itself: {' → '.join(self.circle)}"
            raise NotPhrase(offset, len(name) + 2, "QA308", message, "break the circle")
        if name not in self.nodes:
            near = did_you_mean(name, [*self.nodes, *BUILT_IN]).replace('"', "")
            help = re.sub(r"mean (.*)\?", r"mean <\1>?", near)
            raise NotPhrase(offset, len(name) + 2, "QA303", f"unknown slot <{name}>", help)
        if len(self.open) >= MAX_SLOTS:
            message = f"slots are nested more than {MAX_SLOTS} deep"
            raise NotPhrase(offset, len(name) + 2, "QA301", message, "write the phrases out")
        if name not in self.parsed:
            self.open.append(name)
            try:
                self.parsed[name] = Choice(tuple(self.options(name)))
            finally:
                self.open.pop()
        return self.parsed[name]

    def options(self, name: str) -> list[Phrase]:
        """Parse the phrases of one slot; a broken one is noted and left out."""
        node = self.nodes[name]
        phrases = []
        for item in node.items or (node,):
            try:
                one_phrase(item, item.text)
                phrases.append(small_enough(parse_phrase(item.text, self.find)))
            except Wrong as wrong:
                self.source.problem(wrong.node, wrong.code, wrong.message, wrong.help)
            except NotPhrase as wrong:
                if wrong.code == "QA308":
                    raise
                note(item, self.source, wrong)
        return phrases or [(Literal(name),)]


def note(node: Node, source: Source, wrong: NotPhrase) -> None:
    """Note a mistake in a phrase at the character where it is (circles are told already)."""
    if wrong.code == "QA308":
        return
    indent = len(node.text) - len(node.text.lstrip())
    source.problem(node, wrong.code, wrong.message, wrong.help, wrong.offset + indent, wrong.length)


def small_enough(phrase: Phrase) -> Phrase:
    """Return a phrase; raise NotPhrase if it is too large with its slots written out."""
    left, parts = MAX_PARTS, list(phrase)
    while parts and left > 0:
        part = parts.pop()
        left -= len(part.text) if isinstance(part, Literal) else 1
        if isinstance(part, Choice):
            parts += [inner for option in part.options for inner in option]
    if left <= 0:
        message = f"with its slots written out, this has more than {MAX_PARTS} parts"
        raise NotPhrase(0, 0, "QA301", message, "split it, or use fewer alternatives")
    if widest(phrase) > MAX_GAPS:
        message = f"the gaps of this add up to more than {MAX_GAPS} units"
        raise NotPhrase(0, 0, "QA301", message, "split it, or use smaller gaps")
    return phrase


def widest(phrase: Phrase) -> int:
    """Return how many units the gaps of a phrase may take up."""
    total = 0
    for part in phrase:
        match part:
            case Gap(_, most):
                total += most
            case Choice(options, _):
                total += max(map(widest, options))
            case _:
                pass
    return total


def one_phrase(node: Node, written: str) -> None:
    """Raise Wrong for a Chinese comma: two phrases were meant. Quotes let “、” stand."""
    if "，" in written:
        sign, what, other = "，", "a full-width comma", "or one phrase per line"
    elif "、" in written and not node.quoted:
        sign, what, other = "、", "an enumeration comma", "or, if one is meant, quote it"
    else:
        return
    message = f"“{written}” is one phrase: “{sign}” is {what}"
    listed = ", ".join(part for part in written.split(sign) if part)
    raise Wrong(node, "QA003", message, f"write [{listed}] {other}")
