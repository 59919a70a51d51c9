"""Every text that a report says of its own, in Chinese and English (messages.yaml, and
wording.yaml for the words that a scorecard has without a report).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from importlib.resources import files

import yaml

from qa_checker import lazy_re
from qa_checker.scorecard import NA, Verdict, text
from qa_checker.wording import LANGUAGES, texts

Say = Callable[..., str]
MOMENT = lazy_re.compile(r"^(\d{4}-\d{2}-\d{2})T(\d{2}:)")


@cache
def messages() -> Mapping[str, Mapping[str, str]]:
    """Return key → language → text."""
    raw = (files("qa_checker.reports") / "messages.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(raw, Loader=yaml.CSafeLoader)
    return {**texts(), **loaded}


@cache
def spoken(language: str) -> Mapping[str, str]:
    """Return key → text in a language."""
    return {key: texts[language] for key, texts in messages().items()}


def speaker(language: str) -> Say:
    """Return a function from a key, and values for its blanks, to a text in that language.

    Chinese for a language we do not speak. The function raises KeyError for a key that
    does not exist.
    """
    patterns = spoken(language if language in LANGUAGES else LANGUAGES[0])

    def say(key: str, **values: object) -> str:
        return patterns[key].format(**values) if values else patterns[key]

    return say


def known(say: Say, family: str, name: str) -> str:
    """Return our word for a name of the engine, or the name where we have none."""
    key = f"{family}.{name}"
    return say(key) if key in messages() else name


def verdict_word(say: Say, verdict: Verdict) -> str:
    """Return the verdict in words."""
    return say(f"verdict.{verdict.verdict}")


def reason(say: Say, verdict: Verdict) -> str:
    """Return in plain words why an item was not judged; "" if it was."""
    return known(say, "reason", verdict.reason) if verdict.verdict == NA else ""


def clock(seconds: float | None) -> str:
    """Return minutes and seconds, 75:09; "" for no time."""
    if seconds is None:
        return ""
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes:02d}:{rest:02d}"


def moment(iso: str) -> str:
    """Return a date and time for people: "2026-11-03 10:00" for "2026-11-03T10:00"."""
    return MOMENT.sub(r"\1 \2", iso)


def signed(points: Fraction) -> str:
    """Return points lost with a true minus sign."""
    return f"−{text(points)}"


def cost(say: Say, points: Fraction | None, empty: bool) -> str:
    """Return what something cost; in words if there was nothing left to lose; "" for nothing.

    `empty` says that there was nothing left of what it would have been taken from.
    """
    if points:
        return signed(points)
    return say("spent") if empty and points is not None else ""


def plural(number: int, what: str) -> str:
    """Return a number of things in English words: 1 call, 2 calls."""
    return f"{number} {what}{'s' * (number != 1)}"
