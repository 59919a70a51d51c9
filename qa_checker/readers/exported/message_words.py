"""What a message says: a text, an object that holds one, parts of it, or HTML."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from typing import Any

from qa_checker import lazy_re
from qa_checker.readers.exported.answers import decoded, flat

Node = Mapping[str, Any]
TEXT = (
    "text", "content", "message", "bodytext", "plainbody", "body", "transcript", "transcription",
    "utterance", "sentence", "value", "msg", "messagetext", "messagecontent", "spokentext",
    "displaytext", "phrase", "utterancetranscript", "caption", "words", "parts", "messagedata",
    "内容", "文本", "话术", "消息内容", "对话内容", "语句",
)  # fmt: skip
WORDS = "words"
MARKUP = lazy_re.compile(r"\s*<(?:p|div|span|br|html|body|ul|ol|b|a)\b[^<>]{0,500}>", re.IGNORECASE)
BREAK = lazy_re.compile(r"</?(?:p|div|br|li|tr)\b[^<>]{0,500}>", re.IGNORECASE)
TAG = lazy_re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)


def text_of(message: Node) -> str:
    """Return what a message says, "" if nothing; of HTML its text."""
    for key in TEXT:
        if key == WORDS and not isinstance(message.get(key), str):
            continue  # each word with its times
        said = _plain_text(message.get(key))
        if said.strip():
            return _without_markup(said)
    return ""


def _plain_text(value: object) -> str:
    """Return text: as it is, of an object that holds it, or of a list of parts.

    An object may be written as text, with what is said in its `data`, as Udesk has it.
    """
    inner = decoded(value) if isinstance(value, str) and value.lstrip()[:1] == "{" else None
    if isinstance(inner, dict):
        return _plain_text(inner) or _plain_text(inner.get("data")) or str(value)
    if isinstance(value, dict):
        fields = flat(value)
        return next((_plain_text(fields[key]) for key in TEXT if key in fields), "")
    if isinstance(value, list):
        return " ".join(filter(None, (_plain_text(part).strip() for part in value)))
    return value if isinstance(value, str) else ""


def _without_markup(text: str) -> str:
    if not MARKUP.match(text):
        return text
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", text))).split())
