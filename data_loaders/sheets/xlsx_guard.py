"""What an XLSX package must pass before any reader sees it: real sizes, no entities, no far cells."""

from __future__ import annotations

import re
import zipfile
from dataclasses import dataclass, replace
from pathlib import Path
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser

from data_loaders.archives.unpack import Budget, Member, inflate, megabytes, open_zip
from data_loaders.limits import LIMITS, FileLimits
from model.errors import LoadError

XML = (".xml", ".rels", ".vml")
OVERLAP = 512  # a cell's tag may be cut by the end of a chunk
_CELL = re.compile(rb"""<(?:\w+:)?c\s(?:[^>]*?\s)?r\s*=\s*["']([A-Za-z]{1,3})(\d{1,8})["'][^>]*(?<!/)>""")


class _Nothing:
    """An XML target that builds nothing: only the parser's own checks run."""

    def close(self) -> None:
        return None


@dataclass(slots=True)
class _Extent:
    """The box around the filled cells of a sheet."""

    top: int = 0
    bottom: int = 0
    left: int = 0
    right: int = 0
    cells: int = 0

    def add(self, column: int, row: int) -> None:
        if not self.cells:
            self.top = self.bottom = row
            self.left = self.right = column
        self.top, self.bottom = min(self.top, row), max(self.bottom, row)
        self.left, self.right = min(self.left, column), max(self.right, column)
        self.cells += 1

    @property
    def area(self) -> int:
        """Cells that calamine will allocate: it fills the box from the first row and column on."""
        return self.bottom * self.right if self.cells else 0


def check_package(path: Path, limits: FileLimits = LIMITS) -> None:
    """LoadError where the package is a bomb, holds a DTD, or a cell so far away that its sheet cannot be held."""
    tight = replace(limits, inflated_bytes=limits.workbook_bytes)
    with open_zip(path, tight) as (archive, members):
        budget = Budget(path.stat().st_size, tight)
        for member in members:
            if member.name.lower().endswith(XML):
                _check_part(archive, member, budget, limits)


def _check_part(archive: zipfile.ZipFile, member: Member, budget: Budget, limits: FileLimits) -> None:
    parser = DefusedXMLParser(target=_Nothing(), forbid_dtd=True)
    extent = _Extent()
    sheet = "worksheets/" in member.name
    rest = b""
    try:
        for chunk in inflate(archive, member, budget):
            parser.feed(chunk)
            if sheet:
                rest = _measure(rest + chunk, extent, member.name, limits)
        if sheet:
            _measure(rest + b"<", extent, member.name, limits)
        parser.close()
    except DefusedXmlException:
        raise LoadError(
            "El libro trae entidades o referencias XML, que un libro de Excel no lleva; no se abre."
        ) from None
    except (ParseError, LookupError):
        raise LoadError(f"El libro está dañado: su parte «{member.name[:80]}» no es XML válido.") from None


def _measure(data: bytes, extent: _Extent, name: str, limits: FileLimits) -> bytes:
    """Adds the cells of `data` to the extent; answers with the cut tag at its end, to be put before the next chunk."""
    cut = data.rfind(b"<")
    whole, rest = data[:cut], data[cut:]
    for match in _CELL.finditer(whole):
        extent.add(_column(match[1]), int(match[2]))
    if extent.area > limits.sheet_cells or extent.bottom > limits.sheet_rows:
        raise LoadError(
            f"La hoja «{Path(name).stem}» abarca {extent.bottom:,} renglones por {extent.right:,} columnas; "
            f"el límite es de {limits.sheet_cells:,} celdas. Publíquela como CSV o quite las celdas sueltas."
        )
    return rest if len(rest) < OVERLAP else b""


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def too_large(size: int) -> LoadError:
    """The error for a workbook whose file alone is over the limit."""
    return LoadError(f"El libro pesa {megabytes(size)}; el límite es {megabytes(LIMITS.workbook_bytes)}.")
