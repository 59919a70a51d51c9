"""Calls and scorecards made by hand: every verdict, reason, loss and red line there is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from pathlib import Path

from qa_checker import events
from qa_checker.call import Call, Segment, turns
from qa_checker.reports import Aside, Judged, Miss
from qa_checker.rules.load import load
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.scorecard import (
    FAIL,
    MANUAL,
    NA,
    PASS,
    Evidence,
    Forfeit,
    Loss,
    Scorecard,
    Searched,
    Verdict,
    one_decimal,
)

CONTRACT = Path(__file__).parents[1] / "contract"
KINDS = {name: event.Settings for name, event in events.kinds().items()}
ZH = load(CONTRACT / "refund_zh.rubric.yaml", KINDS)
EN = load(CONTRACT / "support_en.rubric.yaml", KINDS)

SAID = """
agent|您好，云帆客服，工号1024，请问有什么可以帮您？
customer|我上周退的货，钱还没到，你们怎么回事？
agent|非常抱歉让您久等了，先跟您核对一下手机号。
customer|138开头那个。
agent|这个我们不能处理，这事不归我管。
customer|那我要投诉！
agent|感谢您的来电，祝您生活愉快！
"""
SAID_EN = """
agent|Thank you for calling Acme, this is Dana.
customer|This is ridiculous, I have waited two weeks!
agent|We can't change it online.
customer|Then what can you do?
agent|May I place you on a brief hold?
"""


def call(name: str, said: str = SAID, agent: str = "1024 王丽", times: bool = True) -> Call:
    """Return a call with a sentence every four seconds."""
    lines = [line.split("|", 1) for line in said.strip().splitlines()]
    segments = [
        Segment(role, text, start=4.0 * n if times else None, end=4.0 * n + 3 if times else None)
        for n, (role, text) in enumerate(lines)
    ]
    return Call(name, turns(segments), agent, started_at="", source=f"calls/{name}.txt")


def words(call: Call, quote: str, name: str, kind: str = "hit", phrase: str = "") -> Evidence:
    """Return the first place where something is said, as evidence."""
    for turn in call.turns:
        start = turn.text.find(quote)
        if start >= 0:
            end, time = start + len(quote), turn.time_at(start)
            return Evidence(
                kind, name, turn.number, turn.role, start, end, quote, phrase or quote, "text", time
            )
    raise ValueError(f"nobody says {quote}")


def verdict(rubric: Rubric, item: str, word: str, **more: object) -> Verdict:
    """Return a verdict on an item; a failed one without losses lost all its points."""
    section, rule = next((s, i) for s, i in rubric.items if i.id == item)
    if word == FAIL and "losses" not in more:
        more["losses"] = (Loss("missing", rule.points),)
        more["searched"] = (Searched("agent", (1, 3, 5, 7)),)
    lost = sum((loss.points for loss in more.get("losses", ())), Fraction(0))  # type: ignore[attr-defined]
    earned = rule.points - lost if word in (PASS, FAIL) else Fraction(0)
    return Verdict(
        item, section.id, rule.title, word, points=rule.points, earned=earned,
        auto_fail=rule.auto_fail, **more,  # type: ignore[arg-type]
    )  # fmt: skip


def card(rubric: Rubric, call: Call, verdicts: Iterable[Verdict], skipped: str = "") -> Scorecard:
    """Add verdicts up as the engine does."""
    every = tuple(verdicts)
    judged = [one for one in every if one.verdict in (PASS, FAIL)]
    possible = sum((one.points for one in judged), Fraction(0))
    left = {one.section: Fraction(0) for one in judged}
    for one in judged:
        left[one.section] += one.earned
    forfeits = []
    for one in judged:
        if one.verdict == FAIL and one.auto_fail == "section":
            forfeits.append(Forfeit(one.item, one.section, left[one.section]))
            left[one.section] = Fraction(0)
    for one in judged:
        if one.verdict == FAIL and one.auto_fail is True:
            forfeits.append(Forfeit(one.item, "", sum(left.values(), Fraction(0))))
            left = dict.fromkeys(left, Fraction(0))
    earned = sum(left.values(), Fraction(0))
    zeroed = any(not forfeit.section for forfeit in forfeits)
    score = 100 * earned / possible if possible else Fraction(0) if zeroed else None
    band, passed = "", None
    if score is not None:
        shown = Fraction(str(one_decimal(score)))
        band = next(name for name, low in rubric.bands.items() if shown >= low)
        passed = rubric.bands[band] >= rubric.bands[rubric.pass_band]
    return Scorecard(
        call.call_id, call.agent, call.source, call.language, f"{rubric.id}@{rubric.version}#0a1b",
        every, possible, earned, score, band, passed,
        any(one.verdict == MANUAL and one.points > 0 for one in every),
        tuple(one.item for one in forfeits), tuple(forfeits), (), call.notes, skipped,
    )  # fmt: skip


def mixed(name: str = "ZH-001", agent: str = "1024 王丽", times: bool = True) -> Judged:
    """Return a Chinese call with a bit of everything and a section cleared."""
    spoken = call(name, agent=agent, times=times)
    no, blame = (
        words(spoken, "不能", "service.avoid.refuse", "surplus"),
        words(spoken, "不归我管", "service.avoid.blame", "surplus", "不归(我|我们)管"),
    )
    angry = words(spoken, "你们怎么回事", "service.anger", "anchor")
    sorry = words(spoken, "非常抱歉", "service.empathy")
    lost = {
        "soft_words": (Loss("surplus", Fraction(2), no),),
        "red_line_words": (Loss("surplus", Fraction(10), blame),),
    }
    hello = words(
        spoken, "您好，云帆客服，工号1024", "service.greeting", phrase="<您>好 ...工号<num>"
    )
    return Judged(
        spoken,
        card(
            ZH,
            spoken,
            (
                verdict(ZH, "greeting", PASS, evidence=(hello,)),
                verdict(ZH, "verify_first", NA, reason="not_applicable"),
                verdict(ZH, "paraphrase", FAIL),
                verdict(ZH, "empathy", PASS, evidence=(angry, sorry)),
                verdict(ZH, "soft_words", FAIL, evidence=(no,), losses=lost["soft_words"]),
                verdict(
                    ZH, "red_line_words", FAIL, evidence=(blame,), losses=lost["red_line_words"]
                ),
                verdict(ZH, "interrupting", NA, reason="no_timestamps"),
                verdict(ZH, "over_explaining", PASS, value="41 chars"),
                verdict(ZH, "callback_time", NA, reason="no_opportunity"),
                verdict(ZH, "closing", PASS),
                verdict(ZH, "flow", NA, reason="too_short"),
                verdict(ZH, "solution_correct", MANUAL),
            ),
        ),
        ZH,
    )


def zeroed(name: str = "ZH-002", agent: str = "1024 王丽") -> Judged:
    """Return a Chinese call that one red line takes to zero."""
    spoken = call(name, agent=agent)
    return Judged(spoken, card(ZH, spoken, every(ZH, verify_first=FAIL, closing=FAIL)), ZH)


def english(name: str = "EN-001", agent: str = "Dana Whitlock") -> Judged:
    """Return an English call that loses points twice in one item."""
    spoken = call(name, SAID_EN, agent)
    cant = words(spoken, "can't", "support.avoid.cant", "surplus")
    losses = (Loss("surplus", Fraction(10), cant),)
    verdicts = (
        verdict(EN, "greeting", PASS),
        verdict(EN, "hold", MANUAL),
        verdict(EN, "empathy", NA, reason="unknown_roles"),
        verdict(EN, "no_cant", FAIL, evidence=(cant,), losses=losses),
    )
    return Judged(spoken, card(EN, spoken, verdicts), EN)


def skipped(name: str = "ZH-003") -> Judged:
    """Return a call that the rubric does not apply to."""
    spoken = call(name)
    return Judged(spoken, card(ZH, spoken, (), "channel is chat, not phone"), ZH)


def unscored(name: str = "ZH-004") -> Judged:
    """Return a call in which nothing could be judged."""
    spoken = call(name, times=False)
    verdicts = [verdict(ZH, item.id, NA, reason="unknown_roles") for _, item in ZH.items]
    return Judged(spoken, card(ZH, spoken, verdicts), ZH)


def every(rubric: Rubric, **words: str) -> Iterator[Verdict]:
    """Yield a verdict on every item: as given, else a pass."""
    for _, item in rubric.items:
        yield verdict(rubric, item.id, words.get(item.id, PASS))


def run() -> list[Judged]:
    """Return a run with everything in it."""
    return [mixed(), zeroed(), english(), skipped(), unscored(), mixed("=1+1", "@SUM(A1)")]


ASIDE = (
    Aside("calls/broken.json", "broken JSON: a brace is missing", "export it again", 12),
    Aside("=cmd|' /C calc'!A0", "empty: no turn has any text"),
)


def sentence(rubric: Rubric, item: Item, language: str) -> str:
    """Stand in for rules.sentences."""
    return f"{rubric.id}/{item.id} ({language})"


def misses(judged: Judged) -> dict[str, Miss]:
    """Return a nearest miss for one item."""
    return {"paraphrase": Miss(3, "先跟您核对", "(跟|和)<您>(确认|核对)一下", "差三个字")}
