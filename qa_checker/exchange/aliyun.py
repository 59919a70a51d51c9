"""Rules of Aliyun 智能对话分析, as its API gives them: conditions with operators.

Operators that look for words become entries: HIT_ANY_KEYWORDS and INCLUDE_KEYWORDS (each
keyword a phrase), REGULAR_EXPRESSION (with `notRegex` as an exception), SIMILAR_MATCH (its
sentences as phrases, to be made shorter by hand). What has no words, silence, speed,
interruption, and how operators are put together, is told and kept as comments: it belongs in
a rubric.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import re2

from qa_checker.exchange.drafts import Draft, usable
from qa_checker.exchange.word_list import Read
from qa_checker.problem import BadInput
from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.exported.answers import decoded, flat, held, listed
from qa_checker.readers.people.roles import role_of
from qa_checker.rules.regexes import regex_options

INSTEAD = {
    "INTERVAL_GREATER": "event.silence",
    "SPEECH_SPEED_CHECK": "event.fast_speech",
    "INTERRUPT_CHECK": "event.interruption",
    "ADVANCED_REPEAT_DETECT": "event.repeat",
    "REPEAT_DETECT": "event.repeat",
}
"""Events of ours that do what an operator without words does."""

KEYWORDS = ("keywords", "opkeywords")
SENTENCES = ("similarlysentences", "references")


def read_rules(path: Path) -> Read:
    """Read an export of rules. Raises BadInput if there are no conditions in it."""
    text, _ = decode(path.read_bytes())
    try:
        document = decoded(json.loads(text))
    except ValueError as error:
        raise BadInput(f"{path}: not JSON: {error}") from None
    found = list(parts(document))
    if not found:
        raise BadInput(f"{path}: no conditions with operators in it; export the rules again")
    drafts: list[Draft] = []
    lost: list[str] = []
    for condition, rule in found:
        for operator in listed(condition.get("operators")):
            one = draft_of(flat(operator), condition, rule)
            drafts += [one] if one else []
            if one is None:
                lost.append(untold(flat(operator), condition))
    return Read(tuple(drafts), tuple(lost))


def parts(document: Any) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """Yield every condition with the rule that uses it ({} if none does)."""
    if isinstance(document, list):
        for one in document:
            yield from parts(decoded(one))
        return
    fields = flat(document)
    conditions = [flat(one) for one in listed(fields.get("conditions"))]
    rules = [flat(one) for one in listed(fields.get("rules"))] or [fields]
    for condition in conditions:
        if listed(condition.get("operators")):
            yield condition, next((rule for rule in rules if uses(rule, condition)), {})
    if not conditions:
        for value in fields.values():
            inner = decoded(value)
            if isinstance(inner, dict | list):
                yield from parts(inner)


def uses(rule: Mapping[str, Any], condition: Mapping[str, Any]) -> bool:
    """Tell whether a rule's triggers or lambda name a condition."""
    named = [held(rule, "lambda", "rulelambda"), *map(str, rule.get("triggers") or [])]
    return held(condition, "cid") in "&".join(named).replace("||", "&").replace("!", "").split("&")


def draft_of(
    operator: Mapping[str, Any], condition: Mapping[str, Any], rule: Mapping[str, Any]
) -> Draft | None:
    """Return the entry of an operator; None if it looks for no words."""
    param = flat(operator.get("param"))
    title = held(operator, "name", "opername") or held(rule, "name", "rulename") or "rule"
    role = role_of(held(flat(condition.get("checkrange")), "role") or held(condition, "role"))
    draft = Draft(title, role=role if role in ("agent", "customer") else "")
    words = [
        *texts(param, "keywords", "opkeywords"),
        *texts(param, "similarlysentences", "references"),
    ]
    words += [held(param, "phrase")]
    draft.phrases = list(dict.fromkeys(word for word in words if usable(word)))
    for kind, kept in (("regex", draft.regexes), ("notregex", draft.not_regexes)):
        regex = held(param, kind)
        if regex and accepted(regex):
            kept.append(regex.lower())
        elif regex:
            draft.notes.append(f"{kind} that RE2 does not know: {regex}")
    draft.notes = [*remarks(operator, param, condition, rule), *draft.notes]
    return draft if draft.phrases or draft.regexes else None


def texts(param: Mapping[str, Any], *names: str) -> list[str]:
    """Return the texts of the first list that there is under some names."""
    found: list[Any] = next((param[n] for n in names if isinstance(param.get(n), list)), [])
    return [str(one).strip() for one in found if str(one).strip()]


def accepted(regex: str) -> bool:
    """Tell whether our regexes can say the same."""
    try:
        compiled = re2.compile(regex.lower(), regex_options())
    except re2.error:
        return False
    return compiled.search("") is None


def remarks(
    operator: Mapping[str, Any],
    param: Mapping[str, Any],
    condition: Mapping[str, Any],
    rule: Mapping[str, Any],
) -> list[str]:
    """Return what an entry cannot say: how many keywords, where, in what company."""
    plain = {
        name: value
        for name, value in param.items()
        if name
        not in ("keywords", "similarlysentences", "regex", "notregex", "phrase", "references")
    }
    kept = {"operator": held(operator, "type", "opertype"), **simple(plain)}
    lambda_ = held(condition, "lambda", "operlambda")
    kept.update({"lambda": lambda_} if lambda_ else {})
    where = simple({k: v for k, v in flat(condition.get("checkrange")).items() if k != "role"})
    kept.update({f"range {key}": value for key, value in where.items()})
    kept.update({f"rule {key}": value for key, value in simple(rule).items()})
    return ["; ".join(f"{key}: {value}" for key, value in kept.items())]


def simple(values: Mapping[str, Any]) -> dict[str, str]:
    """Return the values that say something, as short text."""
    return {
        key: json.dumps(value, ensure_ascii=False) if isinstance(value, dict | list) else str(value)
        for key, value in values.items()
        if value not in (None, "", [], {}, False) and key not in ("conditions", "rules")
    }


def untold(operator: Mapping[str, Any], condition: Mapping[str, Any]) -> str:
    """Say that an operator looks for no words, and which event does what it does."""
    kind = held(operator, "type", "opertype") or "an operator"
    event = INSTEAD.get(kind)
    help = f"use {event} in a rubric" if event else "say it in a rubric, or leave it to a person"
    what = "; ".join(f"{k}: {v}" for k, v in simple(flat(operator.get("param"))).items())
    return f"condition {held(condition, 'cid')}: {kind} ({what}): {help}"
