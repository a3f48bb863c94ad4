"""Excel workbooks of 2007 and later."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

from data_loaders.limits import MIB
from data_loaders.raw import Format, RawFile
from data_loaders.sheets.workbook import read_workbook
from data_loaders.sheets.xlsx_guard import check_package
from model.recipe import Recipe

SUFFIXES = (".xlsx", ".xlsm")


def sniff(head: bytes, path: Path) -> int:
    """95 for a ZIP whose directory (at its end) names a workbook part."""
    if not head.startswith(b"PK\x03\x04"):
        return 0
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - MIB))
        return 95 if b"xl/workbook.xml" in file.read(MIB) else 0


def read(path: Path, recipe: Recipe, workdir: Path) -> RawFile:
    """Each visible sheet as a table of text; the package is checked first."""
    check_package(path)
    return read_workbook(path, recipe, workdir, FORMAT.name)


MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def _example() -> bytes:
    sheet = (
        '<row r="1"><c r="A1" t="inlineStr"><is><t>clave</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>total</t></is></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>01</t></is></c><c r="B2"><v>5</v></c></row>'
        '<row r="3"><c r="A3" t="inlineStr"><is><t>Ñu</t></is></c><c r="B3"><v>2.5</v></c></row>'
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
        f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
        '<sheet name="Hoja1" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>{sheet}</sheetData></worksheet>',
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()


FORMAT = Format("XLSX", "Libro de Excel", SUFFIXES, sniff, read, _example, (("01", "5"), ("Ñu", "2.5")))
