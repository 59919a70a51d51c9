"""Rubrics and calls in a few lines, for the tests of judging.

A call is written a line a segment, `[start-end] who: text`, where who is A (agent),
C (customer), U (nobody knows), B (bot), S (system) or V (supervisor), and A2 is another
agent. The words of WORDS stand for what people say: a customer's 气死了 is `w.anger`.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from qa_checker import judge
from qa_checker.call import Call, Segment, turns
from qa_checker.judging.compiled import Compiled, load_rubric
from qa_checker.scorecard import Scorecard, Verdict

ENTRIES = {
    "anger": ("customer", "neutral", "气死了"),
    "complain": ("customer", "neutral", "投诉"),
    "sorry": ("agent", "prefer", "抱歉"),
    "sorry2": ("agent", "prefer", "非常抱歉"),
    "hello": ("agent", "prefer", "您好"),
    "verify": ("agent", "prefer", "核实"),
    "amount": ("agent", "neutral", "余额"),
    "bye": ("agent", "prefer", "再见"),
    "no.cannot": ("agent", "avoid", "不能"),
    "no.never": ("agent", "avoid", "绝不能"),
    "blame": ("agent", "avoid", "怪你"),
    "thanks": ("any", "neutral", "谢谢"),
}


def lexicon(entries: dict[str, tuple[str, str, str]]) -> str:
    """Return a lexicon `w` of entries of one phrase each."""
    rows = ["qa_checker: lexicon/v1", "id: w", "version: 1.0.0", "languages: [zh, en]", "entries:"]
    for name, (role, polarity, phrase) in entries.items():
        rows.append(
            f"  - {{id: {name}, title: {name} words, role: {role}, polarity: {polarity}, "
            f"phrases: ['{phrase}'], examples: {{hit: [{phrase}], miss: [-]}}}}"
        )
    return "\n".join(rows)


WORDS = lexicon(ENTRIES)
HEAD = """\
qa_checker: rubric/v1
id: r
version: 1.0.0
languages: [zh]
uses: [words.yaml]
total: {total}
bands: {{good: 90, fair: 60, poor: 0}}
pass: fair
"""


@cache
def compiled(text: str, words: str = WORDS) -> Compiled:
    """Load a rubric from its text, with a lexicon beside it."""
    with TemporaryDirectory() as folder:
        Path(folder, "words.yaml").write_text(words, encoding="utf-8")
        Path(folder, "r.yaml").write_text(text, encoding="utf-8")
        return load_rubric(Path(folder, "r.yaml"))


def rubric(*items: str, total: float | str = 10, extra: str = "", words: str = WORDS) -> Compiled:
    """Load a rubric of items (in YAML flow style) in one section."""
    listed = "".join(f"      - {item}\n" for item in items)
    text = HEAD.format(total=total) + extra
    return compiled(f"{text}\nsections:\n  - id: s\n    items:\n{listed}", words)


LINE = re.compile(
    r"\s*(?:\[(?P<start>[\d.]+)(?:-(?P<end>[\d.]+))?\])?\s*(?P<who>\w+): ?(?P<text>.*)"
)
ROLES = {
    "A": "agent",
    "C": "customer",
    "U": "unknown",
    "B": "bot",
    "S": "system",
    "V": "supervisor",
}


def call(lines: str, **known: object) -> Call:
    """Return a call from its lines."""
    segments = []
    for number, line in enumerate(lines.strip().splitlines(), 1):
        found = LINE.fullmatch(line)
        assert found, line
        start, end = (float(found[at]) if found[at] else None for at in ("start", "end"))
        role = ROLES[found["who"][0]]
        segments.append(Segment(role, found["text"], found["who"], start, end, number))
    return Call("c1", turns(segments), **{"language": "zh", **known})  # type: ignore[arg-type]


def card(check: str, lines: str, extra: str = "", **known: object) -> Scorecard:
    """Judge a call by one item worth 10 points; `extra` are further keys of the item."""
    item = f"{{id: i, points: 10, check: {check}{', ' if extra else ''}{extra}}}"
    return judge(rubric(item), call(lines, **known))


def verdict(check: str, lines: str, extra: str = "", **known: object) -> Verdict:
    """Judge a call by one item worth 10 points and return the verdict on it."""
    return card(check, lines, extra, **known)["i"]


def said(check: str, lines: str, extra: str = "", **known: object) -> str:
    """Return a verdict as `pass`, `fail 2` (violations) or `na reason`."""
    got = verdict(check, lines, extra, **known)
    return " ".join(filter(None, [got.verdict, got.reason, str(got.violations or "")]))


FILLER = """
C: 喂
A: 喂
C: 在吗
A: 在的
"""
"""Two turns by each side, so that a call is long enough to be judged."""
