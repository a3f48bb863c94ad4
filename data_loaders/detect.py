"""Which format a file is in: by what it holds first, by its name second."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from data_loaders import formats
from data_loaders.raw import Format
from data_loaders.text.encoding import HEAD_BYTES, decode_head
from model.errors import LoadError
from model.registry import discover

TAR_MAGIC = slice(257, 262)
_HTML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|table|script|meta)\b", re.I | re.S
)
_SCRIPT = re.compile(
    r"\s*(?:/\*.*?\*/\s*|//[^\n]*\n\s*)*"
    r"(?:(?:var|let|const)\s+[\w$]+\s*=|function\b|window\.\w|\(function\b|[\w$.]+\s*=\s*[\[{]|[\w$]+\(\s*[\[{])",
    re.S,
)


@dataclass(frozen=True, slots=True)
class _NotData:
    """Bytes that begin so are no table, whatever the file's name."""

    magic: bytes
    reason: str


NOT_DATA = (
    _NotData(b"%PDF", "El archivo es un PDF, no una tabla; publique los datos en CSV, XLSX o Parquet."),
    _NotData(b"Rar!", "El archivo es un RAR; comprímalo como ZIP o publíquelo sin comprimir."),
    _NotData(b"7z\xbc\xaf\x27\x1c", "El archivo es un 7z; comprímalo como ZIP o publíquelo sin comprimir."),
    _NotData(b"BZh", "El archivo está comprimido con bzip2; comprímalo como ZIP o GZ."),
    _NotData(b"\xfd7zXZ", "El archivo está comprimido con xz; comprímalo como ZIP o GZ."),
    _NotData(b"\x28\xb5\x2f\xfd", "El archivo está comprimido con zstd; comprímalo como ZIP o GZ."),
    _NotData(b"\x89PNG", "El archivo es una imagen, no una tabla."),
    _NotData(b"\xff\xd8\xff", "El archivo es una imagen, no una tabla."),
    _NotData(b"GIF8", "El archivo es una imagen, no una tabla."),
    _NotData(
        b"SQLite format 3\0", "El archivo es una base de datos SQLite o GeoPackage; exporte sus tablas a CSV o GeoJSON."
    ),
    _NotData(b"\x7fELF", "El archivo es un programa, no una tabla."),
    _NotData(b"MZ", "El archivo es un programa, no una tabla."),
    _NotData(b"{\\rtf", "El archivo es un documento de texto (RTF), no una tabla."),
)
HTML_REASON = (
    "El archivo es una página HTML, no una tabla: probablemente el enlace llevó a una página de error o de aviso. "
    "Descargue los datos de nuevo."
)
SCRIPT_REASON = (
    "El archivo es código JavaScript, no datos: quite lo que está antes de la primera llave y publíquelo como JSON."
)


def all_formats() -> tuple[Format, ...]:
    """Every format of the drawer."""
    return tuple(f for f in discover(formats, "FORMAT") if isinstance(f, Format))


def detect(path: Path) -> Format:
    """The format that is surest of the file or folder. LoadError, with the reason, where none is or it is no table."""
    head = _head(path)
    if not path.is_dir():
        _refuse(head)
    sure = [(one.sniff(head, path), one) for one in all_formats()]
    best, chosen = max(sure, key=lambda pair: pair[0])
    if best <= 0:
        raise LoadError(f"No se reconoce el formato del archivo «{path.name[:80]}». {_known()}")
    return chosen


def _head(path: Path) -> bytes:
    try:
        if path.is_dir():
            return b""
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)
    except FileNotFoundError:
        raise LoadError(f"No se encontró el archivo «{path.name[:80]}».") from None
    except OSError:
        raise LoadError(f"No se pudo abrir el archivo «{path.name[:80]}».") from None


def _refuse(head: bytes) -> None:
    if not head.strip(b"\xef\xbb\xbf \t\r\n\0"):
        raise LoadError("El archivo está vacío.")
    if head[TAR_MAGIC] == b"ustar":
        raise LoadError("El archivo es un TAR; comprímalo como ZIP o publíquelo sin comprimir.")
    for one in NOT_DATA:
        if head.startswith(one.magic):
            raise LoadError(one.reason)
    text = decode_head(head).removeprefix("\ufeff")
    if _HTML.match(text):
        raise LoadError(HTML_REASON)
    if _SCRIPT.match(text):
        raise LoadError(SCRIPT_REASON)


def _known() -> str:
    return f"Se leen: {', '.join(one.name for one in all_formats())}."
