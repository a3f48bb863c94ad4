"""The 32 states and their INEGI keys; municipalities by key, or by name where a table of names is given.

Keys and names: INEGI, Marco Geoestadístico. ISO 3166-2, FIPS 10-4: the published standards. FIPS numbers 05 to 08 are
another permutation than INEGI's, so a FIPS code is never read as a key.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from model.spelling import fold

LAST_MUNICIPALITY = 570  # Oaxaca has the most
KEY_DIGITS = 2
MUNICIPALITY_DIGITS = 5


@dataclass(frozen=True, slots=True)
class State:
    """One state: INEGI `key` (2 digits), short and official name, ISO 3166-2, FIPS 10-4, and what else it is called."""

    key: str
    name: str
    official: str
    iso: str
    fips: str
    abbreviation: str
    aliases: tuple[str, ...] = ()


STATES = (
    State("01", "Aguascalientes", "Aguascalientes", "MX-AGU", "MX01", "Ags."),
    State("02", "Baja California", "Baja California", "MX-BCN", "MX02", "BC", ("Baja California Norte", "BCN")),
    State("03", "Baja California Sur", "Baja California Sur", "MX-BCS", "MX03", "BCS"),
    State("04", "Campeche", "Campeche", "MX-CAM", "MX04", "Camp."),
    State("05", "Coahuila", "Coahuila de Zaragoza", "MX-COA", "MX07", "Coah."),
    State("06", "Colima", "Colima", "MX-COL", "MX08", "Col."),
    State("07", "Chiapas", "Chiapas", "MX-CHP", "MX05", "Chis."),
    State("08", "Chihuahua", "Chihuahua", "MX-CHH", "MX06", "Chih."),
    State(
        "09",
        "Ciudad de México",
        "Ciudad de México",
        "MX-CMX",
        "MX09",
        "CDMX",
        ("Distrito Federal", "DF", "D.F.", "MX-DIF"),
    ),
    State("10", "Durango", "Durango", "MX-DUR", "MX10", "Dgo."),
    State("11", "Guanajuato", "Guanajuato", "MX-GUA", "MX11", "Gto."),
    State("12", "Guerrero", "Guerrero", "MX-GRO", "MX12", "Gro."),
    State("13", "Hidalgo", "Hidalgo", "MX-HID", "MX13", "Hgo."),
    State("14", "Jalisco", "Jalisco", "MX-JAL", "MX14", "Jal."),
    State(
        "15",
        "Estado de México",
        "México",
        "MX-MEX",
        "MX15",
        "Edomex",
        ("Mex.", "Edo. Mex.", "Edo. de México", "Edo. de Mex."),
    ),
    State("16", "Michoacán", "Michoacán de Ocampo", "MX-MIC", "MX16", "Mich."),
    State("17", "Morelos", "Morelos", "MX-MOR", "MX17", "Mor."),
    State("18", "Nayarit", "Nayarit", "MX-NAY", "MX18", "Nay."),
    State("19", "Nuevo León", "Nuevo León", "MX-NLE", "MX19", "NL"),
    State("20", "Oaxaca", "Oaxaca", "MX-OAX", "MX20", "Oax."),
    State("21", "Puebla", "Puebla", "MX-PUE", "MX21", "Pue."),
    State("22", "Querétaro", "Querétaro", "MX-QUE", "MX22", "Qro.", ("Querétaro de Arteaga", "Querétaro Arteaga")),
    State("23", "Quintana Roo", "Quintana Roo", "MX-ROO", "MX23", "Q. Roo", ("QRoo",)),
    State("24", "San Luis Potosí", "San Luis Potosí", "MX-SLP", "MX24", "SLP"),
    State("25", "Sinaloa", "Sinaloa", "MX-SIN", "MX25", "Sin."),
    State("26", "Sonora", "Sonora", "MX-SON", "MX26", "Son."),
    State("27", "Tabasco", "Tabasco", "MX-TAB", "MX27", "Tab."),
    State("28", "Tamaulipas", "Tamaulipas", "MX-TAM", "MX28", "Tamps."),
    State("29", "Tlaxcala", "Tlaxcala", "MX-TLA", "MX29", "Tlax."),
    State("30", "Veracruz", "Veracruz de Ignacio de la Llave", "MX-VER", "MX30", "Ver.", ("Veracruz-Llave",)),
    State("31", "Yucatán", "Yucatán", "MX-YUC", "MX31", "Yuc."),
    State("32", "Zacatecas", "Zacatecas", "MX-ZAC", "MX32", "Zac."),
)

BOROUGHS = (
    ("09002", "Azcapotzalco"), ("09003", "Coyoacán"), ("09004", "Cuajimalpa de Morelos"),
    ("09005", "Gustavo A. Madero"), ("09006", "Iztacalco"), ("09007", "Iztapalapa"),
    ("09008", "La Magdalena Contreras"), ("09009", "Milpa Alta"), ("09010", "Álvaro Obregón"),
    ("09011", "Tláhuac"), ("09012", "Tlalpan"), ("09013", "Xochimilco"),
    ("09014", "Benito Juárez"), ("09015", "Cuauhtémoc"), ("09016", "Miguel Hidalgo"),
    ("09017", "Venustiano Carranza"), ("09004", "Cuajimalpa"), ("09008", "Magdalena Contreras"),
)  # fmt: skip

Names = Mapping[tuple[str, str], str]


def state_key(text: str) -> str | None:
    """The INEGI key of a state written as key (`1`, `01`), name, old name, abbreviation or ISO code; else None."""
    plain = _plain(text)
    if plain.isascii() and plain.isdigit():
        padded = plain.zfill(KEY_DIGITS)
        return padded if len(plain) <= KEY_DIGITS and padded in _by_key() else None
    return _by_name().get(plain) or _by_name().get(plain.removeprefix("estado de ").removeprefix("edo de "))


def state_name(key: str) -> str | None:
    """The short name of the state with this key; None for another text."""
    state = _by_key().get(key)
    return state.name if state else None


def municipality_key(code: str, state: str | None = None) -> str | None:
    """The 5-digit key in `code`: written whole (`1001`, `01001`, `01 001`), or its last 3 digits when `state` is given.

    None where the state does not exist or the number is beyond any state's municipalities.
    """
    digits = re.sub(r"[\s.-]", "", code)
    if not digits.isascii() or not digits.isdigit():
        return None
    whole = (
        digits.zfill(MUNICIPALITY_DIGITS) if len(digits) >= MUNICIPALITY_DIGITS - 1 else (state or "") + digits.zfill(3)
    )
    if len(whole) != MUNICIPALITY_DIGITS or whole[:KEY_DIGITS] not in _by_key():
        return None
    return whole if 1 <= int(whole[KEY_DIGITS:]) <= LAST_MUNICIPALITY else None


def name_table(pairs: Iterable[tuple[str, str]]) -> Names:
    """(state key, folded name) → municipality key, from (key, name) pairs; Mexico City's boroughs are always in.

    A name that two municipalities of one state share tells neither, and is left out.
    """
    known: dict[tuple[str, str], str | None] = {}
    for key, name in (*BOROUGHS, *pairs):
        place = (key[:KEY_DIGITS], _municipal(name))
        known[place] = key if known.get(place, key) == key else None
    return {place: key for place, key in known.items() if key}


def municipality_named(state: str, name: str, names: Names) -> str | None:
    """The key of the municipality `name` of the state with key `state`; None where the table has no such name."""
    return names.get((state, _municipal(name)))


def _municipal(name: str) -> str:
    return _plain(name).replace("-", " ").removeprefix("municipio de ")


def _plain(text: str) -> str:
    return " ".join(fold(text).replace(".", " ").replace(",", " ").split())


@cache
def _by_key() -> dict[str, State]:
    return {state.key: state for state in STATES}


@cache
def _by_name() -> dict[str, str]:
    return {
        _plain(name): state.key
        for state in STATES
        for name in (
            state.name,
            state.official,
            state.iso,
            state.abbreviation,
            *_dotless(state.abbreviation),
            *state.aliases,
        )
    }


def _dotless(abbreviation: str) -> tuple[str, ...]:
    """`BC` is also written `B.C.`, and `SLP` `S.L.P.`."""
    return (".".join(abbreviation) + ".",) if abbreviation.isupper() else ()
