"""规则说明：每条规则用一句中文说清楚。Rules as Chinese sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from qa_checker.rules.rubric import Item
from qa_checker.rules.sentences.names import Names
from qa_checker.rules.windows import Amount, Anchor
from qa_checker.scorecard import text

ROLES = {"agent": "坐席", "customer": "客户", "any": "通话", "": ""}
UNITS = {"turns": "轮", "s": "秒", "chars": "字", "words": "词", "%": "%"}
MEASURES = {
    "talk_share": "说话占比",
    "duration": "通话时长",
    "turns": "轮数",
    "chars": "字数",
    "silence_share": "静音占比",
}


def points(item: Item) -> str:
    """Return what an item is worth and what a violation costs."""
    said = f"{text(item.points)} 分"
    if item.deduct is not None:
        said += f"，每次违反扣 {text(item.deduct)} 分"
    if item.auto_fail:
        said += "，一票否决" if item.auto_fail is True else "，违反则本节清零"
    return said + "："


def amount(value: Amount) -> str:
    """Return a number with its unit."""
    return f"{float(value.value):g} {UNITS[value.unit]}"


def quoted(found: Sequence[str], names: Names) -> str:
    """Return names in quotation marks."""
    return "或".join(f"“{names.title(name)}”" for name in found)


def find(check: Any, names: Names) -> str:
    """Return a find check as a sentence."""
    role = ROLES[check.role or names.role(check.find)]
    where = "".join(f"{relative(place, anchor, role, names)}，" for place, anchor in check.windows)
    if check.place is not None:
        end = {"first": "最初", "last": "最后"}[check.place.end]
        where = f"在{role}{end} {amount(check.place.amount)}内，" + where
    what = quoted(check.find, names)
    if check.over is not None:
        what += f"（超过 {amount(check.over)}）"
    said = f"{where}{role + '的话里' if role else ''}{how_many(check)}{what}"
    return said + ("；从未出现前述情形时不适用。" if check.windows else "。")


def relative(where: str, anchor: Anchor, role: str, names: Names) -> str:
    """Return a relative window."""
    which = {"each": "每次", "first": "第一次", "last": "最后一次"}[anchor.which]
    place = {"after": "之后", "before": "之前", "near": "前后"}[where]
    said = f"{which}出现“{names.title(anchor.name)}”{place}"
    if anchor.within is None:
        return said
    if anchor.within.value == 0:
        return said + "，在同一轮内"
    spoken = f"{role or ''}发言" if anchor.within.unit == "turns" else ""
    return f"{said}的 {amount(anchor.within)}{spoken}内"


def how_many(check: Any) -> str:
    """Return how many hits are wanted."""
    if check.max == 0:
        return "不得出现"
    if check.min is None:
        return f"最多出现 {check.max} 次"
    if check.max is None:
        return f"至少出现 {check.min} 次"
    return f"出现 {check.min} 到 {check.max} 次"


def measure(check: Any, names: Names) -> str:
    """Return a measure check as a sentence."""
    role = ROLES[check.role or ("agent" if check.measure == "talk_share" else "")]
    limits = []
    if check.min is not None:
        limits.append(f"不低于 {amount(check.min)}")
    if check.max is not None:
        limits.append(f"不超过 {amount(check.max)}")
    return f"{role}{MEASURES[check.measure]}{'、'.join(limits)}。"


def order(check: Any, names: Names) -> str:
    """Return an order check as a sentence."""
    steps = " → ".join(f"“{names.title(name)}”" for name in check.order)
    return f"以下步骤首次出现的先后必须是：{steps}（不足两步时不适用）。"


def all_of(parts: Sequence[str]) -> str:
    """Return several sentences that must all hold."""
    return "以下各条都要做到：" + "".join(f"（{n}）{part}" for n, part in enumerate(parts, 1))


def any_of(parts: Sequence[str]) -> str:
    """Return several sentences of which one must hold."""
    return "以下做到一条即可：" + "".join(f"（{n}）{part}" for n, part in enumerate(parts, 1))


def meta(check: Any, names: Names) -> str:
    """Return a meta check as a sentence."""
    return f"随录参数 {check.meta} 为 {' / '.join(check.values)}。"


def manual(check: Any, names: Names) -> str:
    """Return a manual check as a sentence."""
    return "由人工判定。"


def when(condition: str) -> str:
    """Return a condition in front of a rule."""
    return f"［仅当：{condition.rstrip('。')}］"
