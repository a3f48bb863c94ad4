"""Every form is hostile until it has been validated."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from model.errors import InvalidForm
from model.thread import Anchor, NewThread
from participation.forms import official_text, validate
from participation.text import clean, clean_line

TOKEN = "a1B2-c3D4_e5F6g7H8i9"
GOOD = {"texto": "¿Por qué bajó en 2024?", "clave": TOKEN, "pagina": "/explora/uno/a"}


def problems(**fields: str) -> dict[str, str]:
    with pytest.raises(InvalidForm) as invalid:
        validate("pregunta", {**GOOD, **fields})
    return invalid.value.problems


def test_a_good_form_is_a_thread() -> None:
    form = {
        "texto": "  ¿Por qué bajó\r\nen 2024?\x07  ",
        "nombre": " Ana \n López ",
        "clave": TOKEN,
        "sitio": "",
        "pagina": "/explora/uno/a",
        "conjunto": "uno",
        "recurso": "a",
        "version": "0123456789ab",
        "vista": "/explora/uno/a?anio=2024&_group=entidad",
        "fila": "11",
        "columna": "30%   (F)",
        "etiqueta": "Guanajuato · 2024 · 3 148",
    }
    anchor = Anchor(
        page="/explora/uno/a",
        dataset="uno",
        resource="a",
        version="0123456789ab",
        view="/explora/uno/a?anio=2024&_group=entidad",
        row="11",
        column="30%   (F)",
        label="Guanajuato · 2024 · 3 148",
    )
    assert validate("pregunta", form) == NewThread("pregunta", anchor, "¿Por qué bajó\nen 2024?", TOKEN, "Ana López")


def test_only_the_text_the_token_and_the_page_are_needed() -> None:
    assert validate("pregunta", GOOD) == NewThread("pregunta", Anchor("/explora/uno/a"), GOOD["texto"], TOKEN)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "Escriba al menos 10 caracteres."),
        ("   corto    ", "Escriba al menos 10 caracteres."),
        ("123456789", "Escriba al menos 10 caracteres."),
        ("\u200b" * 50, "Escriba al menos 10 caracteres."),
        ("x" * 4001, "Escriba como máximo 4,000 caracteres; ahora son 4,001."),
        ("x" * 10_000_000, "Escriba como máximo 4,000 caracteres; ahora son 10,000,000."),
        ("con un NUL \0 dentro", "Hay caracteres que no podemos guardar. Escriba el texto de nuevo."),
        ("medio carácter \ud83d", "Hay caracteres que no podemos guardar. Escriba el texto de nuevo."),
    ],
)
def test_a_bad_text_is_told_in_one_sentence(text: str, sentence: str) -> None:
    assert problems(texto=text) == {"texto": sentence}


@pytest.mark.parametrize("text", ["1234567890", "x" * 4000, " " + "ñ" * 4000 + " ", "😀" * 10])
def test_texts_at_the_limits_are_taken(text: str) -> None:
    assert validate("pregunta", {**GOOD, "texto": text}).text == text.strip()


def test_every_bad_field_is_told_at_once() -> None:
    found = problems(texto="", nombre="n" * 81, clave="", sitio="http://spam.example", pagina="")
    assert set(found) == {"texto", "nombre", "clave", "sitio", "pagina"}
    assert found["nombre"] == "Escriba como máximo 80 caracteres; ahora son 81."


@pytest.mark.parametrize("token", ["", "corta", "a" * 65, "con espacio en medio a b", "ñ" * 20, TOKEN + "\n"])
def test_a_token_has_one_format(token: str) -> None:
    assert set(problems(clave=token)) == {"clave"}


@pytest.mark.parametrize(
    "fields",
    [
        {"pagina": "https://otro.example/"},
        {"pagina": "//otro.example"},
        {"pagina": "/\\otro.example"},
        {"pagina": "/datos?x=1"},
        {"pagina": "/" + "x" * 500},
        {"pagina": "/dos\0"},
        {"pagina": "/dos\n"},
        {"pagina": " /dos"},
        {"conjunto": "Uno"},
        {"conjunto": "../etc"},
        {"recurso": "a"},
        {"conjunto": "uno", "recurso": "a/b"},
        {"version": "última"},
        {"vista": "javascript:alert(1)"},
        {"vista": "//otro.example/explora/"},
        {"vista": "/explora/" + "x" * 8001},
        {"fila": "x" * 4001},
        {"columna": "\ud800"},
        {"etiqueta": "x" * 301},
    ],
)
def test_an_anchor_that_is_none_of_ours_is_refused(fields: dict[str, str]) -> None:
    assert set(problems(**fields)) == {"pagina"}


ERROR = {**GOOD, "falla": "url_rota", "url": "https://datos.example/uno.csv"}
REQUEST = {**GOOD, "datos": "Tiempos de espera"}


def wrong(kind: str, form: dict[str, str]) -> dict[str, str]:
    with pytest.raises(InvalidForm) as invalid:
        validate(kind, form)
    return invalid.value.problems


def test_a_report_of_an_error_says_of_which_type_and_where() -> None:
    assert validate("error", ERROR).details == (("falla", "url_rota"), ("url", "https://datos.example/uno.csv"))
    assert wrong("error", {**ERROR, "falla": ""}) == {"falla": "Elija una de las opciones."}
    assert set(wrong("error", {**ERROR, "falla": "otra"})) == {"falla"}
    for url in ("javascript:alert(1)", "data:text/html,x", "/datos", "https://", 'https://x.example/"><script>'):
        assert set(wrong("error", {**ERROR, "url": url})) == {"url"}


def test_a_request_keeps_all_that_the_earlier_portal_asked() -> None:
    form = {
        **REQUEST,
        "institucion": "IMSS",
        "clase": "tabla",
        "tiempo": "mensual",
        "territorio": "municipio",
        "desde": "2015-01-01",
        "hasta": "2024-12-31",
        "formato": "csv",
    }
    details = dict(validate("solicitud", form).details)
    assert details == {name: value for name, value in form.items() if name not in GOOD}


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"datos": ""}, "datos"),
        ({"desde": "ayer"}, "desde"),
        ({"hasta": "2024-02-30"}, "hasta"),
        ({"desde": "2024-01-02", "hasta": "2024-01-01"}, "hasta"),
        ({"formato": "doc"}, "formato"),
    ],
)
def test_a_wrong_field_of_a_request_is_named(fields: dict[str, str], named: str) -> None:
    assert set(wrong("solicitud", {**REQUEST, **fields})) == {named}


def test_an_unknown_kind_is_refused() -> None:
    with pytest.raises(InvalidForm) as invalid:
        validate("__init__", GOOD)
    assert set(invalid.value.problems) == {"tipo"}


def test_markup_and_templates_stay_as_typed() -> None:
    text = "<script>alert(1)</script> {{7*7}} %{y} ' OR 1=1; -- =2+2"
    assert validate("pregunta", {**GOOD, "texto": text}).text == text


def test_characters_that_reorder_or_hide_text_are_taken_out_and_emoji_stay_whole() -> None:
    assert clean("total\u202e0001\u202c y \u200b\ufeff👩\u200d🌾") == "total0001 y 👩\u200d🌾"


def test_an_official_answer_is_cleaned_and_must_say_something() -> None:
    assert official_text(" Sí.\r\n\r\n\r\n\r\nGracias.\x1b ") == "Sí.\n\nGracias."
    for text in ("", "  ", "x" * 20_001, "\0\0\0"):
        with pytest.raises(InvalidForm):
            official_text(text)


@given(st.text(max_size=300))
def test_cleaning_twice_is_cleaning_once_and_leaves_no_control_character(text: str) -> None:
    cleaned = clean(text)
    assert clean(cleaned) == cleaned
    assert not [c for c in cleaned if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert "\n" not in clean_line(text)


@given(st.dictionaries(st.sampled_from([*GOOD, "nombre", "vista", "fila", "sitio"]), st.text(max_size=100)))
def test_any_form_is_a_thread_of_utf_8_or_sentences_by_field(fields: dict[str, str]) -> None:
    try:
        thread = validate("pregunta", {**GOOD, **fields})
    except InvalidForm as invalid:
        assert all(invalid.problems.values())  # noqa: PT017
    else:
        assert 10 <= len(thread.text) <= 4000
        assert "\0" not in thread.text.encode().decode()
