"""A token that the segmenter never gives. 分词永远切不出来的词。

`tokens:` compares whole words, cut by the pinned segmenter without guessing (HMM off). 稍等 is not
in its dictionary, so it is always cut into 稍 and 等: `{is: 稍等}` can never match.

tokens: 按分词结果逐词比较，分词器固定且不猜新词（HMM 关闭）。“稍等”不在词典里，
总被切成“稍”“等”，所以 {is: 稍等} 永远不命中。

Wrong 错:

    # lexicon
    segmenter: jieba@0.42.1
    entries:
      - id: wait
        polarity: prefer
        phrases: [{tokens: [{is: 稍等}, {is: 一下}]}]
        #                        ＾＾
        examples: {hit: [稍等一下], miss: [喂]}

Right 对:

    # lexicon
    segmenter: jieba@0.42.1
    entries:
      - id: wait
        polarity: prefer
        phrases: [{tokens: [{is: 稍}, {is: 等}, {is: 一下}]}]
        examples: {hit: [稍等一下], miss: [喂]}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.matching.tokens import words
from qa_checker.rules.lexicon import Entry
from qa_checker.text.plain import plain

SEVERITY = "error"


def in_entry(entry: Entry, book: Book) -> Iterator[Finding]:
    """Yield the words of `is:` that are more than one word in every language of the entry."""
    for pattern in (*entry.phrases, *entry.unless):
        for number, token in enumerate(pattern.tokens):
            for place, word in enumerate(token.words):
                cut = [words(plain([word]).text, language) for language in entry.languages]
                if all(len(pieces) != 1 for pieces in cut) and pattern.node is not None:
                    node = pattern.node.at(number, "is", place)
                    split = ", ".join(f"{{is: {piece}}}" for piece in cut[0] if piece.strip())
                    message = f'"{word}" is never one word for the segmenter: it cuts it in pieces'
                    yield Finding(node, message, f"write {split}, or a phrase")
