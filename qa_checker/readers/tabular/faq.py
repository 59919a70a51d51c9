"""A list of questions and answers is no call, unless something says so: an id, a time, the user.

    question,answer                       问题,答案,分类
    How do I get a refund?,Open …         如何退款？,请在订单页点击退款。,售后

    Q: How do I get a refund?             问：如何退款？
    A: Open "orders".                     答：请在订单页点击退款。

Whoever asks and answers is nobody in such a list: it is refused, and the help says how to have it
read all the same. Headers that name people (customer, 客服回复) are those of a conversation.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa_checker.call import Segment
from qa_checker.readers.headers import plain
from qa_checker.readers.source import Options
from qa_checker.readers.strict_json import Refusal, names
from qa_checker.readers.tabular.tables import Table

ASKED = ("question", "query", "ask", "问", "问题", "提问", "问句", "問題", "提問")
ANSWERED = (
    "answer", "reply", "response", "答", "答案", "回答", "回复", "答复", "答句", "應答", "回覆",
)  # fmt: skip
OF_A_CALL = frozenset(("call_id", "start", "start_ms", "end", "end_ms", "turn", "agent"))


def refuse_faq(headers: Sequence[str], found: Table, options: Options) -> None:
    """Raise Refusal if nothing tells that a table of questions and answers is of calls."""
    headers = [one.strip() for one in headers if one.strip()]
    asked = [one for one in headers if plain(one) in ASKED]
    answered = [one for one in headers if plain(one) in ANSWERED]
    if not asked or not answered or not OF_A_CALL.isdisjoint(found.fields):
        return
    if not {one.strip() for one in options.roles}.isdisjoint((*asked, *answered)):
        return
    raise Refusal(
        f"a table of questions and answers without call ids or times (an FAQ?): {names(headers)}",
        f"if it is a conversation, say who they are: --roles {asked[0]}=customer,"
        f"{answered[0]}=agent",
    )


def refuse_text_faq(said: Sequence[Segment], options: Options) -> None:
    """Raise Refusal if whoever speaks in a text only asks or answers, at no time."""
    labels = list(dict.fromkeys(one.speaker for one in said))
    who = [plain(one) for one in labels]
    lists = ((*ASKED, "q"), (*ANSWERED, "a"))
    if len(who) != 2 or any(set(who).isdisjoint(one) for one in lists):
        return
    if any(one.start is not None for one in said) or not set(labels).isdisjoint(options.roles):
        return
    asked, answered = sorted(labels, key=lambda one: plain(one) not in lists[0])
    raise Refusal(
        f"questions and answers without times (an FAQ?): {names(labels)}",
        f"if it is a conversation, say who they are: --roles {asked}=customer,{answered}=agent",
    )
