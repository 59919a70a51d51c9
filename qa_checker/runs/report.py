"""Workbooks from the results on the disk: nothing is read or judged again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path

from qa_checker.events import titles
from qa_checker.judging.compiled import Compiled
from qa_checker.problem import BadFile, BadInput
from qa_checker.remote import is_remote
from qa_checker.reports import write
from qa_checker.reports.judged import Aside, Judged, Miss
from qa_checker.reports.names import file_names
from qa_checker.reports.reviewed import LEFT, fate_of, keep
from qa_checker.reports.shares import HandOut, Share, Written
from qa_checker.reports.summary.ground import FOLDER
from qa_checker.rules.rubric import Item, Rubric
from qa_checker.rules.sentences import item_sentence
from qa_checker.runs.audit import cores, settled
from qa_checker.runs.engines.local import seldom
from qa_checker.runs.finished import finished
from qa_checker.runs.hand_out import handed_out, sweep
from qa_checker.runs.lock import alone
from qa_checker.runs.misses import misses
from qa_checker.runs.stored import Stored
from qa_checker.runs.usual import load_once
from qa_checker.runs.verify import sound
from qa_checker.runs.workbooks import folder_for
from qa_checker.runs.written import begin, end, hashes
from qa_checker.runs.written import written as workbooks_of
from qa_checker.store import manifest as manifests
from qa_checker.store import parts, places
from qa_checker.store.manifest import Manifest
from qa_checker.wording import LANGUAGES

WORTH_IT = 500
"""Calls from which on several processes are quicker than the start of them."""

Rules = Mapping[str, Compiled]


Told = Callable[[str, str], object]


def report(out: str, language: str = "", jobs: int = 1, told: Told = lambda *_: None) -> list[str]:
    """Write the workbooks of a finished run; return their places, the summary first.

    `language` is zh or en, "" for what the run was asked for; `jobs` are processes, 0 for one
    a core if there is enough to do. `told` hears the name of each workbook that people wrote in
    or that did not open, and what became of it (reviewed.put). Raises BadInput if there is no
    finished run or another one is going on, BadFile or BadInput if its rubric is not there as
    it was, OSError.
    """
    finished(out)  # or there is nothing to lock
    with alone(manifests.folder(out)), seldom():
        manifest = sound(out, settled(out) or finished(out))
        stored = Stored(out, manifest, rules_of(manifest))
        spoken, before = language or manifest.language, written_before(out)
        begin(out)
        with folder_for(out) as folder:
            sweep(folder / FOLDER)
            files = made(stored, folder, before, spoken, jobs, told)
        end(out, files, spoken)
        return [places.below(out, name) for name in files]


def made(
    stored: Stored, folder: Path, before: Mapping[str, str], language: str, jobs: int, told: Told
) -> dict[str, str]:
    """Write the workbooks of a finished run below a folder; return the SHA-256 of each by name."""
    fates: dict[str, str] = {}
    written = write(
        folder,
        stored.results(),
        aside(stored.out, stored.manifest),
        language,
        sentence,
        partial(misses_of, stored.rules),
        before=before,
        hand_out=hand_out(stored, jobs),
        told=lambda path, fate: fates.update({path.relative_to(folder).as_posix(): fate}),
    )
    names = [path.relative_to(folder).as_posix() for path in written]
    if not is_remote(stored.out):
        fates |= put_by(folder, {name: before[name] for name in before.keys() - {*names}})
    for name, fate in sorted(fates.items()):
        told(name, fate)
    left = {name: before[name] for name, fate in fates.items() if fate == LEFT}
    return hashes(folder, names, left)


def hand_out(stored: Stored, jobs: int) -> HandOut | None:
    """Return what has workbooks written by several processes, None if one is to write them."""
    enough = sum(part.rows for part in stored.manifest.parts) >= WORTH_IT
    processes = jobs or (cores() if enough else 1)
    return partial(by_processes, stored, processes) if processes > 1 else None


def by_processes(
    stored: Stored, processes: int, share: Share
) -> AbstractContextManager[Iterable[Written]]:
    """Have the workbooks of all agents written by so many processes; see `shares.HandOut`."""
    sizes, rules = Counter(stored.column("agent")), tuple(dict.fromkeys(stored.column("rule")))
    first = stored.rubrics[rules[0]].languages if rules else LANGUAGES
    files, summary = file_names(sizes), share.language or first[0]
    known = replace(share, files=files, summary=summary, rules=rules)
    return handed_out(partial(write_part, stored.out), processes, known, sizes)


def write_part(out: str, share: Share) -> Written:
    """Write the workbooks of some agents of OUT: in a process of its own."""
    from qa_checker.reports.excel import write_share

    manifest = manifests.finished(out)
    rules = rules_of(manifest)
    results, numbers = Stored(out, manifest, rules).of_agents(share.files)
    rubrics = [rules[rule].rubric for rule in share.rules]
    written = write_share(share, results, rubrics, sentence, partial(misses_of, rules))
    return written._replace(labels=[(numbers[which], said) for which, said in written.labels])


def written_before(out: str) -> dict[str, str]:
    """Return the agents' workbooks of the report before: the SHA-256 of each by its name."""
    try:
        found = workbooks_of(out)
    except BadInput:  # what was written is then not known, and the new report says it again
        found = None
    files = found.files if found is not None else {}
    return {name: sha for name, sha in files.items() if Path(name).parent.as_posix() == FOLDER}


def put_by(folder: Path, gone: Mapping[str, str]) -> dict[str, str]:
    """Remove workbooks of agents who are in no call any more; what people wrote in is kept.

    Return what became of those that are kept.
    """
    fates = {name: fate_of(folder / name, ours) for name, ours in gone.items()}
    for name, fate in fates.items():
        keep(folder / name, fate)
        (folder / name).unlink(missing_ok=True)
    return {name: fate for name, fate in fates.items() if fate}


def rules_of(manifest: Manifest) -> Rules:
    """Return the rubrics of a run by id@version#hash. Raises BadInput."""
    return {rule: rubric(rule, name) for rule, name in manifest.rules.items()}


def rubric(rule: str, name: str) -> Compiled:
    """Return the rubric of a run. Raises BadInput if it is gone, broken, or has changed since."""
    try:
        found = load_once(name)
    except BadFile as error:
        message = f"{name}, by which the results were made, cannot be used any more"
        raise BadInput(f"{message}; put it back as {rule}, or run audit again") from error
    if found.rule != rule:
        message = f"{name} is {found.rule} now; the results were made with {rule}"
        raise BadInput(f"{message}; run audit again, without --since")
    return found


def aside(out: str, manifest: Manifest) -> list[Aside]:
    """Return what was set aside, in the order of the inputs."""
    found = list(manifest.aside)
    for part, place in zip(manifest.parts, manifests.live(out, manifest), strict=True):
        if part.aside:
            found += parts.about(place).aside
    return [Aside(one.source, one.reason, one.help, one.line) for one in found]


def misses_of(rules: Rules, judged: Judged) -> dict[str, Miss]:
    """Return the nearest misses of a call by its items."""
    return misses(rules[judged.card.rule], judged)


def sentence(rubric: Rubric, item: Item, language: str) -> str:
    """Return an item's rule as a sentence."""
    return item_sentence(rubric, item, language, titles())
