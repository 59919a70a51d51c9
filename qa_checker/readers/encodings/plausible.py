"""How likely a decoding is: the characters people say against the ones nobody does."""

from __future__ import annotations

from collections import Counter
from functools import cache

from qa_checker import lazy_re
from qa_checker.readers.words import sections

ENOUGH = 0.6
CLOSE = 0.25
SAMPLE = 400_000
SPOKEN = lazy_re.compile("客服|客户|客戶|坐席|用户|用戶|您好|你好|谢谢|謝謝")
SPOKEN_BONUS = 0.3
MARKS = frozenset("，。？！：；、“”‘’…—（）【】《》「」『』〈〉～·￥　〔〕％")
LATIN = frozenset("‘’“”–—…éèêëñúüöäçàâáíóôßÉÑÜÖÄÇ£€°·½™®©«»¿¡ãõåæøîïûœšž\xa0")


def likeliest(data: bytes, encodings: list[str]) -> tuple[str, str] | None:
    """Return (text, encoding) of the most plausible strict decoding, or None."""
    found: list[tuple[float, str, str]] = []
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        found.append((plausibility(text, encoding), text, encoding))
    found = sorted((one for one in found if one[0] >= ENOUGH), key=lambda one: -one[0])
    if len(found) > 1 and found[0][0] - found[1][0] < CLOSE:
        found = _second_opinion(data, found)
    return (found[0][1], found[0][2]) if found else None


def _second_opinion(
    data: bytes, found: list[tuple[float, str, str]]
) -> list[tuple[float, str, str]]:
    """Let chardet break a near tie; it is no good as the only judge of a short text."""
    from chardet import detect

    name = str(detect(data[:SAMPLE]).get("encoding") or "").lower()
    kin = {"gb": "gb18030", "bi": "big5hkscs", "wi": "cp1252", "cp": "cp950"}.get(name[:2], name)
    return sorted(found, key=lambda one: one[2] != kin)


def plausibility(text: str, encoding: str) -> float:
    """Return the mean worth of the characters outside ASCII: about 1 for speech, below 0 for junk.

    A UTF-16 text has to show that even its ASCII makes sense.
    """
    counts = Counter(text[:SAMPLE])
    wide = encoding.startswith("utf-")
    worth = _western if encoding == "cp1252" else _worth
    level = _first_level("big5" if encoding[:4] in ("big5", "cp95") else "gb2312")
    if encoding == "cp1252" and sum(counts[c] for c in counts if c > "\x7f") * 8 > len(text):
        return -1.0
    # The root of a count: one odd character said ten times is not ten odd characters.
    weights = {c: n**0.5 for c, n in counts.items() if c > "\x7f" or wide}
    points = sum(worth(c, level) * weight for c, weight in weights.items())
    bonus = SPOKEN_BONUS if SPOKEN.search(text[:SAMPLE]) else 0.0
    return points / sum(weights.values()) + bonus if weights else 0.0


def _western(character: str, _: frozenset[str]) -> float:
    return 1.0 if character in LATIN else -1.0


def _worth(character: str, level: frozenset[str]) -> float:
    if character <= "\x7f":
        return 0.8 if character.isprintable() or character in "\t\r\n" else -2.0
    if character in _frequent():
        return 1.4
    if character in MARKS:
        return 1.0
    if character in level or "！" <= character <= "～":
        return 0.4
    return -0.4 if "一" <= character <= "\u9fff" else -1.5


@cache
def _frequent() -> frozenset[str]:
    return frozenset("".join("".join(rows) for rows in sections("frequent.txt").values()))


@cache
def _first_level(encoding: str) -> frozenset[str]:
    """The characters each standard puts first because they are the common ones."""
    last, trails = (0xC6, [*range(0x40, 0x7F), *range(0xA1, 0xFF)])
    first = 0xA4
    if encoding == "gb2312":
        first, last, trails = 0xB0, 0xD7, list(range(0xA1, 0xFF))
    pairs = (bytes((lead, trail)) for lead in range(first, last + 1) for trail in trails)
    return frozenset(c for pair in pairs for c in pair.decode(encoding, "ignore") if len(c) == 1)
