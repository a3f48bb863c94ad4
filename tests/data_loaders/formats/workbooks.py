"""Small XLSX packages, made part by part so that hostile ones can be made too."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from data_loaders.formats.xlsx import MAIN, OFFICE, PACKAGE, TYPE

__all__ = ["MAIN", "sheet_xml", "workbook_bytes"]


def sheet_xml(rows: str) -> str:
    """A worksheet of these `<row>` elements."""
    return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def workbook_bytes(sheets: Mapping[str, bytes], states: Mapping[str, str] | None = None) -> bytes:
    """A package of these sheets (name → XML); `states` hides some."""
    states = states or {}
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        numbered = list(enumerate(sheets.items(), start=1))
        overrides = "".join(
            f'<Override PartName="/xl/worksheets/sheet{n}.xml" ContentType="{TYPE}.worksheet+xml"/>'
            for n, _ in numbered
        )
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>{overrides}</Types>',
        )
        archive.writestr("_rels/.rels", _relationships("officeDocument", ["xl/workbook.xml"]))
        archive.writestr(
            "xl/_rels/workbook.xml.rels", _relationships("worksheet", [f"worksheets/sheet{n}.xml" for n, _ in numbered])
        )
        listed = "".join(
            f'<sheet name="{name}" sheetId="{n}" r:id="r{n}" state="{states.get(name, "visible")}"/>'
            for n, (name, _) in numbered
        )
        archive.writestr(
            "xl/workbook.xml", f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>'
        )
        for n, (_, content) in numbered:
            archive.writestr(f"xl/worksheets/sheet{n}.xml", content)
    return out.getvalue()


def _relationships(kind: str, targets: list[str]) -> str:
    listed = "".join(
        f'<Relationship Id="r{n}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for n, target in enumerate(targets, start=1)
    )
    return f'<Relationships xmlns="{PACKAGE}/relationships">{listed}</Relationships>'
