"""Zip files, member by member, and gzip files, with a cap on everything they can lie about."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import PurePosixPath
from typing import IO
from zipfile import BadZipFile, ZipFile, ZipInfo

from qa_checker.readers.files.beside import around, side_cars, with_facts
from qa_checker.readers.files.inputs import MOST_BYTES
from qa_checker.readers.source import SetAside, Source, shown
from qa_checker.readers.strict_json import Refusal

MOST_MEMBERS = 100_000
MOST_EXPANDED = 2 * 1024**3
MOST_RATIO = 200
SMALL = 1024 * 1024  # below this no ratio is a bomb
CHUNK = 1 << 20
BROKEN = (BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError)
WORKBOOK = b"xl/workbook"  # a file in every xlsx
OFFICE = {"word/": "a Word document", "ppt/": "a presentation", "content.xml": "an OpenDocument"}


def is_zip(data: bytes) -> bool:
    """Tell whether the bytes begin as a zip file does."""
    return data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")


def opened(data: bytes) -> ZipFile:
    """Return the open archive. Raises Refusal if it is broken or has too many members."""
    try:
        archive = ZipFile(io.BytesIO(data))
    except BROKEN as error:
        if WORKBOOK in data:
            raise Refusal("a broken workbook", "open it and save it again as xlsx") from error
        raise Refusal("a broken zip file", "pack it again") from error
    if len(archive.infolist()) > MOST_MEMBERS:
        raise Refusal(f"a zip file of more than {MOST_MEMBERS} members", "split it")
    return archive


def is_workbook(archive: ZipFile) -> bool:
    """Tell whether the archive is an xlsx workbook."""
    return any(name.startswith("xl/") for name in archive.namelist())


def members(source: Source, *, depth: int = 1) -> Iterator[Source | SetAside]:
    """Yield every file of a zip as `x.zip!member`; zips in it to a depth of one."""
    archive = opened(source.data)
    names = archive.namelist()
    for start, what in OFFICE.items():
        if any(name.startswith(start) for name in names) and len(names) > 1:
            raise Refusal(f"not a transcript: {what}", "save the transcript as text or xlsx")
    if not names:
        raise Refusal("an empty zip file", "pack it again")
    budget = MOST_EXPANDED
    files = {member_name(info): info for info in archive.infolist() if not info.is_dir()}
    beside = side_cars(files)
    for info in sorted(archive.infolist(), key=member_name):
        if info.is_dir() or member_name(info) in beside or _of_a_mac(member_name(info)):
            continue
        found = _member(source, archive, info, min(budget, MOST_BYTES))
        if isinstance(found, SetAside):
            yield found
            continue
        budget -= len(found.data)
        for name in (one for one in around(member_name(info)) if one in beside):
            extra = _member(source, archive, files[name], min(budget, MOST_BYTES))
            if isinstance(extra, Source):
                budget -= len(extra.data)
                found = with_facts(found, name, extra.data)
        yield from _inner(found, depth)


def _of_a_mac(name: str) -> bool:
    """Tell whether a member is what macOS packs beside each file, and not a file of the user."""
    return name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith("._")


def _inner(found: Source, depth: int) -> Iterator[Source | SetAside]:
    if not is_zip(found.data):
        yield found
        return
    try:
        if is_workbook(opened(found.data)):
            yield found
        elif depth < 1:
            yield SetAside(found.name, "a zip in a zip in a zip", "unpack the outer one")
        else:
            yield from members(found, depth=depth - 1)
    except Refusal as refusal:
        yield SetAside(found.name, refusal.reason, refusal.help)


def member_name(info: ZipInfo) -> str:
    """Return a member's name; without the UTF-8 flag it may be UTF-8 or GBK all the same."""
    if info.flag_bits & 0x800:
        return info.filename
    try:
        raw = info.filename.encode("cp437")
    except UnicodeEncodeError:
        return info.filename
    for encoding in ("utf-8", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _member(source: Source, archive: ZipFile, info: ZipInfo, budget: int) -> Source | SetAside:
    name = f"{source.name}!{shown(member_name(info))}"
    last = member_name(info).rpartition("/")[2]
    if last.startswith("."):
        return SetAside(name, "hidden: skipped", "rename it if it is a transcript")
    if info.flag_bits & 1:
        return SetAside(name, "password-protected", "pack it without a password")
    try:
        return Source(name, inflated(archive, info, budget))
    except Refusal as refusal:
        return SetAside(name, refusal.reason, refusal.help)


def inflated(archive: ZipFile, info: ZipInfo, budget: int, ratio: int = MOST_RATIO) -> bytes:
    """Return a member's bytes, counted while they come. Raises Refusal beyond the caps."""
    try:
        with archive.open(info) as stream:
            return _counted(stream, budget, ratio * max(1, info.compress_size))
    except BROKEN as error:
        raise Refusal("a broken zip member", "pack it again") from error


def is_gzip(data: bytes) -> bool:
    """Tell whether the bytes begin as a gzip file does."""
    return data.startswith(b"\x1f\x8b")


def unpacked(source: Source) -> Source:
    """Return the file in a gzip file as `x.json.gz!x.json`. Raises Refusal beyond the caps."""
    name = PurePosixPath(source.name.rpartition("!")[2]).name
    try:
        with gzip.open(io.BytesIO(source.data)) as stream:
            data = _counted(stream, MOST_BYTES, MOST_RATIO * len(source.data))
    except BROKEN as error:
        raise Refusal("a broken gzip file", "pack it again") from error
    if is_zip(data) and not is_workbook(opened(data)):
        raise Refusal("a zip in a gzip file", "unpack the outer one")
    return replace(source, name=f"{source.name}!{name.removesuffix('.gz')}", data=data)


def _counted(stream: IO[bytes] | gzip.GzipFile, budget: int, likely: int) -> bytes:
    """Return all of a stream; Refusal beyond `budget` and, if it is not small, `likely` bytes."""
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(CHUNK):
        size += len(chunk)
        if size > budget:
            raise Refusal("expands beyond what is read", "unpack it and split it")
        if size > SMALL and size > likely:
            raise Refusal("expands too much for a transcript (a zip bomb?)", "unpack it")
        parts.append(chunk)
    return b"".join(parts)
