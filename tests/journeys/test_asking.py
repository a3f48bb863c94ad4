"""Asking about one figure and being answered (C7), without scripts, by keyboard, and over a reload."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from config import Settings
from model.people import User
from portal.portal import get_portal
from portal.usecases.replies import answer_thread
from tests.conftest import Loaded
from tests.journeys.conftest import DESKTOP, PHONE, Watched, watch
from tests.serving import serving
from tests.versions import Versions

SERIES = "/explora/homicidios-por-entidad/serie-anual"
TABLE = f"{SERIES}?_chart=table&_entidad=11"
MAP = f"{SERIES}?_chart=map&_group=_entidad&_measure=sum:homicidios&anio=2008"
QUESTION = "¿Por qué la cifra de este renglón es tan distinta de la del año anterior?"
LAST_POINT = """() => {
  const graph = document.querySelector(".js-plotly-plot");
  const { xaxis, yaxis } = graph._fullLayout;
  const point = graph.calcdata[0].at(-1);
  graph.scrollIntoView({ block: "center" });
  const box = graph.getBoundingClientRect();
  return [box.x + xaxis._offset + xaxis.c2p(point.x), box.y + yaxis._offset + yaxis.c2p(point.y)];
}"""
STAFF = User(1, "ana@inegi.example", "Ana", "inegi", False)


def write(page: Page, text: str = QUESTION) -> str:
    """Fill in and send the form that stands open; its folio."""
    page.get_by_label("Su pregunta").fill(text)
    page.get_by_role("button", name="Enviar pregunta").click()
    return page.locator("[data-sent]").get_attribute("data-sent") or ""


def test_a_question_about_a_row_is_answered_and_opens_exactly_what_was_seen(site: Loaded, visitor: Watched) -> None:
    """C7: row → chip → send → thread → answer citing a view → the row again, marked."""
    page = visitor.open(TABLE)
    row = page.locator("#explora-tabla tbody tr", has_text="2008")
    row.hover()
    row.get_by_role("button", name=re.compile("^Preguntar")).click()
    expect(page.locator("form.reply .chip")).to_have_text("Guanajuato · 2008 · 292")
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    folio = write(page)
    _told_what_comes_next(page, folio)
    secret = page.get_by_label(re.compile("Su enlace secreto")).input_value()
    assert visitor.violations() == []
    form = {"tipo": "significado", "texto": "Son defunciones registradas.", "vista": MAP}
    with site.app.test_request_context("/"):
        answer_thread(get_portal(), folio, form, STAFF)
    page = visitor.open(f"/pregunta/{folio}")
    expect(page.locator(".official")).to_contain_text("Son defunciones registradas.")
    picture = page.locator(".official img")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth > 0)")
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    _opens_what_was_seen(page)
    page.goto(secret)
    expect(page.locator("main")).to_contain_text("Este es su enlace secreto")
    page.goto(f"{visitor.base}/mis-preguntas")
    expect(page.locator("main")).to_contain_text(folio)
    assert visitor.violations() == []


def _told_what_comes_next(page: Page, folio: str) -> None:
    sent = page.locator("[data-sent]")
    expect(sent.get_by_role("heading")).to_be_focused()
    for words in (folio, "a más tardar el", "Instituto Nacional de Estadística", "en la página de estos datos"):
        expect(sent).to_contain_text(words)


def _opens_what_was_seen(page: Page) -> None:
    page.get_by_role("link", name="Guanajuato · 2008 · 292").click()
    marked = page.locator("tr.marked")
    expect(marked).to_have_count(1)
    for words in ("2008", "292"):
        expect(marked).to_contain_text(words)
    expect(marked).to_be_in_viewport()
    assert "_version=" in page.url


def test_a_question_about_a_place_of_a_map(visitor: Watched) -> None:
    page = visitor.open(MAP)
    if page.get_by_role("button", name="Explorar la gráfica").is_visible():
        page.get_by_role("button", name="Explorar la gráfica").click()
    page.get_by_label("Buscar un lugar").fill("guanajuato")
    page.keyboard.press("Enter")
    page.locator(".picked").get_by_role("button", name="Preguntar sobre este dato").click()
    expect(page.locator("form.reply .chip")).to_have_text("Guanajuato · 292")
    folio = write(page, "¿Qué cuenta el mapa para Guanajuato en ese año?")
    page = visitor.open(f"/pregunta/{folio}")
    page.get_by_role("link", name="Guanajuato · 292").click()
    expect(page.locator("tr.marked")).to_contain_text("Guanajuato")
    assert "_chart=map" in page.url


def test_a_question_about_a_point_of_a_line(at_desk: Watched) -> None:
    page = at_desk.open(f"{SERIES}?_chart=line&_entidad=11&_group=anio&_measure=sum:homicidios")
    page.get_by_role("button", name="Explorar la gráfica").click()
    page.locator(".graph[data-asks], .graph [data-asks]").first.wait_for(state="attached")
    x, y = page.evaluate(LAST_POINT)
    page.mouse.move(x - 20, y)
    page.mouse.move(x, y)
    page.locator(".hoverlayer .hovertext").wait_for(state="attached")
    page.mouse.click(x, y)
    page.get_by_role("button", name=re.compile("Preguntar sobre este dato: .*2008")).click()
    expect(page.locator("form.reply .chip")).to_have_text("2008 · 292")
    assert at_desk.violations() == []


def test_one_chooses_the_kind_and_keeps_what_is_written(visitor: Watched) -> None:
    page = visitor.open("/datos/homicidios-por-entidad")
    page.locator("#pregunta summary").click()
    page.get_by_label("Su pregunta").fill("El enlace de descarga no abre desde ayer")
    page.get_by_role("link", name="Error en los datos").click()
    expect(page.get_by_label("Qué está mal")).to_have_value("El enlace de descarga no abre desde ayer")
    expect(page.get_by_label(re.compile("Dirección donde lo vio"))).to_have_value(
        f"{visitor.base}/datos/homicidios-por-entidad"
    )
    page.get_by_role("button", name="Enviar reporte").click()
    expect(page.get_by_label("Tipo de error")).to_be_focused()
    expect(page.locator(".problems")).to_contain_text("Elija una de las opciones.")
    page.get_by_label("Tipo de error").select_option("url_rota")
    assert visitor.violations() == []
    page.get_by_role("button", name="Enviar reporte").click()
    expect(page.locator("[data-sent]")).to_contain_text("Recibimos su reporte de error")
    page.reload()
    page.wait_for_selector("main h1")
    expect(page.locator("#pregunta")).not_to_have_attribute("open", "")


def test_a_draft_survives_a_reload(at_desk: Watched) -> None:
    page = at_desk.open("/datos")
    page.locator("#pregunta summary").click()
    page.get_by_label("Su pregunta").fill("Una pregunta que todavía no envío")
    page.reload()
    expect(page.get_by_label("Su pregunta")).to_have_value("Una pregunta que todavía no envío")


def test_personal_data_is_warned_of_before_it_is_sent(at_desk: Watched) -> None:
    page = at_desk.open("/datos")
    page.locator("#pregunta summary").click()
    page.get_by_label("Su pregunta").fill("Contésteme a ana.lopez@example.org, por favor")
    page.get_by_role("button", name="Enviar pregunta").click()
    expect(page.locator(".problems")).to_contain_text("un correo electrónico")
    page.get_by_label(re.compile("Leí el aviso")).check()
    folio = write(page, "Contésteme a ana.lopez@example.org, por favor")
    page = at_desk.open(f"/pregunta/{folio}")
    expect(page.locator("main")).not_to_contain_text("ana.lopez")


def test_it_can_all_be_done_by_keyboard(at_desk: Watched) -> None:
    page = at_desk.open(TABLE)
    button = page.locator("#explora-tabla tbody tr", has_text="2008").locator("[data-ask-row]")
    button.focus()
    assert button.evaluate("element => getComputedStyle(element).opacity") == "1"
    page.keyboard.press("Enter")
    expect(page.locator("form.reply .chip")).to_have_text("Guanajuato · 2008 · 292")
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.name") == "texto":
            break
    page.keyboard.type("¿Se puede preguntar sin ratón en este portal?")
    for _ in range(10):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.type") == "submit":
            break
    page.keyboard.press("Enter")
    expect(page.locator("[data-sent] h3")).to_be_focused()


@pytest.mark.parametrize(
    ("size", "wanted"),
    [(PHONE, "Tiempos de espera en urgencias"), (DESKTOP, "Accidentes de tránsito por cruce")],
    ids=["360px", "1280px"],
)
def test_it_can_be_asked_without_scripts(chromium: Browser, live: str, size: tuple[int, int], wanted: str) -> None:
    context = chromium.new_context(
        viewport={"width": size[0], "height": size[1]}, locale="es-MX", java_script_enabled=False
    )
    page = context.new_page()
    page.goto(f"{live}{TABLE}")
    page.locator("noscript a, main a", has_text="Pregunte, reporte o pida").first.click()
    expect(page.locator("form.reply .chip")).to_contain_text("Guanajuato")
    page.get_by_role("link", name="Solicitud de datos").click()
    page.get_by_label("Nombre de los datos").fill(wanted)
    page.get_by_role("button", name="Enviar solicitud").click()
    expect(page.locator(".problems")).to_contain_text("Escriba al menos 10 caracteres.")
    expect(page.get_by_label("Nombre de los datos")).to_have_value(wanted)
    page.get_by_label("Qué datos necesita y para qué").fill(f"{wanted}: cada mes y desde 2015, para comparar.")
    page.get_by_role("button", name="Enviar solicitud").click()
    expect(page.locator("main")).to_contain_text("Este es su enlace secreto")
    expect(page.locator("main h1")).to_have_text(wanted)
    page.goto(f"{live}/mis-preguntas")
    expect(page.locator("main")).to_contain_text(wanted)
    context.close()


def test_the_list_and_the_letter_are_read_by_everyone(site: Loaded, visitor: Watched) -> None:
    page = visitor.open("/datos/homicidios-por-entidad")
    page.locator("#pregunta summary").click()
    page.get_by_label("Su pregunta").wait_for()
    folio = write(page, "¿Se encuentra esto en la lista de preguntas?")
    page = visitor.open("/preguntas?q=encuentra")
    expect(page.locator("main")).to_contain_text(folio)
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    page = visitor.open("/preguntas?q=nadaquesea")
    page.locator("#pregunta summary").click()
    expect(page.get_by_label("Su pregunta")).to_be_visible()
    assert visitor.violations() == []
    for path in ("/participar?tipo=solicitud", f"/pregunta/{folio}/simple", "/mis-preguntas"):
        visitor.open(path)
        assert (path, visitor.violations(), visitor.scrolls_sideways()) == (path, [], False)


@pytest.fixture
def republished(tmp_path: Path) -> Iterator[tuple[Versions, str]]:
    """A site over a small catalogue that can be published again, and its address."""
    versions = Versions(tmp_path, form_seconds=0.0, limit_factor=1_000.0)
    settings: Settings = versions.settings
    with serving(settings) as address:
        yield versions, address


def test_after_a_correction_the_chip_says_what_became_of_the_figure(
    chromium: Browser, republished: tuple[Versions, str]
) -> None:
    """C7, its end: a real re-publication."""
    versions, base = republished
    for visitor in watch(chromium, base, DESKTOP):
        page = visitor.open("/explora/casos/casos?_chart=table")
        row = page.locator("#explora-tabla tbody tr", has_text="3,148")
        row.hover()
        row.get_by_role("button", name=re.compile("^Preguntar")).click()
        page.get_by_label("En particular").select_option("casos")
        folio = write(page)
        versions.publish(r11_2024="Guanajuato,2024-01-01,b,3201,1.25\n")
        page.wait_for_timeout(2_500)  # the catalogue that pages see is at most two seconds old
        page = visitor.open(f"/pregunta/{folio}")
        expect(page.locator(".thread .about")).to_contain_text("3,148")
        expect(page.locator(".thread .about")).to_contain_text("cambió a 3,201")
        page.locator(".thread a.chip").click()
        expect(page.locator("tr.marked")).to_contain_text("3,148")
        page = visitor.open("/preguntas")
        expect(page.locator("main")).to_contain_text("cambió a 3,201")
