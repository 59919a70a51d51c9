"""Texts that have broken workbooks: formulas, control characters, halves of characters."""

from __future__ import annotations

import re

FORMULAS = (
    "=cmd|' /C calc'!A0", "=1+1", '=HYPERLINK("http://a.example","x")', "==", "+1", "+1+cmd|'x'!A",
    "-1", "-2+3", "@SUM(1+1)", "\t=1+1", " =1+1", "\n=1+1", "＝1+1", "#REF!", "#N/A", "TRUE", "1e5",
    "00123", "2024-01-02", "'=1", "{=1}", "1/2", "=", "%0A=1",
)  # fmt: skip
CHARACTERS = (
    *(f"a{chr(code)}b" for code in range(0x20)), "a\x7fb", "a\x85b", "a\u2028b",
    "\ud800", "a\udfff", "\ufffe", "\uffff", "\ufeffbom", "\u202egnp.exe", "\u2066x\u2069",
    "a\u200bb", "\U0010ffff", "_x000D_", "_x0041_", "__x0041__", "_xD800_", "_x000d_", "e\u0301",
    "👨\u200d👩",
    "]]>", "<script>alert(1)</script>", "&amp;&lt;&#0;", "<![CDATA[x]]>", "-->", "﷽",
)  # fmt: skip
LONG = ("x" * 40_000, "好" * 40_000, "😀" * 40_000, "a\n" * 20_000, "_x0041_" * 6_000, "=" * 33_000)
ALL = (*FORMULAS, *CHARACTERS, *LONG)

ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")


def as_shown(stored: str) -> str:
    """Return text as Excel shows it: escapes of the format decoded."""
    return ESCAPE.sub(lambda found: chr(int(found[1], 16)), stored)
