"""A rubric: the scorecard as data, section by section, item by item."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cached_property
from typing import Any

from qa_checker.rules.checks import Check, read_check
from qa_checker.rules.fields import Wrong, fill, key, list_of, map_of, shape_of
from qa_checker.rules.lexicon import Entry, Lexicon
from qa_checker.rules.scalars import (
    as_first_text,
    as_flag,
    as_id,
    as_points,
    as_text,
    as_version,
    as_words,
    one_of,
)
from qa_checker.rules.shapes import SHAPES, shaped
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Words

VERDICTS = ("pass", "fail", "na", "manual")


@shaped({"enum": [True, False, "section"]})
def as_auto_fail(node: Node, source: Source) -> bool | str:
    """Read auto_fail: true, false or section."""
    value: str = one_of("true", "false", "section")(node, source)
    return value if value == "section" else value == "true"


@shaped({"$ref": "#/$defs/check"})
def when_check(node: Node, source: Source) -> Check | None:
    """Read a condition: any check but manual."""
    if node.text == "manual":
        raise Wrong(node, "QA104", '"manual" cannot be a condition', "use find, meta or measure")
    return read_check(node, source)


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the scorecard."""

    id: str = key(as_id, "the item's name; results are kept under it", required=True)
    points: Fraction = key(as_points, "what it is worth; 0 is a trial", required=True)
    check: Check = key(read_check, "what is looked for, or manual", required=True)
    title: Words = key(as_words, "the question", wording=True, default={})
    deduct: Fraction | None = key(as_points, "points per violation (default: all)")
    auto_fail: bool | str = key(
        as_auto_fail, "true: the score becomes 0; section: the section", default=False
    )
    when: Check | None = key(when_check, "unless it passes, the verdict is na")
    advice: Words = key(as_words, "what to do better", wording=True, default={})
    why: Words = key(as_words, "the reason", wording=True, default={})
    source: str = key(as_text, "clause of the policy", wording=True, default="")
    was: tuple[str, ...] = key(list_of(as_id), "former ids", wording=True, default=())
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Section:
    """A group of items with a common condition."""

    id: str = key(as_id, "the section's name", required=True)
    items: tuple[Item, ...] = key(as_text, "its items", required=True, default=())
    title: Words = key(as_words, "its heading", wording=True, default={})
    when: Check | None = key(when_check, "unless it passes, all its items are na")
    was: tuple[str, ...] = key(list_of(as_id), "former ids", wording=True, default=())
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Example:
    """A short call and the verdicts expected of it; `turns` is text as in a transcript."""

    name: str = key(as_text, "what it shows", required=True)
    turns: str = key(as_text, "one turn a line: 客服: … / Agent: …", required=True)
    expect: Mapping[str, str] = key(
        map_of(one_of(*VERDICTS)), "item → pass, fail, na or manual", required=True
    )
    score: Fraction | None = key(as_points, "the expected score")
    todo: bool = key(as_flag, "known not to work yet", default=False)
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A value that a signal takes when its check passes.

    `value` is the first of its texts, `title` all of them by language.
    """

    value: str = key(as_first_text, "the label; results keep the first text", required=True)
    check: Check = key(when_check, "when it applies", required=True)
    title: Words = field(default_factory=dict)


@shaped(shape_of(Label))
def as_label(node: Node, source: Source) -> Label | None:
    """Read a label with all its texts."""
    value = node.get("value")
    return fill(Label, node, source, "a label", title=as_words(value, source) if value else {})


@dataclass(frozen=True, slots=True)
class Band:
    """Where a band begins, and what people call it if that is not its name."""

    lowest: Fraction = key(as_points, "its lowest score", name="from", required=True)
    title: Words = key(as_words, "what people call it", wording=True, default={})


@shaped({"anyOf": [SHAPES[as_points], shape_of(Band)]})
def as_band(node: Node, source: Source) -> Band | None:
    """Read a band: its lowest score, or that and its title."""
    if node.kind == "mapping":
        return fill(Band, node, source, "a band")
    return Band(as_points(node, source))


@dataclass(frozen=True, slots=True)
class SignalRule:
    """Something reported for each call and never scored."""

    id: str = key(as_id, "the signal's name, or the entry, group or event it counts", required=True)
    title: Words = key(as_words, "what people call it", wording=True, default={})
    labels: tuple[Label, ...] = key(
        list_of(as_label), "the first whose check passes wins", default=()
    )
    node: Node | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True)
class Rubric:
    """One rubric file, with the lexicons it uses in `lexicons`."""

    qa_checker: str = key(as_text, "rubric/v1", required=True)
    id: str = key(as_id, "the rubric's name", required=True)
    version: str = key(as_version, "three-part version of the content", required=True, wording=True)
    languages: tuple[str, ...] = key(
        list_of(one_of("zh", "en")),
        "languages of its titles; the first is the default",
        required=True,
        default=(),
    )
    uses: tuple[str, ...] = key(
        list_of(as_text), "lexicon files or shipped names", required=True, default=()
    )
    total: Fraction = key(as_points, "what the items add up to", required=True)
    bands: Mapping[str, Fraction] = key(
        map_of(as_band),
        "name → lowest score (or from: and title:), high to low, the last one 0",
        required=True,
        default={},
    )
    sections: tuple[Section, ...] = key(as_text, "the sections", required=True, default=())
    title: Words = key(as_words, "what people call it", wording=True, default={})
    pass_band: str = key(as_text, "the lowest band that passes", name="pass", default="")
    applies_to: Mapping[str, tuple[str, ...]] = key(
        map_of(list_of(as_text)), "metadata → allowed values; other calls are skipped", default={}
    )
    events: Mapping[str, Any] = key(as_text, "event → its settings", default={})
    signals: tuple[SignalRule, ...] = key(as_text, "reported, never scored", default=())
    examples: tuple[Example, ...] = key(
        as_text, "calls that show it works", wording=True, default=()
    )
    owner: str = key(as_text, "who looks after it", wording=True, default="")
    source: str = key(as_text, "the policy it comes from", wording=True, default="")
    band_titles: Mapping[str, Words] = field(default_factory=dict)
    path: str = ""
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)
    lexicons: tuple[Lexicon, ...] = ()

    @property
    def items(self) -> list[tuple[Section, Item]]:
        """Every item with its section, in order."""
        return [(section, item) for section in self.sections for item in section.items]

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry of the lexicons used, by full name."""
        return {entry.full_name: entry for lexicon in self.lexicons for entry in lexicon.entries}
