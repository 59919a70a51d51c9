"""Bytes to text: byte-order mark, NUL pattern, strict UTF-8, then the likeliest of the rest.

Every text decodes as *something*; what was guessed is said in the notes, and what looks
like nothing people say is refused.
"""

from __future__ import annotations

import codecs

from qa_checker import lazy_re
from qa_checker.readers.encodings.plausible import ENOUGH, likeliest, plausibility
from qa_checker.readers.strict_json import Refusal

MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
CUT_OFF = "the file ends in the middle of a character: is its end missing?"
LONGEST = 4  # bytes of a character
GUESSED = "encoding guessed: "
HELP = "save it as UTF-8 and try again"
SURROGATE = lazy_re.compile("[\ud800-\udfff]")
CONTROL = bytes({*range(0x20)} - {*b"\t\n\v\f\r", 0x15, 0x1B})
HZ = lazy_re.compile(rb"~\{(?:[\x21-\x77][\x21-\x7e])+~\}")
MIXED = "gb18030+utf-8"  # line by line, as two programs write into one file
WIDE = "\u0800"  # from here on a character has three bytes in UTF-8
MOST_DAMAGE = 0.02  # share of characters that may be replaced before a file is refused


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what to tell about it. Raises Refusal."""
    text, notes = _decode(data)
    text, data, lost = _storable(text)
    if lost:
        notes += (f"{lost} lone surrogates became U+FFFD",)
    elif (damaged := text.count("\ufffd")) and not any("U+FFFD" in note for note in notes):
        notes += (f"{damaged} characters were lost before the file came here (U+FFFD)",)
    if len(data) - len(data.translate(None, CONTROL)) > 2 + len(text) // 20:
        raise Refusal("not text: too many control characters", "give a transcript")
    return text, notes


def _storable(text: str) -> tuple[str, bytes, int]:
    """Return text without lone surrogates, the same in UTF-8, and how many there were."""
    try:
        return text, text.encode("utf-8"), 0
    except UnicodeEncodeError:
        text, lost = SURROGATE.subn("\ufffd", text)
        return text, text.encode("utf-8"), lost


def encoding_of(data: bytes, notes: tuple[str, ...]) -> tuple[str, bool]:
    """Return what `decode` read the bytes as, with its notes, and whether a mark declares it."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return encoding, True
    guesses = [note.removeprefix(GUESSED) for note in notes if note.startswith(GUESSED)]
    return (guesses or ["utf-8"])[0], False


def _decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _declared(data[len(mark) :], encoding)
    if b"\0" in data:
        return _with_nuls(data)
    try:
        return _seven_bit(data, data.decode("utf-8"))
    except UnicodeDecodeError:
        return _guess(data)


def _declared(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    try:
        return data.decode(encoding), ()
    except UnicodeDecodeError:
        return _repaired(data, encoding)


def _repaired(data: bytes, encoding: str) -> tuple[str, tuple[str, ...]]:
    """Replace a few bad bytes and say how many; refuse if there are more than a few."""
    text = data.decode(encoding, "replace")
    lost = text.count("\ufffd")
    if lost > max(1, len(text) * MOST_DAMAGE):
        raise Refusal(f"bytes that are not {encoding} in {lost} places", HELP)
    return text, (f"{lost} places were not {encoding} and became U+FFFD",)


def _with_nuls(data: bytes) -> tuple[str, tuple[str, ...]]:
    """UTF-16 and UTF-32 without a mark; or UTF-8 with a few NULs in it."""
    wide = [name for name in ("utf-32-le", "utf-32-be") if data.count(0) * 2 >= len(data)]
    best = likeliest(data, [*wide, "utf-16-le", "utf-16-be"])
    if best is not None:
        return best[0], (GUESSED + best[1],)
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        raise Refusal("not text: binary data", "give a transcript") from None


def _seven_bit(data: bytes, text: str) -> tuple[str, tuple[str, ...]]:
    """Notice Chinese and Japanese that hide in seven-bit bytes."""
    if b"\x1b$" in data:
        raise Refusal("text in ISO-2022, a mail encoding this version does not read", HELP)
    if text.isascii() and HZ.search(data):
        try:
            return data.decode("hz"), (f"{GUESSED}hz",)
        except UnicodeDecodeError:
            pass
    return text, ()


def _guess(data: bytes) -> tuple[str, tuple[str, ...]]:
    if _is_cut_off(data):
        text, notes = _repaired(data, "utf-8")
        return text, (*notes, CUT_OFF)
    if (mixed := _line_by_line(data)) is not None:
        return mixed, (GUESSED + MIXED,)
    best = likeliest(data, ["gb18030", "big5hkscs", "cp950", "cp1252", "utf-16-le", "utf-16-be"])
    if best is not None:
        return best[0], (GUESSED + best[1],)
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") <= len(text) * MOST_DAMAGE and plausibility(text, "utf-8") >= ENOUGH:
        return _repaired(data, "utf-8")
    for lost in range(1, LONGEST):
        best = likeliest(data[:-lost], ["gb18030", "big5hkscs", "cp950"])
        if best is not None:
            return best[0], (GUESSED + best[1], CUT_OFF)
    text = data.decode("gb18030", "replace")
    if text.count("\ufffd") <= len(text) * MOST_DAMAGE and plausibility(text, "gb18030") >= ENOUGH:
        text, notes = _repaired(data, "gb18030")
        return text, (f"{GUESSED}gb18030", *notes)
    raise Refusal("text in an encoding this version does not know", HELP)


def _is_cut_off(data: bytes) -> bool:
    """Tell whether all but the last character of some bytes is UTF-8, and surely so."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.end == len(data) and _is_wide(data[: error.start].decode())
    return False


def _is_wide(text: str) -> bool:
    return max(text, default="") >= WIDE


def _is_utf8(row: bytes) -> bool:
    try:
        row.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _line_by_line(data: bytes) -> str | None:
    """Return a text of which some lines are UTF-8 and all others GB18030; None of any other."""
    texts: list[str] = []
    kinds: dict[str, list[str]] = {"utf-8": [], "gb18030": []}
    for row in data.split(b"\n"):
        encoding = "utf-8" if _is_utf8(row) else "gb18030"
        try:
            texts.append(row.decode(encoding))
        except UnicodeDecodeError:
            return None
        kinds[encoding].append("" if row.isascii() else texts[-1])
    both = ["".join(found) for found in kinds.values()]
    sure = all(plausibility(one, "gb18030") >= ENOUGH for one in both) and _is_wide(both[0])
    return "\n".join(texts) if sure else None
