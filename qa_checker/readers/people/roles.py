"""What a label says about the role of a speaker: role words in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, lru_cache

from qa_checker import lazy_re
from qa_checker.call import ROLES, UNKNOWN
from qa_checker.readers.headers import field_of
from qa_checker.readers.words import fold, sections

ABOUT_THE_CALL = ("call_id", "agent", "queue", "started_at", "language")
NUMBERED = lazy_re.compile(r"(?:工号|工號|坐席工号|客服工号)\s*[a-z]{0,3}[0-9]{1,12}$")
NAMED_AGENT = lazy_re.compile(r"(?:客服|坐席|座席|专员|顾问|客服专员)[\u4e00-\u9fff]{1,3}$")
NAMED_CUSTOMER = lazy_re.compile(
    r"(?:客户|客戶|用户|顾客)[\u4e00-\u9fff]{0,2}(?:先生|女士|小姐|太太)$"
)
SURNAMES = (  # those that begin few other words; "高", "金" and "万" do
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭林罗郑梁谢宋唐韩冯邓曹彭肖袁潘蒋蔡魏吕沈姚卢姜崔钟谭廖贾夏薛侯郝龚邵戴莫汤"
    "張劉陳楊黃趙吳孫馬羅鄭謝韓馮鄧蕭蔣呂盧鍾譚賈龔湯"
)
NOT_A_PERSON = (
    "陈述|陳述|周[期年末报边转]|黄[金牌]|黃金|马上|馬上|孙子|谢[谢绝]|謝謝|郑重|莫名|夏季|韩国|韓國"
)
PERSON = rf"(?!{NOT_A_PERSON})(?:[小老][{SURNAMES}]|[{SURNAMES}][\u4e00-\u9fff]{{1,2}})"
NAMED = lazy_re.compile(rf"{PERSON}$")
NOT_A_NAME = lazy_re.compile(
    r"(?:主管|班长|组长|经理|总监|领导|工号|姓名|编号|电话|热线|号码|号|组|部|中心|系统|话术"
    r"|意图|情绪|态度|评分|得分|评价|总结|小结|备注|表现|质量|时间|时长|名称|账号|标签|操作|动作|状态|类型)$"
    r"|\s(?:names?|ids?|e?mail|phone|mobile|numbers?|no|account|address|location|age|gender|dates?"
    r"|times?|issues?|problems?|concerns?|complaints?"
    r"|sentiment|satisfaction|feedback|mood|emotions?|intents?|experience|performance|scores?"
    r"|ratings?|status|type|segment|tier|level|history|profile|details?|info|information|data"
    r"|summary|notes?|goal|team|group|department|dept|queue|line|center|centre|desk"
    r"|calls?|chats?|tickets?|cases?|transcripts?|scripts?|recordings?|policy|policies|guidelines?"
    r"|instructions?|effort|reason|behaviou?r|actions?|verification|persona|extension|region)$"
)
TITLED = lazy_re.compile(r".{1,30}[(\[【]([^()\[\]【】]{1,20})[)\]】]$")  # "Dana Roe (Agent)"
CALLED = lazy_re.compile(  # "Life Insurance Agent", "Unhappy Customer"; "Thanks Agent" is no label
    r"(?:(?!(?:I|OK|Okay|Ok|Yes|Yeah|Yep|No|Nope|Hi|Hello|Hey|Thanks|Thank|Bye|Goodbye|Sure|Right"
    r"|Please|Sorry|Great|Good|Perfect|Correct|Alright|Well|Exactly|Absolutely|You|Welcome|And|So"
    r"|Morning|Afternoon|Evening|Day|Wonderful|Fine|Cool|Sir|Madam|Um|Uh|Hmm|Oh|Dear|To|From"
    r"|Assigned|Primary|Handling|Current|Previous|For|But|Or|My|Your|Our|A|An|This|That)\b)"
    r"[A-Z][A-Za-z]{0,15}[ -]){1,3}([A-Z][A-Za-z]{2,15})(?:\s?[(\[#].{0,30})?$"
)
FULL = lazy_re.compile(r"([A-Z][a-z]{2,15})(?:\s[A-Z][A-Za-z'.]{0,20}){2,3}$")
CALLINGS = (
    "agent", "representative", "rep", "advisor", "adviser", "operator", "specialist", "associate",
    "consultant", "customer", "client", "caller", "buyer", "shopper", "subscriber", "cardholder",
    "policyholder",
)  # fmt: skip
ACCOUNTS = ("guest", "external")  # what meeting software calls people of another company
VOICE = lazy_re.compile(r"guest ?[0-9]+$")  # what Azure calls the voices it tells apart
REST = lazy_re.compile(
    r"\s?(?:[0-9]{1,12}|[0-9]{1,7}\*{2,8}[0-9]{0,4}|[a-z])$"
    r"|\s?(?:[→➔➜⇒]|[-=]>)\s?[^→>]{1,20}$"  # to whom
    r"|\s?[(\[【/#:·|].{0,30}$|\s[a-z][a-z'.]{1,20}$|\s[\u4e00-\u9fff]{1,4}$"
    rf"|{PERSON}$"  # "客户李四"; "客户服务部" names nobody
)


@lru_cache(maxsize=4096)
def role_of(label: str) -> str:
    """Return the role a label names, or "unknown": "客服", "坐席1024", "Customer 2", "Roe (Agent)".

    "经理", "Alice" and "SPEAKER_00" name none.
    """
    words, key = role_words(), fold(label).removeprefix("the ")
    if key in words:
        return words[key]
    if field_of(label) in ABOUT_THE_CALL or VOICE.match(key):
        return UNKNOWN
    if NUMBERED.match(key) or (NAMED_AGENT.match(key) and not NOT_A_NAME.search(key)):
        return "agent"
    if NAMED_CUSTOMER.match(key):
        return "customer"
    for size in range(min(len(key) - 1, 40), 1, -1):
        if key[:size] in words and REST.match(key[size:]) and not NOT_A_NAME.search(key):
            return words[key[:size]]
    for size in (2, 3):  # "张三坐席", "张三-坐席"
        if key[size:].strip() in words and NAMED.match(key[:size]):
            return words[key[size:].strip()]
    titled = TITLED.match(key)
    if titled and titled[1] not in ACCOUNTS and titled[1] in words:
        return words[titled[1]]
    called = CALLED.match(label)
    last = called[1].lower() if called else ""
    full = FULL.match(label)  # "Agent Dana Lee"
    if full and full[1].lower() in CALLINGS and not NOT_A_NAME.search(key):
        last = full[1].lower()
    return words.get(last, UNKNOWN) if last in CALLINGS else UNKNOWN


@cache
def role_words() -> Mapping[str, str]:
    """Return every known role word, folded, with its role."""
    listed = sections("role_words.txt").items()
    return {fold(word): role for role, entries in listed for word in entries}


def stated(label: str, given: Mapping[str, str]) -> str:
    """Return the role of a label as the user's map or the label itself states it.

    Raises ValueError if the map names a role nobody knows.
    """
    word = given.get(label)
    if word is None:
        return role_of(label)
    role = word if word in ROLES else role_of(word)
    if role == UNKNOWN and word != UNKNOWN:
        raise ValueError(f"roles: {word!r} is not a role; write one of {', '.join(ROLES)}")
    return role
