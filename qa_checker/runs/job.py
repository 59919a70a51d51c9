"""What all shards of a run have in common."""

from __future__ import annotations

from dataclasses import dataclass, field

from qa_checker.readers.source import Options
from qa_checker.runs.usual import rules_of
from qa_checker.store.keys import digest_of


@dataclass(frozen=True)
class Job:
    """What all shards of a run have in common; goes to every worker.

    `results` is the place of the parts, `rubric` a name or a path, "" for the shipped one of
    each call's language, `rules` what it was when the run began (usual.rules_of), `reading`
    the digest of `options`.
    """

    results: str
    rubric: str = ""
    rules: str = ""
    options: Options = field(default_factory=Options)
    reading: str = ""


def job(results: str, rubric: str = "", options: Options | None = None) -> Job:
    """Return the job of a run. Raises BadFile or BadInput if the rubric cannot be used."""
    chosen = options or Options()
    return Job(results, rubric, rules_of(rubric), chosen, digest_of(repr(chosen)))
