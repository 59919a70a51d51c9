"""English questions by their form, with or without marks.

Open is a question word before an auxiliary and its subject (what time would you like); closed is
an auxiliary before its subject (is it, have you got), alone or as a tag (didn't you). Where no
mark divides sentences, an auxiliary counts only where a clause can begin, and a question word
only if nothing before it takes it as an object (I don't know what's wrong).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qa_checker import lazy_re

Place = tuple[int, int]
HIDDEN = "\x1f"

SUBJECT = (
    "(?:you|i|we|they|he|she|it|that|this|there|these|those|anyone|anybody|anything|someone|"
    "somebody|everything|everyone)"
)
NOUN = "(?:the|your|my|his|her|their|our|a|an|any|mister|missus|mr|mrs|miss|one|all|some)"
BE = "(?:is|are|was|were|am|isn't|aren't|wasn't|weren't)"
DO = (
    "(?:do|does|did|don't|doesn't|didn't|can|could|can't|couldn't|will|would|won't|wouldn't|shall|"
    "should|shouldn't|shan't|have|has|haven't|hasn't|had|hadn't|may|might|mightn't|must)"
)
WH = "(?:what|who|where|when|why|how|which|whose|whereabouts)"
MUCH = (
    "(?:what(?: sort of| kind of)?|which|whose|how (?:many|much|long|often|far|old|big|soon|"
    "quickly|bad|important|confident|ready|likely))"
)
TAKES_IT = lazy_re.compile(
    r"(?:know|knows|knew|see|sees|saw|understand|tell (?:me|you|us)|told (?:me|you)|sure|check|"
    r"find out|found out|exactly|quite|idea|depends|depending|remember|forget|"
    r"forgotten|wonder|wondering|that's|that is|this is|it's|about|of|say|says|saying|whatever|"
    r"explain|explained|ask|asked|show me|hear|heard|realise|realize|figure|matter|"
    r"define|concerning|like|is|was|care) $"
)
OPEN = lazy_re.compile(
    rf"\b(?:{WH} {DO}(?: not)? (?:{SUBJECT}|{NOUN})\b|{WH} {BE} (?:{SUBJECT}|{NOUN})\b"
    rf"|(?:what|who|where|how|why|when|which)(?:'s|'re|'d|'ve| {BE}) (?:been|going|happening|wrong|"
    r"up|calling|speaking|the|your|his|her|that|this|it|there)\b"
    r"|what (?:brings|brought|makes|made|seems|happens|happened)\b(?! (?:is|was|when|to))"
    rf"|{MUCH}(?: (?!i |you |we |they |it |he |she )[\w'\[\]]+){{1,5}}? (?:{DO}|{BE}) "
    rf"(?:{SUBJECT}|{NOUN})\b|{MUCH} (?:{DO}|{BE}) (?:{SUBJECT}|{NOUN})\b"
    r"|(?:how|what) about (?!a\b)|how come\b|why not\b|(?:how|what|who|where) else\b)"
)
POLITE = "(?:please|sorry|sir|madam|love|then)"
SHORT = lazy_re.compile(
    r"^(?:(?:and|so|okay|ok|right|oh|yes|yeah|sorry|for|from|to|at|um|uh|er|thank you) )*"
    rf"{WH}(?: [\w'\[\]]+){{0,2}}(?: {POLITE})?$"
    rf"|\bwhat {POLITE}$|\byou(?:'ve)? (?:want|said|got|need)(?: to)? what\b"
)
NO_QUESTION = lazy_re.compile(
    r"(?:oh )?(?:what an?|how (?:nice|lovely|funny|strange|awful|terrible|weird)|"
    r"which (?:is|was|case)|(?:when|how|what|where|who) (?:you|i|we|they|he|she|it)|"
    r"who (?:is|was) (?:a|my|the)|whatever|wherever)\b"
)
MARKERS = (
    "right|okay|ok|oh|so|and|or|but|yeah|yes|no|sorry|please|now|then|well|um|uh|er|erm|ah|thanks|"
    "thank you|hello|hi|sir|madam|love|alright|all right|lovely|certainly|fine|moment|problem|sure|"
    "otherwise|because|cause|cos|actually|good morning|good afternoon|good evening|bye|mm|hmm|hm|"
    r"great|num\]|letter\]|town\]|business\]|surname\]|name\]|road\]"
)
CLOSED = lazy_re.compile(
    rf"(?:^|\b(?:{MARKERS}) )(?P<core>(?:{DO}|{BE})(?: not)? (?:{SUBJECT}|{NOUN}))\b"
    r"|(?<!so )(?<!that )(?<!as )(?<!than )(?<!if )(?<!which )(?<!what )(?<!how )(?<!neither )"
    r"(?<!when )(?<!where )(?<!who )(?<!why )(?<!you )(?<!i )(?<!we )(?<!they )(?<!to )(?<!only )"
    r"(?<!all )\b"
    r"(?:(?:do|did|can|could|would|will|have|are|were|don't|didn't|haven't|wouldn't) you|"
    r"(?:can|could|may|shall) i|(?:shall|can|could) we|(?:does|has) (?:it|that|he|she)|"
    r"(?:is|are) there|is that (?:alright|all right|possible|the)|"
    r"is it (?:ok|okay|a|the|possible|on))\b"
    r"|\b(?:is|are|was|were|do|have|has|does|did|will|would|can)(?:n't)? "
    r"(?:it|you|they|he|she|we|i)(?: then| now| please| sorry| or| sir| madam| though)?$"
    r"|\b(?:is|are|was|were|do|does|did|have|has|would|could|ca|should|might)n't "
    r"(?:it|you|they|he|she|we|i) (?:then|right|though|and|so|no|yeah)\b"
    r"|\bis that (?:right|correct|it|ok|okay)\b"
)
QUESTION_WORD = lazy_re.compile(rf"\b{WH}\b")
NOT_ASKED = lazy_re.compile(
    r"\b(?:so|neither|nor) (?:do|did|have|am|can|would) i\b|\bi (?:do|have|can|will|would) you\b"
)


HINTS = {
    "open": lazy_re.compile(r"\b(?:wh|how)"),
    "closed": lazy_re.compile(rf"\b(?:{DO}|{BE})\b"),
}
"""What a sentence must hold to be worth a closer look."""


def open_place(text: str, asked: bool) -> Place | None:
    """Return where the first open question of a sentence of plain text stands."""
    found = next(open_places(text), None)
    if found or not asked or closed_in(text):
        return found
    return (0, len(text)) if asks_by_word(text) else None


def closed_place(text: str, asked: bool) -> Place | None:
    """Return where the closed question of a sentence of plain text stands."""
    opened, rest = list(open_places(text)), text
    for start, end in opened:
        rest = rest[:start] + HIDDEN * (end - start) + rest[end:]
    closed = closed_in(rest)
    if closed:
        return closed.start("core" if closed["core"] else 0), len(text)
    return (0, len(text)) if asked and not opened and not asks_by_word(text) else None


PLACES = {"open": open_place, "closed": closed_place}


def closed_in(text: str) -> re.Match[str] | None:
    """Return the first that has the form of a closed question."""
    return CLOSED.search(NOT_ASKED.sub(lambda found: HIDDEN * len(found.group()), text))


def asks_by_word(text: str) -> bool:
    """Tell whether a question word stands at the beginning of a sentence."""
    return QUESTION_WORD.search(" ".join(text.split()[:4])) is not None


def open_places(text: str) -> Iterator[Place]:
    """Yield where open questions stand."""
    for found in OPEN.finditer(text):
        if not TAKES_IT.search(text[: found.start()]) and not NO_QUESTION.match(found.group()):
            yield found.span()
    short = SHORT.search(text)
    if short and not OPEN.search(text) and not NO_QUESTION.match(short.group()):
        yield short.span()
