"""CHAT (.cha), the transcripts of TalkBank; milliseconds in bullets.

    @Begin
    @Participants:	AGT Agent, CUS Customer
    *AGT:	thank you for calling . 0_2400
    %com:	comments, morphology and the like are not read
    *CUS:	hi I (wan)na &-um check <my my> [/] my order .

The bullets stand between two U+0015. What was said is kept, fillers too; codes in brackets,
retracings' marks, pauses, events (`&=laughs`), fragments and `xxx` are not words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import joined, kept
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.people.roles import stated
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "CHAT"
UNIT = "milliseconds"
BULLET = lazy_re.compile(
    r"[\x15•](?:%\w{1,8}:)?[^\x15•]{0,200}?([0-9]{1,9})_([0-9]{1,9})[^\x15•]{0,20}[\x15•]"
)
LEFT_OUT = lazy_re.compile(
    r"\[[^\]]{0,500}\]|\((?:\.{1,3}|[0-9:]{0,9}\.[0-9]{0,3})\)|&[=+~*][^\s]+|(?<!\S)0(?:[^\W\d]\S*|(?!\S))"
    r"|(?<!\S)(?:xxx|yyy|www)(?:@\S+)?(?!\S)|[\u2191\u2193\u21d7\u21d8\u2308-\u230b\u2206\u2207\u00b0\u263a\u2051\u222b\u204e\u25c9\u2047]"
)
TERMINATOR = lazy_re.compile(r"(?<!\S)\+[^\w\s]+")
SUFFIX = lazy_re.compile(r"@[A-Za-z:$&+]{1,20}")
SPEAKER = lazy_re.compile(r"\*([^\s:]{1,12}):\s*")
LANGUAGES = {"eng": "en", "zho": "zh", "cmn": "zh", "yue": "zh"}


def sniff(source: Source, options: Options) -> float:
    """Return 1 for a transcript that begins with @Begin, before or after other head lines."""
    head = [row.lstrip("\ufeff") for row in source.lines[:12]]
    begins = any(row.strip() in ("@Begin", "@UTF8") for row in head)
    return 1.0 if begins and any(row.startswith(("*", "@Partic")) for row in source.lines) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call."""
    people: dict[str, str] = {}
    language = media = ""
    segments = []
    for number, row in _rows(source.lines):
        key, _, value = row.partition(":")
        if key == "@Participants":
            people = _participants(value)
        elif key == "@Languages":
            first = value.replace(",", " ").split()[:1]
            language = LANGUAGES.get("".join(first), "".join(first))
        elif key == "@Media":
            media = value.partition(",")[0].strip()
        elif row.startswith("*"):
            segments.append(_segment(number, row, people, options))
    metadata = kept(media=media)
    yield Call("", turns(segments), language=language, metadata=metadata)


def _rows(lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield each line with the ones that go on behind a tab."""
    number, whole = 0, ""
    for place, line in enumerate(lines, 1):
        if line[:1] in ("\t", " ") and whole:
            whole += " " + line.strip()
            continue
        if whole:
            yield number, whole
        number, whole = place, line.strip()
    if whole:
        yield number, whole


def _participants(value: str) -> dict[str, str]:
    """Return the name and role behind each code: "AGT Dana Agent" gives {"AGT": "Dana Agent"}."""
    found = {}
    for one in value.split(","):
        code, _, rest = one.strip().partition(" ")
        if code:
            found[code] = rest.replace("_", " ").strip()
    return found


def _segment(number: int, row: str, people: Mapping[str, str], options: Options) -> Segment:
    match = SPEAKER.match(row)
    code = match[1] if match else row[1:].partition(":")[0].strip()
    said = row[match.end() :] if match else row.partition(":")[2]
    words = people.get(code, "").split()
    role = stated(words[-1], options.roles) if words else UNKNOWN
    times = [
        (when(start, MILLISECOND), when(end, MILLISECOND)) for start, end in BULLET.findall(said)
    ]
    start, end = (times[0][0], times[-1][1]) if times else (None, None)
    return Segment(role, plain_words(said), code, start, end, number)


def plain_words(said: str) -> str:
    """Return the words of an utterance without the codes of the transcriber."""
    text = LEFT_OUT.sub(" ", BULLET.sub(" ", said))
    text = TERMINATOR.sub(lambda found: found[0][-1] if found[0][-1] in ".?!" else " ", text)
    text = SUFFIX.sub("", text.replace("&-", "").replace("&", ""))
    text = text.translate(str.maketrans("_‡„", " ,,", "<>()ˈˌː\x15"))
    words = joined(text.split())
    return words if any(c.isalnum() for c in words) else ""
