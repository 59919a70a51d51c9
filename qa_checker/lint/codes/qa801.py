"""A title is missing in a language. 缺少某种语言的标题。

The rubric promises titles in these languages; readers of the other language see a bare id, or
words they cannot read. Labels of signals count as titles, and so do titles of bands.

评分表声明了这些语言；看另一种语言报表的人只能看到 id，或者看不懂的文字。
信号的标签和等级的标题也算在内。

Wrong 错:

    # rubric
    languages: [zh, en]
    title: {zh: 评分表, en: Scorecard}
    sections:
      - id: s
        title: {zh: 用语}
        #      ^
        items:
          - id: greet
            title: {zh: 问候, en: Greeting}
            points: 20
            check: {find: words.hello}

Right 对:

    # rubric
    languages: [zh, en]
    title: {zh: 评分表, en: Scorecard}
    sections:
      - id: s
        title: {zh: 用语, en: Wording}
        items:
          - id: greet
            title: {zh: 问候, en: Greeting}
            points: 20
            check: {find: words.hello}
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker.lint.book import Book, Finding
from qa_checker.rules.rubric import Rubric
from qa_checker.rules.tree import Node
from qa_checker.scorecard import Words

SEVERITY = "warning"


def in_rubric(rubric: Rubric, book: Book) -> Iterator[Finding]:
    """Yield the titles that lack a language of the rubric."""
    titled: list[tuple[str, Words, Node | None]] = [("the rubric", rubric.title, rubric.node)]
    for section in rubric.sections:
        titled.append((f'section "{section.id}"', section.title, section.node))
        titled += [(f'item "{item.id}"', item.title, item.node) for item in section.items]
    titled += [
        # its name is in the first language
        (f'band "{name}"', {"": name, **title}, rubric.node and rubric.node.at("bands", name))
        for name, title in rubric.band_titles.items()
    ]
    titled += labels(rubric)
    for what, title, node in titled:
        # a title that names no language is in the first one
        known = {language or rubric.languages[0] for language in title}
        missing = [language for language in rubric.languages if language not in known]
        if missing and node is not None:
            help = f"add {missing[0]}: …" if title else f"add title: {{{missing[0]}: …}}"
            place = node.at("title") if title else node.at("id")
            yield Finding(place, f"{what} has no {' or '.join(missing)} title", help)


def labels(rubric: Rubric) -> Iterator[tuple[str, Words, Node | None]]:
    """Yield the labels of signals, with their texts and where these stand."""
    for signal in rubric.signals:
        for place, label in enumerate(signal.labels):
            node = signal.node and signal.node.at("labels", place, "value")
            yield f'label "{label.value}" of signal "{signal.id}"', label.title, node
