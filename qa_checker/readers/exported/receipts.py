"""Answers without words: they say where a transcript is, or which job was taken on.

{"values": [{"links": {"contentUrl": "https://…"}}]}      {"request_id": "05832d5d"}
{"Response": {"Data": {"TaskId": 522931820}}}
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

from qa_checker import lazy_re
from qa_checker.readers.strict_json import Refusal

LINK = lazy_re.compile(r"https?://")
TO_IT = lazy_re.compile(
    r"(?:(?:transcript|transcription|result|content|download)\w*?(?:url|uri|link)|url)$"
)
JOB = lazy_re.compile(r"(?:task|job|order|request|transcript|transcription)id$")
SAID = lazy_re.compile(r"(?:text|transcript|words?|content|utterance|sentence|body|data)$")
WORDS = lazy_re.compile(r"[^\W\d_]{2,}[ ,.]+[^\W\d_]{2,}[ ,.]+[^\W\d_]|[\u4e00-\u9fff]{4}")
MOST, DEEPEST = 200, 12  # values, and levels, of an answer that may be one of these


def only_a_link() -> Refusal:
    """Return the refusal of an answer that says where the transcript is."""
    return Refusal(
        "only a link to the transcript, not the transcript",
        "download the file behind the link and give that",
    )


def only_a_receipt() -> Refusal:
    """Return the refusal of an answer that says which job was taken on, or that one is done."""
    return Refusal(
        "only the state of a transcription job, not its transcript",
        "fetch the result of the job and give that",
    )


def wordless(document: object) -> Refusal | None:
    """Return the refusal of an answer that holds no words but a link or a job; else None."""
    leaves = list(islice(_leaves(document, "", DEEPEST), MOST + 1))
    told = [(key, text) for key, text in leaves if not LINK.match(text)]
    if len(leaves) > MOST or any(SAID.search(key) or WORDS.search(text) for key, text in told):
        return None
    if any(LINK.match(text) and TO_IT.search(key) for key, text in leaves):
        return only_a_link()
    return only_a_receipt() if any(JOB.search(key) for key, _ in told) else None


def _leaves(value: object, key: str, depth: int) -> Iterator[tuple[str, str]]:
    """Yield every plain value that is not empty as text, with its key in one spelling."""
    if isinstance(value, dict | list):
        items = value.items() if isinstance(value, dict) else ((key, one) for one in value)
        for name, inner in items if depth else ():
            yield from _leaves(inner, re.sub(r"[_-]", "", name).lower(), depth - 1)
    elif isinstance(value, str | int | float) and value != "":
        yield key, str(value)
