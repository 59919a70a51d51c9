"""Chinese questions by their form.

A clause with 吗, A不A, 是否, 是吧 or 是…还是 is closed, whatever else it holds (还有什么可以帮您
的吗 takes a yes or a no); one with 什么, 怎么, 哪里, 多少, 几点 … is open. Words that ask look the
same in statements: 不知道怎么办, 什么都行, 如果有什么问题, 几个换就申请几个, 我查一下是什么原因.
Those are taken out first.
"""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re

CLAUSE = lazy_re.compile(r"[^ ]+")
TAIL = "(?:了|的|呢|啊|呀|哈|哦|呐|先生|女士|小姐|亲|您|你|这边|那边)*"

ASK = "什么|啥|怎么|怎样|咋|如何|哪|谁|多少|几"
NO_QUESTION = lazy_re.compile(
    # nothing, no few, not very
    r"(?<!有)(?:没|没有|不是|无)(?:什么|啥|多少|几[个天]|怎么)(?![^ ]*(?:吗|呢)$)"
    r"|(?<!有)(?:别|不要|不用|没有?|不想|不会|不能)(?!告诉|说)[^ ]{1,4}什么(?![^ ]*(?:吗|呢)$)"
    r"|哪里哪里|这就是为什么"
    r"|不怎么|多少(?:会|都|也|还|可能)?有(?=[一点些])|哪里的话|多多少少|那么|这么|怎么说呢|什么什么|什么的$|哪怕|哪[有能]|几乎"
    r"|有什么(?:可(?!以)|好|用)[^ ]{0,4}的"
    # whatever, whoever
    r"|(?:无论|不管|不论|随便|任凭)[^ ]{0,12}"
    r"|(?<!为)(?:什么|啥|谁|哪[里儿个些天种]?|多少|几[点个号时])[^ ]{0,2}[都也](?![^ ]*[呢吗]$)"
    r"|(?:怎么|怎样)(?:都|也)(?=[^ ]?[不没行])"
    r"|(什么|怎么|谁|几[个点号天]|哪[个里儿]|多少)[^ ]{2,10}\1"
    # if there is anything
    r"|(?:如果|要是|若|若是|假如|万一|以后|后期|今后)[^ ]{0,10}"
    r"(?:什么|哪里|哪些|怎么|是否)[^ ]{0,12}"
    r"|有(?:什么|任何)[^ ]{0,8}(?:随时|及时|再|可以(?:来|联系|咨询|找|打|拨)|"
    r"请(?:联系|拨)|欢迎)[^ ]*"
    # a few
    r"|[过前后这那好十上等来就隔]几(?:[个天年次号位块句百千十]|分钟)(?![^ ]*呢$)"
    r"|几[百千万十]"
    # nobody expects an answer
    r"|谁(?:让|叫|怕谁|稀罕|不[^ ]{1,4}啊|知道(?=[^ ]{2}))|谁说(?!的|了)"
    r"|可不(?:是)?[吗嘛]|这不[^ ]*[吗嘛]$"
    r"|(.)什么\2$|(?:一句|声)什么"
    # yes or no only in part
    r"|不用不用|没有了没有|(?:不是){2,}|(?:没有){2,}"
)
LOOKING = lazy_re.compile(
    r"(?:(?:查|看|问|核实|确认|了解|核对|试|查看|检查|咨询)一?下|查查|看看|问问|试试)[^ ]{0,14}"
    rf"(?:是不是|能不能|有没有|可不可以|会不会|是否|{ASK})(?![^ ]*[吗呢]$)[^ ]*"
    r"|(?:不|没|还不)(?:太|是很|大|怎么)?(?:知道|清楚|确定|明白|懂|晓得|记得|了解|理解|会)[^ ]{0,3}"
    rf"(?=[^ ]*(?:{ASK}|[是能会要]不[是能会要]|有没有|可不可以|为何))[^ ]*"
    r"|(?:告诉|通知|告知|教|说明|解释|介绍|发给|说)(?:您|你|客户|他|我)?(?:一下|一声)?[^ ]{0,6}"
    rf"(?:{ASK})[^ ]*"
    rf"|忘记?了?[^ ]{{0,4}}(?:{ASK})[^ ]*"
    rf"|我(?:也|都|大概|终于|已经|可|当然|就)*(?:知道|明白|懂|清楚|记得|想起来)了?"
    rf"[^ ]{{0,4}}(?:{ASK})[^ ]*"
    rf"|(?:{ASK})[^ ]{{0,8}}(?:我|这边|小妹|我们)(?:会|来|再|就|先|马上)?(?:给|帮|为)?[您你]?"
    r"(?:查|看|核实|问|确认|通知|告诉|告知|发)[^ ]*"
    rf"|(?:{ASK}|能不能|是否|有没有)[^ ]{{0,10}}(?:要看|得看|取决于)[^ ]*"
    # whether or not: it is all the same, or something else decides
    r"|(?:是否|有没有|(?P<or_not>[是能会要行有在用])[不没](?P=or_not))[^ ]{0,10}"
    r"(?:都(?!不)(?:可以|能|行|没|要|会|无所谓|一样|是)|以[^ ]{2,8}为准|由[^ ]{2,8}决定"
    r"|要看|得看|看[^ ]{2,8}结果)[^ ]*"
    rf"|(?:要看|取决于|根据|按照)[^ ]{{0,8}}(?:是否|是不是|有没有|{ASK})[^ ]*"
    r"|[您你]看[^ ]{3,8}(?:是不是|有没有|是否)(?![^ ]*[吗呢]$)[^ ]*"
    rf"|(?:选择|填写|写明|注明|显示)[^ ]{{0,6}}(?:{ASK})[^ ]{{0,8}}(?:就|即可|的)"
)
ASKING = lazy_re.compile(
    r"请问|想问|想请问|问问|想知道|想了解|[想要]咨询|麻烦问|我问你|告诉我|跟我说|你说|您说|^(?:您好|你好|喂)?问一?下"
)
CLOSED = lazy_re.compile(
    rf"[还要能想别]干吗|(?<!干)吗|(?<![什怎那这多要])么(?!么|哒){TAIL}$|呢?还是什么"
    r"|(?P<verb>[是能会要有行对好像该想在用够算懂需方记愿敢肯])[不没](?P=verb)"
    # 您是本市户口吧, 能听到我讲话吧
    rf"|(?<!当)[您你他她它这号](?:现在|当时|应该|就|也|都)?[^ 还要]{{0,3}}"
    rf"(?<![还要不])是[^ ]{{2,16}}吧{TAIL}$"
    rf"|^(?:[您你]|现在|那边?)*能[看听收][^ ]{{1,10}}吧{TAIL}$"
    r"|可不可以|知不知道|清不清楚|愿不愿意|可以不可以|是否|能否|可否|有无|难道|莫非|岂不是|该不会|真的假的|[您你]的?意思(?:就)?是"
    rf"|(?:是|对|行|可以|没错)吧{TAIL}$|(?:了|过|见|到|好|完|着|楚|白)没有?{TAIL}$"
    rf"|(?:有|过|到|收)[^ ]{{1,6}}没有?[呢啊呀]?$|[^ ](?<![要也都才就从决并还])不$"
    rf"|(?:不会|没|应该|不)[^ ]{{1,8}}吧{TAIL}$"
    rf"|^[^ ]{{0,8}}[您你他她它这那][^ ]{{0,8}}[了过完]吧{TAIL}$"
    rf"|(?:不是|属于|[^ ]不了|可以的?|[是能行会对])(?![^ ]*[啥哪谁咋])[^ ]{{0,8}}嘛{TAIL}$"
    r"|是[^ ]{1,20}还是[^ ]{1,20}|(?:要|想|选|用|走|发|退|换|寄)[^ ]{1,12}还是[^ ]{1,12}"
)
OPEN = lazy_re.compile(
    r"为什么|为何|为啥|干[嘛吗]|(?<!免)贵姓|咋|怎么|怎样|如何|什么|啥|多少|谁|何时|何地|何种|何吩咐"
    r"|多(?:久|长|大|远|高|重)(?!的)"
    r"|哪(?:里|儿|个|些|家|位|种|天|款|边|张|一|方面|年|几|件|条|项|块|了|去|来)"
    r"|几(?:点|号|月|时)|第几|(?:周|星期|礼拜)几"
    r"|^几(?:口|个|位|间|晚|台|张|人)"
    r"|(?:去|在|到|从|回|住|坐|放|是)哪$|几(?:楼|折|层|级|路|班|成|种|兆|寸)|为毛"
    r"|^(?:那|可|但是?|嗯?哦?|诶)?(?:[您你他她我]|[您你他我咱]们|然后|结果|后来"
    r"|别的|其他的?|另一个|[^ ]{0,3}[人妈爸元块]|那个|这个)呢$"
    r"|[您你](?:觉得|说|看)呢$|怎么样呢$"
    r"|(?:要|需要|还有|是|用|得|大概|有|买|订|交|住|剩|[能会]坐)(?:等|过|用|交|要)?"
    r"几(?:个|天|位|次|件|台|分钟|小时|块|年|岁|遍|张|条|份)"
)
AS_MUCH = lazy_re.compile("多[久长大远高重]的")
"""What is open only if 的 is taken out; what ends in 呢 may be so too if something is taken out."""
HINTS = {
    "open": lazy_re.compile("[什啥怎咋哪谁何多几呢]|贵姓|为[啥毛]|干[嘛吗]"),
    "closed": lazy_re.compile("吗|么|嘛|否|吧|不|没|还是|请问|难道|意思|有无|莫非|真的假"),
}
"""What a sentence must hold to be worth a closer look."""
RHETORICAL = lazy_re.compile(
    r"^(?!请问)[^ ]{0,6}(?:不是|不就)[^ ]{2,}[吗嘛么]$"
    r"|^[^ ]{0,2}我[可又哪就]?怎么(?:知道|能|会|可能|敢)"
)
"""What leads up to a point (不是跟您说过吗，…): no question if the sentence goes on."""
AFFIRM = lazy_re.compile(r"^(?:好|嗯|行|是|对|好的|可以|没错|哦|啊)+吧?$")
REPROACH = lazy_re.compile(r"[您你]们?(?:当时|当初|早)怎么不")
"""What blames and asks nothing: 您当时怎么不问清楚呢."""


def open_place(text: str, asked: bool) -> tuple[int, int] | None:
    """Return where the first open question of a sentence of plain text stands."""
    for start, clause, mark in clauses(text, asked):
        if asks_openly(clause, mark):
            return start, start + len(clause)
    return None


def closed_place(text: str, asked: bool) -> tuple[int, int] | None:
    """Return where the first closed question of a sentence of plain text stands."""
    for start, clause, mark in clauses(text, asked):
        if clause_form(clause, mark) == "closed":
            return start, start + len(clause)
    return None


PLACES = {"open": open_place, "closed": closed_place}


def clauses(text: str, asked: bool) -> Iterator[tuple[int, str, bool]]:
    """Yield where each clause begins, the clause, and whether a question mark follows it.

    What only reproaches is left out.
    """
    last = text.rstrip().rfind(" ") + 1
    for found in CLAUSE.finditer(text):
        start, clause = found.start(), found.group()
        rhetorical = start < last and RHETORICAL.search(clause)
        if not (rhetorical or REPROACH.match(clause)):
            yield start, clause, asked and start >= last


def clause_form(clause: str, asked: bool) -> str:
    """Return open, closed or nothing for a clause; `asked` if a question mark follows it."""
    rest = without_statements(clause, asked)
    if not rest:
        return ""
    if is_closed(rest):
        return "closed"
    if is_open(rest):
        return "open"
    if asked and not AFFIRM.match(clause):
        return "closed"
    return "closed" if is_polite(clause) else ""


def asks_openly(clause: str, asked: bool) -> bool:
    """Tell whether the form of a clause is open; nothing is taken out of most that have none."""
    if not (is_open(clause) or clause.endswith("呢") or AS_MUCH.search(clause)):
        return False
    rest = without_statements(clause, asked)
    return is_open(rest) and not is_closed(rest)


def without_statements(clause: str, asked: bool) -> str:
    """Return a clause without the words that ask nothing there; "" if it has no form at all."""
    if not (asked or is_polite(clause) or is_open(clause) or is_closed(clause)):
        return ""
    rest = NO_QUESTION.sub("＿", clause)
    if asked or clause.endswith("呢"):
        return rest
    looking = LOOKING.sub("＿", rest)
    return rest if looking == rest or ASKING.search(clause) else looking


def is_polite(clause: str) -> bool:
    """Tell whether a clause begins like a question."""
    return clause.startswith("请问") and len(clause) > 3


def is_open(clause: str) -> bool:
    """Tell whether a clause has the form of an open question."""
    return HINTS["open"].search(clause) is not None and OPEN.search(clause) is not None


def is_closed(clause: str) -> bool:
    """Tell whether a clause has the form of a closed question."""
    return HINTS["closed"].search(clause) is not None and CLOSED.search(clause) is not None
