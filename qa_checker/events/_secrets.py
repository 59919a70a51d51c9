"""Questions for what must never be asked: passwords, card security codes, one-time codes."""

from __future__ import annotations

from collections.abc import Iterator

from qa_checker import lazy_re

SECRET_ZH = r"(?:验证码|校验码|动态码|短信码|安全码|(?:动态|支付|登录|交易)?密码|cvv2?|cvn2?|cvc)"
ASKS_ZH = lazy_re.compile(
    rf"(?:提供|告诉我|告知|报|念|说|发给我|发我|读)(?:一下|下|给我|我|出)*[^。]{{0,10}}"
    rf"(?P<first>{SECRET_ZH})"
    rf"|(?P<then>{SECRET_ZH})[^。]{{0,4}}(?:是多少|是什么|是啥|多少|告诉我|报|念|说一下|说下|发给我|发我|提供|读一下)"
)
NEVER_ZH = lazy_re.compile(
    r"不要|别|勿|不能|不会|切勿|无需|不用|不需要|任何人|泄露|泄漏|保管|保密|重置|修改|忘记|找回|设置|初始|自己|自行|更改|默认"
    r"|诈骗|骗子|收到了?吗"
)
SECRET_EN = (
    r"(?:password|passcode|pin(?: number| code)?|cvv|cvc|security code|three digits? on the back|"
    r"one time (?:code|password|passcode)|verification code|otp|memorable word)"
)
ASKS_EN = lazy_re.compile(
    r"(?:what's|what is|what was|tell me|give me|read (?:me|out|back)|provide|confirm|send me|"
    r"(?:can|could|may) i (?:have|take|get|grab)|i(?:'ll)? need|let me have)"
    rf" (?:(?!if |that )[\w']+ ){{0,6}}?(?P<first>{SECRET_EN})\b"
)
NEVER_EN = lazy_re.compile(
    r"\b(?:never|don't|do not|not|won't|without|reset\w*|forg\w+|chang\w+|set up|create|choose|"
    r"anyone|anybody|nobody|new password)\b"
)
HAS_SECRET_ZH = lazy_re.compile("码|cv")
HAS_SECRET_EN = lazy_re.compile("passw|passc|pin|cv|security|digit|one time|verif|otp|memor")
"""What a text must hold to name a secret."""


def asks_for(text: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where a plain text asks for a secret: the sentence's words up to the secret."""
    english = language == "en"
    asks, never = (ASKS_EN, NEVER_EN) if english else (ASKS_ZH, NEVER_ZH)
    if not (HAS_SECRET_EN if english else HAS_SECRET_ZH).search(text):
        return
    for found in asks.finditer(text):
        start = text.rfind("。", 0, found.start()) + 1
        end = text.find("。", found.end())
        if not never.search(text, start, len(text) if end < 0 else end):
            yield found.span()
