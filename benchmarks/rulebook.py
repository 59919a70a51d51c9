"""A lexicon of any number of phrases and a rubric over it, written as YAML files."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from benchmarks.fragments import fragments, phrases

LEXICON, RUBRIC = "bench.lexicon.yaml", "bench.rubric.yaml"

CHECKS: dict[str, tuple[int, int, dict[str, Any]]] = {
    "greeting": (10, 10, {"find": "bench.greeting", "in": {"first": "2 turns"}}),
    "flow": (5, 5, {"order": ["bench.greeting", "bench.identity", "bench.closing"]}),
    "closing": (10, 10, {"find": "bench.closing", "in": {"last": "2 turns"}}),
    "paraphrase": (10, 10, {"find": "bench.paraphrase"}),
    "empathy": (
        15,
        5,
        {
            "find": "bench.empathy",
            "role": "agent",
            "after": {"each": "bench.anger", "within": "2 turns"},
        },
    ),
    "soft_words": (15, 3, {"find": "bench.avoid", "max": 0}),
    "promise": (10, 5, {"find": "bench.promise", "max": 0}),
    "callback": (10, 10, {"find": "bench.callback", "after": {"first": "bench.complaint"}}),
    "interrupting": (
        5,
        1,
        {"find": "event.interruption", "role": "agent", "over": "0.5 s", "max": 2},
    ),
    "silence": (5, 1, {"find": "event.silence", "role": "agent", "over": "5 s", "max": 0}),
    "talk_share": (5, 5, {"measure": "talk_share", "role": "agent", "max": "58 %"}),
}
"""Items by id: points, points per violation, and the check."""


def write_rules(folder: Path, language: str, number: int) -> Path:
    """Write a lexicon of `number` phrases and its rubric; return the rubric's path."""
    for name, data in ((LEXICON, lexicon(language, number)), (RUBRIC, rubric(language))):
        text = yaml.dump(data, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False)
        (folder / name).write_text(text, encoding="utf-8")
    return folder / RUBRIC


def lexicon(language: str, number: int) -> dict[str, Any]:
    """Return a lexicon as plain data."""
    themes = fragments(language).themes
    entries = [
        {
            "id": name,
            "polarity": "avoid" if name.startswith("avoid") else "neutral",
            "role": themes[name].role,
            "negation": themes[name].negation,
            "phrases": [phrase.written for phrase in found],
            "examples": {"hit": ["x"], "miss": ["y"]},
        }
        for name, found in phrases(language, number).items()
    ]
    return {
        "qa_checker": "lexicon/v1",
        "id": "bench",
        "version": "1.0.0",
        "languages": [language],
        "entries": entries,
    }


def rubric(language: str) -> dict[str, Any]:
    """Return the rubric as plain data."""
    items = [
        {"id": name, "points": points, "deduct": deduct, "check": check}
        for name, (points, deduct, check) in CHECKS.items()
    ]
    return {
        "qa_checker": "rubric/v1",
        "id": "bench",
        "version": "1.0.0",
        "languages": [language],
        "uses": [LEXICON],
        "events": {"silence": {"hold": "bench.hold", "wait_request": "bench.hold"}},
        "total": sum(points for points, _, _ in CHECKS.values()),
        "bands": {"good": 80, "poor": 0},
        "sections": [{"id": "all", "items": items}],
    }
