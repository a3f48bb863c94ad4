"""JSON pulled from a stream piece by piece: one element of a long list in memory at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO

from data_loaders.limits import MIB
from data_loaders.trees.json_text import Number
from model.errors import LoadError

CHUNK = MIB
LARGEST_VALUE = 128 * MIB  # characters of one element
DIGITS = 4_000
SPACE = " \t\r\n"
DEEP = "El archivo JSON está anidado demasiado hondo; publique una lista de registros."


@dataclass(slots=True)
class Oddities:
    """What JSON forbids or leaves open, counted."""

    repeated_keys: int = 0
    not_numbers: int = 0

    def see_object(self, pairs: list[tuple[str, object]]) -> dict[str, object]:
        """The object of these pairs; the last value of a repeated key stays."""
        found = dict(pairs)
        self.repeated_keys += len(pairs) - len(found)
        return found

    def see_constant(self, _: str) -> None:
        """NaN and the infinities become null."""
        self.not_numbers += 1

    def notes(self) -> list[str]:
        """In words, for the load report."""
        out = []
        if self.repeated_keys:
            out.append(f"{self.repeated_keys:,} claves se repiten dentro de su objeto: se conservó el último valor.")
        if self.not_numbers:
            out.append(f"{self.not_numbers:,} valores NaN o Infinity, que JSON no admite, quedaron vacíos.")
        return out


class JsonPull:
    """Reads values from `stream`; LoadError, with the reason, where the text is not JSON or nests too deeply."""

    def __init__(self, stream: TextIO, oddities: Oddities | None = None) -> None:
        self.oddities = oddities or Oddities()
        self._stream = stream
        self._buffer = ""
        self._at = 0
        self._ended = False
        self._read = 0
        self._decoder = line_decoder(self.oddities)

    def peek(self) -> str:
        """The next character that is not blank; "" at the end."""
        while True:
            while self._at < len(self._buffer) and self._buffer[self._at] in SPACE:
                self._at += 1
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if self._ended:
                return ""
            self._fill(CHUNK)

    def take(self, wanted: str) -> bool:
        """Goes past `wanted` where it comes next."""
        if self.peek() != wanted:
            return False
        self._at += 1
        return True

    def value(self) -> object:
        """The next whole value."""
        self.peek()
        size = CHUNK
        while True:
            before = (self.oddities.repeated_keys, self.oddities.not_numbers)
            try:
                value, end = self._decoder.raw_decode(self._buffer, self._at)
            except json.JSONDecodeError as error:
                self.oddities.repeated_keys, self.oddities.not_numbers = before
                if self._ended:
                    raise self._broken(error.pos) from None
            except RecursionError:
                raise LoadError(DEEP) from None
            else:
                if end < len(self._buffer) or self._ended:
                    self._at = end
                    return value
                self.oddities.repeated_keys, self.oddities.not_numbers = before
            if len(self._buffer) - self._at > LARGEST_VALUE:
                raise LoadError("El archivo JSON trae un valor demasiado grande; publique una lista de registros.")
            self._fill(size)
            size *= 2

    def items(self) -> Iterator[object]:
        """The elements of the list that comes next."""
        self._need("[")
        if self.take("]"):
            return
        while True:
            yield self.value()
            if not self.take(","):
                self._need("]")
                return

    def object_keys(self) -> Iterator[str]:
        """The keys of the object that comes next; each value must be taken before the next key."""
        self._need("{")
        if self.take("}"):
            return
        while True:
            key = self.value()
            self._need(":")
            yield str(key)
            if not self.take(","):
                self._need("}")
                return

    def finish(self) -> None:
        """LoadError where anything follows."""
        if self.peek():
            raise self._broken(self._at)

    def _need(self, wanted: str) -> None:
        if not self.take(wanted):
            raise self._broken(self._at)

    def _fill(self, size: int) -> None:
        more = self._stream.read(size)
        self._ended = not more
        self._read += self._at
        self._buffer = self._buffer[self._at :] + more
        self._at = 0

    def _broken(self, position: int) -> LoadError:
        if position >= len(self._buffer) and self._ended:
            return LoadError("El archivo JSON está cortado: termina antes de cerrarse.")
        near = self._buffer[max(0, position - 15) : position + 15].replace("\n", " ")
        return LoadError(
            f"El archivo no es JSON válido: hay un error en el carácter {self._read + position:,} («{near}»)."
        )


def line_decoder(oddities: Oddities) -> json.JSONDecoder:
    """A decoder that keeps numbers as written and counts oddities."""
    return json.JSONDecoder(
        object_pairs_hook=oddities.see_object,
        parse_float=Number,
        parse_int=_integer,
        parse_constant=oddities.see_constant,
        strict=False,
    )


def _integer(text: str) -> object:
    return int(text) if len(text) < DIGITS else text
