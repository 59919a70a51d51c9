"""A lexicon: named entries, each a set of phrases that mean one thing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from qa_checker.rules.fields import fill, key, keys, list_of, map_of, nested
from qa_checker.rules.patterns import Pattern, pattern_reader
from qa_checker.rules.scalars import as_id, as_text, as_version, as_words, one_of
from qa_checker.rules.shapes import SHAPES, shaped
from qa_checker.rules.slots import Slots
from qa_checker.rules.source import Source
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Words

ROLES = ("agent", "customer", "any")
SEGMENTER = "jieba@0.42.1"


@shaped({"type": "array", "items": SHAPES[as_text]})
def sentences(node: Node, source: Source) -> tuple[str, ...]:
    """Read example sentences; that there must be some is said with the entry's name."""
    return tuple(list_of(as_text)(node, source)) if node.value else ()


@dataclass(frozen=True, slots=True)
class Examples:
    """Sentences that an entry must hit, and some that look alike and it must not."""

    hit: tuple[str, ...] = key(sentences, "sentences it must hit", default=())
    miss: tuple[str, ...] = key(sentences, "look-alikes it must not hit", default=())


@dataclass(frozen=True, slots=True)
class Entry:
    """A named set of phrases; `full_name` is the lexicon's id, a dot and its own id."""

    id: str = key(as_id, "the entry's name, dotted: avoid.refuse", required=True)
    polarity: str = key(
        one_of("prefer", "avoid", "neutral"),
        "prefer: reported when missing; avoid: reported when said; neutral: a signal",
        required=True,
    )
    phrases: tuple[Pattern, ...] = key(as_text, "phrases, any of which is a hit", required=True)
    examples: Examples = key(
        nested(Examples, "examples"), "hit and miss sentences", required=True, wording=True
    )
    title: Words = key(as_words, "what people call it", wording=True, default={})
    role: str = key(one_of(*ROLES), "whose words count", default="any")
    unless: tuple[Pattern, ...] = key(as_text, "a hit inside one of these is dropped", default=())
    negation: str = key(
        one_of("keep", "drop", "only"), "what to do with a negated hit", default="keep"
    )
    homophones: str = key(
        one_of("off", "same", "near"), "also match what sounds the same", default="off"
    )
    boundary: str = key(one_of("word"), "both ends must be word ends (jieba)", default="")
    fillers: str = key(one_of("skip"), "skip: also match the text without 嗯, 啊, um …", default="")
    severity: str = key(
        one_of("error", "warning", "info"), "how bad an avoid entry is", wording=True, default=""
    )
    instead: tuple[str, ...] = key(
        list_of(as_text), "what to say instead", wording=True, default=()
    )
    why: Words = key(as_words, "the reason", wording=True, default={})
    source: str = key(as_text, "clause of the policy it comes from", wording=True, default="")
    was: tuple[str, ...] = key(list_of(as_id), "former ids", wording=True, default=())
    lexicon: str = ""
    languages: tuple[str, ...] = ()
    node: Node | None = field(default=None, compare=False, repr=False)
    path: str = ""

    @property
    def full_name(self) -> str:
        """The name by which rubrics find it."""
        return f"{self.lexicon}.{self.id}"


@dataclass(frozen=True, slots=True)
class Defaults:
    """What entries of a file have in common."""

    role: str = key(one_of(*ROLES), "default role", default="")
    severity: str = key(one_of("error", "warning", "info"), "default severity", default="")
    homophones: str = key(one_of("off", "same", "near"), "default homophones", default="")
    negation: str = key(one_of("keep", "drop", "only"), "default negation", default="")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One lexicon file."""

    qa_checker: str = key(as_text, "lexicon/v1", required=True)
    id: str = key(as_id, "the lexicon's name; several files may share one", required=True)
    version: str = key(as_version, "three-part version of the content", required=True, wording=True)
    languages: tuple[str, ...] = key(
        list_of(one_of("zh", "en")), "calls of other languages skip it", required=True
    )
    entries: tuple[Entry, ...] = key(as_text, "the entries", required=True)
    title: Words = key(as_words, "what people call it", wording=True, default={})
    source: str = key(as_text, "the policy it comes from", wording=True, default="")
    owner: str = key(as_text, "who looks after it", wording=True, default="")
    segmenter: str = key(one_of(SEGMENTER), "the pinned segmenter of tokens:", default="")
    defaults: Defaults = key(nested(Defaults, "defaults"), "defaults of the entries", default=None)
    slots: Mapping[str, Any] = key(
        map_of(list_of(as_text)), "name → phrases, used as <name>", default={}
    )
    path: str = ""
    lines: tuple[str, ...] = field(default=(), compare=False, repr=False)
    node: Node | None = field(default=None, compare=False, repr=False)


def read_lexicon(source: Source) -> Lexicon | None:
    """Read a lexicon file; None, with problems noted in `source`, if it is unusable."""
    node = source.tree()
    if node is None or not is_kind(node, source, "lexicon/v1"):
        return None
    slots = Slots(node.get("slots"), source)
    slots.check()
    defaults = fill(Defaults, node.get("defaults") or EMPTY, source, "defaults") or Defaults()
    shared = {item: getattr(defaults, item) for item in keys(Defaults) if getattr(defaults, item)}
    lexicon_id = node.at("id").text

    def read_entry(entry: Node, _: Source) -> Entry | None:
        return entry_of(entry, source, slots, lexicon_id, shared)

    lexicon = fill(Lexicon, node, source, "lexicon", {"entries": list_of(read_entry)})
    if lexicon is None:
        return None
    entries = tuple(replace(e, languages=lexicon.languages) for e in lexicon.entries)
    lines = tuple(source.lines)
    return replace(lexicon, entries=entries, path=source.path, lines=lines, node=node)


EMPTY = Node((), "mapping", 1, 1)


def entry_of(
    node: Node, source: Source, slots: Slots, lexicon: str, shared: dict[str, str]
) -> Entry | None:
    """Read one entry."""
    patterns = list_of(pattern_reader(slots, node, shared.get("homophones", "off")))
    what = f'entry "{node.at("id").text}"' if node.get("id") else "an entry"
    readers = {"phrases": patterns, "unless": patterns}
    own = {item: value for item, value in shared.items() if node.get(item) is None}
    given = {"lexicon": lexicon, "node": node, "path": source.path, **own}
    entry = fill(Entry, node, source, what, readers, **given)
    if entry is not None:
        check_examples(entry, node, source)
    return entry


WANTED = {
    "hit": "add a sentence that it must find",
    "miss": "add a sentence that looks similar and must stay silent",
}


def check_examples(entry: Entry, node: Node, source: Source) -> None:
    """Note an entry without any example of one kind."""
    for which in ("hit", "miss"):
        if entry.examples is not None and not getattr(entry.examples, which):
            message = f'entry "{entry.id}" has no {which} example'
            source.problem(node, "QA702", message, WANTED[which])


MAPPING = "a mapping says how files are read: give it as --mapping 映射文件要用 --mapping 指定"


def is_kind(node: Node, source: Source, wanted: str) -> bool:
    """Check the first line: which kind of file this is, and of which language version."""
    head = node.get("qa_checker")
    if head is None:
        source.problem(
            node, "QA102", 'the file has no "qa_checker"', f"begin with: qa_checker: {wanted}"
        )
        return False
    if head.text == wanted:
        return True
    kind = head.text.partition("/")[0]
    if kind == wanted.partition("/")[0]:
        message = f"this file is {head.text}; this version reads {wanted}"
        source.problem(head, "QA105", message, "upgrade qa_checker")
    else:
        help = MAPPING if kind == "mapping" else f"write {wanted}"
        source.problem(head, "QA105", f'this is "{head.text}", not {wanted}', help)
    return False
