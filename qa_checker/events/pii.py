"""Personal data said aloud, or asked for that must never be asked.

Who says it is the role. What counts, in the order of looking:

    email     name@host.tld
    id        18 characters that pass the checksum of Chinese identity cards (GB 11643)
    card      16 to 19 digits that pass Luhn's test, begin with 3 to 6 or 9 and follow no word for
              an order or a parcel
    phone     Chinese: 11 digits that begin with 13 to 19. English: 10 or 11 digits that begin
              with 0, or 10 as in North America after phone, number, call, mobile, reach …
    secret    the agent asks for a password, a CVV or a one-time code
              (不要告诉任何人密码 asks for none)

A phone number that the agent gives out as the company's own (my direct line, 我们的热线) is no
customer's. Digits may be grouped or said one by one (幺三八…, double five). What is masked
(138****1234, 尾号1234) is not said. The hit is the data itself, the detail its kind.

    - id: privacy
      points: 10
      auto_fail: true
      check: {find: event.pii, role: agent, max: 0}

    events:
      pii: {kinds: [card, id, secret]}

Takes no `over`, needs no times. Digits dictated over several turns are not put together.

Defaults: all kinds (the practice that personal data are not disclosed, and that passwords, CVV
and one-time codes are never asked for).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from qa_checker import lazy_re
from qa_checker.call import AGENT
from qa_checker.events import NEVER, Scene
from qa_checker.events._hints import PERSONAL, hinted, matched
from qa_checker.events._numbers import FIGURES_EN, SEVEN, digits, may_read_out
from qa_checker.events._secrets import asks_for
from qa_checker.events._turns import texts
from qa_checker.hit import Hit
from qa_checker.rules.fields import key, list_of
from qa_checker.rules.scalars import one_of
from qa_checker.rules.windows import Amount

NAMES = {
    "email": "邮箱",
    "id": "身份证号",
    "card": "银行卡号",
    "phone": "电话号码",
    "secret": "索要密码或验证码",
}
KINDS = tuple(NAMES)
EMAIL = lazy_re.compile(r"[a-z0-9._%+-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}", re.IGNORECASE)
ONE_ZH = "[0-9零〇○幺一二两三四五六七八九]"
RUN_ZH = lazy_re.compile(
    rf"(?<![0-9a-z.*]){ONE_ZH}(?:[ ,]?{ONE_ZH}){{9,22}}(?: ?x)?(?![0-9a-z*十百千万元块])"
)
TEN_ZH = lazy_re.compile(rf"{ONE_ZH}(?:[ ,]?{ONE_ZH}){{9}}")
SAID = "(?:zero|oh|o|one|two|three|four|five|six|seven|eight|nine)"
ONE_EN = rf"(?:\d|\b(?:(?:double|triple) )?(?:{SAID}|\d)\b)"
RUN_EN = lazy_re.compile(rf"(?<![\w.*]){ONE_EN}(?: ?{ONE_EN}){{6,22}}(?! ?x\b)(?![\w*])")
ORDER = lazy_re.compile(
    r"(?:订单|单号|流水|运单|快递|编号|工单|保单|发票|order|tracking|reference|ref|parcel)"
)
PHONE_WORD = lazy_re.compile(r"phone|number|call|mobile|cell|reach|text|ring|contact")
OWN_LINE = lazy_re.compile(
    r"direct line|(?:my|our) (?:number|line|phone|extension)"
    r"|(?:call|ring|reach) (?:me|us) (?:on|at|back)"
    r"|comes? (?:straight )?through to (?:me|us)"
    r"|热线|专线|分机|我们?的(?:电话|号码|手机)|打我们?的?(?:电话)?|联系我"
)
AROUND = 40
BEFORE = 16
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


@dataclass(frozen=True, slots=True)
class Settings:
    """What counts as personal data."""

    kinds: tuple[str, ...] = key(
        list_of(one_of(*KINDS)), "email, id, card, phone, secret", default=KINDS
    )


TITLE = {"zh": "说出或索要个人信息", "en": "Personal data said or asked for"}
UNITS: tuple[str, ...] = ()
WORDS: tuple[str, ...] = ()


def timing(over: Amount | None) -> str:
    """Words are enough."""
    return NEVER


def detect(scene: Scene, settings: Settings, over: Amount | None) -> Iterator[Hit]:
    """Yield each piece of personal data, and each question for a secret."""
    figures = FIGURES_EN if scene.language == "en" else TEN_ZH
    said = scene.once(texts)
    for index in sorted({*hinted(scene, PERSONAL), *matched(scene, figures)}):
        turn, text, begin = scene.call.turns[index], said[index], scene.plain.starts[index]
        mails = EMAIL.finditer(turn.text) if "@" in turn.text else ()
        found = [("email", *mail.span()) for mail in mails]
        spans = list(numbers(text, scene.language))
        if turn.role == AGENT:
            spans = [span for span in spans if not own_line(text, *span)]
            spans += [("secret", *span) for span in asks_for(text, scene.language)]
        for kind, start, stop in spans:
            found.append((kind, *scene.plain.as_read(index, begin + start, begin + stop)))
        for kind, start, stop in sorted(found, key=lambda item: item[1:]):
            if kind in settings.kinds:
                yield Hit("event.pii", index, start, stop, turn.role, detail=(NAMES[kind], kind))


def own_line(text: str, kind: str, start: int, end: int) -> bool:
    """Tell whether an agent gives out the company's own number."""
    around = text[max(0, start - AROUND) : end + AROUND]
    return kind == "phone" and OWN_LINE.search(around) is not None


def numbers(text: str, language: str) -> Iterator[tuple[str, int, int]]:
    """Yield the numbers of a text that are personal data."""
    english = language == "en"
    if not (may_read_out(text, SEVEN) if english else TEN_ZH.search(text)):
        return
    for found in (RUN_EN if english else RUN_ZH).finditer(text):
        before = text[max(0, found.start() - BEFORE) : found.start()]
        kind = kind_of(digits(found.group()), before, language)
        if kind:
            yield kind, *found.span()


def kind_of(number: str, before: str, language: str) -> str:
    """Return the kind of a number, or nothing; `before` is the text before it."""
    if is_identity(number):
        return "id"
    if 16 <= len(number) <= 19 and number[0] in "34569" and not ORDER.search(before):
        return "card" if luhn(number) else ""
    if ORDER.search(before):
        return ""
    if language == "en":
        british = re.fullmatch(r"0[1-9]\d{8,9}", number)
        american = re.fullmatch(r"1?[2-9]\d{2}[2-9]\d{6}", number) and PHONE_WORD.search(before)
        return "phone" if british or american else ""
    return "phone" if re.fullmatch(r"(?:86)?1[3-9]\d{9}", number) else ""


def is_identity(number: str) -> bool:
    """Tell whether 18 characters are the number of a Chinese identity card."""
    if not re.fullmatch(r"[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])[0-3]\d{4}[\dx]", number):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, number[:17], strict=True))
    return "10x98765432"[total % 11] == number[17]


def luhn(number: str) -> bool:
    """Tell whether digits pass Luhn's test, as the numbers of payment cards do."""
    if not number.isdigit():
        return False
    doubled = (int(d) * (2 if i % 2 else 1) for i, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
