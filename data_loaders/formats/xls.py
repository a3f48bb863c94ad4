"""Excel workbooks of 1997 to 2003."""

from __future__ import annotations

import mmap
import struct
from pathlib import Path

from data_loaders.limits import LIMITS
from data_loaders.raw import Format, RawFile
from data_loaders.sheets.workbook import PROTECTED, read_workbook
from data_loaders.sheets.xlsx_guard import too_large
from model.errors import LoadError
from model.recipe import Recipe

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
SECTOR = 512
FREE, CHAIN_END, FAT_SECTOR, NO_STREAM = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def sniff(head: bytes, _path: Path) -> int:
    """90 for an OLE compound file."""
    return 90 if head.startswith(MAGIC) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """Each visible sheet as a table of text. A protected XLSX is a compound file too: it is told apart here."""
    size = path.stat().st_size
    if size > LIMITS.workbook_bytes:
        raise too_large(size)
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(ENCRYPTED) >= 0:
            raise LoadError(PROTECTED)
    return read_workbook(path, recipe, workdir, FORMAT.name)


def compound_file(stream: str, content: bytes) -> bytes:
    """An OLE compound file with one stream, of up to 60 kB: for examples and tests."""
    content = content.ljust(4096, b"\0")
    sectors = -(-len(content) // SECTOR)
    fat = [FAT_SECTOR, CHAIN_END, *range(3, sectors + 2), CHAIN_END]
    fat += [FREE] * (SECTOR // 4 - len(fat))
    header = MAGIC + bytes(16) + struct.pack("<5H6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<9I", 0, 1, 1, 0, 4096, CHAIN_END, 0, CHAIN_END, 0)
    header += struct.pack("<109I", 0, *[FREE] * 108)
    directory = _entry("Root Entry", 5, 1, CHAIN_END, 0) + _entry(stream, 2, NO_STREAM, 2, len(content))
    body = content.ljust(sectors * SECTOR, b"\0")
    return header + struct.pack(f"<{len(fat)}I", *fat) + directory.ljust(SECTOR, b"\0") + body


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    text = name.encode("utf-16-le")
    return (
        text.ljust(64, b"\0")
        + struct.pack("<HBB3I", len(text) + 2, kind, 1, NO_STREAM, NO_STREAM, child)
        + bytes(36)
        + struct.pack("<IQ", start, size)
    )


def _record(kind: int, data: bytes) -> bytes:
    return struct.pack("<HH", kind, len(data)) + data


def _label(row: int, column: int, text: str) -> bytes:
    return _record(0x0204, struct.pack("<4HB", row, column, 0, len(text), 1) + text.encode("utf-16-le"))


def _number(row: int, column: int, value: float) -> bytes:
    return _record(0x0203, struct.pack("<3Hd", row, column, 0, value))


def _example() -> bytes:
    end = _record(0x000A, b"")
    book = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0005, 0, 0, 0, 0))
    name = b"\x05\x00Hoja1"
    offset = len(book) + 4 + 6 + len(name) + len(end)
    book += _record(0x0085, struct.pack("<IH", offset, 0) + name) + end
    sheet = _record(0x0809, struct.pack("<4H2I", 0x0600, 0x0010, 0, 0, 0, 0))
    sheet += _record(0x0200, struct.pack("<2I3H", 0, 3, 0, 2, 0))
    sheet += _label(0, 0, "clave") + _label(0, 1, "total")
    sheet += _label(1, 0, "01") + _number(1, 1, 5) + _label(2, 0, "Ñu") + _number(2, 1, 2.5)
    return compound_file("Workbook", book + sheet + end)


FORMAT = Format("XLS", "Libro de Excel 97-2003", (".xls",), sniff, read, _example, (("01", "5"), ("Ñu", "2.5")))
