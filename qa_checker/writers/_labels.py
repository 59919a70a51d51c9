"""What a speaker is called in a file that has labels and no roles."""

from __future__ import annotations

from qa_checker.call import UNKNOWN, Segment
from qa_checker.readers.people.roles import role_of

WORDS = {
    "zh": {"agent": "客服", "customer": "客户", "bot": "机器人", "system": "系统",
           "supervisor": "班长", "unknown": "说话人"},
    "en": {"agent": "Agent", "customer": "Customer", "bot": "Bot", "system": "System",
           "supervisor": "Supervisor", "unknown": "Speaker"},
}  # fmt: skip


def label(segment: Segment, language: str) -> str:
    """Return a label that names the role: the source's own if it does, else a role word."""
    own = " ".join(segment.speaker.split())
    plain = bool(own) and len(own) <= 30 and not set(own) & set(":：[]【】<>()（）\"'")
    if plain and (segment.role == UNKNOWN or role_of(own) == segment.role):
        return own
    word = WORDS[language][segment.role]
    return f"{word} {segment.channel}" if segment.role == UNKNOWN and segment.channel else word
