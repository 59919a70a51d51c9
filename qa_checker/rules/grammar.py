"""The phrase grammar: what a QA lead writes, as a small tree.

    phrase  = ["^"] { part } ["$"]
    part    = text | " " | "..." | "<m-n>" | "<slot>"["?"]
            | "(" phrase { "|" phrase } ")"["?"] | latin"*"

A backslash takes away the meaning of the character after it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from qa_checker import lazy_re
from qa_checker.rules.phrase import (
    Choice,
    Edge,
    Gap,
    Literal,
    Part,
    Phrase,
    Rest,
    Space,
    may_be_empty,
)
from qa_checker.text.characters import DIGIT, WORD, compared_as
from qa_checker.text.plain import plain

ANY_WORDS = (0, 10)
LETTERS = lazy_re.compile("[A-Za-z]+")
IDEOGRAPHS = lazy_re.compile("[\u4e00-\u9fff]+")
NO_OPERATOR = lazy_re.compile(r"[^|()<>?*^$\\.（）｜]+")
MAX_DEPTH = 10
CLOSERS = ("", "|", ")", "｜", "）")
OPERATORS = {"（": "(", "）": ")", "｜": "|"}
SlotFinder = Callable[[str, int], Part]


class NotPhrase(Exception):
    """A mistake in a phrase, `offset` characters into it."""

    def __init__(self, offset: int, length: int, code: str, message: str, help: str = "") -> None:
        super().__init__(message)
        self.offset, self.length, self.code = offset, length, code
        self.message, self.help = message, help


def parse_phrase(text: str, slot: SlotFinder) -> Phrase:
    """Parse a phrase; `slot(name, offset)` resolves the slots it names."""
    if NO_OPERATOR.fullmatch(text):
        return mandatory(literal_parts(text), text)
    reader = Reader(text, slot)
    phrase = reader.phrase(top=True)
    if reader.position < len(text):
        raise NotPhrase(
            reader.position,
            1,
            "QA301",
            f'"{reader.peek()}" closes nothing',
            "\\) is a plain bracket",
        )
    return mandatory(phrase, text)


def mandatory(phrase: Phrase, text: str) -> Phrase:
    """Return a phrase, unless it matches nothing at all."""
    if may_be_empty(phrase):
        message = "pattern matches the empty string, so it would hit every turn"
        raise NotPhrase(0, len(text), "QA304", message, "make something in it mandatory")
    return phrase


class Reader:
    """Reads one phrase from left to right."""

    def __init__(self, text: str, slot: SlotFinder) -> None:
        self.text, self.slot, self.position, self.depth = text, slot, 0, 0

    def peek(self) -> str:
        """Return the character here ("" at the end), full-width operators made narrow."""
        here = self.text[self.position : self.position + 1]
        return OPERATORS.get(here, here)

    def phrase(self, top: bool = False) -> Phrase:
        """Read parts until the phrase, or the bracket it stands in, ends."""
        parts: list[Part] = []
        while (here := self.peek()) and (here not in "|)" or (top and here == "|")):
            if here == "|":
                raise self.wrong('"|" stands outside brackets', "write (a|b)")
            parts.extend(self.part(here, first=not parts))
        return tuple(parts)

    def part(self, here: str, first: bool) -> list[Part]:
        """Read one part, and what follows it if it is text."""
        if here == "(":
            return [self.choice()]
        if here == "<":
            return [self.angle()]
        if here == "^":
            return [self.edge(first, start=True)]
        if here == "$":
            return [self.edge(self.text[self.position + 1 :][:1] in CLOSERS, start=False)]
        if self.text.startswith("...", self.position):
            self.position += 3
            return [Gap(*ANY_WORDS)]
        if here in ">?*":
            raise self.wrong(*MISPLACED[here])
        return self.literal()

    def edge(self, allowed: bool, start: bool) -> Edge:
        """Read ^ or $, which stand at the ends of a phrase only."""
        if not allowed:
            sign, where = ("^", "first") if start else ("$", "last")
            raise self.wrong(f'"{sign}" must come {where}', f"\\{sign} is the plain character")
        self.position += 1
        return Edge(start)

    def choice(self) -> Choice:
        """Read a bracket with its alternatives."""
        begin = self.position
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise self.wrong(f"brackets are nested more than {MAX_DEPTH} deep", "split the phrase")
        options: list[Phrase] = []
        while not options or self.peek() == "|":
            self.position += 1
            options.append(self.phrase())
        self.depth -= 1
        if self.peek() != ")":
            raise NotPhrase(begin, 1, "QA301", "this bracket is never closed", "add )")
        self.position += 1
        if any(not option for option in options):
            help = "write (a|b)? for a part that may be missing"
            raise NotPhrase(begin, self.position - begin, "QA301", "an alternative is empty", help)
        return Choice(tuple(options), self.optional())

    def angle(self) -> Part:
        """Read <m-n> or <slot>."""
        begin = self.position
        end = self.text.find(">", begin)
        if end < 0:
            raise self.wrong('"<" is never closed', "write <slot> or <0-4>")
        name = self.text[begin + 1 : end].strip()
        self.position = end + 1
        least, dash, most = name.partition("-")
        if dash and least.isdigit() and most.isdigit():
            return self.gap(begin, int(least), int(most))
        part = self.slot(name, begin)
        if not self.optional():
            return part
        return Choice(part.options, True) if isinstance(part, Choice) else Choice(((part,),), True)

    def gap(self, begin: int, least: int, most: int) -> Gap:
        """Return a gap, if its numbers make sense."""
        if not least <= most <= 100 or most == 0:
            message = f"gap <{least}-{most}> must go from a smaller to a larger number, 100 at most"
            raise NotPhrase(begin, self.position - begin, "QA301", message, "write <0-4>")
        return Gap(least, most)

    def optional(self) -> bool:
        """Read a question mark, if there is one."""
        if self.peek() == "?":
            self.position += 1
            return True
        return False

    def literal(self) -> list[Part]:
        """Read text in plain form, with a * after it if any."""
        parts = list(literal_parts(self.words()))
        if self.peek() == "*":
            if not (parts and isinstance(parts[-1], Literal) and latin(parts[-1].text[-1])):
                raise self.wrong(*MISPLACED["*"])
            self.position += 1
            parts.append(Rest())
        return parts

    def words(self) -> str:
        """Read text up to the next operator."""
        written = ""
        while (here := self.peek()) and here not in "|()<>?*^$":
            if run := NO_OPERATOR.match(self.text, self.position):
                written += run[0]
                self.position = run.end()
                continue
            if self.text.startswith("...", self.position):
                break
            if here == "\\":
                self.position += 1
                if not self.peek():
                    raise self.wrong("a backslash ends the phrase", "\\\\ is a plain backslash")
            written += self.text[self.position]
            self.position += 1
        return written

    def wrong(self, message: str, help: str) -> NotPhrase:
        """Return an error about the character here."""
        return NotPhrase(self.position, 1, "QA301", message, help)


MISPLACED = {
    ">": ('">" closes nothing', "\\> is the plain character"),
    "?": ('"?" must follow a group or a slot', "write 办不(了)?; \\? is a question mark"),
    "*": ('"*" must follow Latin letters', "write frustrat*; between Chinese words use ..."),
}


def latin(character: str) -> bool:
    """Tell whether a character belongs to a word that may go on after it."""
    return plain([character]).kinds[:1] in (bytes([WORD]), bytes([DIGIT]))


@cache
def literal_parts(written: str) -> tuple[Part, ...]:
    """Split text into what must stand there and the spaces between."""
    parts: list[Part] = []
    for number, word in enumerate(re.split(r"\s", written)):
        if number:
            parts.append(Space())
        for piece_number, piece in enumerate(plain_word(word).split(" ")):
            if piece_number:
                parts.append(Space())
            if piece:
                parts.append(Literal(piece))
    return tuple(parts)


@cache
def compared(character: str) -> str:
    """Return what one character is compared as."""
    return chr(compared_as()[ord(character)])


@cache
def plain_word(word: str) -> str:
    """Return a piece of a phrase in plain form.

    An apostrophe at its edge belongs to a word that goes on beyond it: what('s| is).
    Letters and Han alone, which most pieces are, need no table over all of Unicode.
    """
    if LETTERS.fullmatch(word):
        return word.lower()
    if IDEOGRAPHS.fullmatch(word):
        return "".join(map(compared, word))
    head, tail = "x" * word.startswith(("'", "’")), "x" * word.endswith(("'", "’"))
    text = plain([head + word + tail]).text
    return text[len(head) : len(text) - len(tail)]
