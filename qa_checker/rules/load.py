"""Read a rubric with the lexicons it uses; every mistake in every file at once."""

from __future__ import annotations

import codecs
from collections.abc import Iterable
from dataclasses import replace
from difflib import get_close_matches
from importlib.resources.abc import Traversable
from pathlib import Path

from qa_checker.problem import BadFile, Problem
from qa_checker.readers.encodings.decoding import decode, encoding_of
from qa_checker.readers.strict_json import Refusal
from qa_checker.resources import shipped, yaml_below
from qa_checker.rules.consistency import check_names, check_points, check_reachable
from qa_checker.rules.lexicon import Lexicon, read_lexicon
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.rubric_file import EventKinds, read_rubric
from qa_checker.rules.source import Source, sorted_problems
from qa_checker.rules.tree import MAX_BYTES, Node
from qa_checker.rules.written import entry_nodes, written_in

File = Path | Traversable
Memo = dict[tuple[str, str], tuple[Lexicon | None, tuple[Problem, ...]]]
"""Lexicons by path and text, each with the problems found while it was read."""
WHERE = 'a path (for a rubric: at or below its folder), or a name that "qa-checker rubrics" lists'
WORKBOOK = b"PK\x03\x04"
"""The first bytes of a workbook, which is a ZIP archive."""


def open_source(file: File, shown: str = "") -> Source:
    """Read a file's text; BadFile if it cannot be opened or is not UTF-8."""
    path = shown or str(file)
    try:
        content = file.read_bytes()
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise BadFile(
            [Problem(path, 0, 0, "QA001", f"cannot open: {reason}", "check the path")]
        ) from None
    if len(content) > MAX_BYTES:
        message = f"the file has {len(content)} bytes, more than {MAX_BYTES}"
        raise BadFile([Problem(path, 0, 0, "QA001", message, "split it")])
    if content.startswith(WORKBOOK):
        help = "turn it into rule files: qa-checker from-xlsx"
        raise BadFile([Problem(path, 0, 0, "QA001", "a workbook, not a rule file", help)])
    content = content.removeprefix(codecs.BOM_UTF8)
    try:
        return Source(path, content.decode())
    except UnicodeDecodeError as error:
        raise BadFile([not_utf8(path, content, error.start)]) from None


def not_utf8(path: str, content: bytes, start: int) -> Problem:
    """Say where a file stops being UTF-8, and what it seems to be instead."""
    try:
        found = f", but {encoding_of(content, decode(content)[1])[0]}"
    except Refusal:
        found = ""
    before = content[:start].decode().split("\n")
    message, help = f"not UTF-8{found}", "save the file as UTF-8"
    return Problem(path, len(before), len(before[-1]) + 1, "QA001", message, help)


def find_rubric(wanted: str | Path) -> tuple[File, str]:
    """Return a rubric's file and how to show it: a path, or the name of a shipped one."""
    path = Path(wanted)
    if path.exists():
        return path, str(wanted)
    names = shipped("rubrics")
    if str(wanted) in names:
        return names[str(wanted)], f"rubrics/{wanted}.yaml"
    near = ", ".join(f'"{name}"' for name in get_close_matches(path.stem, names, 3, 0.6))
    guess = f"did you mean {near}? " if near else ""
    help = f'{guess}"qa-checker rubrics" lists what ships'
    raise BadFile([Problem(str(wanted), 0, 0, "QA001", "cannot open: no such file", help)])


def load(wanted: str | Path, kinds: EventKinds, memo: Memo | None = None) -> Rubric:
    """Read a rubric and its lexicons; BadFile with every mistake if there is any.

    `memo` is that of `read_with_lexicons`.
    """
    file, shown = find_rubric(wanted)
    known = {} if memo is None else memo
    rubric, problems = read_with_lexicons(open_source(file, shown), file, kinds, known)
    if rubric is None or any(problem.severity == "error" for problem in problems):
        raise BadFile(sorted_problems(problems))
    return rubric


def read_with_lexicons(
    source: Source, file: File, kinds: EventKinds, memo: Memo
) -> tuple[Rubric | None, list[Problem]]:
    """Read a rubric and its lexicons: the rubric (None if unusable), and every mistake.

    `memo` keeps the lexicons that were read, for the next rubric that uses them.
    """
    rubric = read_rubric(source, kinds)
    uses = used_lexicons(source, file, memo)
    sources = [source, *(lexicon_source for lexicon_source, _ in uses)]
    lexicons = tuple(lexicon for _, lexicon in uses if lexicon is not None)
    written = written_in(uses)
    if any(problem.code == "QA202" for problem in source.problems):  # a lexicon is not there
        written = written._replace(whole=False)
    if rubric is not None:
        rubric = replace(rubric, lexicons=lexicons)
        check_points(rubric, source)
        check_names(rubric, source, kinds, written)
        check_reachable(rubric, source)
    return rubric, [problem for each in sources for problem in each.problems]


def used_lexicons(
    source: Source, file: File, memo: Memo | None = None
) -> list[tuple[Source, Lexicon | None]]:
    """Read the lexicons that a rubric names, each once, even if the rubric has mistakes."""
    read: dict[str, tuple[Source, Lexicon | None]] = {}
    for node in uses_of(source):
        found = lexicon_files(node.text, file)
        if not found:
            message = f'no lexicon "{node.text}" beside the rubric, and none ships by that name'
            source.problem(node, "QA202", message, where(node.text))
        for shown, lexicon_file in found.items():
            if shown not in read:
                read[shown] = read_one(lexicon_file, shown, node, source, memo)
    check_twice(read.values())
    return list(read.values())


def where(name: str) -> str:
    """Say what names a lexicon, with the nearest shipped name if there is one."""
    near = get_close_matches(name.rstrip("/").removesuffix(".yaml"), shipped("lexicons"), 1, 0.7)
    return f'did you mean "{near[0]}"? {WHERE}' if near else WHERE


def uses_of(source: Source) -> tuple[Node, ...]:
    """Return what stands under `uses:` in a rubric, be it well written or not."""
    root = source.tree()
    uses = root.get("uses") if root is not None else None
    return () if uses is None else uses.items if uses.kind == "list" else (uses,)


def read_one(
    file: File, shown: str, node: Node, source: Source, memo: Memo | None = None
) -> tuple[Source, Lexicon | None]:
    """Read one lexicon; what cannot be opened is a problem of the rubric that names it."""
    try:
        opened = open_source(file, shown)
    except BadFile as bad:
        for problem in bad.problems:
            source.problem(node, problem.code, f"{problem.path}: {problem.message}", problem.help)
        return Source(shown, ""), None
    return read_once(opened, {} if memo is None else memo)


def read_once(source: Source, memo: Memo) -> tuple[Source, Lexicon | None]:
    """Read a lexicon unless the same text was read under the same name; note its problems."""
    key = (source.path, source.text)
    if key not in memo:
        fresh = Source(source.path, source.text)
        memo[key] = (read_lexicon(fresh), tuple(fresh.problems))
    lexicon, problems = memo[key]
    source.problems += problems
    return source, lexicon


def load_lexicons(names: Iterable[str | Path]) -> tuple[Lexicon, ...]:
    """Read lexicons by path or shipped name, folders too; BadFile with every mistake."""
    files: dict[str, File] = {}
    problems: list[Problem] = []
    for name in names:
        path = Path(name)
        inside = yaml_below(path) if path.is_dir() else [path] * path.is_file()
        found = {str(each): each for each in inside} or shipped_lexicons(str(name))
        if not found:
            help = where(str(name))
            problems.append(Problem(str(name), 0, 0, "QA202", "no such lexicon", help))
        files.update(found)
    sources = [open_source(file, shown) for shown, file in files.items()]
    lexicons = [read_lexicon(source) for source in sources]
    check_twice(zip(sources, lexicons, strict=True))
    problems += [problem for source in sources for problem in source.errors()]
    if problems:
        raise BadFile(sorted_problems(problems))
    return tuple(lexicon for lexicon in lexicons if lexicon is not None)


def shipped_lexicons(name: str) -> dict[str, File]:
    """Return the shipped files that a name or a folder stands for."""
    wanted = name.rstrip("/").removesuffix(".yaml")
    return {
        f"lexicons/{known}.yaml": file
        for known, file in shipped("lexicons").items()
        if known == wanted or known.startswith(f"{wanted}/")
    }


def lexicon_files(name: str, rubric: File) -> dict[str, File]:
    """Return the files that a `uses:` line names, by how to show them.

    A path at or below the rubric's folder comes first, then a shipped name or folder.
    Nothing outside these two places is ever opened.
    """
    if isinstance(rubric, Path) and ".." not in Path(name).parts and not Path(name).is_absolute():
        folder = rubric.resolve().parent
        beside = (folder / name).resolve()
        if beside.is_relative_to(folder) and beside.exists():
            inside = yaml_below(beside) if beside.is_dir() else [beside]
            return {str(rubric.parent / path.relative_to(folder)): path for path in inside}
    return shipped_lexicons(name)


def check_twice(read: Iterable[tuple[Source, Lexicon | None]]) -> None:
    """Note entries whose full name is taken already, be they well written or not."""
    seen: dict[str, tuple[str, int]] = {}
    for source, lexicon in read:
        for name, node in entry_nodes(source, lexicon):
            if name in seen:
                path, line = seen[name]
                message = f'duplicate entry id "{node.at("id").text}"'
                source.problem(node.at("id"), "QA201", message, f"first defined at {path}:{line}")
            if name:
                seen.setdefault(name, (source.path, node.line))
