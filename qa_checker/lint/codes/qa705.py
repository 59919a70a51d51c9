"""The same example twice. 重复的样例。

It proves nothing new; often one of the two was meant to be varied and was not.

重复的样例证明不了更多；多半本来想改一改，忘了。

Wrong 错:

    # lexicon
    - id: cross
      polarity: neutral
      phrases: [怎么回事]
      examples: {hit: [怎么回事, 怎么回事], miss: [喂]}
      #                　　　　  ＾＾＾＾

Right 对:

    # lexicon
    - id: cross
      polarity: neutral
      phrases: [怎么回事]
      examples: {hit: [怎么回事, 这是怎么回事啊], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.lexicon import Entry
from qa_checker.rules.rubric import Rubric

SEVERITY = "warning"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the sentences of an entry that stood before."""
    for which in ("hit", "miss"):
        seen: set[str] = set()
        for number, sentence in enumerate(getattr(entry.examples, which)):
            if sentence in seen and entry.node is not None:
                node = entry.node.at("examples", which, number)
                yield Finding(node, f"duplicate example “{sentence}”", "remove one")
            seen.add(sentence)


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the example calls that expect the same of the same turns as an earlier one."""
    seen: set[object] = set()
    for example in rubric.examples:
        key = (example.turns, frozenset(example.expect.items()), example.score)
        if key in seen and example.node is not None:
            message = f"duplicate example “{example.name}”"
            yield Finding(example.node.at("name"), message, "remove one")
        seen.add(key)
