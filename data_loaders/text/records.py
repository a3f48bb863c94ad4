"""Delimited text read one record at a time: a bad quote costs its own line, never the rest of the file."""

from __future__ import annotations

import csv
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TextIO

from data_loaders.limits import LIMITS, MIB, FileLimits
from data_loaders.text.dialect import Dialect
from model.errors import LoadError

UNCLOSED = "comillas sin cerrar"
TOO_LONG = "línea demasiado larga"
SHOWN = 200


@dataclass(frozen=True, slots=True)
class Record:
    """One record and its 1-based first line. `problem`: why it has no fields to trust; `lenient`: read tolerantly."""

    line: int
    fields: tuple[str, ...] | list[str]
    problem: str = ""
    text: str = ""
    lenient: bool = False


def read_records(
    stream: TextIO, dialect: Dialect, fits: Callable[[int, list[str]], bool], limits: FileLimits = LIMITS
) -> Iterator[Record]:
    """Every record of `stream` (opened with newline="").

    A record of several lines that does not fit (`fits(line, fields)`) is taken for a stray quote: its first line is
    given as a problem, and reading goes on at the next line. LoadError where stray quotes are past counting.
    """
    source = _Lines(stream, limits)
    reader = dialect.records(source)
    while True:
        source.start()
        line = source.number + 1
        try:
            fields = next(reader)
        except StopIteration:
            return
        except _LongLineError as long:
            reader = dialect.records(source)
            yield Record(line, (), f"{TOO_LONG} (más de {limits.line_bytes // MIB} MB)", long.start)
            continue
        except (csv.Error, _RunawayError):
            yield _first_line(source, dialect, line, fits)
            reader = dialect.records(source)
            continue
        if source.several and not fits(line, fields):
            yield _first_line(source, dialect, line, fits)
            reader = dialect.records(source)
            continue
        yield Record(line, fields)


class _LongLineError(Exception):
    def __init__(self, start: str) -> None:
        super().__init__()
        self.start = start


class _RunawayError(Exception):
    """A record that goes on for too many lines."""


class _Lines:
    """The lines of a stream, able to take back all but the first of the current record."""

    def __init__(self, stream: TextIO, limits: FileLimits) -> None:
        self.number = 0
        self._read = stream.readline
        self._limits = limits
        self._held: list[str] = []
        self._size = 0
        self._again: deque[str] = deque()
        self._rewound = 0

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._again.popleft() if self._again else self._read(self._limits.line_bytes + 1)
        if not line:
            raise StopIteration
        self.number += 1
        if len(line) > self._limits.line_bytes:
            self._drop_rest(line)
            if self._held:
                self._again.appendleft(line[: self._limits.line_bytes + 1])
                self.number -= 1
                raise _RunawayError
            raise _LongLineError(line[:SHOWN])
        self._held.append(line)
        self._size += len(line)
        if len(self._held) > self._limits.record_lines or self._size > self._limits.line_bytes:
            raise _RunawayError
        return line

    @property
    def several(self) -> bool:
        return len(self._held) > 1

    def start(self) -> None:
        self._held.clear()
        self._size = 0

    def rewind(self) -> str:
        """The first line of the current record; the others will come again."""
        first, rest = self._held[0], self._held[1:]
        self._again.extendleft(reversed(rest))
        self.number -= len(rest)
        self._rewound += len(rest)
        if self._rewound > self._limits.rewound_lines:
            raise LoadError("El archivo tiene demasiadas comillas sin cerrar; revise cómo se exportó.")
        return first

    def _drop_rest(self, line: str) -> None:
        while line and line[-1] not in "\r\n":
            line = self._read(self._limits.line_bytes)


def _first_line(source: _Lines, dialect: Dialect, line: int, fits: Callable[[int, list[str]], bool]) -> Record:
    text = source.rewind()
    shown = text.strip("\r\n")[:SHOWN]
    if text.count(dialect.quote) % 2 == 0:
        fields = next(dialect.records([text], strict=False), [])
        if fits(line, fields):
            return Record(line, fields, text=shown, lenient=True)
    return Record(line, (), UNCLOSED, shown)
