"""Praat TextGrid, long and short form; seconds.

    File type = "ooTextFile"
    Object class = "TextGrid"
    …  item [1]:  class = "IntervalTier"  name = "agent"
            intervals [1]:  xmin = 0.0  xmax = 2.4  text = "您好"

A tier is a speaker, its name the label. Tiers of words are read only where nobody's
sentences are, tiers of phones and points never: they repeat what is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import Word, sentences
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal, names

TITLE = "Praat TextGrid"
UNIT = "seconds"
TOKEN = lazy_re.compile(r'(?<!\S)(?:"(?:[^"]|"")*+"|[-+]?[0-9][0-9.eE+-]*+)(?!\S)')
COMMENT = lazy_re.compile(r"^[ \t]*!.*$", re.MULTILINE)
SILENCE = {"", "sil", "sp", "spn", "<p:>", "<sil>", "<sp>", "#"}
WORDS = lazy_re.compile(r"(?:^|(.*?)[\s_-]+)(?:words?|tokens?)$", re.IGNORECASE)
PHONES = lazy_re.compile(
    r"(?:phones?|phonemes?|syllables?|segments?|ipa|mau|kan|notes?)$", re.IGNORECASE
)


@dataclass(frozen=True)
class Tier:
    """A tier of intervals, each (start, end, text) as written."""

    name: str
    intervals: list[tuple[str, str, str]]


def sniff(source: Source, options: Options) -> float:
    """Return 1 if the file says that it is a TextGrid."""
    head = source.text[:400]
    return 1.0 if "ooTextFile" in head and '"TextGrid"' in head else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal if no tier holds what people say."""
    tiers = [tier for tier in _tiers(source.text) if _has_text(tier)]
    said = [tier for tier in tiers if not PHONES.search(tier.name) and not WORDS.match(tier.name)]
    words = [tier for tier in tiers if WORDS.match(tier.name)]
    if not said and not words:
        seen = names([tier.name for tier in tiers])
        raise Refusal(
            f"a TextGrid without a tier of sentences: {seen}", "export the text tiers too"
        )
    segments = [one for tier in said for one in _intervals(tier)]
    if not said:
        segments = [one for tier in words for one in sentences(_words(tier))]
    segments.sort(key=lambda one: one.start or 0.0)
    left = [tier.name for tier in tiers if tier not in (said or words)]
    notes = (f"tiers not read: {names(left)}",) if left else ()
    yield Call("", turns(segments), notes=notes)


def _has_text(tier: Tier) -> bool:
    return any(text.strip() not in SILENCE for _, _, text in tier.intervals)


def _tiers(text: str) -> Iterator[Tier]:
    """Yield the tiers of intervals; both forms are the same run of texts and numbers."""
    tokens = iter(TOKEN.findall(COMMENT.sub("", text)))
    for token in tokens:
        if token not in ('"IntervalTier"', '"TextTier"'):
            continue
        size = 3 if token == '"IntervalTier"' else 2
        name, _, _, count = (next(tokens, "") for _ in range(4))
        wanted = int(count) if count.isdigit() else 0
        rows = []
        for _ in range(wanted):
            row = [next(tokens, "") for _ in range(size)]
            if not row[-1]:
                break
            rows.append(row)
        if size == 3:
            yield Tier(_text(name), [(row[0], row[1], _text(row[2])) for row in rows])


def _text(token: str) -> str:
    return token[1:-1].replace('""', '"').strip()


def _intervals(tier: Tier) -> Iterator[Segment]:
    for start, end, text in tier.intervals:
        if text.strip() not in SILENCE:
            said = " ".join(text.split())
            yield Segment(UNKNOWN, said, tier.name, when(start), when(end))


def _words(tier: Tier) -> Iterator[Word]:
    match = WORDS.match(tier.name)
    speaker = (match[1] if match else "") or ""
    for start, end, text in tier.intervals:
        if text.strip() not in SILENCE:
            yield Word(text.strip(), speaker, when(start), when(end))
