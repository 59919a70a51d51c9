"""Workbooks from the results on the disk: nothing is read or judged again."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from qa_checker.events import titles
from qa_checker.judging.compiled import Compiled
from qa_checker.problem import BadInput
from qa_checker.remote import is_remote
from qa_checker.reports import write
from qa_checker.reports.judged import Aside
from qa_checker.reports.reviewed import keep_reviewed
from qa_checker.reports.summary.ground import FOLDER
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.rules.sentences import item_sentence
from qa_checker.runs.misses import misses
from qa_checker.runs.stored import Stored
from qa_checker.runs.usual import load_once
from qa_checker.runs.verify import keep
from qa_checker.runs.verify import written as workbooks_of
from qa_checker.runs.workbooks import folder_for
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.store.manifest import Manifest

Rules = Mapping[str, Compiled]


def report(out: str, language: str = "") -> list[str]:
    """Write the workbooks of a finished run; return their places, the summary first.

    `language` is zh or en, "" for what the run was asked for. Raises BadInput if there is no
    finished run, BadFile or BadInput if its rubric is not there as it was, OSError.
    """
    manifest = manifests.finished(out)
    rules = {rule: rubric(rule, name) for rule, name in manifest.rules.items()}
    spoken = language or manifest.language
    with folder_for(out) as folder:
        written = write(
            folder,
            Stored(out, manifest, rules).results(),
            aside(out, manifest),
            spoken,
            sentence,
            lambda one: misses(rules[one.card.rule], one),
        )
        before = written_before(out)
        names = keep(out, folder, written)
        if not is_remote(out):
            put_by(folder, [name for name in before if name not in names])
        return [places.below(out, name) for name in names]


def written_before(out: str) -> list[str]:
    """Return the names of the agents' workbooks of the report before."""
    found = workbooks_of(out)
    names = [*found.files] if found is not None else []
    return [name for name in names if Path(name).parent.as_posix() == FOLDER]


def put_by(folder: Path, gone: list[str]) -> None:
    """Remove workbooks of agents who are in no call any more; what people wrote in is kept."""
    for name in gone:
        keep_reviewed(folder / name)
        (folder / name).unlink(missing_ok=True)


def rubric(rule: str, name: str) -> Compiled:
    """Return the rubric of a run. Raises BadInput if what judges has changed since."""
    found = load_once(name)
    if found.rule != rule:
        message = f"{name} is {found.rule} now; the results were made with {rule}"
        raise BadInput(f"{message}; run audit again")
    return found


def aside(out: str, manifest: Manifest) -> list[Aside]:
    """Return what was set aside, in the order of the inputs."""
    found = list(manifest.aside)
    for part, place in zip(manifest.parts, manifests.live(out, manifest), strict=True):
        if part.aside:
            found += parts.about(place).aside
    return [Aside(one.source, one.reason, one.help, one.line) for one in found]


def sentence(rubric: Rubric, item: Item, language: str) -> str:
    """Return an item's rule as a sentence."""
    return item_sentence(rubric, item, language, titles())
