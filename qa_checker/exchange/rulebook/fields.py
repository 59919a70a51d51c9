"""What the columns of the workbook are: which key of a rule file, in which form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qa_checker.rules.canonical import EXAMPLE, ORDER

POLARITY = ("prefer", "avoid", "neutral")
ROLE = ("agent", "customer", "any")
SEVERITY = ("error", "warning", "info")
HOMOPHONES = ("off", "same", "near")
NEGATION = ("keep", "drop", "only")
VERDICT = ("pass", "fail", "na", "manual")


@dataclass(frozen=True, slots=True)
class Field:
    """A column: its name, the key it holds, and how the value stands in the cell.

    `form` is text, words (a text in one language), lines (a list, one a line), call
    (turns, one a line) or yaml. `choices` are offered in a drop-down.
    """

    name: str
    key: str
    form: str = "text"
    language: str = ""
    choices: Sequence[str] = ()
    chinese: str = ""
    width: float = 16


def text(key: str, chinese: str, width: float = 16, choices: Sequence[str] = ()) -> Field:
    """Return a column of plain texts."""
    return Field(key, key, "text", "", choices, chinese, width)


def form(name: str, key: str, chinese: str, width: float) -> Field:
    """Return a column of lists, turns or YAML."""
    return Field(key, key, name, "", (), chinese, width)


def words(key: str, chinese: str, width: float) -> tuple[Field, Field]:
    """Return the two columns of a text in Chinese and English."""
    return (
        Field(f"{key} zh", key, "words", "zh", (), f"{chinese}（中文）", width),
        Field(f"{key} en", key, "words", "en", (), f"{chinese}（英文）", width),
    )


HEAD = (
    text("qa_checker", "语言版本"),
    text("id", "编号"),
    text("version", "版本"),
    form("yaml", "languages", "语言", 30),
    *words("title", "标题", 30),
    text("source", "依据"),
    text("owner", "负责人"),
)
LEXICON = (
    *HEAD,
    text("segmenter", "分词器"),
    form("yaml", "defaults", "默认值", 30),
    form("yaml", "slots", "插槽", 30),
)
RUBRIC = (
    *HEAD,
    form("yaml", "uses", "所用词库", 30),
    form("yaml", "applies_to", "适用通话", 30),
    text("total", "总分"),
    form("yaml", "bands", "等级", 30),
    text("pass", "合格等级"),
    form("yaml", "events", "事件设置", 30),
    form("yaml", "signals", "信号", 30),
)
SECTION = (
    text("id", "编号", 20),
    *words("title", "标题", 34),
    form("yaml", "when", "适用条件", 34),
    form("lines", "was", "曾用编号", 14),
)
ITEM = (
    *SECTION[:3],
    text("points", "分值", 8),
    text("deduct", "每次扣分", 9),
    text("auto_fail", "一票否决", 10, ("true", "section")),
    SECTION[3],
    form("yaml", "check", "判定规则", 60),
    *words("advice", "改进建议", 40),
    *words("why", "原因", 34),
    text("source", "依据", 18),
    SECTION[4],
)
ENTRY = (
    text("id", "编号", 20),
    *words("title", "标题", 26),
    text("polarity", "倾向", 10, POLARITY),
    text("role", "角色", 10, ROLE),
    text("severity", "级别", 10, SEVERITY),
    text("negation", "否定", 10, NEGATION),
    text("homophones", "同音", 12, HOMOPHONES),
    text("boundary", "词界", 10, ("word",)),
    text("fillers", "填充词", 10, ("skip",)),
    form("lines", "instead", "建议说法（一行一句）", 44),
    *words("why", "原因", 40),
    text("source", "依据", 20),
    form("lines", "was", "曾用编号", 14),
)
CALL = (
    text("name", "名称", 34),
    form("call", "turns", "对话（一行一轮）", 80),
    text("score", "期望得分", 10),
    text("todo", "已知不足", 10, ("true",)),
)
PHRASE_KINDS = tuple(
    f"{kind}{form}" for kind in ("phrase", "unless") for form in ("", " (re)", " (tokens)")
)
COMMENTS = Field("comments", "", "comments", "", (), "注释", 40)
FILE = Field("file", "", "place", "", (), "文件", 24)


def place(name: str, chinese: str, width: float, choices: Sequence[str] = ()) -> Field:
    """Return a column that says where a row belongs, or what it is."""
    return Field(name, "", "place", "", choices, chinese, width)


TEXT = Field("text", "", "element", "", (), "文本", 70)
SHEETS: Mapping[str, Sequence[Field]] = {
    "Items": (place("kind", "类型", 9, ("section", "item")), *ITEM, COMMENTS),
    "Entries": (FILE, *ENTRY, COMMENTS),
    "Phrases": (
        FILE, place("entry", "词条", 20), place("kind", "类型", 16, PHRASE_KINDS), TEXT, COMMENTS,
    ),
    "Sentences": (
        FILE, place("entry", "词条", 20), place("kind", "类型", 8, ("hit", "miss")), TEXT, COMMENTS,
    ),
    "Calls": (*CALL, COMMENTS),
    "Verdicts": (
        place("call", "通话", 34), place("item", "评分项", 24),
        Field("verdict", "", "element", "", VERDICT, "判定", 10), COMMENTS,
    ),
}  # fmt: skip
"""The columns of each sheet with a row for each part; the head has a row for each key."""
ORDERS: Mapping[str, Sequence[str]] = {**ORDER, "examples": EXAMPLE, "words": ("zh", "en")}


SHEETS_OF: Mapping[str, Sequence[str]] = {
    "rubric": ("Items", "Calls", "Verdicts"),
    "lexicon": ("Entries", "Phrases", "Sentences"),
}
"""The sheets that show a kind of file, besides the head."""


def head_of(kind: str) -> Sequence[Field]:
    """Return the keys of the head of a kind of file: lexicon or rubric."""
    return LEXICON if kind == "lexicon" else RUBRIC


def by_key(fields: Sequence[Field]) -> Iterator[tuple[str, list[Field]]]:
    """Yield each key with its columns, in the order of the columns."""
    seen: dict[str, list[Field]] = {}
    for field in fields:
        if field.key:
            seen.setdefault(field.key, []).append(field)
    yield from seen.items()
