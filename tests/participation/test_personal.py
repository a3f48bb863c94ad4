"""Personal data are found by their check digits and masked, and figures are left alone."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from participation.personal import MASK, find, is_card, is_clabe, is_curp, is_rfc, mask, warning

CURP = "HEGG560427MVZRRL04"
RFC = "GODE561231GR8"
CLABE = "032180000118359719"
CARD = "4111 1111 1111 1111"


@pytest.mark.parametrize(
    ("text", "kind", "piece"),
    [
        (f"Mi CURP es {CURP}.", "curp", CURP),
        (f"mi curp: {CURP.lower()}", "curp", CURP.lower()),
        (f"RFC {RFC}", "rfc", RFC),
        ("RFC GODE-561231-GR8", "rfc", "GODE-561231-GR8"),
        ("escriba a ana.p+datos@correo.com.mx, gracias", "email", "ana.p+datos@correo.com.mx"),
        ("llame al 55 1234 5678", "phone", "55 1234 5678"),
        ("llame al (222) 123-4567", "phone", "222) 123-4567"),
        ("llame al +52 1 55 1234 5678", "phone", "52 1 55 1234 5678"),
        ("cel. 5512345678, de 9 a 5", "phone", "5512345678"),
        ("044 33 1234 5678", "phone", "044 33 1234 5678"),
        ("5512345678 20 veces", "phone", "5512345678"),
        (f"deposite a {CLABE}", "clabe", CLABE),
        (f"tarjeta {CARD}", "card", CARD),
        ("tarjeta 378282246310005", "card", "378282246310005"),
    ],
)
def test_personal_data_are_found_and_masked(text: str, kind: str, piece: str) -> None:
    (found,) = find(text)
    assert (found.kind, found.text, text[found.start : found.end]) == (kind, piece, piece)
    assert mask(text) == text.replace(piece, MASK)
    assert piece not in mask(text)


@pytest.mark.parametrize(
    "text",
    [
        "HEGG560427MVZRRL05",  # the check digit is wrong
        "HEGG561327MVZRRL04",  # no thirteenth month
        "GODE561231GR9",
        "SAT970701NN3",  # a company's, which is public
        "032180000118359718",
        "4111 1111 1111 1112",
        "la población es de 126014024 personas",
        "2345678901 personas",
        "gastaron $5512345678",
        "5500000000 de litros",
        "2 345 678 901",
        "3,148,000,000",
        "5512345678.50",
        "19.432608, -99.133209",
        "VEN-2026-000123",
        "del 2008 2009 2010 al 2011",
        "2024-01-01 10:30",
        "31-12-2024 10",
        "clave 0901100010012345",
        "1234567890",
        "Av. Insurgentes Sur 3735",
        "@inegi en redes",
    ],
)
def test_figures_dates_and_wrong_check_digits_are_not_personal_data(text: str) -> None:
    assert find(text) == ()
    assert mask(text) == text


def test_check_digits_hold_for_known_ones() -> None:
    assert is_curp(CURP)
    assert is_rfc(RFC)
    assert is_clabe(CLABE)
    assert is_card("4111111111111111")


def test_every_other_last_digit_is_wrong() -> None:
    assert [d for d in "0123456789" if is_curp(CURP[:-1] + d)] == [CURP[-1]]
    assert [d for d in "0123456789" if is_clabe(CLABE[:-1] + d)] == [CLABE[-1]]
    assert [d for d in "0123456789A" if is_rfc(RFC[:-1] + d)] == [RFC[-1]]


def test_an_office_may_publish_its_telephone_and_address_but_nobodys_curp() -> None:
    text = f"Escriba a transparencia@inegi.org.mx o llame al 55 1234 5678; su CURP {CURP} ya está."
    assert mask(text, official=True) == text.replace(CURP, MASK)


def test_the_warning_names_each_kind_once() -> None:
    said = warning(find(f"{CURP}, 55 1234 5678 y 55 8765 4321"))
    assert said.startswith("Su mensaje parece llevar una CURP y un teléfono.")
    assert warning(()) == ""


@given(st.text(max_size=400))
def test_masking_twice_is_masking_once_and_nothing_else_is_changed(text: str) -> None:
    masked = mask(text)
    assert mask(masked) == masked
    assert len(find(masked)) == 0
    if not find(text):
        assert masked == text


@given(st.text(alphabet="0123456789 -().+A@.", max_size=120))
def test_pieces_are_in_order_and_apart(text: str) -> None:
    pieces = find(text)
    assert all(0 <= p.start < p.end <= len(text) for p in pieces)
    assert all(a.end <= b.start for a, b in pairwise(pieces))
