"""One fast look over all the bytes of a UTF-8 delimited file: is it sound enough to be read in place?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path

import numpy as np
import pyarrow as pa

from data_loaders.limits import LIMITS, MIB

CHUNK = MIB // 2
LF = 10
CONTINUATION = 0x80
BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True)
class Scan:
    """What the bytes say. The flags may cry wolf inside quoted cells, never the reverse.

    `blank`: an empty line (one of blanks or separators only shows when the rows are read); `mixed`: line ends of more
    than one kind; `found`: the needles stand at the start of more than one line; `long`: a line past the bound;
    `quoted`: there are quotes; `loose`: some stand where RFC 4180 has none (this one flag is exact).
    """

    utf8: bool
    nul: bool = False
    blank: bool = False
    mixed: bool = False
    found: bool = False
    long: bool = False
    quoted: bool = False
    loose: bool = False

    @property
    def sound(self) -> bool:
        return self.utf8 and not (self.nul or self.blank or self.mixed or self.found or self.long)


def scan(path: Path, needles: tuple[bytes, ...] = (), delimiter: str = ",", quote: str = '"') -> Scan:
    """Reads `path` once, half a MiB at a time; stops at the first byte that is not UTF-8."""
    look = _Look(needles)
    quotes = _Quotes(delimiter.encode(), quote.encode())
    with path.open("rb", buffering=0) as source:
        for chunk in _whole_lines(source):
            if not valid_utf8(chunk):
                return Scan(utf8=False)
            look.at(chunk)
            quotes.at(chunk)
    return Scan(True, look.nul, look.blank, look.mixed, look.found, look.long, quotes.count > 0, quotes.loose)


def valid_utf8(data: bytes) -> bool:
    """Whether `data` is well-formed UTF-8; Arrow's check is four times as fast as decoding (measured)."""
    if data.isascii():
        return True
    offsets = pa.py_buffer(np.array([0, len(data)], dtype=np.int64).tobytes())
    array = pa.Array.from_buffers(pa.large_string(), 1, [None, offsets, pa.py_buffer(data)])
    try:
        array.validate(full=True)
    except pa.ArrowInvalid:
        return False
    return True


def _whole_lines(source: RawIOBase) -> Iterator[bytes]:
    """Chunks that end where a line does; a line past all bounds is cut between characters.

    What follows the last line end is read again with the next chunk: joining pieces costs four times as much.
    """
    rest = b""
    while read := source.read(CHUNK):
        data = rest + read if rest else read
        cut = data.rfind(b"\n") + 1
        rest = b""
        if cut:
            source.seek(cut - len(data), 1)
        elif len(data) > LIMITS.line_bytes:
            cut = _between_characters(data)
            rest = data[cut:]
        else:
            rest = data
            continue
        yield data[:cut]
    if rest:
        yield rest


def _between_characters(data: bytes) -> int:
    cut = len(data) - 1
    while cut and data[cut] & 0xC0 == CONTINUATION:
        cut -= 1
    return cut


class _Look:
    """What was seen so far, chunk by chunk; a chunk ends where a line does."""

    def __init__(self, needles: tuple[bytes, ...]) -> None:
        self.nul = self.blank = self.mixed = self.found = self.long = False
        self._needles = needles
        self._paired: bool | None = None
        self._seen = 0

    def at(self, chunk: bytes) -> None:
        self.nul = self.nul or b"\0" in chunk
        self.blank = self.blank or _blank(chunk)
        self.long = self.long or len(chunk) > LIMITS.line_bytes
        returns = chunk.count(b"\r")
        if returns:
            self.mixed = self.mixed or not returns == chunk.count(b"\r\n") == chunk.count(b"\n")
        if returns or b"\n" in chunk:
            self.mixed = self.mixed or self._paired == (not returns)
            self._paired = bool(returns)
        self._seen += sum(chunk.startswith(n) + chunk.count(b"\n" + n) for n in self._needles)
        self.found = self._seen > 1


class _Quotes:
    """Counts quotes: even ones must open a cell or be the second of a pair, odd ones close it or be the first."""

    def __init__(self, delimiter: bytes, quote: bytes) -> None:
        self.count = 0
        self._loose = False
        self._quote = quote
        self._bounds = np.zeros(256, bool)
        self._bounds[list(delimiter + quote + b"\r\n")] = True

    @property
    def loose(self) -> bool:
        return self._loose or self.count % 2 == 1

    def at(self, chunk: bytes) -> None:
        if self._loose or self._quote not in chunk:
            return
        data = np.frombuffer(chunk, np.uint8)[len(BOM) if chunk.startswith(BOM) else 0 :]
        places = np.flatnonzero(data == self._quote[0])
        inside = self.count % 2
        opening, closing = places[inside::2], places[1 - inside :: 2]
        before = data[opening[opening > 0] - 1]
        after = data[closing[closing < len(data) - 1] + 1]
        self._loose = not (self._bounds[before].all() and self._bounds[after].all())
        self.count += len(places)


def _blank(chunk: bytes) -> bool:
    """Whether some line is empty: numpy compares neighbours five times as fast as `in` looks for a pair."""
    if chunk[0] in b"\r\n" or b"\n\r" in chunk[: len(chunk) if b"\r" in chunk else 0]:
        return True
    ends = np.frombuffer(chunk, np.uint8) == LF
    return bool((ends[1:] & ends[:-1]).any())
