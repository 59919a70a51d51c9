"""IBM Watson Speech to Text: words as lists, speakers in a list of their own; seconds.

    {"result_index": 0, "results": [{"final": true, "alternatives": [
        {"transcript": "hello there ", "timestamps": [["hello", 0.5, 0.9], ["there", 0.9, 1.4]]}]}],
     "speaker_labels": [{"from": 0.5, "to": 0.9, "speaker": 0}]}

Labels are joined to words by the time they start. Hesitation marks are no words; results
that are not final are said again later and left out. A job's answer may wrap this once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment, turns
from qa_checker.readers.exported.said import Word, at, kept, objects, plain, sentences, unfinished
from qa_checker.readers.moments import when
from qa_checker.readers.source import Options, SetAside, Source

TITLE = "IBM Watson"
UNIT = "seconds"
HESITATION = "%HESITATION"


def sniff(source: Source, options: Options) -> float:
    """Return 0.95 for results with transcripts and marks of the service, 0.9 for a job."""
    found = _answers(source.document)
    for answer in found:
        for one in objects(answer.get("results"))[:5]:
            told = isinstance(at(one, "alternatives", 0, "transcript"), str)
            stamped = isinstance(at(one, "alternatives", 0, "timestamps", 0), list)
            if told and (stamped or "result_index" in answer or "final" in one):
                return 0.95
    document = source.document
    job = isinstance(document, dict) and {"id", "status", "created"} <= document.keys()
    return 0.9 if job and "recognitions" in plain(at(document, "url")) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call. Raises Refusal for a job without results."""
    answers = _answers(source.document)
    if not any(objects(answer.get("results")) for answer in answers):
        raise unfinished(TITLE, at(source.document, "status"))
    segments = [one for answer in answers for one in _said(answer)]
    metadata = kept(job_id=at(source.document, "id"))
    yield Call("", turns(segments), metadata=metadata)


def _answers(document: object) -> list[dict[str, Any]]:
    """Return the answers: alone, in a list, in a job's results, or in `result` of the SDK."""
    inside = at(document, "result")
    document = inside if isinstance(inside, dict) else document
    given = objects(document) if isinstance(document, list) else objects([document])
    inner = [one for answer in given for one in objects(answer.get("results"))]
    nested = [one for one in inner if isinstance(one.get("results"), list)]
    return nested or given


def _said(answer: dict[str, Any]) -> Iterator[Segment]:
    labels = objects(answer.get("speaker_labels"))
    speakers = {when(one.get("from")): plain(one.get("speaker")) for one in labels}
    words: list[Word] = []
    for result in objects(answer.get("results")):
        if result.get("final") is False:
            continue
        found = list(_words(at(result, "alternatives", 0), speakers))
        text = plain(at(result, "alternatives", 0, "transcript")).replace(HESITATION, "")
        if speakers and found:
            words += found
        elif text.strip():
            start, end = (found[0].start, found[-1].end) if found else (None, None)
            yield Segment(UNKNOWN, " ".join(text.split()), "", start, end)
    yield from sentences(word for word in words if word.text != HESITATION)


def _words(alternative: object, speakers: dict[float | None, str]) -> Iterator[Word]:
    given = at(alternative, "timestamps")
    for one in given if isinstance(given, list) else []:
        start = when(at(one, 1))
        yield Word(plain(at(one, 0)), speakers.get(start, ""), start, when(at(one, 2)))
