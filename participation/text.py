"""Cleaning what people write, without changing what they say."""

from __future__ import annotations

import re
import unicodedata

# invisible, or able to reorder what is shown: zero-width space, word joiner, byte-order mark, bidirectional controls
_TRICKS = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")
_BLANK_LINES = re.compile(r"\n{3,}")


def unstorable(text: str) -> bool:
    """Whether `text` holds NUL or a lone surrogate: no valid UTF-8 that a browser would send."""
    return _UNSTORABLE.search(text) is not None


def clean(text: str) -> str:
    """`text` trimmed, in NFC, with `\\n` line ends and at most one blank line, without control characters."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    plain = "".join(c for c in _TRICKS.sub("", lines) if c in "\n\t" or unicodedata.category(c) != "Cc")
    return _BLANK_LINES.sub("\n\n", plain).strip()


def clean_line(text: str) -> str:
    """`text` cleaned, on one line."""
    return " ".join(clean(text).split())
