"""The manifest of a run that has ended, or a word on why there is none yet."""

from __future__ import annotations

from qa_checker.problem import BadInput
from qa_checker.runs.lock import holder
from qa_checker.store import manifest as manifests
from qa_checker.store.manifest import Manifest


def finished(out: str) -> Manifest:
    """Return the manifest of a finished run. Raises BadInput if there is none, or none yet."""
    if manifests.load(out) is None and (who := holder(manifests.folder(out))):
        message = f"{out}: no results yet, the first run (process {who}) is writing here"
        raise BadInput(f"{message}; wait for it")
    return manifests.finished(out)
