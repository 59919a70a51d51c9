"""A repository of rules to begin with: lexicon, scorecard, calls, builds, editor."""

from __future__ import annotations

import json
from collections.abc import Mapping
from importlib.resources import files

from qa_checker import events
from qa_checker.rules.schema import schema_of

SPOKEN: Mapping[str, str] = {
    "lexicon.yaml": "rules/service.lexicon.yaml",
    "rubric.yaml": "rules/service.rubric.yaml",
    "call_1.txt": "corpus/call_1.txt",
    "call_2.txt": "corpus/call_2.txt",
}
"""Where the files of a language go."""
COMMON: Mapping[str, str] = {
    "github.yaml": ".github/workflows/rules.yaml",
    "gitlab.yaml": ".gitlab-ci.yml",
    "pre_commit.yaml": ".pre-commit-config.yaml",
    "tasks.json": ".vscode/tasks.json",
    "extensions.json": ".vscode/extensions.json",
    "ignore.txt": ".gitignore",
    "readme_en.txt": "README.md",
    "readme_zh.txt": "README.zh-CN.md",
}
"""Where the files that every repository has go."""


def repository(language: str) -> dict[str, bytes]:
    """Return the files of a new repository by their paths; `language` is zh or en."""
    here = files(__name__)
    made = {path: (here / language / name).read_bytes() for name, path in SPOKEN.items()}
    made |= {path: (here / "common" / name).read_bytes() for name, path in COMMON.items()}
    settings = {name: event.Settings for name, event in events.kinds().items()}
    for kind in ("lexicon", "rubric"):
        text = json.dumps(schema_of(kind, settings), ensure_ascii=False, indent=2)
        made[f"schema/{kind}-v1.json"] = f"{text}\n".encode()
    return dict(sorted(made.items()))
