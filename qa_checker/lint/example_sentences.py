"""Run the sentences that lexicons carry, through the production path (QA701).

`hit` sentences must hit and `miss` sentences must not; where a hit is marked with < and >,
the span must be just that.
"""

from __future__ import annotations

import re

from qa_checker import lazy_re
from qa_checker.lint.cases import Case, Ran
from qa_checker.matching.compile import Plan, compile_plan
from qa_checker.matching.find import find
from qa_checker.rules.lexicon import Entry, Lexicon, read_lexicon
from qa_checker.rules.load import check_twice
from qa_checker.rules.source import Source, sorted_problems
from qa_checker.text.plain import plain

MARKED = lazy_re.compile(r"<([^<>]*)>")


def run_lexicon(source: Source) -> Ran:
    """Run the hit and miss sentences of a lexicon."""
    lexicon = read_lexicon(source)
    check_twice([(source, lexicon)])
    if lexicon is None or source.errors():
        return Ran(source.path, 0, tuple(sorted_problems(source.problems)))
    plans = {language: compile_plan(lexicon.entries, language) for language in lexicon.languages}
    cases = []
    for entry in lexicon.entries:
        for wanted in ("hit", "miss"):
            for number, sentence in enumerate(getattr(entry.examples, wanted)):
                before = len(source.problems)
                plan = plans[sentence_language(sentence, lexicon)]
                wrong = sentence_problem(plan, entry, sentence, wanted == "hit")
                if wrong and entry.node is not None:
                    node = entry.node.at("examples", wanted, number)
                    source.problem(node, "QA701", f'"{entry.id}": {wrong}')
                name = f"{entry.id}/{wanted}/{number + 1}"
                cases.append(Case(source.path, name, tuple(source.problems[before:])))
    problems = tuple(sorted_problems(source.problems))
    return Ran(source.path, len(cases), problems, cases=tuple(cases))


def sentence_language(sentence: str, lexicon: Lexicon) -> str:
    """Return the language whose plan a sentence is tried with."""
    if len(lexicon.languages) == 1:
        return lexicon.languages[0]
    return "zh" if re.search("[\u3400-\u9fff]", sentence) else "en"


def sentence_problem(plan: Plan, entry: Entry, sentence: str, wanted: bool) -> str:
    """Return what is wrong with the hits of an entry in a sentence, "" if nothing is."""
    mark = MARKED.search(sentence) if wanted else None
    text = MARKED.sub(r"\1", sentence) if wanted else sentence
    role = entry.role if entry.role != "any" else "agent"
    hits = find(plan, plain([text]), [text], [role]).get(entry.full_name, [])
    if wanted and not hits:
        return f"this hit example is not hit: “{text}”"
    if not wanted and hits:
        said = text[hits[0].start : hits[0].end]
        return f"this miss example is hit at “{said}” by “{hits[0].phrase}”: “{text}”"
    if mark and all((h.start, h.end) != (mark.start(), mark.end() - 2) for h in hits):
        said = "”, “".join(text[h.start : h.end] for h in hits)
        return f"the hit should be “{mark[1]}”, not “{said}”"
    return ""
