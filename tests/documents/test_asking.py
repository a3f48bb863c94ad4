"""Asking without scripts: the form, what it says, what it refuses, and that nothing sent to it does harm."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from config import Settings
from participation.kind import all_kinds
from portal.portal import get_portal
from store import threads
from tests.conftest import Loaded, load_site
from tests.documents.asking import FORM, FRAGMENT, QUESTION, asked, folio_of, opened

SERIES = "/explora/homicidios-por-entidad/serie-anual"
ROW = {"sobre": f"{SERIES}?_chart=table&_entidad=11&anio=2008", "renglon": "0"}
XSS = '"><script>window.__xss=1</script><img src=x onerror=alert(1)>{{7*7}}'


@pytest.mark.parametrize("kind", all_kinds(), ids=lambda kind: kind.name)
def test_each_kind_has_its_form_with_its_own_fields(client: FlaskClient, kind: object) -> None:
    name, fields = kind.name, kind.fields  # type: ignore[attr-defined]
    page = client.get(f"{FORM}?tipo={name}&sobre=/datos/homicidios-por-entidad")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"
    for field in fields:
        assert f'name="{field.name}"' in page.text
    assert "no es una solicitud formal" in page.text
    assert "Instituto Nacional de Estadística y Geografía" in page.text
    assert page.text.count("<label") >= len(fields) + 3


def test_what_the_form_says_of_where_it_appears_is_true_of_each_page(client: FlaskClient) -> None:
    about_data = client.get(f"{FORM}?sobre=/datos/homicidios-por-entidad").text
    about_page = client.get(f"{FORM}?sobre=/herramientas").text
    assert "en la página de estos datos y en la lista de preguntas y respuestas" in about_data
    assert "Aparecerá en la lista de preguntas y respuestas" in about_page
    assert "Equipo del portal" in about_page


def test_the_form_is_prefilled_from_its_address_and_the_page_one_came_from(client: FlaskClient) -> None:
    request = client.get(f"{FORM}?tipo=solicitud&datos=Hospitales&formato=csv").text
    assert 'value="Hospitales"' in request
    assert '<option value="csv" selected>' in request
    report = client.get(f"{FORM}?tipo=error&sobre=/datos/presas").text
    assert 'value="http://localhost/datos/presas"' in report


def test_a_sent_question_leads_to_its_secret_page_with_folio_deadline_and_what_comes_next(client: FlaskClient) -> None:
    sent = asked(client, query=ROW)
    assert sent.status_code == 303
    assert re.fullmatch(r"/mis-preguntas/[\w-]{32}", sent.location)
    page = client.get(sent.location)
    assert "Este es su enlace secreto" in page.text
    assert f"http://localhost{sent.location}" in page.text
    assert QUESTION in page.text
    assert "Guanajuato · 2008 · 292" in page.text
    assert "a más tardar el" in page.text
    assert page.headers["Referrer-Policy"] == "no-referrer"


def test_a_script_gets_only_the_outcome(client: FlaskClient) -> None:
    sent = client.post(FORM, data={**opened(client), "texto": "¿Y esto otro qué cuenta?"}, headers=FRAGMENT)
    assert sent.status_code == 201
    assert "<html" not in sent.text
    assert f'data-sent="{folio_of(sent)}"' in sent.text
    assert "/mis-preguntas/" in sent.text


def test_ones_own_are_listed_by_the_cookie_and_by_no_one_elses(site: Loaded, client: FlaskClient) -> None:
    assert "Aquí no hay nada" in client.get("/mis-preguntas").text
    folio = folio_of(client.get(asked(client, "¿Cuál es la mía entre todas?").location))
    assert folio in client.get("/mis-preguntas").text
    cookie = client.get_cookie("ventanilla_persona")
    assert cookie is not None
    assert (cookie.http_only, cookie.same_site) == (True, "Lax")
    assert folio not in site.app.test_client().get("/mis-preguntas").text


def test_reading_sets_no_cookie(client: FlaskClient) -> None:
    for path in (FORM, "/preguntas", "/mis-preguntas", "/datos"):
        assert "Set-Cookie" not in client.get(path).headers


def test_sent_twice_it_is_one_thread_and_the_secret_is_not_told_again(site: Loaded, client: FlaskClient) -> None:
    fields = {**opened(client), "texto": "¿Se guarda dos veces lo mismo?"}
    first = client.post(FORM, data=fields)
    again = client.post(FORM, data=fields)
    folio = folio_of(client.get(first.location))
    assert again.location == f"/pregunta/{folio}/simple"
    with site.app.app_context():
        texts = [t.question.text for t in threads.for_anchor(get_portal().store, limit=200)]
    assert texts.count(fields["texto"]) == 1


def test_a_wrong_form_comes_back_with_its_words_and_sentences_beside_the_fields(client: FlaskClient) -> None:
    sent = asked(client, "corto", tipo="error", url="ftp://x", nombre="Ana")
    assert sent.status_code == 422
    for name in ("texto", "falla", "url"):
        assert f'aria-describedby="m-{name}-ayuda m-{name}-problema"' in sent.text or (
            f'aria-describedby="m-{name}-problema"' in sent.text
        )
        assert f'href="#m-{name}"' in sent.text
    assert sent.text.count('aria-invalid="true"') == 3
    assert "Escriba al menos 10 caracteres." in sent.text
    assert ">corto</textarea>" in sent.text
    assert 'value="Ana"' in sent.text


def test_a_form_that_comes_back_keeps_its_token(client: FlaskClient) -> None:
    fields = opened(client)
    html = client.post(FORM, data={**fields, "texto": "corto"}).text
    assert f'name="clave" value="{fields["clave"]}"' in html


def test_personal_data_is_warned_of_before_it_is_kept_and_masked_in_public(site: Loaded, client: FlaskClient) -> None:
    text = "Escríbame a ana.lopez@example.org o llame al 55 1234 5678, por favor"
    fields = {**opened(client), "texto": text}
    warned = client.post(FORM, data=fields)
    assert warned.status_code == 422
    assert "un correo electrónico y un teléfono" in warned.text
    sent = client.post(FORM, data={**fields, "confirmo": "1"})
    assert sent.status_code == 303
    folio = folio_of(client.get(sent.location))
    for path in (f"/pregunta/{folio}", f"/pregunta/{folio}/simple", "/preguntas", "/feed/preguntas.atom"):
        seen = client.get(path).text
        assert "ana.lopez" not in seen
        assert "1234 5678" not in seen
    with site.app.app_context():
        assert threads.by_folio(get_portal().store, folio).question.text == text


@pytest.mark.parametrize("fields", [{"sitio": "http://spam.example"}, {"momento": "inventado"}, {"clave": "corta"}])
def test_a_program_that_fills_the_form_is_refused(client: FlaskClient, fields: dict[str, str]) -> None:
    form = {**opened(client), "texto": "Compre aquí su casa nueva, barata", **fields}
    assert client.post(FORM, data=form).status_code == 422


@pytest.mark.parametrize(
    "headers",
    [{"Origin": "https://otro.example"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}],
    ids=["origin", "cross-site", "same-site"],
)
def test_a_form_of_another_site_is_refused(client: FlaskClient, headers: dict[str, str]) -> None:
    fields = {**opened(client), "texto": "Un mensaje que nadie quiso enviar"}
    refused = client.post(FORM, data=fields, headers=headers)
    assert refused.status_code == 403
    assert "VEN-" not in refused.text


def test_markup_is_text_wherever_it_is_read(client: FlaskClient) -> None:
    query = {"sobre": f"/datos/{XSS}", "tipo": XSS, "columna": XSS, "renglon": XSS, "punto": XSS}
    assert "<script>window" not in client.get(FORM, query_string=query).text
    folio = folio_of(client.get(asked(client, XSS, nombre=XSS[:80]).location))
    for path in (f"/pregunta/{folio}", f"/pregunta/{folio}/simple", "/preguntas?q=xss", "/feed/preguntas.atom"):
        page = client.get(path)
        assert page.status_code == 200
        assert "<script>window.__xss" not in page.text
        assert "<img src=x" not in page.text
        assert ">49" not in page.text
    wrong = asked(client, "no", nombre=XSS[:80])
    assert "<script>window" not in wrong.text


def test_a_name_cannot_pass_for_an_official_answer(client: FlaskClient) -> None:
    name = "INEGI · Respuesta oficial \u202elaicifo"
    folio = folio_of(client.get(asked(client, "Respuesta oficial: todo está bien así.", nombre=name).location))
    page = client.get(f"/pregunta/{folio}/simple").text
    assert 'class="seal"' not in page
    assert 'class="official' not in page
    assert "Una persona que firma «<bdi>INEGI · Respuesta oficial laicifo</bdi>»" in page


@pytest.mark.parametrize("size", [4_001, 200_000])
def test_too_long_a_text_is_told_so(client: FlaskClient, size: int) -> None:
    assert asked(client, "x" * size).status_code == 422


def test_ten_megabytes_are_refused_whole(client: FlaskClient) -> None:
    assert asked(client, "x" * 10_000_000).status_code == 413


def test_what_does_not_exist_says_so_in_a_page(client: FlaskClient) -> None:
    for path in ("/mis-preguntas/inventado", "/pregunta/VEN-2026-999999/simple", "/pregunta/VEN-2026-999999"):
        page = client.get(path, headers={"Accept": "text/html"})
        assert (path, page.status_code) == (path, 404)
        assert "<html" in page.text


def test_the_shell_of_every_page_offers_the_form_to_those_without_scripts(client: FlaskClient) -> None:
    html = client.get(f"{SERIES}?_chart=table&anio=2008").text
    found = re.search(r'<noscript>.*?href="(/participar\?sobre=[^"]+)"', html, re.DOTALL)
    assert found
    page = client.get(found[1])
    assert page.status_code == 200
    assert "Serie anual" in page.text


def test_while_the_store_is_gone_nothing_is_said_to_be_kept_and_the_words_stay(tmp_path: Path) -> None:
    (tmp_path / "datos").mkdir()
    (tmp_path / "datos" / "casos.csv").write_text("grupo,casos\nA,5\nB,7\n")
    var = tmp_path / "var"
    site = load_site(Settings(catalog=tmp_path / "datos", var=var, cache=tmp_path / "cache", form_seconds=0.0))
    client = site.app.test_client()
    assert client.get("/datos/casos").status_code == 200
    with site.app.app_context():
        get_portal().store.close()
    (var / "ventanilla.sqlite").rename(var / "otra.sqlite")
    sent = asked(client, "¿Se guarda esta pregunta sin almacén?")
    assert sent.status_code == 503
    assert "no se guardó nada" in sent.text
    assert "¿Se guarda esta pregunta sin almacén?</textarea>" in sent.text
    assert "VEN-" not in sent.text
    assert client.get("/explora/casos/casos.json?grupo=A").status_code == 200
