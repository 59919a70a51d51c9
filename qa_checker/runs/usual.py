"""The rubric of a run: the one that was named, else the one that ships for a call's language."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from qa_checker.call import Call
from qa_checker.judging.compiled import Compiled, load_rubric
from qa_checker.judging.look import language_of
from qa_checker.problem import BadInput
from qa_checker.resources import shipped
from qa_checker.store.keys import digest, digest_of

if TYPE_CHECKING:
    from qa_checker.store.manifest import Manifest

USUAL = {"zh": "complaint_zh", "en": "support_en"}
"""The shipped rubric for calls of a language where nobody names another."""

load_once = cache(load_rubric)


def rubric_for(call: Call, named: str) -> Compiled:
    """Return the rubric that was named, else the usual one of the call's language."""
    return load_once(named or usual_rubric(language_of(call)))


def usual_rubric(language: str) -> str:
    """Return the name of the rubric for calls of a language. Raises BadInput if none ships."""
    if language in USUAL:
        return USUAL[language]
    raise BadInput(f"no rubric ships for calls in {language or 'this language'}; name one with -r")


def rules_of(named: str) -> str:
    """Return what tells one version of the rules from another: id@version#hash, or a digest.

    Where no rubric is named all that ships counts, so that none has to be loaded to know.
    """
    if named:
        return load_once(named).rule
    kinds = [(kind, shipped(kind)) for kind in ("lexicons", "rubrics")]
    files = [
        (kind, name, digest(file.read_bytes())) for kind, f in kinds for name, file in f.items()
    ]
    return f"shipped#{digest_of(sorted(files))[:12]}"


def names_of(named: str, rules: Iterable[str]) -> dict[str, str]:
    """Return where the rubrics that were used are found again, by id@version#hash."""
    if named:
        return dict.fromkeys(rules, named)
    return {rule: name for rule in rules for name in USUAL.values() if rule.startswith(f"{name}@")}


def spoken_in(manifest: Manifest) -> str:
    """Return the language of the reports: as asked, else that of the rubrics, else en.

    It is "" where rubrics of more than one language judged: then a line is said in both.
    """
    spoken = {load_once(name).rubric.languages[0] for name in manifest.rules.values()}
    return manifest.language or ("" if len(spoken) > 1 else next(iter(spoken), "en"))
