"""Files that are no text at all, by their first bytes, and what to do with each."""

from __future__ import annotations

import re

from qa_checker import lazy_re

AS_TEXT = "export the transcript as text, JSON, CSV or xlsx"
PARQUET = b"PAR1"
SPEECH = "turn the recording into a transcript first"

SIGNATURES: tuple[tuple[bytes, str, str], ...] = (
    (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "a password-protected or old binary Office file",
        "remove the password, or save it as .xlsx",
    ),
    (b"%PDF-", "a PDF", AS_TEXT),
    (b"\x1f\x8b", "a gzip file", "unpack it first"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive", "unpack it, or pack it as zip"),
    (b"Rar!\x1a\x07", "a RAR archive", "unpack it, or pack it as zip"),
    (b"BZh", "a bzip2 file", "unpack it first"),
    (b"\xfd7zXZ\x00", "an xz file", "unpack it first"),
    (b"PAR1", "a Parquet file", AS_TEXT),
    (b"SQLite format 3\x00", "an SQLite file", AS_TEXT),
    (b"\x89PNG\r\n", "a picture", AS_TEXT),
    (b"\xff\xd8\xff", "a picture", AS_TEXT),
    (b"GIF8", "a picture", AS_TEXT),
    (b"RIFF", "a recording", SPEECH),
    (b"ID3", "a recording", SPEECH),
    (b"OggS", "a recording", SPEECH),
    (b"fLaC", "a recording", SPEECH),
    (b"#!AMR", "a recording", SPEECH),
    (b"\xff\xfb", "a recording", SPEECH),
    (b"{\\rtf", "an RTF document", AS_TEXT),
)
OURS = lazy_re.compile(r"\s*(?:#.*\s+)*qa_checker:\s*(rubric|lexicon|mapping)/")
WHY = lazy_re.compile(
    r"\ufeff?(?:Call|通话) .{0,300}(?:agent: |坐席：).{0,300}\n"
    r"(?:Rule|规则) \S+@[0-9.]+#[0-9a-f]{12}\s*\n"
)
MARKUP = lazy_re.compile(r"\s*(?:<!DOCTYPE html|<html|<\?xml)", re.IGNORECASE)
GLANCE = 100_000
XML_SPOKEN = lazy_re.compile(
    r"\ufeff?\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*|<!DOCTYPE\s+Trans\b[^<>]{0,200}>\s*)*"
    r"<(?:(?:\w{1,20}:)?tt|Trans|ANNOTATION_DOCUMENT)[\s>]",
    re.DOTALL,
)  # TTML, Transcriber, ELAN
SPOKEN = lazy_re.compile(r"<li\b[^>]{0,500}\bstart\s*=", re.IGNORECASE)


def not_a_transcript(data: bytes) -> tuple[str, str] | None:
    """Return what a binary file is and what would help, or None if it may be text."""
    for start, what, advice in SIGNATURES:
        if data.startswith(start):
            return f"not a transcript: {what}", advice
    return None


def not_speech(text: str) -> tuple[str, str] | None:
    """Return what a text is that no reader should try, or None."""
    if (own := OURS.match(text)) is not None:
        return f"a {own[1]}, not a transcript", "keep rubrics and transcripts in different folders"
    if WHY.match(text):
        help = "keep transcripts in a folder of their own, and audit that one"
        return "what qa-checker why printed, not a transcript", help
    if MARKUP.match(text) and not XML_SPOKEN.match(text) and not SPOKEN.search(text, 0, GLANCE):
        return "not a transcript: an HTML or XML page", AS_TEXT
    return None
