"""What software and robots' scripts write into a conversation, and nobody says.

A robot's script leaves pauses (`0.1秒`) and the names of steps (`Q7-非满分:`) in its lines.
"""

from __future__ import annotations

import re

from qa_checker import lazy_re

PAUSE = lazy_re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3})?\s?秒$")
NODE = lazy_re.compile(
    r"(?:Q[0-9]{1,3}(?:-[^\s:：]{1,12})?|[A-Z]{1,2}[0-9]{1,3}-[^\s:：]{1,12})\s?[:：]\s*"
)
MADE_BY = lazy_re.compile(
    r"Transcribed\s+by\s+https?://otter\.ai/?$|.{1,40}\s(?:started|stopped)\stranscription$"
    r"|(?:\"{3}|'{3}|`{3}\w{0,10})$"
    r"|(?:Transcription|Meeting)\sended\safter\s[0-9:]{4,8}\W{0,4}$"
    r"|[-=*_#\s(（\[【]{1,9}(?:end\sof\s(?:the\s)?(?:transcript|call|conversation|recording|chat)"
    r"|(?:call|conversation|chat|recording)\sended|(?:通话|对话|会话|录音|转写)已?结束)"
    r"[-=*_#\s)）\]】.。]{0,9}$"
    r"|This\seditable\stranscript\swas\scomputer\sgenerated\b.{0,200}$"
    r"|[-=\s]{0,9}[【\[](?:开场|开头|开始|中段|正文|结束|结尾|收尾|開場|開始|結束)[】\]][-=\s]{0,9}$"
    r"|[-=\s【\[]{0,9}第\s?[0-9一二三四五六七八九十]{1,4}\s?轮(?:对话)?[】\]\s:：=-]{0,9}$",
    re.IGNORECASE,
)


def is_node(label: str) -> bool:
    """Tell whether a label is the name of a step."""
    return NODE.fullmatch(label + ":") is not None


def said_in(text: str, robot: bool, with_robot: bool) -> str:
    """Return a line without what only a robot's script says; "" for a line that is a pause."""
    if MADE_BY.match(text) or (PAUSE.match(text) and with_robot):
        return ""
    return NODE.sub("", text, count=1) if robot and NODE.match(text) else text
