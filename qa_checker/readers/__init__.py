"""Transcripts in, Calls out: every file is read or named with the reason, never skipped.

    for call in read("calls/", "more.zip", options=Options(roles={"0": "agent"})):
        ...

`read` finds the files, turns bytes into text, asks every format of `formats/` which of
them knows the content, and finishes each call: roles, sound times, notes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import BinaryIO
from unicodedata import normalize

from qa_checker.call import Call, Columns, Reading, changed
from qa_checker.problem import BadInput
from qa_checker.readers.encodings.decoding import decode, encoding_of
from qa_checker.readers.encodings.mojibake import refuse_mojibake, repaired
from qa_checker.readers.exported.tolerant import tolerant
from qa_checker.readers.files.archives import (
    is_gzip,
    is_workbook,
    is_zip,
    members,
    opened,
    unpacked,
)
from qa_checker.readers.files.inputs import find
from qa_checker.readers.files.large import beginning, whole
from qa_checker.readers.files.magic import PARQUET, not_a_transcript, not_speech
from qa_checker.readers.finishing.at_a_glance import Glance, glances
from qa_checker.readers.finishing.batches import batches
from qa_checker.readers.finishing.finish import clean, finish
from qa_checker.readers.formats import Sure, known_formats, ranked
from qa_checker.readers.metadata_table import load_metadata
from qa_checker.readers.nested.wrapping import unwrapped
from qa_checker.readers.source import Options, SetAside, Source, aside, unreadable
from qa_checker.readers.stretches import FORMAT as STRETCH
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.written.dialogue import Mistake, UnknownSpeakers, no_speakers, parse_turns

__all__ = [
    "Mistake",
    "Options",
    "SetAside",
    "Source",
    "UnknownSpeakers",
    "calls_of",
    "calls_within",
    "find",
    "load_metadata",
    "parse_turns",
    "read",
    "read_text",
]

DEFAULT = Options()
MAPPED, SURELY, FEW = "mapped_json", 0.9, 20


def read(
    *inputs: str | Path,
    options: Options = DEFAULT,
    set_aside: Callable[[SetAside], None] | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Call]:
    """Yield every call of files, folders, patterns, zips and "-" (standard input).

    What cannot be read goes to `set_aside` and reading goes on; without it the first
    such file or record raises BadInput. A call id that was there before is kept, with
    a note that names both files.
    """
    seen: dict[str, str] = {}
    for found in find(*inputs, stdin=stdin):
        results = [found] if isinstance(found, SetAside) else _while_it_can(found, options)
        for result in results:
            if isinstance(result, Call):
                yield _told_twice(result, seen)
            elif set_aside is None:
                raise BadInput(str(result))
            else:
                set_aside(result)


def calls_of(source: Source, options: Options = DEFAULT) -> Iterator[Call | SetAside]:
    """Yield the calls of one file's bytes, and what of it had to be set aside.

    Never raises on content. For workers: `find` gives the sources, this reads them. Raises
    OSError where a large file cannot be read on.
    """
    try:
        if source.reopen is not None:
            yield from _large(source, options)
        elif is_zip(source.data) and not is_workbook(opened(source.data)):
            for member in members(source):
                yield from [member] if isinstance(member, SetAside) else calls_of(member, options)
        else:
            plain = unpacked(source) if is_gzip(source.data) else source
            yield from _calls(_with_text(plain), options)
    except BadInput as error:
        yield aside(source.name, error)


def read_text(text: str, *, options: Options = DEFAULT, name: str = "text") -> Call:
    """Return the one call of a text, in any text format. Raises BadInput.

    For tests, examples and notebooks.
    """
    results = list(calls_of(Source(name, clean(text).encode()), options))
    for result in results:
        if isinstance(result, SetAside):
            raise BadInput(str(result))
    calls = [result for result in results if isinstance(result, Call)]
    if len(calls) != 1:
        raise BadInput(f"{name}: {len(calls)} calls where one was expected (use read)")
    return calls[0]


def _while_it_can(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the calls of a file, of one that fails half-way those before that and the reason."""
    try:
        yield from calls_of(source, options)
    except OSError as error:
        yield unreadable(source.name, error)


def _large(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Read call by call what can be read so, anything else as a whole."""
    first = source if source.data.startswith(PARQUET) else beginning(source)
    order = ranked(first, options) if first is not None else [(0.0, "")]
    score, name = order[0]
    if first is not None and score > 0 and getattr(known_formats()[name], "STREAMS", False):
        yield from _calls(first, options, order)
    else:
        yield from calls_of(whole(source), options)


def calls_within(source: Source, options: Options = DEFAULT) -> Iterator[Call | SetAside]:
    """Yield the calls of a stretch of JSON lines (`stretches.within`). Never raises on content."""
    chosen = known_formats()[STRETCH]
    found = Reading(STRETCH, chosen.TITLE, 1.0, unit=chosen.UNIT, encoding=source.encoding)
    try:
        yield from _finished(chosen.read(source, options), source, options, found)
    except BadInput as error:
        yield aside(source.name, error)


def _with_text(source: Source) -> Source:
    if not source.data.strip():
        raise Refusal("empty: the file has nothing in it", "export the transcript again")
    if is_zip(source.data) or source.data.startswith(PARQUET):
        return source
    binary = not_a_transcript(source.data)
    if binary is not None:
        raise Refusal(*binary)
    text, notes = decode(source.data)
    encoding, declared = encoding_of(source.data, notes)
    text, told = repaired(text)
    notes = source.notes + notes + told
    read = replace(source, text=text, notes=notes, encoding=encoding, declared=declared)
    return tolerant(read)


def _calls(
    source: Source, options: Options, order: Sequence[Sure] = ()
) -> Iterator[Call | SetAside]:
    other = not_speech(source.text)
    if other is not None:
        raise Refusal(*other)
    source, order = unwrapped(source, order or ranked(source, options), options)
    found = _recognised(source, options, order)
    nothing = True
    results = known_formats()[found.format].read(source, options)
    for result in _finished(results, source, options, found):
        nothing = False
        yield result
    if nothing:
        raise Refusal("empty: no turn in it", "export the transcript again")


def _recognised(source: Source, options: Options, order: Sequence[Sure]) -> Reading:
    """Return the format that is surest of a source, and who came next. Raises Refusal."""
    (score, name), (second, other), *rest = order
    if name == MAPPED and second >= SURELY and not _mapping_finds(source, options):
        (score, name), (second, other) = (second, other), rest[0]
    if score <= 0:
        refuse_mojibake(source.text)
        raise no_speakers(source.text)
    chosen = known_formats()[name]
    other = other if second > 0 else ""
    return Reading(
        name, chosen.TITLE, score, other, second, chosen.UNIT, source.encoding, source.declared
    )


def _mapping_finds(source: Source, options: Options) -> bool:
    """Tell whether the mapping leads to words in one of the first records."""
    try:
        found = islice(known_formats()[MAPPED].read(source, options), FEW)
        return any(
            one.text.strip() for call in found if isinstance(call, Call) for one in call.segments
        )
    except Refusal:
        return False


def _finished(
    results: Iterator[Call | SetAside], source: Source, options: Options, found: Reading
) -> Iterator[Call | SetAside]:
    for batch in batches(results):
        calls = [said for said in batch if not isinstance(said, SetAside)]
        known = iter(glances([said for _, said in calls]))
        for one in batch:
            if isinstance(one, SetAside):
                yield one
            else:
                yield _one(*one, next(known), source, options, found)


def _one(
    call: Call, said: Columns, known: Glance, source: Source, options: Options, found: Reading
) -> Call | SetAside:
    try:
        return finish(call, source, options, found, (said, known))
    except Refusal as refusal:
        of = f"call {clean(call.call_id)}: " if call.call_id else ""
        lines = [line for line in said.lines if line]
        line = refusal.line or (lines[0] if lines else None)
        return SetAside(source.name, of + refusal.reason, refusal.help, line)


def _told_twice(call: Call, seen: dict[str, str]) -> Call:
    """Ids that differ only in case or form are the same to a person: say so, keep both."""
    key = call.call_id
    key = (key if key.isascii() else normalize("NFKC", key)).casefold()
    if key not in seen:
        seen[key] = call.source
        return call
    note = f"call id also in {seen[key]}" if seen[key] != call.source else "call id twice in file"
    return changed(call, notes=tuple(dict.fromkeys((*call.notes, note))))
