"""How names are folded, made into slugs and compared."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from model.spelling import fold, nearest, slug, unique


def test_folding_drops_accents_case_and_surplus_space() -> None:
    assert fold("  Ángel   NÚÑEZ ") == "angel nunez"


def test_a_slug_keeps_letters_digits_and_dashes() -> None:
    assert slug("Por entidad (2003–2026)") == "por-entidad-2003-2026"
    assert slug("Niñez por año") == "niniez-por-anio"
    assert slug("¡¿!?") == "sin-titulo"


@given(st.text(max_size=300))
def test_a_slug_is_always_an_address_part(text: str) -> None:
    made = slug(text)
    assert made
    assert len(made) <= 80
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug(made) == made


@given(st.lists(st.sampled_from(["a", "a-2", "b", "b-2", "c"]), max_size=12))
def test_clashing_names_are_told_apart_and_keep_their_order(names: list[str]) -> None:
    made = unique(names)
    assert len(set(made)) == len(names)
    assert all(new == old or new.startswith(f"{old}-") for new, old in zip(made, names, strict=True))


def test_the_nearest_name_forgives_accents_and_a_slip() -> None:
    assert nearest("poblacin", ["Población", "Entidad"]) == "Población"
    assert nearest("zzz", ["Población"]) is None
