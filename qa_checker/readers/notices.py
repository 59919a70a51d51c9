"""Messages that hold no words: pictures, files and recordings, and what a chat's software writes.

    [图片]  [image]  <Media omitted>  [文件]发票.pdf  [语音] 12"      all that a message holds
    语音消息  李雷 加入了会话  Lee joined the chat  李雷撤回了一条消息

Only a message that is such as a whole is one: "请点击[图片]" and "I left the chat." are said.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from ahocorasick_rs import AhoCorasick

from qa_checker import lazy_re
from qa_checker.readers.decoding import SURROGATE

LONGEST = 120  # characters of a message that is looked at
MEDIA = (
    r"(?:动画表情|動畫表情|表情包?|贴图|貼圖|图片|圖片|照片|相片|截图|截圖|视频|視頻|影片|语音|語音|录音|音频|文件"
    r"|檔案|附件|小程序|名片|位置|红包|转账|聊天记录|(?:语音|視訊|视频|語音)通话)(?:消息|訊息)?"
    r"|(?:images?|pictures?|photos?|stickers?|gifs?|videos?|audio|voice|files?|documents?"
    r"|attachments?|screenshots?|media)(?:\s(?:message|attached|attachment|clip|omitted|sent))?"
)
BOXED = rf"[\[【［<(（]\s?(?:{MEDIA})\s?[\]】］>)）]"
OPENING = frozenset("[【［<(（")
NAME = r"[^\n/\\]{1,80}\.[A-Za-z0-9]{2,5}(?:\s?[(（]?[0-9.]{1,6}\s?[KMG]?B[)）]?)?"
LENGTH = r"[0-9]{1,2}(?::[0-9]{2}){0,2}\s?(?:秒|s|sec|[\"″”]|'')?"
MEDIUM = rf"{BOXED}(?:\s?{BOXED}){{0,9}}(?:\s?(?:{LENGTH}|{NAME}))?|<[^<>]{{1,30}}\bomitted>"
DOERS = ("加入", "退出", "离开", "離開", "进入", "進入")
ROOMS = (
    "群聊", "会话", "會話", "聊天", "聊天室", "对话", "對話", "会议", "會議", "通话", "通話",
)  # fmt: skip
ENDS = ("结束", "結束", "关闭", "關閉", "已结束", "已結束", "已关闭", "已關閉")
DID = ("joined", "left", "entered", "has joined", "has left")
PLACES = ("chat", "conversation", "meeting", "call", "session", "room", "group")
ENDED = ("ended", "closed", "has ended", "was closed", "has been closed", "was ended", "started")
COME_AND_GONE = (
    *map("".join, product(DOERS, ("", "了"), ROOMS)),
    *map(" ".join, product(DID, ("the",), PLACES)),
)
OVER = (*map("".join, product(ROOMS, ENDS)), *map(" ".join, product(PLACES, ENDED)))
MESSAGES = (
    *map("".join, product(("语音", "語音", "图片", "圖片", "视频", "文件"), ("消息", "訊息"))),
    "voice message", "video message", "image message", "missed voice call", "missed video call",
    "this message was deleted", "you deleted this message",
)  # fmt: skip
TAKEN_BACK = tuple(map("".join, product(("撤回", "收回"), ("了一", "一"), "条條则則")))
SENT = tuple(map("".join, product(("发送", "發送", "发来", "傳送"), ("了一",), "张張个個条條段")))
NOT_ME = r"(?!我|你|您|他|她|怎|为什|請問|请问|(?:I|you|he|she|we|they|who|please)\b)"
WHO = rf"{NOT_ME}[^，。？！,?!\n]{{1,40}}?\s?"
TOLD = (
    rf"{WHO}(?:已经?)?(?:{'|'.join(COME_AND_GONE)})"
    rf"|{WHO}(?:{'|'.join(TAKEN_BACK)})(?:消息|訊息)"
    rf"|{WHO}(?:{'|'.join(SENT)}){MEDIA}"
    rf"|(?:the )?(?:{'|'.join(OVER)})(?: by .{{1,30}})?"
    rf"|(?:{'|'.join(MESSAGES)})"
    r"|(?:语音|語音|视频|視訊)(?:通话|通話)(?:时长)?[\s:：]{0,2}[0-9]{1,2}(?::[0-9]{2}){1,2}"
)
EDGE = r"[-—–*·=\s]{0,9}"
NOTICE = lazy_re.compile(rf"{EDGE}(?:{MEDIUM}|{TOLD}){EDGE}[.。]?{EDGE}$", re.IGNORECASE)


def is_notice(text: str) -> bool:
    """Tell whether a message is a picture, a file or a line of the software as a whole."""
    if len(text) > LONGEST or not (text[:1] in OPENING or told(text)):
        return False
    return NOTICE.match(text) is not None


def told(text: str) -> list[int]:
    """Return where the words begin one of which a notice without brackets holds."""
    try:
        found = _telling().find_matches_as_indexes(text)
    except UnicodeEncodeError:
        return told(SURROGATE.sub("\ufffd", text))
    return [begin for _, begin, _ in found]


@cache
def _telling() -> AhoCorasick:
    calls = ("语音通话", "語音通話", "视频通话", "視訊通話")
    words = (*COME_AND_GONE, *OVER, *MESSAGES, *TAKEN_BACK, *SENT, *calls)
    return AhoCorasick({*words, *(word.capitalize() for word in words if word.isascii())})
