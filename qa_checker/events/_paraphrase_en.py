"""Restating in English, by its form: formulas, so + statement, statements about you, echoes."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re
from qa_checker.events._content import content_of

NOD = (
    r"(?:(?:um+|uh+|er+m?|oh|ah|right|okay|ok|yeah|yes|yep|no|m+|mm-?hmm|hmm|all right|alright|"
    r"well|i see|and|but|now|then|lovely|thank you|thanks|wow|sure|great|good|gotcha|you know|sir|"
    r"madam|kind of|sort of|i guess|maybe|also|again)\b[\s,.?!\-]*)*"
)
ASKS = (
    "what|how|why|when|where|who|which|do|did|does|is|are|was|were|can|could|would|should|will|"
    "have|has|may|tell"
)
SO = lazy_re.compile(
    rf"[\s\-]*{NOD}so\b[\s,]*(?:-\s*)?{NOD}(?!(?:{ASKS}|let|i|i'm|i'd|i'll|we|we'll|if you|"
    r"you (?:can|could|need|should|will|have to|just|might|may)|you'll|that's (?:all|it|fine|okay|"
    r"ok|why|great|lovely|no problem)|it'll|that'll|yeah|on a scale|with that|given|let's|"
    r"it says|you dial|you press|just|um|as|then|sorry|far|much|many|on|long)\b)[a-z]"
)
VERBS = (
    "'re|'ve|'d| are| have| had| were| was| don't| didn't| haven't| feel| felt| want| wanted|"
    " wanna| would like| like| love| think| thought| never| always| said| mentioned| paid|"
    " dialled| ordered| just| can't| got| went"
)
YOU = lazy_re.compile(
    rf"[\s\-]*{NOD}(?:what )?you(?:{VERBS})\b(?!')(?! (?:welcome|through|talking|speaking|"
    r"going to (?:need|have|get)|gonna|to (?:go|ring|call|speak|dial)|know\b|see\b|can|could|"
    r"should|to|a choice|any|got any|got a pen|right|what|are|need|dial|indeed|yes|the (?:right|"
    r"wrong)))(?! ?$)"
)
FORMULA = lazy_re.compile(
    r"\b(?:(?:it|that|this|what|you) sounds? (?:like|as|that)|sounds? (?:like|as if|as though)|"
    r"(?:it|that) (?:almost )?(?:seems|feels) (?:like|as|that|to me)|seems like|"
    r"it's (?:almost )?(?:like|as if|as though) you|"
    r"i(?:'m| am)? (?:also |really )?(?:hear|hearing) (?:that|you|how|a|some)\b(?! (?:can|okay))|"
    r"(?:just |also |had |you |and )+(?:said|mentioned|told me|talked about|were saying|described)|"
    r"you've (?:just )?(?:said|mentioned|told|talked|described)|"
    r"you're (?:saying|telling|thinking|feeling|worried|concerned|afraid|hoping|wondering|"
    r"struggling|ready|willing|really|kind of|a little|a bit|pretty|wanting)|"
    r"you (?:feel|felt|don't want|want to|wanna|wanted|don't feel|don't really)\b|"
    r"on the (?:one|other) hand|part of you|my sense is|important (?:to|for) you|"
    r"if i(?:'ve| have)? (?:understand|understood|heard|hear)|in other words|"
    r"my understanding is|(?:have|did) i (?:got|get|understand|understood|hear) (?:that|this|it|"
    r"you)|(?:make|be) sure i(?:'ve| have| am|'m)? (?:understand|understood|understanding|got|have|"
    r"hear)|is that what you|to (?:recap|summari[sz]e|sum up|clarify)|(?:from )?what i(?:'m| am)? "
    r"(?:hear|hearing|gather|understand|understood)|if i(?:'m| am| was)? (?:getting|hearing|"
    r"understanding|following|reading) (?:this|that|you|it)|as i understand it|"
    r"am i right in)"
)
NOT_ABOUT = lazy_re.compile(
    r"\b(?:if|which|what|as|do|did|when|whether|why|how|that) you\b(?!(?:'re| are) saying\b)"
)
WORDING = (
    "(?:what (?:you're|you are|i'm|i am|i) (?:saying|telling|hearing|hear|gather|understand)|"
    "am i right in)"
)
"""What begins as a question and restates: so what you're saying is …"""
QUESTION = lazy_re.compile(rf"[\s\-]*{NOD}(?:so[\s,]+)?{NOD}(?!{WORDING}\b)(?:{ASKS})\b")
OTHER_ACTS = lazy_re.compile(
    r"\byou(?: just| could|'ll)? (?:can|could|need|have to|should|must|dial|press|ring|call|go|"
    r"'ll|get|try|phone)\b|\byou'll\b|\bi(?:'ll| will|'ve| can)\b|\bi'm (?:just|going|gonna|"
    r"trying|getting|phoning|ringing|sorry)\b|\bplease\b|\blet me\b|\bhello\b|\bcan i\b|"
    r"\bbear with\b|\bwe(?:'ll|'ve| can)\b|\bhow can\b|\bbye|\bmy name\b|\bgood (?:morning|"
    r"afternoon|evening)|\bthank"
)
"""Advice, offers, greetings: what is often said with the customer's words, and restates nothing."""
SENTENCE = lazy_re.compile(r"[^.?!]+")
NUMBERS = lazy_re.compile(
    r"\[[a-z ]+\]|\b(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"fifteen|twenty|thirty|forty|fifty|half|past|quarter|star|hash|double|number|fault)\b"
)
LEAST, SHARE = 2, 0.4
"""Words, and the share of its words, that a sentence must have in common with the other side's."""


def restates(text: str, given: frozenset[str], *, answers: bool) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a text that restate; `given` is what the other side has just said.

    What answers a question repeats its words anyway: then they must have a word more in common.
    """
    for sentence in SENTENCE.finditer(text.casefold().replace("’", "'")):
        said = sentence.group()
        if by_form(said) or by_words(said, given, LEAST + answers):
            start = sentence.start() + len(said) - len(said.lstrip(" -,"))
            yield start, sentence.end()


def without_numbers(text: str) -> frozenset[str]:
    """Return the words of a text that carry content and stand for no data."""
    return content_of(NUMBERS.sub(" ", text.casefold()), english=True)


def by_form(said: str) -> bool:
    """Tell whether a sentence has the form of a restatement."""
    if "so" in said and SO.match(said) and not OTHER_ACTS.search(said[:60]):
        return True
    if "you" in said and YOU.match(said):
        return True
    found = FORMULA.search(NOT_ABOUT.sub(" ", said))
    return found is not None and not QUESTION.match(said)


def by_words(said: str, given: frozenset[str], least: int) -> bool:
    """Tell whether a sentence says again, in the same words, what was said."""
    if QUESTION.match(said) or OTHER_ACTS.search(said):
        return False
    own = without_numbers(said)
    common = len(own & given)
    return common >= least and common / len(own) >= SHARE
