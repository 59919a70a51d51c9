"""A lexicon that no check uses. 没有检查项使用的词库。

It is read and compiled for nothing, and a reader of the rubric believes that its words count.
Often a check was removed, or never written.

词库白白加载；看评分表的人会以为这些用语参与评分。多半是检查项删掉了，或者忘了写。

Wrong 错:

    # rubric
    uses: [words.yaml, zh/thanks]
    #                  ^^^^^^^^^

Right 对:

    # rubric
    uses: [words.yaml]
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from qa_checker.lint.book import Book, Finding, asked, holds
from qa_checker.rules.load import lexicon_files
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the names under `uses:` of which no entry is asked for."""
    names = asked(rubric)
    needed = {
        lexicon.path
        for lexicon in rubric.lexicons
        if any(holds(name, entry.full_name) for entry in lexicon.entries for name in names)
    }
    uses = rubric.node.at("uses") if rubric.node else None
    for number, name in enumerate(rubric.uses):
        if uses is not None and needed.isdisjoint(lexicon_files(name, Path(rubric.path))):
            message = f'lexicon "{name}" is used by no check'
            yield Finding(uses.at(number), message, "remove it from uses:")
