"""States by key and by name; municipalities by key."""

from __future__ import annotations

import pytest

from model.territory import (
    STATES,
    municipality_key,
    municipality_named,
    name_table,
    state_key,
    state_name,
)


def test_there_are_32_states_in_order_of_key() -> None:
    assert [s.key for s in STATES] == [f"{n:02}" for n in range(1, 33)]
    assert len({s.iso for s in STATES}) == len({s.fips for s in STATES}) == 32


def test_fips_numbers_05_to_08_are_permuted_against_inegi() -> None:
    differ = {s.name: (s.key, s.fips) for s in STATES if s.fips != f"MX{s.key}"}
    assert differ == {
        "Coahuila": ("05", "MX07"),
        "Colima": ("06", "MX08"),
        "Chiapas": ("07", "MX05"),
        "Chihuahua": ("08", "MX06"),
    }
    assert state_key("MX05") is None


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("1", "01"), ("01", "01"), (" 32 ", "32"), ("0", None), ("00", None), ("33", None), ("001", None), ("", None),
        ("Coahuila de Zaragoza", "05"), ("COAHUILA", "05"), ("Estado de México", "15"),
        ("México", "15"), ("mexico", "15"),
        ("Edo. Mex.", "15"), ("Ciudad de México", "09"), ("Distrito Federal", "09"), ("D.F.", "09"), ("DF", "09"),
        ("CDMX", "09"), ("Veracruz", "30"), ("Veracruz de Ignacio de la Llave", "30"), ("Michoacan de Ocampo", "16"),
        ("QUERETARO DE ARTEAGA", "22"), ("Q. Roo", "23"), ("B.C.S.", "03"), ("BC", "02"),
        ("S.L.P.", "24"), ("MX-CHH", "08"),
        ("San  Luis\u00a0Potosí", "24"), ("Guadalajara", None), ("No especificado", None),
    ],
)  # fmt: skip
def test_a_state_is_known_however_it_is_written(written: str, key: str | None) -> None:
    assert state_key(written) == key


@pytest.mark.parametrize("state", STATES, ids=[s.key for s in STATES])
def test_every_name_of_a_state_leads_to_its_key(state: object) -> None:
    found = next(s for s in STATES if s is state)
    names = (found.key, found.name, found.official, found.iso, found.abbreviation, *found.aliases)
    assert {state_key(name) for name in names} == {found.key}
    assert {state_key(name.upper()) for name in names} == {found.key}
    assert state_name(found.key) == found.name


def test_a_key_that_is_none_has_no_name() -> None:
    assert state_name("99") is None


@pytest.mark.parametrize(
    ("code", "state", "key"),
    [
        ("1001", None, "01001"), ("01001", None, "01001"), (" 01 001 ", None, "01001"), ("1", "14", "14001"),
        ("039", "14", "14039"), ("33001", None, None), ("01000", None, None), ("01999", None, None), ("39", None, None),
        ("Zapopan", "14", None), ("", "14", None), ("123456", None, None),
    ],
)  # fmt: skip
def test_a_municipality_is_known_by_its_key(code: str, state: str | None, key: str | None) -> None:
    assert municipality_key(code, state) == key


def test_a_municipality_is_known_by_name_only_within_its_state() -> None:
    names = name_table([("19026", "Guadalupe"), ("32017", "Guadalupe")])
    assert municipality_named("19", "GUADALUPE", names) == "19026"
    assert municipality_named("32", "Municipio de Guadalupe", names) == "32017"
    assert municipality_named("01", "Guadalupe", names) is None
    assert municipality_named("09", "Álvaro Obregón", names) == "09010"
