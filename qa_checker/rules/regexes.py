"""Regexes of rule files: RE2 only, linear in the text, checked when the file is read."""

from __future__ import annotations

import re

import re2

from qa_checker.rules.fields import Wrong
from qa_checker.rules.tree import Node
from qa_checker.text.characters import compared_as
from qa_checker.text.codes import as_codes

MAX_REGEX = 10_000
NO_SUCH_REGEX = (
    "RE2 has no look-around or back-references; "
    "state the exception as a longer phrase, e.g. unless: [能不能]"
)


def check_regex(node: Node) -> None:
    """Raise Wrong for a regex that RE2 refuses, or that could never match."""
    if len(node.text) > MAX_REGEX:
        raise Wrong(node, "QA302", f"a regex of {len(node.text)} characters", "split it")
    try:
        compiled = re2.compile(node.text, regex_options())
    except re2.error as error:
        said = error.args[0].decode() if isinstance(error.args[0], bytes) else str(error)
        raise Wrong(node, "QA302", f"RE2 rejects this regex: {said}", help_for(said)) from None
    if compiled.search("") is not None:
        message = "pattern matches the empty string, so it would hit every turn"
        raise Wrong(node, "QA304", message, "make something in it mandatory")
    plain = re.sub(r"\\[pP]\{[^}]*\}|\\x\{[^}]*\}|\\.|\[\[:\w+:\]\]", "", node.text)
    table = compared_as()
    for written, code in zip(plain, as_codes(plain).tolist(), strict=True):
        if int(table[code]) != code:
            message = (
                f'this regex never matches "{written}": text is compared as "{chr(table[code])}"'
            )
            raise Wrong(node, "QA302", message, "write lower case, half width, Simplified")


def help_for(said: str) -> str:
    """Return what to do about a regex, by what RE2 says of it."""
    if re.search(r"perl operator|escape sequence: \\[1-9]", said):
        return NO_SUCH_REGEX
    return "RE2 syntax; a backslash makes the next character a plain one"


def regex_options() -> re2.Options:
    """Return how regexes are compiled: linear, leftmost-longest, silent."""
    options = re2.Options()
    options.log_errors = False
    options.longest_match = True
    options.max_mem = 64 << 20
    return options
