"""The same words preferred and avoided. 同一句话既推荐又禁止。

One entry tells agents to say it, another one tells them not to. Whatever the agent says, a point
is lost or a warning is shown. Exceptions and negation are taken into account, and entries of all
files that are used together are compared.

一条要坐席说，另一条不许说，怎么说都不对。例外和否定已经考虑在内；一起使用的文件（同一评分表或同一文件夹）互相比较。

Wrong 错:

    # lexicon
    - id: open
      polarity: prefer
      phrases: [稍等一下]
      examples: {hit: [稍等一下], miss: [喂]}
    - id: stall
      polarity: avoid
      phrases: [(请)?稍等一下]
      #         ^＾^^＾＾＾＾
      instead: [我两分钟后回来]
      examples: {hit: [稍等一下], miss: [喂]}

Right 对:

    # lexicon
    - id: open
      polarity: prefer
      phrases: [请您稍等一下]
      examples: {hit: [请您稍等一下], miss: [喂]}
    - id: stall
      polarity: avoid
      phrases: [稍等一下]
      unless: [请您稍等一下]
      instead: [我两分钟后回来]
      examples: {hit: [稍等一下], miss: [请您稍等一下]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.lint.clashes import Clash, clashes
from qa_checker.rules.lexicon import Lexicon

SEVERITY = "error"


def in_lexicon(lexicon: Lexicon, book: Book) -> Iterator[Finding]:
    """Yield the avoided phrases that are preferred elsewhere, and preferred ones avoided in
    files that are not looked at themselves.
    """
    named = {file.lexicon.path for file in book.files if file.lexicon is not None}
    for clash in book.once(clashes):
        preferred, avoided = clash.entry.path, clash.avoided.path
        if clash.whole and avoided == lexicon.path:
            yield from here(clash)
        elif clash.whole and preferred == lexicon.path and avoided not in named:
            message = f'"{clash.text}" is preferred here but avoided in "{clash.avoided.id}"'
            if clash.phrase.node is not None:
                yield Finding(clash.phrase.node, message, f"other one in {avoided}")


def here(clash: Clash) -> Iterator[Finding]:
    """Yield a clash at the avoided phrase."""
    avoided, preferred = clash.avoided_phrase, clash.phrase.node
    if avoided is not None and avoided.node is not None and preferred is not None:
        message = f'"{clash.text}" is avoided here but preferred in "{clash.entry.id}"'
        yield Finding(avoided.node, message, f"other one at {clash.entry.path}:{preferred.line}")
