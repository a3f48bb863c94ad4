"""Delimited text: dialects, encodings, headers, and rows that are not data."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from data_loaders.formats import delimited
from data_loaders.limits import LIMITS
from data_loaders.raw import RawFile, RawTable
from model.errors import LoadError
from model.recipe import Recipe
from tests.data_loaders.formats.reading import cells, only, read_bytes

LETTERS = "abcdefghijkñáéíóúÑÁÉÍÓÚüÜ¿¡ 0123456789.-/,;|\"'\n°"
NAMES = st.lists(st.text("abcdefghijñáé_", min_size=2, max_size=9), min_size=2, max_size=6, unique=True)
FILLED = st.text(LETTERS, min_size=1, max_size=15).filter(lambda t: t.strip() == t and t != "")


@st.composite
def tables(draw: st.DrawFn) -> tuple[list[str], list[list[str]]]:
    names = draw(NAMES)
    cell = st.one_of(st.just(""), FILLED)
    row = st.tuples(FILLED, FILLED, *[cell] * (len(names) - 2)).map(list)
    return names, draw(st.lists(row, min_size=1, max_size=12))


def written(rows: list[list[str]], delimiter: str, quoting: int, end: str) -> str:
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)  # type: ignore[arg-type]
    return out.getvalue()


@settings(max_examples=60, deadline=None)
@given(
    table=tables(),
    delimiter=st.sampled_from([",", ";", "\t", "|"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC]),
    end=st.sampled_from(["\n", "\r\n"]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252", "latin-1"]),
)
def test_any_table_of_the_csv_module_comes_back_cell_by_cell(
    table: tuple[list[str], list[list[str]]], delimiter: str, quoting: int, end: str, encoding: str
) -> None:
    names, rows = table
    assume(all(row != names for row in rows))
    text = written([names, *rows], delimiter, quoting, end)
    assume("\n" not in "".join(rows[0]) or end == "\n" or quoting)
    with TemporaryDirectory() as folder:
        found = only(read_bytes(text.encode(encoding), "t.csv", Path(folder)))
        got = [tuple(cell or "" for cell in row) for row in cells(found)]
    assert found.names == tuple(names)
    assert got == [tuple(row) for row in rows]
    assert found.set_aside_rows == 0


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet=st.sampled_from(list('ab1,;"\n\r\t |áN/')), max_size=300))
def test_rows_read_are_rows_kept_and_rows_set_aside_whatever_the_text(text: str) -> None:
    with TemporaryDirectory() as folder:
        try:
            only(read_bytes(text.encode(), "t.csv", Path(folder)))
        except LoadError as error:
            assert error.message  # noqa: PT017


def test_an_inegi_query_gives_its_table_and_keeps_titles_and_source_apart(tmp_path: Path) -> None:
    text = (
        '"Población total"\r\n""\r\n"Consulta de: Población total"\r\n"","","Total","Hombres",""\r\n'
        '" ","Total","126,014,024","61,473,390"\r\n" 01 001 ","Ñuñoa","948,990","462,073"\r\n\r\n"FUENTE: INEGI."\r\n'
    )
    raw = read_bytes(text.encode("latin-1"), "consulta.csv", tmp_path)
    table = only(raw)
    assert table.names == ("columna_1", "columna_2", "Total", "Hombres")
    assert cells(table) == [
        (" ", "Total", "126,014,024", "61,473,390"),
        (" 01 001 ", "Ñuñoa", "948,990", "462,073"),
    ]
    assert [(s.line, s.reason) for s in table.set_aside] == [
        (1, "título"), (2, "vacía"), (3, "título"), (7, "vacía"), (8, "nota"),
    ]  # fmt: skip
    assert table.first_line == 5
    assert raw.encoding == "windows-1252"


def test_a_junk_line_above_the_header_is_a_title_and_the_file_is_read_in_place(tmp_path: Path) -> None:
    table = only(read_bytes(b"Proceso:,Agregar clave,,\nCVE,EDO,MUN,N\n01,A,B,3\n02,C,D,4\n", "p.csv", tmp_path))
    assert table.names == ("CVE", "EDO", "MUN", "N")
    assert table.path == tmp_path / "p.csv"
    assert [(s.line, s.reason, s.text) for s in table.set_aside] == [(1, "título", "Proceso: Agregar clave")]


def test_a_header_of_two_rows_is_joined(tmp_path: Path) -> None:
    text = "Entidad,2019,,2020,\n,H,M,H,M\nJalisco,1,2,3,4\nColima,5,6,7,8\n"
    table = only(read_bytes(text.encode(), "t.csv", tmp_path))
    assert table.names == ("Entidad", "2019 – H", "2019 – M", "2020 – H", "2020 – M")
    assert len(cells(table)) == 2


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("1,5.2,Jalisco\n2,6.1,Colima\n3,7.5,Sonora\n", ("columna_1", "columna_2", "columna_3")),
        ("Entidad,2019,2020\nJalisco,12,15\nColima,3,8\n", ("Entidad", "2019", "2020")),
        ("Estado,23-01-2020,24-01-2020\nJalisco,0,1\nColima,0,0\n", ("Estado", "23-01-2020", "24-01-2020")),
        ("id,01,02,03\nx1,1.5,2.5,3.5\nx2,1.5,2.5,3.5\n", ("id", "01", "02", "03")),
        ("nombre,clave\nJalisco,AB\nColima,CD\n", ("nombre", "clave")),
        ("2020-01-01,7\n2020-01-02,8\n2020-01-03,9\n", ("columna_1", "columna_2")),
        ("valor\n12\n15\n", ("valor",)),
    ],
)
def test_a_file_without_header_is_told_only_where_it_is_evident(
    text: str, names: tuple[str, ...], tmp_path: Path
) -> None:
    assert only(read_bytes(text.encode(), "t.csv", tmp_path)).names == names


def test_decimal_commas_do_not_make_a_comma_file(tmp_path: Path) -> None:
    table = only(read_bytes(b"a;b\n1,5;2,5\n3,5;4,5\n", "t.csv", tmp_path))
    assert cells(table) == [("1,5", "2,5"), ("3,5", "4,5")]


def test_rows_with_too_many_or_too_few_fields_are_set_aside_with_their_line(tmp_path: Path) -> None:
    body = "".join(f"{i},x,y\n" for i in range(20))
    table = only(read_bytes(f"a,b,c\n{body}1,2\n1,2,3,4\n7,8,9,\nTotal,9\n".encode(), "t.csv", tmp_path))
    assert [(s.line, s.reason) for s in table.set_aside] == [
        (22, "campos de menos (2 de 3)"), (23, "campos de más (4 de 3)"), (25, "total"),
    ]  # fmt: skip
    assert cells(table)[-1] == ("7", "8", "9")


def test_an_unclosed_quote_costs_its_own_line_only(tmp_path: Path) -> None:
    body = "".join(f"{i},x\n" for i in range(3000))
    table = only(read_bytes(f'a,b\n{body}"abierta,1\n{body}'.encode(), "t.csv", tmp_path))
    assert len(cells(table)) == 6000
    assert [(s.line, s.reason) for s in table.set_aside] == [(3002, "comillas sin cerrar")]


def test_a_badly_quoted_row_that_still_fits_is_kept_and_said(tmp_path: Path) -> None:
    table = only(read_bytes(b'a,b\n1,x\n"Calle "5"",y\n2,z\n', "t.csv", tmp_path))
    assert [row[1] for row in cells(table)] == ["x", "y", "z"]
    assert any("tolerancia" in note for note in table.notes)


def test_nul_bytes_are_taken_out_and_said(tmp_path: Path) -> None:
    table = only(read_bytes(b"a,b\n1,x\x00y\n2,z\n", "t.csv", tmp_path))
    assert cells(table) == [("1", "xy"), ("2", "z")]
    assert any("NUL" in note for note in table.notes)


def test_blank_rows_and_repeated_headers_are_set_aside(tmp_path: Path) -> None:
    table = only(read_bytes(b"a,b\n1,x\n\n,\na,b\n2,z\n", "t.csv", tmp_path))
    assert [(s.line, s.reason) for s in table.set_aside] == [
        (3, "vacía"), (4, "vacía"), (5, "encabezado repetido"),
    ]  # fmt: skip


def test_notes_padded_with_separators_are_notes_and_a_lone_last_name_is_data(tmp_path: Path) -> None:
    table = only(read_bytes(b"e,b,c\nJalisco,1,2\nColima,,\n", "t.csv", tmp_path))
    assert cells(table)[-1] == ("Colima", None, None)
    table = only(read_bytes(b"e,b,c\nJalisco,1,2\nFuente: INEGI,,\n", "u.csv", tmp_path))
    assert [(s.line, s.reason, s.text) for s in table.set_aside] == [(3, "nota", "Fuente: INEGI")]


def test_the_header_may_be_told(tmp_path: Path) -> None:
    table = only(read_bytes(b"x,y\na,b\n1,2\n3,4\n", "t.csv", tmp_path, Recipe(header_row=2)))
    assert table.names == ("a", "b")
    with pytest.raises(LoadError, match="línea 90"):
        read_bytes(b"x,y\na,b\n1,2\n", "t.csv", tmp_path, Recipe(header_row=90))


def test_too_many_columns_are_refused_with_both_numbers(tmp_path: Path) -> None:
    names = ",".join(f"c{i}" for i in range(20_000))
    with pytest.raises(LoadError, match=r"20,000 columnas; el límite es 4,000"):
        read_bytes(f"{names}\n{names.replace('c', '')}\n".encode(), "t.csv", tmp_path)


def test_a_field_of_eight_megabytes_is_set_aside_with_its_line(tmp_path: Path) -> None:
    long = b"x" * (LIMITS.line_bytes + 10)
    table = only(read_bytes(b"a,b\n1,2\n3," + long + b"\n5,6\n", "t.csv", tmp_path))
    assert [s.line for s in table.set_aside] == [3]
    assert "demasiado larga" in table.set_aside[0].reason
    assert cells(table) == [("1", "2"), ("5", "6")]


def test_a_large_clean_file_is_read_in_place_and_a_dirty_one_has_a_careful_way(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = b"".join(b"%d,Jalisco\n" % i for i in range(20_000))
    monkeypatch.setattr(delimited, "LIMITS", type(LIMITS)(careful_bytes=1000))
    clean = only(read_bytes(b"a,b\n" + body, "limpio.csv", tmp_path))
    assert clean.path == tmp_path / "limpio.csv"
    assert clean.rows_read is None
    ragged = only_raw(read_bytes(b"a,b\n" + body[:1000] + b"1,2,3\n" + body, "sucio.csv", tmp_path))
    assert ragged.careful is not None
    repaired = ragged.careful()
    assert repaired.rows_read == len(cells(repaired)) + repaired.set_aside_rows
    assert any("campos de más" in s.reason for s in repaired.set_aside)
    noted = only(read_bytes(b"a,b\n" + body + b"Nota: algo\n", "notas.csv", tmp_path))
    assert noted.set_aside[-1].reason == "nota"
    assert noted.rows_read == 20_001


def only_raw(raw: RawFile) -> RawTable:
    (table,) = raw.tables
    return table
