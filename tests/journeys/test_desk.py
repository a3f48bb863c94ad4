"""The desk's part of the loop: sign in, see what is late, answer with a view, and the answer is public (A8)."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from playwright.sync_api import Browser, expect

from participation import people
from portal.portal import EXTENSION
from portal.screening import stamp
from tests.conftest import Loaded
from tests.journeys.conftest import DESKTOP, PHONE, Watched, watch
from tests.serving import serving

VIEW = "/explora/homicidios-por-entidad/serie-anual?_chart=line&_entidad=11&_group=anio&_measure=sum:homicidios"
ATTACK = '¿Qué pasó? <img src=x onerror="window.__xss=1"><script>window.__xss=1</script>'
EMAIL, PASSWORD = "mesa@inegi.example.mx", "una ventana al patio"
ANSWER = "En 2008 cambió la forma de registrar las actas."


@pytest.fixture(scope="module")
def desk_live(site: Loaded) -> Iterator[str]:
    """The site, with an account of INEGI, without waits between forms."""
    store = site.app.extensions[EXTENSION].store
    people.add_user(store, EMAIL, "Mesa de ayuda", "inegi", PASSWORD, datetime.now(UTC))
    with serving(replace(site.settings, form_seconds=0.0, limit_factor=1000.0)) as address:
        yield address


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def staff(request: pytest.FixtureRequest, chromium: Browser, desk_live: str) -> Iterator[Watched]:
    """Somebody of INEGI, on a phone and at a desk, not signed in yet."""
    yield from watch(chromium, desk_live, request.param)


def asked(site: Loaded, text: str, name: str = "") -> str:
    """The folio of a question that somebody asked about the view."""
    client = site.app.test_client()
    settings = site.app.extensions[EXTENSION].settings
    made = datetime.now(UTC).timestamp()
    form = {
        "tipo": "pregunta", "sobre": VIEW, "texto": f"{text} ({made})", "nombre": name,
        "clave": f"journey-{made:.6f}".replace(".", "-").ljust(24, "0"),
        "momento": stamp(settings, datetime.fromtimestamp(made - 60, UTC)),
    }  # fmt: skip
    sent = client.post("/participar", data=form, environ_overrides={"REMOTE_ADDR": f"203.0.113.{int(made * 7) % 250}"})
    assert sent.status_code == 303, sent.text
    folio: str = json.loads(client.get("/mis-datos.json").text)["preguntas"][0]["folio"]
    return folio


def signed_in(staff: Watched) -> None:
    """Go through the door."""
    page = staff.open("/entrar")
    assert staff.violations() == []
    page.get_by_label("Correo electrónico").fill(EMAIL)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Entrar").click()
    expect(page.get_by_role("heading", name="Bandeja", level=1)).to_be_visible()


def test_an_answer_that_cites_a_view_is_public_under_the_question(site: Loaded, staff: Watched) -> None:
    folio = asked(site, ATTACK, "<b onmouseover=window.__xss=1>Ana</b>")
    signed_in(staff)
    page = staff.page
    row = page.locator(".inbox > li", has_text=folio)
    expect(row).to_contain_text('<img src=x onerror="window.__xss=1">')
    expect(row).to_contain_text("Quedan 30 días")
    assert staff.violations() == []
    assert not staff.scrolls_sideways()
    row.get_by_role("link", name=f"Responder {folio}").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(folio)
    page.get_by_label("Qué responde").select_option(label="Razón")
    page.locator("#responder-texto").fill(ANSWER)
    page.get_by_label("Vista que cita").fill(staff.base + VIEW)
    assert staff.violations() == []
    assert not staff.scrolls_sideways()
    page.get_by_role("button", name="Publicar la respuesta").click()
    page.wait_for_url(f"**/pregunta/{folio}")
    thread = page.locator("article", has_text=folio).first
    expect(thread).to_contain_text("Respuesta oficial")
    expect(thread).to_contain_text(ANSWER)
    expect(page.locator(f"a[href^='{VIEW.partition('?')[0]}']").first).to_be_visible()
    assert page.evaluate("window.__xss") is None
    assert staff.violations() == []


def test_the_form_opens_in_place_on_the_threads_page(site: Loaded, staff: Watched) -> None:
    folio = asked(site, "¿Se responde desde la página?")
    signed_in(staff)
    page = staff.open(f"/pregunta/{folio}")
    page.get_by_role("link", name="Responder o moderar").click()
    page.get_by_label("Qué responde").select_option(label="Razón")
    page.locator("#responder-texto").fill(ANSWER)
    page.get_by_role("button", name="Publicar la respuesta").click()
    expect(page.locator("#responder-vista-problema")).to_be_visible()
    expect(page.locator("#responder-texto")).to_have_value(ANSWER)
    page.locator("#responder-sin_vista").fill("No hay una vista de esto.")
    assert staff.violations() == []
    page.get_by_role("button", name="Publicar la respuesta").click()
    expect(page.get_by_text("La respuesta ya es pública")).to_be_visible()
    staff.errors[:] = [e for e in staff.errors if "422" not in e]  # the browser's own line about the refused form


def test_what_is_hidden_says_why_and_nothing_else(site: Loaded, staff: Watched) -> None:
    folio = asked(site, "Compre relojes en mi tienda")
    signed_in(staff)
    page = staff.open(f"/pregunta/{folio}/responder")
    page.get_by_text("Ocultarla").click()
    page.locator("#ocultar-motivo").select_option("publicidad")
    assert staff.violations() == []
    page.get_by_role("button", name="Ocultar", exact=True).click()
    expect(page.get_by_role("heading", name="Bandeja", level=1)).to_be_visible()
    page.goto(f"{staff.base}/pregunta/{folio}")
    expect(page.get_by_role("heading", level=1)).to_contain_text("no está a la vista")
    expect(page.locator("main")).to_contain_text("Publicidad o correo no deseado")
    expect(page.locator("main")).not_to_contain_text("relojes")
    staff.errors[:] = [e for e in staff.errors if "410" not in e]
    staff.open("/moderacion")
    expect(page.locator("tr", has_text=folio)).to_contain_text("Se ocultó")
    assert staff.violations() == []
    assert not staff.scrolls_sideways()


@pytest.mark.parametrize("path", ["/privacidad", "/mis-datos", "/moderacion", "/entrar"])
def test_the_notices_pass_axe(staff: Watched, path: str) -> None:
    staff.open(path)
    assert staff.violations() == []
    assert not staff.scrolls_sideways()
