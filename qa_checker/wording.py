"""The words for verdicts, the same wherever a scorecard is shown (wording.yaml)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml

LANGUAGES = ("zh", "en")


@cache
def texts() -> Mapping[str, Mapping[str, str]]:
    """Return key → language → text."""
    raw = (files("qa_checker") / "wording.yaml").read_text("utf-8")
    loaded: dict[str, dict[str, str]] = yaml.load(raw, Loader=yaml.CSafeLoader)
    return loaded


@cache
def wording(language: str) -> Mapping[str, str]:
    """Return key → text in a language; Chinese for a language we do not speak."""
    chosen = language if language in LANGUAGES else LANGUAGES[0]
    return {key: each[chosen] for key, each in texts().items()}
