r"""SubStation Alpha captions (.ass, .ssa): `Dialogue:` lines, their columns named by `Format:`.

    [Events]
    Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
    Dialogue: 0,0:00:00.10,0:00:02.00,Default,Agent,0,0,0,,Good morning,\NAcme support.

The speaker is the `Name` (`Actor`), else the style if that is a role, else as in other captions.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence

from qa_checker import lazy_re
from qa_checker.call import UNKNOWN, Call
from qa_checker.readers.people.roles import role_of
from qa_checker.readers.source import Options, SetAside, Source
from qa_checker.readers.strict_json import Refusal
from qa_checker.readers.times import seconds
from qa_checker.readers.written.captions import Cue, caption_call

TITLE = "SubStation Alpha captions"
UNIT = "clock"
HEAD = lazy_re.compile(r"\ufeff?\s*(?:;[^\n]*\n\s*)*\[(?:Script Info|Events)\]", re.IGNORECASE)
BREAKS = lazy_re.compile(r"\\[Nn]")
HARD_SPACE = "\\h"
USUAL = (
    "layer",
    "start",
    "end",
    "style",
    "name",
    "marginl",
    "marginr",
    "marginv",
    "effect",
    "text",
)


def sniff(source: Source, options: Options) -> float:
    """Return 1 if the file begins with [Script Info] or [Events]."""
    return 1.0 if HEAD.match(source.text) else 0.0


def read(source: Source, options: Options) -> Iterator[Call | SetAside]:
    """Yield the one call of the captions. Raises Refusal if there are none."""
    found = sorted(_cues(source.lines), key=lambda cue: cue.start)
    if not any(cue.text.strip() for cue in found):
        raise Refusal("empty: captions without any text", "export the captions again")
    yield caption_call(found, options)


def _cues(lines: Sequence[str]) -> Iterator[Cue]:
    columns: Sequence[str] = USUAL
    for number, line in enumerate(lines, 1):
        kind, _, rest = line.strip().partition(":")
        if kind == "Format":
            columns = [name.strip().casefold() for name in rest.split(",")]
        elif kind == "Dialogue":
            cells = rest.strip().split(",", len(columns) - 1)
            yield _cue(dict(zip(columns, cells, strict=False)), number)


def _cue(cells: dict[str, str], number: int) -> Cue:
    start, end = (seconds(cells.get(side, "").strip()) for side in ("start", "end"))
    style = cells.get("style", "").strip()
    name = (cells.get("name") or cells.get("actor") or "").strip()
    text = BREAKS.sub("\n", cells.get("text", "")).replace(HARD_SPACE, " ")
    return Cue(
        float("nan") if start is None else start,
        float("nan") if end is None else end,
        html.escape(text, quote=False),
        number,
        name or (style if role_of(style) != UNKNOWN else ""),
    )
