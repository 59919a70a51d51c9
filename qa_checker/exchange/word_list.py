"""Word lists that teams have, as tables: a phrase a row, columns found by their headers.

| column | headers |
|---|---|
| phrase (needed) | 短语 词语 关键词 违规词 敏感词 禁用语 违禁语 话术 phrase keyword word term |
| entry | 分类 类别 词条 组 规则 entry category group rule |
| polarity | 类型 性质 倾向 polarity type kind: 禁用 违规 avoid; 推荐 规范 prefer |
| role | 角色 说话人 role speaker: 客服 / 客户 |
| exception | 例外 排除 exception unless exclude |
| instead | 建议 建议话术 替换 替代说法 推荐话术 标准话术 改说 instead suggestion |
| severity, source, why, hit, miss | 级别, 依据, 原因, 正例, 反例 |

Rows of one entry are one entry of the lexicon. Other columns are kept as comments. A table of
one column without such a header is a list of phrases. An entry with a severity or something to
say instead, and no polarity, is one to avoid.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl

from qa_checker.exchange.drafts import Draft, usable
from qa_checker.problem import BadInput
from qa_checker.readers.encodings.decoding import decode
from qa_checker.readers.headers import plain
from qa_checker.readers.people.roles import role_of

HEADERS: Mapping[str, str] = {
    "phrase": "短语 词语 关键词 关键字 违规词 敏感词 禁用词 禁用语 违禁词 违禁语 禁忌用语 违规话术 "
    "词 话术 用语 "
    "phrase keyword word term",
    "entry": "分类 类别 词条 组 分组 规则 规则名称 entry category group rule name",
    "polarity": "类型 性质 倾向 polarity type kind",
    "role": "角色 说话人 适用角色 role speaker",
    "unless": "例外 排除 例外词 排除词 exception exceptions unless exclude",
    "instead": "建议 建议话术 建议说法 替换 替换为 替换话术 替代 替代说法 替代话术 推荐话术 "
    "推荐说法 标准话术 规范话术 改说 改为 instead suggestion suggested replacement",
    "severity": "级别 严重程度 等级 severity level",
    "source": "依据 出处 来源 source policy",
    "why": "原因 理由 why reason",
    "hits": "正例 命中例句 例句 hit example",
    "misses": "反例 不命中例句 miss counterexample",
}
POLARITIES: Mapping[str, str] = {
    "avoid": "avoid 禁用 违规 敏感 禁语 负面 扣分 不要说 禁止",
    "prefer": "prefer 推荐 规范 必说 正面 加分 应说 标准",
    "neutral": "neutral 中性 其他 信号",
}
SEVERITIES: Mapping[str, str] = {
    "error": "error 严重 高 致命 红线 critical high",
    "warning": "warning 一般 中 medium",
    "info": "info 轻微 低 提示 low",
}
ROWS = 20


@dataclass(frozen=True, slots=True)
class Read:
    """What a table gave: entries, and what of it could not be used."""

    drafts: tuple[Draft, ...]
    lost: tuple[str, ...]


def read_table(path: Path) -> Read:
    """Read a word list from a CSV, TSV or XLSX file. Raises BadInput if it is none."""
    rows = workbook_rows(path) if path.suffix.lower() in (".xlsx", ".xlsm") else text_rows(path)
    filled = [(number, row) for number, row in enumerate(rows, 1) if any(map(str.strip, row))]
    for place, (_, head) in enumerate(filled[:ROWS]):
        columns = columns_of(head)
        if "phrase" in columns.values():
            return collected(columns, head, filled[place + 1 :])
    if filled and all(row[0].strip() and not any(map(str.strip, row[1:])) for _, row in filled):
        return collected({0: "phrase"}, (), filled)
    seen = ", ".join(cell for cell in (filled[0][1] if filled else ()) if cell) or "none"
    raise BadInput(f"{path}: no column of phrases (columns: {seen}); name one 短语 or phrase")


def text_rows(path: Path) -> list[list[str]]:
    """Return the rows of a CSV or TSV file."""
    text, _ = decode(path.read_bytes())
    first = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=first.count)
    return [list(row) for row in csv.reader(io.StringIO(text), delimiter=delimiter)]


def workbook_rows(path: Path) -> list[list[str]]:
    """Return the rows of all sheets of a workbook, one after the other.

    A formula stands for its value if the workbook holds that, else for itself.
    """
    try:
        values, formulas = (
            openpyxl.load_workbook(path, read_only=True, data_only=only) for only in (True, False)
        )
    except Exception as error:
        raise BadInput(f"{path}: not a workbook that can be read ({error})") from None
    return [
        [as_text(text if value is None else value) for value, text in zip(*pair, strict=True)]
        for sheets in zip(values.worksheets, formulas.worksheets, strict=True)
        for pair in zip(*(sheet.iter_rows(values_only=True) for sheet in sheets), strict=True)
    ]


def as_text(value: object) -> str:
    """Return what a cell holds as text."""
    return "" if value is None else str(value)


def columns_of(head: Sequence[str]) -> dict[int, str]:
    """Return what each column of a header row means, where that is known."""
    known = {plain(word): name for name, words in HEADERS.items() for word in words.split()}
    found: dict[int, str] = {}
    for place, cell in enumerate(head):
        name = known.get(plain(cell))
        if name and name not in found.values():
            found[place] = name
    return found


def collected(
    columns: Mapping[int, str], head: Sequence[str], rows: Sequence[tuple[int, list[str]]]
) -> Read:
    """Return the entries of the rows below a header."""
    drafts: dict[str, Draft] = {}
    lost: list[str] = []
    stated: set[str] = set()
    for number, row in rows:
        cells = {name: row[place].strip() for place, name in columns.items() if place < len(row)}
        phrases = split(cells.get("phrase", ""))
        unusable = [phrase for phrase in phrases if phrase.startswith("=") or not usable(phrase)]
        if not phrases or unusable:
            said = why_not(unusable[0]) if unusable else "no phrase"
            lost.append(f"row {number}: {said}: {' | '.join(filter(None, row))}")
        name = cells.get("entry") or "words"
        draft = drafts.setdefault(name, Draft(name))
        add(draft, cells, [phrase for phrase in phrases if phrase not in unusable], number, lost)
        others = [
            f"{head[place]}: {cell.strip()}"
            for place, cell in enumerate(row)
            if place not in columns and cell.strip() and place < len(head) and head[place].strip()
        ]
        if others:
            draft.notes.append(f"{', '.join(phrases)}: {'; '.join(others)}")
        stated |= {name} if cells.get("polarity") else set()
    for name, draft in drafts.items():
        if name not in stated and (draft.severity or draft.instead):
            draft.polarity = "avoid"
    return Read(tuple(draft for draft in drafts.values() if draft.phrases), tuple(lost))


def why_not(phrase: str) -> str:
    """Say why a text cannot be a phrase."""
    kind = "is a formula" if phrase.startswith("=") else "has no letter to look for"
    return f"“{phrase}” {kind}"


def add(
    draft: Draft, cells: Mapping[str, str], phrases: Sequence[str], number: int, lost: list[str]
) -> None:
    """Add what a row says to its entry."""
    for phrase in phrases:
        if phrase in draft.phrases:
            lost.append(f"row {number}: “{phrase}” stands twice in {draft.title}")
        else:
            draft.phrases.append(phrase)
    for name in ("unless", "instead", "hits", "misses"):
        kept = getattr(draft, name)
        kept += [each for each in split(cells.get(name, "")) if each not in kept]
    for name, words in (("polarity", POLARITIES), ("severity", SEVERITIES)):
        settle(draft, name, meant(cells.get(name, ""), words), cells.get(name, ""), number, lost)
    role = role_of(cells.get("role", ""))
    settle(draft, "role", role if role in ("agent", "customer") else "", "", number, lost)
    for name in ("source", "why"):
        settle(draft, name, cells.get(name, ""), "", number, lost)


def settle(draft: Draft, name: str, value: str, said: str, number: int, lost: list[str]) -> None:
    """Set what an entry has once; another value further down is told."""
    if said and not value:
        draft.notes.append(f"{name}: {said} (row {number})")
    if not value:
        return
    before = getattr(draft, name)
    if before in ("", "neutral") or before == value:
        setattr(draft, name, value)
    else:
        draft.notes.append(f"row {number} says {name}: {value}")


def meant(said: str, words: Mapping[str, str]) -> str:
    """Return which of some words a cell means, "" if none."""
    known = {word: name for name, listed in words.items() for word in listed.split()}
    return known.get(said.casefold(), "")


def split(cell: str) -> list[str]:
    """Return the texts of a cell that may hold several."""
    for sign in (";", "；", "|", "\n"):
        cell = cell.replace(sign, "\0")
    return list(dict.fromkeys(part.strip() for part in cell.split("\0") if part.strip()))
