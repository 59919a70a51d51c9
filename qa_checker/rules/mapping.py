"""A mapping file: where things are in the transcripts of a vendor, as YAML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa_checker.call import ROLES, UNKNOWN
from qa_checker.problem import BadFile
from qa_checker.readers.layout import UNITS, Layout, path_of
from qa_checker.readers.layout import Path as Steps
from qa_checker.readers.people.roles import role_of
from qa_checker.rules.fields import Wrong, fill, key, map_of
from qa_checker.rules.load import open_source
from qa_checker.rules.scalars import as_text, one_of
from qa_checker.rules.source import Source, did_you_mean
from qa_checker.rules.tree import Node

KIND = "mapping/v1"
ABOUT = ("call_id", "agent", "queue", "started_at", "language")


def as_kind(node: Node, source: Source) -> str:
    """Read the first line of the file."""
    if node.text != KIND:
        raise Wrong(node, "QA105", f"this is not a {KIND}", f"write qa_checker: {KIND}")
    return node.text


def as_path(node: Node, source: Source) -> Steps:
    """Read a path such as `data.items[*].text`."""
    text = as_text(node, source)
    try:
        return path_of(text)
    except ValueError as error:
        help = 'write keys with dots between them: a.b[0].c, items[*], "a key.with a dot"'
        source.problem(node, "QA103", f'"{text[:80]}" is not a path', help, error.args[0], 1)
        return ()


def as_role(node: Node, source: Source) -> str:
    """Read a role, by its name or by a role word such as 客服."""
    text = as_text(node, source)
    role = text if text in ROLES else role_of(text)
    if role == UNKNOWN != text:
        help = did_you_mean(text, ROLES)
        raise Wrong(node, "QA103", f'"{text[:80]}" is not a role', help)
    return role


@dataclass(frozen=True, slots=True)
class Written:
    """The keys of a mapping file."""

    qa_checker: str = key(as_kind, "mapping/v1", required=True)
    text: Steps = key(as_path, "what is said, from a turn", required=True)
    title: str = key(as_text, "whose files these are", default="")
    calls: Steps | None = key(as_path, "the calls, from the top of the file")
    turns: Steps | None = key(as_path, "the turns, from a call")
    role: Steps | None = key(as_path, "the role, from a turn")
    speaker: Steps | None = key(as_path, "the speaker's label, from a turn")
    channel: Steps | None = key(as_path, "the recording's channel, from a turn")
    turn: Steps | None = key(as_path, "the number of the turn, from a turn")
    start: Steps | None = key(as_path, "when the turn begins")
    end: Steps | None = key(as_path, "when the turn ends")
    unit: str = key(one_of(*UNITS), "what the times are", default="")
    roles: Mapping[str, str] = key(map_of(as_role), "role of each label", default={})
    call_id: Steps | None = key(as_path, "the call's id, from a call")
    agent: Steps | None = key(as_path, "the agent's name or number, from a call")
    queue: Steps | None = key(as_path, "the queue, from a call")
    started_at: Steps | None = key(as_path, "when the call began, from a call")
    language: Steps | None = key(as_path, "zh or en, from a call")
    metadata: Mapping[str, Steps] = key(
        map_of(as_path), "anything else, by the name it shall have", default={}
    )

    def layout(self) -> Layout:
        """Return the mapping as the readers take it."""
        about: dict[str, Any] = {name: getattr(self, name) for name in ABOUT}
        parts = ("turns", "calls", "role", "speaker", "channel", "turn", "start", "end")
        return Layout(
            text=self.text,
            unit=self.unit,
            roles=self.roles,
            about={name: path for name, path in about.items() if path},
            metadata=self.metadata,
            **{name: getattr(self, name) for name in parts},
        )


def load_mapping(path: str | Path) -> Layout:
    """Return the mapping of a file; BadFile with every mistake if there is any."""
    source = open_source(Path(path), str(path))
    written = read_mapping(source)
    source.check()
    if written is None:
        raise BadFile(source.problems)
    return written.layout()


def read_mapping(source: Source) -> Written | None:
    """Read a mapping file and note every mistake; None if it cannot be made."""
    root = source.tree()
    if root is None:
        return None
    written = fill(Written, root, source, "mapping")
    _check_unit(root, source)
    return written


def _check_unit(root: Node, source: Source) -> None:
    """Times without a unit would be a guess, and a wrong one would go unseen."""
    for name in ("start", "end"):
        if root.get(name) is not None and root.get("unit") is None:
            message = f'the mapping has "{name}" and no "unit"'
            help = f"add unit: one of {', '.join(UNITS)}"
            source.problem(root.at(name), "QA102", message, help)
