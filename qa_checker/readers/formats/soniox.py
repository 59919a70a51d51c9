"""Soniox: `tokens`, parts of words with the spaces between them, milliseconds.

    {"text": "Good morning.", "tokens": [
      {"text": "Go", "start_ms": 10, "end_ms": 90, "speaker": "1"},
      {"text": "od", "start_ms": 110, "end_ms": 160, "speaker": "1"}, …]}

Of the answers of a stream, in a list or one a line, the final tokens are one call. Tokens of a
translation are not what somebody said.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.exports import each, made, sure
from qa_checker.readers.exported.job_states import only_interim
from qa_checker.readers.exported.said import SENTENCE_ENDS, at, objects, plain
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "Soniox"
UNIT = "milliseconds"
MARKS = frozenset(["<end>", "<fin>"])
Node = dict[str, Any]


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for tokens with a start in milliseconds."""
    return sure(source, is_mine)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the call of every transcript, or the one of a stream."""
    return each(source, is_mine, call_of)


def is_mine(node: object) -> bool:
    """Tell whether a node has tokens, or is a list of answers with such that are final or not."""
    if isinstance(node, list):
        return any("is_final" in token for one in objects(node) for token in _tokens(one)[:1])
    return any("start_ms" in one and "text" in one for one in _tokens(node)[:5])


def call_of(node: Any) -> Call:
    """Return the call of a transcript, or of a stream. Raises Refusal if nothing is final."""
    answers = objects(node) if isinstance(node, list) else [node]
    tokens = [one for answer in answers for one in _tokens(answer)]
    said = [one for one in tokens if one.get("is_final") is not False and not _is_mark(one)]
    if tokens and not said:
        raise only_interim()
    return made(_segments(said), call_id=at(node, "id"))


def _tokens(answer: object) -> list[Node]:
    return objects(at(answer, "tokens"))


def _is_mark(token: Node) -> bool:
    return token.get("text") in MARKS or token.get("translation_status") == "translation"


def _segments(tokens: list[Node]) -> Iterator[Segment]:
    """Yield a segment for every sentence of a speaker: parts of words are joined as they are."""
    for speaker, run in groupby(tokens, lambda one: plain(one.get("speaker"))):
        sentence: list[Node] = []
        for token in run:
            if sentence and _ends(sentence[-1]) and plain(token.get("text"))[:1].isspace():
                yield _segment(sentence, speaker)
                sentence = []
            sentence.append(token)
        yield _segment(sentence, speaker)


def _ends(token: Node) -> bool:
    return plain(token.get("text")).strip()[-1:] in SENTENCE_ENDS


def _segment(tokens: list[Node], speaker: str) -> Segment:
    text = " ".join("".join(plain(one.get("text")) for one in tokens).split())
    starts = [when(one["start_ms"], MILLISECOND) for one in tokens if "start_ms" in one]
    ends = [when(one["end_ms"], MILLISECOND) for one in tokens if "end_ms" in one]
    return Segment(
        UNKNOWN, text, speaker, starts[0] if starts else None, ends[-1] if ends else None
    )
