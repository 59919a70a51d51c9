"""A document in what a service or a program puts around it is read as it is alone."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qa_checker.call import Call, Segment
from qa_checker.readers import SetAside

FILES = [
    "written_watson.json",
    "written_zoom_timeline.json",
    "written_vcon_wtf.json",
    "harper_valley.json",
    "modelscope_diarised.json",
    "made_contact_lens_live.json",
    "abcd_original_1.json",
    "ckm_block_marked.json",
    "dg_utterances.json",
    "xfyun_lfasr.json",
]
AROUND: dict[str, Callable[[Any], Any]] = {
    "data": lambda inner: {"code": 0, "data": inner},
    "deeper": lambda inner: {"code": 0, "data": {"result": inner}},
    "a body": lambda inner: {"statusCode": 200, "headers": {}, "body": json.dumps(inner)},
    "a string in Chinese": lambda inner: {"data": json.dumps(inner, ensure_ascii=False)},
    "a list of one": lambda inner: {"results": [inner]},
    "an event": lambda inner: {"event": "transcript.done", "payload": inner},
}


def said(found: list[Any]) -> list[tuple[Segment, ...]]:
    """Return what is said in each call, and nothing was set aside."""
    assert all(isinstance(call, Call) for call in found), found
    return [call.segments for call in found]


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("file", FILES)
def test_what_is_around_changes_nothing(file: str, around: str, data: Path, results: Any) -> None:
    text = (data / file).read_text("utf-8")
    alone, wrapped = results(text), results(json.dumps(AROUND[around](json.loads(text))))
    assert said(wrapped) == said(alone)
    assert {call.reading.format for call in wrapped} == {call.reading.format for call in alone}


@pytest.mark.parametrize(
    "document",
    [
        {"data": {"products": [{"name": "Chair", "text": "fine"}]}},
        {
            "result": [
                {"text": "fine", "time": "2024-06-14"},
                {"text": "good", "time": "2024-06-15"},
            ]
        },
        {"body": "{not JSON"},
        '{"data": ' * 400 + "{}" + "}" * 400,
    ],
)
def test_what_nobody_knows_is_refused_inside_as_well(document: Any, results: Any) -> None:
    (aside,) = results(document if isinstance(document, str) else json.dumps(document))
    assert isinstance(aside, SetAside), aside
