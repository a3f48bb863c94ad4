"""Nested values as JSON text that any parser takes: no NaN, accents as they are."""

from __future__ import annotations

import json
import math


class Number(float):
    """A JSON number that remembers how it was written."""

    __slots__ = ("text",)

    text: str

    def __new__(cls, text: str) -> Number:
        number = super().__new__(cls, text)
        number.text = text
        return number


def json_text(value: object) -> str:
    """`value` (lists, dicts, text, numbers, dates) as compact JSON; NaN and infinities become null, dates ISO text."""
    return "".join(_pieces(value))


def _pieces(value: object) -> list[str]:
    if isinstance(value, Number):
        return [value.text] if math.isfinite(value) else ["null"]
    if isinstance(value, float) and not math.isfinite(value):
        return ["null"]
    if isinstance(value, dict):
        out = ["{"]
        for key, item in value.items():
            out += [json.dumps(str(key), ensure_ascii=False), ":", *_pieces(item), ","]
        return [*(out[:-1] if len(out) > 1 else out), "}"]
    if isinstance(value, (list, tuple)):
        out = ["["]
        for item in value:
            out += [*_pieces(item), ","]
        return [*(out[:-1] if len(out) > 1 else out), "]"]
    return [json.dumps(value, ensure_ascii=False, default=str)]
