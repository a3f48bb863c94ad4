"""JSON objects as rows of text: one level of nesting becomes `a.b`, deeper values JSON text."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data_loaders.limits import LIMITS
from data_loaders.trees.json_text import Number, json_text
from model.errors import LoadError


class Columns:
    """The columns of a list of objects, in order of first appearance."""

    def __init__(self) -> None:
        self._index: dict[tuple[str, ...], int] = {}

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(".".join(path) for path in self._index)

    def see(self, record: Mapping[str, object]) -> None:
        """Adds the columns of one object. LoadError where there are too many."""
        for key, value in record.items():
            if isinstance(value, Mapping) and value:
                for inner in value:
                    self._index.setdefault((key, inner), len(self._index))
            else:
                self._index.setdefault((key,), len(self._index))
        if len(self._index) > LIMITS.columns:
            raise LoadError(f"Los registros tienen más de {LIMITS.columns:,} campos distintos.")

    def row(self, record: Mapping[str, object]) -> list[str | None]:
        """The cells of one object; a field that it lacks is None."""
        out: list[str | None] = [None] * len(self._index)
        for key, value in record.items():
            if isinstance(value, Mapping) and value:
                for inner, item in value.items():
                    out[self._index[key, inner]] = cell(item)
            else:
                out[self._index[key,]] = cell(value)
        return out


def cell(value: object) -> str | None:
    """A JSON value as text: numbers as written, true and false, null as None, lists and objects as JSON."""
    if value is None:
        return None
    if isinstance(value, str):
        return whole(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Number):
        return value.text
    if isinstance(value, (int, float)):
        return str(value)
    try:
        return whole(json_text(value))
    except RecursionError:
        raise LoadError("El archivo JSON está anidado demasiado hondo; publique una lista de registros.") from None


def whole(text: str) -> str:
    """`text` with lone surrogates, which UTF-8 cannot hold, written out as `\\ud800`."""
    if text.isascii():
        return text
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def rectangle(rows: Iterable[Sequence[object]]) -> list[list[str]]:
    """Lists of values as equally long rows of text."""
    texts = [[cell(value) or "" for value in row] for row in rows]
    width = max((len(row) for row in texts), default=0)
    return [row + [""] * (width - len(row)) for row in texts]
