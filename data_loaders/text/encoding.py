"""Which encoding a text file is in, and its UTF-8 copy where it needs one."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import BinaryIO

from charset_normalizer import from_bytes

from data_loaders.limits import LIMITS, MIB
from data_loaders.text.scan import scan
from model.errors import LoadError

HEAD_BYTES = 64 * 1024
SINGLE_NOTE = "El archivo no estaba en UTF-8: se leyó como Windows-1252 (Latin-1)."
BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
SPANISH = frozenset("áéíóúüñÁÉÍÓÚÜÑ¿¡ºª°«»“”‘’–—…·²³½¼€%\xa0")
# what two- to four-byte UTF-8 looks like in texts like ours; in cp1252 the same bytes would be «Ã±» or «â€œ»
_SEQUENCES = re.compile(
    rb"(?:\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|[\xc4\xc5][\x80-\xbf]|\xe2[\x80-\x82][\x80-\xbf]|\xef\xbf\xbd|\xf0\x9f[\x80-\xbf]{2})+"
)
MOST_CONTROLS = 0.02
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_C1 = re.compile("[\x80-\x9f]")
_CP1252 = MappingProxyType(
    {n: bytes([n]).decode("cp1252") for n in range(0x80, 0xA0) if n not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)}
)
_OTHERS = ("cp850", "mac_roman")


@dataclass(frozen=True, slots=True)
class Text:
    """A UTF-8 file (perhaps with a BOM), the encoding that the source was in, and what there is to say of it."""

    path: Path
    encoding: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Tally:
    """Lines that are not ASCII: readable as UTF-8, and not; and a sample of the latter."""

    good: int
    bad: int
    sample: bytes


def guess(head: bytes) -> str:
    """The encoding by the first bytes: a BOM's, `utf-16-le`/`utf-16-be` by its NULs, `utf-8`, or "" for some other."""
    for bom, name in BOMS:
        if head.startswith(bom):
            return name
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(len(head) // 2, 1)
    if len(head) >= 4 and max(even, odd) > 0.3 * half and min(even, odd) < 0.05 * half:
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8" if is_utf8(head, whole=False) else ""


def is_utf8(data: bytes, whole: bool = True) -> bool:
    """Whether `data` is UTF-8; with `whole` False its last character may be cut."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, whole)
    except UnicodeDecodeError:
        return False
    return True


def decode_head(head: bytes) -> str:
    """The text of a file's first bytes for looking at, whatever the encoding; a cut last character is dropped."""
    name = guess(head)
    if not name:
        return decode_single(head)
    try:
        return codecs.getincrementaldecoder(name)().decode(head, False)
    except UnicodeDecodeError:
        return decode_single(head)


def is_binary(text: str) -> bool:
    """Whether a decoded head holds more control characters than a damaged text would."""
    return len(_CONTROLS.findall(text)) > 4 + MOST_CONTROLS * len(text)


def decode_single(data: bytes) -> str:
    """cp1252, where its five undefined bytes stay the control characters of Latin-1: never fails."""
    text = data.decode("latin-1")
    return text.translate(_CP1252) if _C1.search(text) else text


def as_utf8(path: Path, copy: Path, declared: str = "") -> Text:
    """The file itself where it is UTF-8 already, else its transcoded `copy`."""
    with path.open("rb") as source:
        encoding = guess(source.read(HEAD_BYTES))
    if not declared and encoding in ("utf-8", "utf-8-sig") and scan(path).utf8:
        return Text(path, "utf-8")
    return transcode(path, copy, declared)


def transcode(path: Path, copy: Path, declared: str = "") -> Text:
    """Writes `copy`, the UTF-8 of a file that is not (wholly) UTF-8, and says which encoding it was.

    `declared` is used as told. Raises LoadError for an unknown or wrong declared encoding, or broken UTF-16.
    """
    with path.open("rb") as source:
        name = _lookup(declared) if declared else guess(source.read(HEAD_BYTES))
        source.seek(0)
        if declared and name == "cp1252":
            return _by_single(source, copy, name)
        if declared or name.startswith(("utf-16", "utf-32")):
            return _by_codec(source, copy, name)
        tally = _tally(source)
        source.seek(0)
        if not tally.good:
            return _by_single(source, copy, _single_byte(tally.sample))
        decode = _decode_mostly_utf8 if tally.good >= tally.bad else _decode_mostly_single
        _write_lines(source, copy, decode)
    note = (
        f"El archivo mezcla codificaciones: {tally.bad:,} de sus líneas no eran UTF-8 y se leyeron como Windows-1252; "
        f"{tally.good:,} con acentos sí lo eran."
    )
    return Text(copy, "utf-8 + windows-1252", (note,))


def _lookup(declared: str) -> str:
    try:
        name = codecs.lookup(declared).name
        b"".decode(name)
    except LookupError:
        raise LoadError(f"La codificación declarada «{declared[:40]}» no existe.") from None
    return {"utf-8": "utf-8-sig", "iso8859-1": "cp1252"}.get(name, name)  # as browsers do: Latin-1 means cp1252


def _by_codec(source: BinaryIO, copy: Path, name: str) -> Text:
    decoder = codecs.getincrementaldecoder(name)()
    with copy.open("wb") as target:
        while chunk := source.read(MIB):
            target.write(_decoded(decoder, chunk, name).removeprefix("\ufeff").encode("utf-8"))
        target.write(_decoded(decoder, b"", name, final=True).encode("utf-8"))
    return Text(copy, "utf-8" if name == "utf-8-sig" else name, (f"Se leyó como {name}.",))


def _decoded(decoder: codecs.IncrementalDecoder, chunk: bytes, name: str, final: bool = False) -> str:
    try:
        text = decoder.decode(chunk, final)
        text.encode("utf-8")
    except UnicodeError:
        raise LoadError(
            f"El archivo no se puede leer como {name}: trae bytes que esa codificación no admite. "
            "Guárdelo de nuevo como UTF-8."
        ) from None
    return text


def _tally(source: BinaryIO) -> _Tally:
    good = bad = 0
    sample: list[bytes] = []
    for line in _lines(source):
        if line.isascii():
            continue
        if _plain_utf8(line):
            good += 1
            continue
        bad += 1
        if bad <= 500:
            sample.append(line[:2000])
    return _Tally(good, bad, b"".join(sample))


def _plain_utf8(line: bytes) -> bool:
    """UTF-8, and not by chance: a cp1252 «Í”» is well-formed UTF-8 too, but a character that nobody writes."""
    return is_utf8(line) and _SEQUENCES.sub(b"", line).isascii()


def _single_byte(sample: bytes) -> str:
    """The encoding of lines that are not UTF-8; charset-normalizer is asked only where none reads as Spanish."""
    shares = {"cp1252": _spanish(decode_single(sample))}
    shares |= {name: _spanish(sample.decode(name, "replace")) for name in _OTHERS}
    best = max(shares, key=lambda name: (shares[name], name == "cp1252"))
    if shares["cp1252"] >= 0.5 or shares["cp1252"] >= shares[best]:
        if shares["cp1252"] >= 0.2:
            return "cp1252"
    elif shares[best] >= 0.8:
        return best
    guessed = from_bytes(sample[: 32 * 1024]).best()
    return guessed.encoding if guessed else "cp1252"


def _spanish(text: str) -> float:
    """The share of the characters beyond ASCII that Spanish texts use."""
    beyond = [c for c in text if c > "\x7f"]
    return sum(c in SPANISH for c in beyond) / len(beyond) if beyond else 1.0


def _by_single(source: BinaryIO, copy: Path, name: str) -> Text:
    if name != "cp1252":
        try:
            return _by_codec(source, copy, name)
        except LoadError:
            source.seek(0)
    with copy.open("wb") as target:
        while chunk := source.read(MIB):
            target.write(decode_single(chunk).encode("utf-8"))
    return Text(copy, "windows-1252", (SINGLE_NOTE,))


def _decode_mostly_utf8(line: bytes) -> str:
    return line.decode("utf-8") if is_utf8(line) else _pieces(line)


def _decode_mostly_single(line: bytes) -> str:
    return line.decode("utf-8") if _plain_utf8(line) else _pieces(line)


def _pieces(line: bytes) -> str:
    """A line of both: what is plainly UTF-8 as UTF-8, the rest as cp1252."""
    out: list[str] = []
    end = 0
    for match in _SEQUENCES.finditer(line):
        out += [decode_single(line[end : match.start()]), match.group().decode("utf-8")]
        end = match.end()
    return "".join([*out, decode_single(line[end:])])


def _write_lines(source: BinaryIO, copy: Path, decode: Callable[[bytes], str]) -> None:
    with copy.open("wb") as target:
        for line in _lines(source):
            target.write(line if line.isascii() else decode(line).encode("utf-8"))


def _lines(source: BinaryIO) -> Iterator[bytes]:
    while line := source.readline(LIMITS.line_bytes):
        yield line
