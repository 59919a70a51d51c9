"""Messages that hold no words: pictures, files and recordings, and what a chat's software writes.

    [图片]  [image]  <Media omitted>  [文件]发票.pdf  [语音] 12"      all that a message holds
    语音消息  李雷 加入了会话  Lee joined the chat  李雷撤回了一条消息

Only a message that is such as a whole is one: "请点击[图片]" and "I left the chat." are said.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import product

from ahocorasick_rs import AhoCorasick, Implementation

from qa_checker.readers.encodings.decoding import SURROGATE
from qa_checker.readers.words import sections

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
NOT_ME = r"(?!我|你|您|他|她|怎|为什|請問|请问|(?:I|you|he|she|we|they|who|please)\b)"
WHO = rf"{NOT_ME}[^，。？！,?!\n]{{1,40}}?\s?"
LASTED = r"(?:时长)?[\s:：]{0,2}[0-9]{1,2}(?::[0-9]{2}){1,2}"
EDGE = r"[-—–*·=\s]{0,9}"


def is_notice(text: str) -> bool:
    """Tell whether a message is a picture, a file or a line of the software as a whole."""
    if len(text) > LONGEST or not (text[:1] in OPENING or told(text)):
        return False
    return _notice().match(text) is not None


def told(text: str) -> list[int]:
    """Return where the words begin one of which a notice without brackets holds."""
    try:
        found = _telling().find_matches_as_strings(text)
    except UnicodeEncodeError:
        return told(SURROGATE.sub("\ufffd", text))
    begins, end = [], 0
    for word in found:  # asked where they are, the automaton first counts every character
        begins.append(text.index(word, end))
        end = begins[-1] + len(word)
    return begins


@cache
def _telling() -> AhoCorasick:
    words = set().union(*_words().values())
    both = words | {word.capitalize() for word in words if word.isascii()}
    return AhoCorasick(both, implementation=Implementation.DFA)  # asked of everything that is read


@cache
def _notice() -> re.Pattern[str]:
    one_of = {key: "(?:" + "|".join(words) + ")" for key, words in _words().items()}
    told = (
        rf"{WHO}(?:已经?)?{one_of['came']}|{WHO}{one_of['back']}(?:消息|訊息)"
        rf"|{WHO}{one_of['sent']}{MEDIA}|(?:the )?{one_of['over']}(?: by .{{1,30}})?"
        rf"|{one_of['message']}|{one_of['call']}{LASTED}"
    )
    return re.compile(rf"{EDGE}(?:{MEDIUM}|{told}){EDGE}[.。]?{EDGE}$", re.IGNORECASE)


@cache
def _words() -> dict[str, set[str]]:
    """Return the words of notices by what they tell, each as a chat's software writes it whole."""
    known = {key: tuple(words) for key, words in sections("notices.txt").items()}
    came = product(known["comes"], ("", "了"), known["room"])
    gone = product(known["came"], ("the",), known["place"])
    over = product(known["room"], known["ended"])
    ended = product(known["place"], known["over"])
    return {
        "came": {*map("".join, came), *map(" ".join, gone)},
        "over": {*map("".join, over), *map(" ".join, ended)},
        "back": set(known["recalled"]),
        **{key: set(known[key]) for key in ("sent", "message", "call")},
    }
