r"""iFlytek (讯飞) file transcription: lfasr v2, the large model, OST, and lfasr v1.

    {"code": "000000", "content": {"orderInfo": {"status": 4, "realDuration": 9000},
     "orderResult": "{\"lattice\":[{\"json_1best\":\"{\\\"st\\\":{\\\"bg\\\":…}}\"}]}"}}

A result is JSON in a string, and a sentence in it again. `lattice` is what is read;
`lattice2`, the same with all fillers, only where there is no other. A sentence is the
`w` of its words; `st.bg` and `st.ed` are milliseconds as text; `st.rl` is the speaker,
"0" for all where the job was not told to tell them apart. v1: bg, ed, onebest, speaker. A
lattice, or the sentences of v1, may be saved alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from qa_checker.call import UNKNOWN, Call, Segment
from qa_checker.readers.exported.answers import Answer, Shape, calls, flat, held, listed, surest
from qa_checker.readers.exported.job_states import failed, not_finished
from qa_checker.readers.exported.said import objects, plain
from qa_checker.readers.exported.sentences import call_of, run_on
from qa_checker.readers.moments import MILLISECOND, when
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal

TITLE = "iFlytek File Transcription"
UNIT = "milliseconds"
DONE, ALONE = "000000", "alone"
OST_RUNNING = ("1", "2")


def sniff(source: Source, options: Options) -> float:
    """Return 0.97 for a lattice or an orderResult, 0.9 for the state of an order."""
    return surest(source, SHAPE)


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield each call. Raises Refusal for an order that is not done."""
    return calls(source, SHAPE, _call)


def _sure(one: dict[str, Any]) -> float:
    fields = flat(one)
    if "lattice" in fields or "lattice2" in fields or "orderresult" in fields:
        return 0.97
    if any(map(_is_one, listed(fields.get(ALONE))[:1])):
        return 0.97
    if "orderinfo" in fields or ("descinfo" in fields and held(fields, "code") != DONE):
        return 0.9
    if held(fields, "taskstatus") in OST_RUNNING and "taskid" in fields:
        return 0.8
    return 0.8 if "errno" in fields and "ok" in fields and not listed(fields.get("data")) else 0.0


def _is_one(one: dict[str, Any]) -> bool:
    return "json_1best" in one or ("onebest" in one and "bg" in one)


SHAPE = Shape(_sure, ALONE, _is_one)


def _call(answer: Answer) -> Call:
    fields = flat(answer.result)
    order = flat(fields.get("orderresult")) or fields
    alone = listed(fields.get(ALONE))
    old = [one for one in alone if "onebest" in one]
    lattices = (order.get("lattice"), order.get("lattice2"), None if old else alone)
    said = next((found for one in lattices if (found := listed(one))), [])
    if not said and not old:
        raise _unusable(fields)
    sentences = [one for one in map(_sentence, said) if one]
    segments = list(_segments(sentences, _tracks(order))) + [_old(one) for one in old]
    lost = len(said) - len(sentences)
    notes = [f"{lost} sentences whose JSON is broken left out"] if lost else []
    info = flat(fields.get("orderinfo"))
    length = when(info.get("realduration") or info.get("originalduration"), MILLISECOND)
    return call_of(answer, segments, length, notes, held(info, "orderid"))


def _unusable(fields: Mapping[str, Any]) -> Refusal:
    info = flat(fields.get("orderinfo"))
    status = held(info, "status") or held(fields, "taskstatus")
    told, progress = held(fields, "descinfo", "failed"), flat(fields.get("data"))
    if status in ("0", "1", "2", "3"):
        return not_finished(f"status {status}")
    if status == "-1":
        return failed(f"status -1, failType {held(info, 'failtype')}")
    if held(progress, "desc") and not told:
        return not_finished(f"status {held(progress, 'status')} {held(progress, 'desc')}")
    if told:
        return failed(" ".join(filter(None, (held(fields, "code", "errno"), told))))
    return Refusal("empty: no turn in it", "export the transcript again")


def _tracks(order: Mapping[str, Any]) -> dict[str, str]:
    """Return the channel ("L", "R") of each speaker, where the result names it."""
    rows = listed(flat(order.get("label")).get("rltrack"))
    return {held(row, "rl"): held(row, "track") for row in rows}


def _sentence(one: dict[str, Any]) -> dict[str, Any]:
    """Return what a sentence holds, `spk` and times of the item around it included."""
    fields = flat(one)
    best = flat(fields.get("json1best"))
    inner = flat(best.get("st")) or best
    if not isinstance(inner.get("rt"), list):
        return {}
    outer = {"bg": fields.get("begin"), "ed": fields.get("end"), **fields}
    return {**outer, **{key: value for key, value in inner.items() if value is not None}}


def _segments(sentences: list[dict[str, Any]], tracks: Mapping[str, str]) -> Iterator[Segment]:
    """Yield the sentences with their speaker: `rl`, or `spk`, whichever tells people apart."""
    parted = any(held(one, "rl") not in ("", "0") for one in sentences)
    label = "rl" if parted else "spk" if len({held(one, "spk") for one in sentences}) > 1 else ""
    for one in sentences:
        words = (word for run in objects(one["rt"]) for word in objects(run.get("ws")))
        text = run_on(_word(word) for word in words)
        start, end = (when(one.get(key), MILLISECOND) for key in ("bg", "ed"))
        speaker = held(one, label)
        yield Segment(UNKNOWN, text, speaker, start, end, channel=tracks.get(speaker, ""))


def _word(one: dict[str, Any]) -> str:
    """Return the best reading of a word; "g" marks the end of a paragraph, not a word."""
    best = next(iter(objects(one.get("cw"))), one)
    return "" if best.get("wp") == "g" else plain(best.get("w"))


def _old(one: dict[str, Any]) -> Segment:
    start, end = (when(one.get(key), MILLISECOND) for key in ("bg", "ed"))
    return Segment(UNKNOWN, held(one, "onebest"), held(one, "speaker"), start, end)
