r"""JSON that a known document lies in: what people save is often the answer with all around it.

    {"statusCode": 200, "body": "{\"vcon\": …}"}      {"code": 0, "data": {"result": {…}}}
    {"results": [{…}]}

Formats that know their wrappers are asked first. Where none is sure, what lies under the names
of wrappers (`answers.WRAPPERS`), also as JSON in a string or alone in a list, is shown to all.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from qa_checker.readers.exported.answers import WRAPPERS, decoded, spelled
from qa_checker.readers.files.inputs import WHOLE
from qa_checker.readers.formats import Sure, ranked
from qa_checker.readers.source import Options, Source

SURE = 0.8  # how sure a format is that knows the document and not only its parts
HARDLY, ROWS = 0.4, 0.7  # how sure one is that finds a text somewhere, and one of rows
MOST, DEEPEST = 4, 4  # documents that are shown to the formats, and how deep they may lie


def unwrapped(
    source: Source, order: Sequence[Sure], options: Options
) -> tuple[Source, Sequence[Sure]]:
    """Return the source that holds what a format is sure of, and how sure all are of it.

    That is the source itself if a format is sure of it, or none of anything in it.
    """
    if order[0][0] >= SURE or source.reopen is not None or len(source.text) > WHOLE:
        return source, order
    enough = ROWS if order[0][0] <= HARDLY else SURE
    for inner in islice(_inside(source.document, DEEPEST), MOST):
        found = replace(source, text=json.dumps(inner, ensure_ascii=False))
        known = ranked(found, options)
        if known[0][0] >= enough:
            return found, known
    return source, order


def _inside(document: object, depth: int) -> Iterator[object]:
    """Yield the documents in a document, the outer ones first."""
    if isinstance(document, list) and len(document) == 1:
        below = [document[0]]
    elif isinstance(document, dict):
        below = [value for key, value in document.items() if spelled(key) in WRAPPERS]
    else:
        return
    inner = [found for one in below if isinstance(found := decoded(one), dict | list) and found]
    yield from inner
    for one in inner if depth else ():
        yield from _inside(one, depth - 1)
