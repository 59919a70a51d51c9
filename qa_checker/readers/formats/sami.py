"""SAMI captions (.smi): a `<SYNC Start=…>` in milliseconds, its text lasts until the next one.

    <SAMI><BODY>
    <SYNC Start=100><P Class=ENUSCC>Agent: Good morning.
    <SYNC Start=2000><P Class=ENUSCC>&nbsp;

Speakers as in WebVTT. Of several languages the first is read.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from itertools import zip_longest

from qa_checker import lazy_re
from qa_checker.call import Call
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "SAMI captions"
UNIT = "milliseconds"
HEAD = lazy_re.compile(r"\ufeff?\s*<SAMI\b", re.IGNORECASE)
SYNC = lazy_re.compile(
    r"<SYNC\b[^<>]{0,200}?\bStart\s*=\s*[\"']?([0-9]{1,12})[^<>]{0,200}>", re.IGNORECASE
)
CLASS = lazy_re.compile(r"<P\b[^<>]{0,200}?\bClass\s*=\s*[\"']?([\w-]{1,60})", re.IGNORECASE)
BREAK = lazy_re.compile(r"<br\s*/?>", re.IGNORECASE)
TAG = lazy_re.compile(r"</?[a-z!][^<>]{0,500}>", re.IGNORECASE)


def sniff(source: Source, options: Options) -> float:
    """Return 1 if the file begins with <SAMI>."""
    return 1.0 if HEAD.match(source.text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the captions. Raises Refusal if there are none."""
    found = list(_cues(source.text))
    if not found:
        raise Refusal("empty: captions without any text", "export the captions again")
    yield caption_call(found, options)


def _cues(text: str) -> Iterator[Cue]:
    marks = list(SYNC.finditer(text))
    language = CLASS.search(text)
    edges = [one.start() for one in marks[1:]] + [len(text)]
    bodies = ((one, text[one.end() : edge]) for one, edge in zip(marks, edges, strict=False))
    told = [(one, body) for one, body in bodies if _is_of(body, language)]
    ends = [int(one[1]) / 1000 for one, _ in told[1:]]
    for (mark, body), end in zip_longest(told, ends):
        said = html.unescape(TAG.sub("", BREAK.sub("\n", " ".join(body.split()))))
        if said.replace("\xa0", " ").strip():
            start, line = int(mark[1]) / 1000, text.count("\n", 0, mark.start()) + 1
            stop = start if end is None else end
            yield Cue(start, stop, html.escape(said, quote=False), line)


def _is_of(body: str, language: re.Match[str] | None) -> bool:
    own = CLASS.match(body.lstrip())
    return own is None or language is None or own[1] == language[1]
