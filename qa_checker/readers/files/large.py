"""Files too large to hold: the beginning is looked at, then the whole is read bit by bit.

Lines, rows and items of an array come one after the other in flat memory. The encoding is
decided by the beginning; bytes that are not of it further on end the reading with their line.
"""

from __future__ import annotations

import codecs
import io
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import chain

from qa_checker import lazy_re
from qa_checker.readers.encodings.decoding import HELP, MIXED, decode, encoding_of
from qa_checker.readers.files.inputs import MOST_BYTES, read_all
from qa_checker.readers.source import Source
from qa_checker.readers.strict_json import Refusal

CHUNK = 1 << 18
WIDER = {"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "hz", MIXED}
SCAN = json.JSONDecoder().raw_decode
BLANK = lazy_re.compile(r"[ \t\r\n]*")
NEAR = 16  # a JSON mistake this near the end of what was read may only be cut off


def whole(source: Source) -> Source:
    """Return a large file with all its bytes. Raises Refusal beyond MOST_BYTES."""
    if source.reopen is None:
        return source
    with source.reopen() as file:
        return replace(source, data=read_all(file), reopen=None)


def beginning(source: Source) -> Source | None:
    """Return the source with the text of its beginning; None if it cannot be cut into pieces."""
    cut = max(source.data.rfind(b"\n"), source.data.rfind(b","))
    try:
        text, notes = decode(source.data[: source.data.rfind(b"\n") + 1 or cut + 1])
    except Refusal:
        return None
    encoding, declared = encoding_of(source.data, notes)
    if encoding in WIDER or "\ufffd" in text:
        return None
    text = text.lstrip("\ufeff")
    if text.lstrip()[:1] == "[":
        text = _items_so_far(text) or text
    notes = source.notes + notes
    return replace(source, text=text, notes=notes, encoding=encoding, declared=declared)


def _items_so_far(text: str) -> str:
    """Return the array of the items that are complete in a text, "" if none is."""
    found: list[str] = []
    with suppress(Refusal):
        found.extend(items(iter([text])))
    return f"[{','.join(found)}]" if found else ""


def rows(source: Source) -> Iterator[bytes]:
    """Yield the lines of a source in UTF-8, without their ends; their bytes are not checked."""
    cut: list[bytes] = []  # the pieces of a line that goes on in the next chunk
    for chunk in _utf8(source):
        end = chunk.rfind(b"\n") + 1 or chunk.rfind(b"\r", 0, -1) + 1  # a last \r may want its \n
        if end:
            yield from _cut(b"".join([*cut, chunk[:end]]))
            cut = [chunk[end:]]
        elif len(cut) > MOST_BYTES // CHUNK:
            raise Refusal(f"a line longer than {MOST_BYTES // 1024 // 1024} MB", "split it")
        else:
            cut.append(chunk)
    yield from b"".join(cut).splitlines()


def _cut(data: bytes) -> Iterator[bytes]:
    """Yield the lines of bytes as `splitlines` does, which looks at each byte by itself."""
    if b"\r" in data:
        yield from data.splitlines()
        return
    start, end = 0, data.find(b"\n")
    while end >= 0:
        yield data[start:end]
        start, end = end + 1, data.find(b"\n", end + 1)
    if start < len(data):
        yield data[start:]


def _utf8(source: Source) -> Iterator[bytes]:
    if source.reopen is None:
        yield from (text.encode("utf-8") for text in _pieces(source.text))
        return
    if source.encoding != "utf-8":
        yield from (text.encode("utf-8") for text in texts(source))
        return
    with source.reopen() as file:
        chunk = file.read(CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            yield chunk
            chunk = file.read(CHUNK)


def _pieces(text: str) -> Iterator[str]:
    """Yield a text in pieces, so that what is made of one is all that is held beside it."""
    return (text[start : start + CHUNK] for start in range(0, len(text), CHUNK))


def texts(source: Source) -> Iterator[str]:
    """Yield the text of a source in pieces. Raises Refusal at bytes that are not its encoding."""
    if source.reopen is None:
        yield from filter(None, [source.text])
        return
    decoder = codecs.getincrementaldecoder(source.encoding)("strict")
    line = 1
    with source.reopen() as file:
        chunk = file.read(CHUNK).removeprefix(codecs.BOM_UTF8)
        while chunk:
            try:
                text = decoder.decode(chunk, final=len(chunk) < CHUNK and not file.peek(1))  # type: ignore[attr-defined]
            except UnicodeDecodeError as error:
                good = error.object[: error.start].decode(source.encoding)
                yield from filter(None, [good])
                reason = f"bytes that are not {source.encoding}: the rest was not read"
                raise Refusal(reason, HELP, line + good.count("\n")) from None
            yield from filter(None, [text])
            line += text.count("\n")
            chunk = file.read(CHUNK)


def lines(source: Source) -> Iterator[str]:
    """Yield the lines of a source with their ends, as the csv module wants them."""
    return chain.from_iterable(_lines_by_piece(source))


def _lines_by_piece(source: Source) -> Iterator[Iterable[str]]:
    rest = ""
    for text in texts(source):
        *done, rest = io.StringIO(rest + text, newline="")
        yield done
    yield io.StringIO(rest, newline="")


def end_of_item(text: str, start: int) -> int:
    """Return where the JSON value at a place ends. Raises JSONDecodeError if it does not."""
    return SCAN(text, start)[1]


def items(chunks: Iterator[str], end_of: Callable[[str, int], int] = end_of_item) -> Iterator[str]:
    """Yield every item of a JSON array as text. Raises Refusal where it breaks, with the line."""
    text, line = "", 1
    while not text.strip() and (chunk := next(chunks, "")):
        text += chunk
    place = _blank(text, 0) + 1
    while True:
        start = _blank(text, place)
        if text[start : start + 1] == "]":
            return _no_more(text[start + 1 :], chunks)
        try:
            end = end_of(text, start)
            after = _blank(text, end)
            if text[after : after + 1] not in (",", "]"):
                raise json.JSONDecodeError("Expecting ',' delimiter", text, after)
        except json.JSONDecodeError as error:
            more = _more(text, place, line, chunks, error)
            line += text.count("\n", 0, place)
            text, place = text[place:] + more, 0
            continue
        except (RecursionError, ValueError):
            raise Refusal("JSON nested too deeply to be a transcript") from None
        yield text[start:end]
        if text[after] == "]":
            return _no_more(text[after + 1 :], chunks)
        place = after + 1


def _no_more(text: str, chunks: Iterator[str]) -> None:
    if text.strip() or any(chunk.strip() for chunk in chunks):
        raise Refusal("text after the end of the JSON array", "export the file again")


def _blank(text: str, place: int) -> int:
    """Return where the white space at a place ends."""
    found = BLANK.match(text, place)
    return found.end() if found is not None else place


def _more(
    text: str, place: int, line: int, chunks: Iterator[str], error: json.JSONDecodeError
) -> str:
    """Return as much text again as is left; Refusal if it is wrong and not only cut off."""
    cut_off = error.pos >= len(text) - NEAR or error.msg.startswith("Unterminated string")
    left, parts, size = len(text) - place, [], 0
    while cut_off and size <= left < MOST_BYTES and (chunk := next(chunks, "")):
        parts.append(chunk)
        size += len(chunk)
    if not parts:
        at = line + text.count("\n", 0, error.pos)
        column = error.pos - text.rfind("\n", 0, error.pos)
        reason = f"broken JSON: {error.msg} at line {at}, column {column}"
        raise Refusal(reason, "export the file again", at)
    return "".join(parts)
