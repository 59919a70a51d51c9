"""Exports with parts missing, swapped or broken: a call with words in it, or a reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qa_checker.call import ROLES
from qa_checker.readers import SetAside, Source, calls_of
from qa_checker.readers.finishing.soundness import DAY

DATA = Path(__file__).parent / "data"
SMALL = 9000
FILES = sorted(path.name for path in DATA.glob("*.json") if path.stat().st_size < SMALL)
TEXTS = [
    *("written_call.cha", "written_long.TextGrid", "written_short.TextGrid", "written_list.html"),
    *("written_captions.sbv", "written_whisper.tsv", "written_whisper_timestamped.csv"),
]
ODD = st.sampled_from(
    [None, True, -1, 0, 1e300, 10**30, "", "x", "客服：您好", "NaN", [], [[]], [None], {}, {"a": 1}]
)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))


def places(document, path=()):
    """Yield the path of every node."""
    yield path
    if isinstance(document, dict | list):
        items = document.items() if isinstance(document, dict) else enumerate(document)
        for key, value in items:
            yield from places(value, (*path, key))


def changed(document, path, value, gone):
    """Return the document with one node deleted or replaced."""
    if not path:
        return value
    copy = dict(document) if isinstance(document, dict) else list(document)
    if len(path) > 1:
        copy[path[0]] = changed(copy[path[0]], path[1:], value, gone)
    elif gone:
        del copy[path[0]]
    else:
        copy[path[0]] = value
    return copy


def check(data):
    results = list(calls_of(Source("x", data)))
    assert results
    for result in results:
        if isinstance(result, SetAside):
            assert result.reason
            continue
        assert all(turn.text.strip() and turn.role in ROLES for turn in result.turns)
        times = [t for one in result.segments for t in (one.start, one.end) if t is not None]
        assert all(0 <= time <= DAY for time in times)
        assert all(isinstance(value, str) for value in result.metadata.values())


@pytest.mark.parametrize("file", FILES)
@given(data=st.data())
@MANY
def test_any_change_of_a_node(file, data):
    document = json.loads((DATA / file).read_text("utf-8"))
    for _ in range(data.draw(st.integers(1, 3))):
        path = data.draw(st.sampled_from(list(places(document))))
        document = changed(document, path, data.draw(ODD), data.draw(st.booleans()))
    check(json.dumps(document).encode())


@pytest.mark.parametrize("file", TEXTS)
@given(data=st.data())
@MANY
def test_any_change_of_a_text(file, data):
    text = (DATA / file).read_text("utf-8")
    first, last = sorted(data.draw(st.tuples(*[st.integers(0, len(text))] * 2)))
    check((text[:first] + data.draw(st.text(max_size=5)) + text[last:]).encode("utf-8", "replace"))
