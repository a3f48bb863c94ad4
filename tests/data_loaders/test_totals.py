"""Rows of totals leave the data, only where they are evident, and stay at hand."""

from __future__ import annotations

from tests.data_loaders.conftest import Ingest


def test_a_row_that_says_total_is_kept_apart(ingest_rows: Ingest) -> None:
    done = ingest_rows(["tipo", "n"], [("a", "1"), ("b", "2"), ("Total", "3")])
    assert done.rows() == [("a", 1), ("b", 2)]
    assert done.rows("totales") == [("Total", 3)]
    assert (done.report.rows_read, done.report.rows_kept, done.report.set_aside_rows) == (3, 2, 1)
    [aside] = done.report.set_aside
    assert (aside.line, aside.reason) == (4, "total")


def test_a_text_that_merely_holds_the_word_is_data(ingest_rows: Ingest) -> None:
    done = ingest_rows(["obra", "n"], [("Total Play", "1"), ("Presa El Total", "2"), ("b", "3"), ("c", "4")])
    assert len(done.rows()) == 4
    assert done.names == ["datos"]


def test_a_column_of_totals_alone_is_data(ingest_rows: Ingest) -> None:
    assert ingest_rows(["nivel", "n"], [("Total", "1"), ("Total", "2")]).names == ["datos"]


def test_a_total_written_in_a_column_of_numbers_does_not_spoil_its_type(ingest_rows: Ingest) -> None:
    done = ingest_rows(["tipo", "anio", "n"], [("a", "2020", "1"), ("b", "2021", "2"), ("Total", "Total", "3")])
    assert done.cells("anio") == [2020, 2021]
    assert done.rows("totales") == [("Total", "Total", 3)]


def test_census_totals_of_state_and_municipality_are_kept_apart(ingest_rows: Ingest) -> None:
    rows = [
        ("Total de la entidad Tlaxcala", "Total de la Entidad", "10"),
        ("Apizaco", "Total del Municipio", "7"),
        ("Apizaco", "Localidades de una vivienda", "1"),
        ("Apizaco", "Apizaco", "5"),
        ("Apizaco", "La Cañada", "2"),
        ("Calpulalpan", "Calpulalpan", "3"),
    ]
    done = ingest_rows(["NOM_MUN", "NOM_LOC", "POBTOT"], rows)
    assert sum(n for *_, n in done.rows() if isinstance(n, int)) == 10
    assert done.report.set_aside_rows == 3


def test_key_00_is_the_nation(ingest_rows: Ingest) -> None:
    done = ingest_rows(["cve_ent", "n"], [("00", "9"), ("01", "4"), ("02", "5")])
    assert done.rows(columns="cve_ent, n") == [("01", 4), ("02", 5)]


def test_key_00_is_data_where_the_others_are_not_states(ingest_rows: Ingest) -> None:
    assert len(ingest_rows(["ent", "n"], [("00", "9"), ("41", "4"), ("77", "5")]).rows()) == 3


def test_nacional_is_a_total_among_states_and_a_kind_elsewhere(ingest_rows: Ingest) -> None:
    states = ingest_rows(["Entidad", "n"], [("Nacional", "9"), ("Colima", "4"), ("Jalisco", "5")])
    assert len(states.rows()) == 2
    kinds = ingest_rows(["carretera", "n"], [("Nacional", "9"), ("Estatal", "4"), ("Rural", "5")])
    assert len(kinds.rows()) == 3


def test_state_rows_among_municipalities_are_totals_where_the_sums_prove_it(ingest_rows: Ingest) -> None:
    rows = [("=CONCATENAR(0,01) ", "15"), ("=CONCATENAR(0,02) ", "30")]
    rows += [(f" 01 00{i} ", str(i)) for i in range(1, 6)] + [(f" 02 00{i} ", str(2 * i)) for i in range(1, 6)]
    done = ingest_rows(["clave", "n"], rows)
    assert sorted(done.cells("_municipio"), key=str) == [f"0{s}00{i}" for s in (1, 2) for i in range(1, 6)]
    assert len(done.rows("totales")) == 2
    lies = [(key, "99" if "CONCAT" in key else n) for key, n in rows]
    assert ingest_rows(["clave", "n"], lies).names == ["datos"]
