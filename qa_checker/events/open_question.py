"""stub"""
from qa_checker.events._questions import questions
from dataclasses import dataclass
@dataclass(frozen=True, slots=True)
class Settings:
    pass
def detect(scene, settings, over):
    yield from questions(scene, "open")
