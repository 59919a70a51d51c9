"""Which unknown speaker is the agent, by what they say; never by how long they talk.

Each speaker's score is agent cues minus customer cues (`cues.txt`), the first three
segments counting double. The highest is the agent if it leads by at least 2; with two
speakers the other is then the customer. Anything closer stays unknown. Among more than two,
others who clearly talk like agents are agents too (a transfer), a first speaker who only
reads out a menu is the system, and a customer has to sound like one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache

from ahocorasick_rs import AhoCorasick, Implementation, MatchKind

from qa_checker import lazy_re
from qa_checker.call import AGENT, CUSTOMER, SYSTEM, UNKNOWN, Columns, Segment, Who, who
from qa_checker.readers.words import sections

MARGIN = 2
SURE = 6  # so clear a margin that roles which a file states are doubted
SOON = 40  # segments in which roles that are stated are looked at
SOONEST = 2  # segments of one side in which a call is opened
OPENING = lazy_re.compile(
    r"thank(?:s|\syou)\sfor\scalling(?!\s(?:me|us|back|again|so))|[为為]您服[务務]"
    "|(?:感谢|感謝|谢谢|謝謝)(?:您的?来电|您的?來電|致电|致電)"
)
MENU = lazy_re.compile(
    r"按\s*[0-9一二三四五六七八九零井*#]|press (?:[0-9*#]|one|two|three|zero|star)"
)


def decide(segments: Sequence[Segment]) -> tuple[Mapping[Who, str], list[str]]:
    """Return the role of each unknown speaker that cue words settle, and notes on it."""
    people = [AGENT, CUSTOMER, UNKNOWN]
    scores = score([segment for segment in segments if segment.role in people])
    unknown = sorted((one for one in scores if one[0] == UNKNOWN), key=lambda one: one[1:])
    if not unknown:
        return {}, []
    menu = _menu(segments) if len(scores) > 2 else {}
    talking = {one: points for one, points in scores.items() if one not in menu}
    best, margin = _leader(talking)
    found = dict(menu)
    against = best[0] == CUSTOMER or (best[0] == UNKNOWN and AGENT in {one[0] for one in talking})
    if len(talking) > 1 and margin >= MARGIN and not against:
        heard = [one for one in unknown if one in talking]
        found |= {best: AGENT} | {one: CUSTOMER for one in heard if _customer(one, best, talking)}
        found |= {one: AGENT for one in heard if _another(one, talking)}
    found = {one: role for one, role in found.items() if one[0] == UNKNOWN}
    if not found:
        nameless = set(scores) == {(UNKNOWN, "", "")}
        return {}, [] if nameless else [_undecided(unknown, len(scores), margin)]
    return found, [_decided(found, unknown, margin)]


def score(segments: Sequence[Segment]) -> dict[Who, int]:
    """Return agent cues minus customer cues of every speaker."""
    spoken: dict[Who, int] = defaultdict(int)
    points: dict[Who, int] = defaultdict(int)
    for segment in segments:
        one, text = who(segment), segment.text.casefold()
        weight = 2 if spoken[one] < 3 else 1
        spoken[one] += 1
        points[one] += weight * (_count("agent", text) - _count("customer", text))
    return dict(points)


def contradiction(said: Columns) -> int:
    """Return by how much the customer talks more like an agent than the agent does.

    0 unless it is by SURE at least, and the customer alone sounds like an agent; where the
    customer opens the call as agents do, and the agent says nothing like it, MARGIN is enough.
    """
    early = zip(said.texts[:SOON], said.roles, strict=False)
    heard = "\n".join([text for text, role in early if role == CUSTOMER])
    if not _count("agent", heard.casefold()):
        return 0
    segments = said.at(range(min(SOON, len(said.texts)))).segments()
    sides: dict[str, int] = defaultdict(int)
    for one, points in score(segments).items():
        sides[one[0]] += points
    margin = sides[CUSTOMER] - sides[AGENT]
    sure = MARGIN if _opens(segments) else SURE
    return margin if margin >= sure and sides[CUSTOMER] > 0 >= sides[AGENT] else 0


def _opens(early: Sequence[Segment]) -> bool:
    """Tell whether the customer answers the call as an agent, and the agent has no cue at all."""
    said = {
        role: [one.text.casefold() for one in early if one.role == role]
        for role in (AGENT, CUSTOMER)
    }
    first = any(OPENING.search(text) for text in said[CUSTOMER][:SOONEST])
    return first and not _count("agent", "\n".join(said[AGENT]))


def _count(side: str, text: str) -> int:
    return len(set(_automaton(side).find_matches_as_strings(text)))


@cache
def _automaton(side: str) -> AhoCorasick:
    words = sections("cues.txt")[side]
    return AhoCorasick(words, MatchKind.LeftmostLongest, implementation=Implementation.DFA)


def _menu(segments: Sequence[Segment]) -> dict[Who, str]:
    """Return the first speaker as the system, if all of it is a menu before anybody else."""
    first = who(segments[0])
    count = sum(who(one) == first for one in segments)
    alone = all(who(one) == first for one in segments[:count])
    reads = any(MENU.search(one.text.casefold()) for one in segments[:count])
    return {first: SYSTEM} if alone and reads and first[0] == UNKNOWN else {}


def _leader(scores: Mapping[Who, int]) -> tuple[Who, int]:
    """Return who sounds most like an agent, and the lead over the first who does not."""
    order = sorted(scores, key=lambda one: (-scores[one], one))
    rest = [one for one in order[1:] if not _another(one, scores)]
    margin = scores[order[0]] - scores[rest[0]] if rest else 0
    return order[0], margin


def _another(one: Who, scores: Mapping[Who, int]) -> bool:
    """Tell whether one of several speakers sounds like an agent, whoever leads."""
    return len(scores) > 2 and scores[one] >= 2 * MARGIN


def _customer(one: Who, agent: Who, scores: Mapping[Who, int]) -> bool:
    return one != agent and (len(scores) == 2 or scores[one] <= -MARGIN)


def _label(one: Who) -> str:
    return one[1] or one[2] or "(no label)"


def _undecided(unknown: Sequence[Who], speakers: int, margin: int) -> str:
    names = ", ".join(map(_label, unknown[:6]))
    why = f"cue words are too close, margin {margin}" if speakers > 1 else "only one speaker label"
    return f"roles unknown for {names}: {why}; name them, e.g. --roles 0=agent"


def _decided(found: Mapping[Who, str], unknown: Sequence[Who], margin: int) -> str:
    parts = [f"{_label(one)} = {found.get(one, UNKNOWN)}" for one in unknown[:6]]
    return f"roles by cue words: {', '.join(parts)} (margin {margin})"
