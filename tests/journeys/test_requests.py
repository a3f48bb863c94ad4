"""Asking for data, voting and following, as people do it (journeys C5, C6, C10)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from portal.mail import deliver
from portal.portal import get_portal
from tests.journeys.conftest import DESKTOP, PHONE, Watched, watch
from tests.mailserver import Inbox, mail_server
from tests.serving import free_port, serving
from tests.versions import Versions

VIEW = "/explora/casos/casos?_chart=line&_entidad=11&_group=fecha:year&_measure=sum:casos"
WANTED = "tiempos de espera en urgencias"


@dataclass
class Town:
    """A live site with its mail server, whose file tests publish again."""

    versions: Versions
    inbox: Inbox
    address: str

    def letters(self) -> list[EmailMessage]:
        """Send what is due; the letters that came with it."""
        before = len(self.inbox.letters)
        with self.versions.app.app_context():
            deliver(get_portal())
        return self.inbox.letters[before:]

    def link(self) -> str:
        """The path of the link in the one letter that was sent."""
        (letter,) = self.letters()
        found = re.search(r"https?://\S+/seguir/confirmar/\S+", letter.get_content())
        assert found is not None
        return urlsplit(found.group()).path


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    with mail_server() as (inbox, mail_port):
        port = free_port()
        versions = Versions(
            tmp_path_factory.mktemp("pueblo"),
            smtp_url=f"smtp://127.0.0.1:{mail_port}",
            mail_from="Ventanilla <aviso@v.mx>",
            base_url=f"http://127.0.0.1:{port}",
            form_seconds=0.0,
            limit_factor=100.0,
        )
        with serving(versions.settings, port=port) as address:
            yield Town(versions, inbox, address)


@pytest.fixture(params=[PHONE, DESKTOP], ids=["360px", "1280px"])
def citizen(request: pytest.FixtureRequest, chromium: Browser, town: Town) -> Iterator[Watched]:
    """A visitor of the town, on a phone and on a desk."""
    yield from watch(chromium, town.address, request.param)


@pytest.fixture
def neighbour(chromium: Browser, town: Town) -> Iterator[Watched]:
    """Somebody else, with a browser of their own."""
    yield from watch(chromium, town.address, DESKTOP)


def checked(visitor: Watched) -> Page:
    """The page as it stands passes axe and is no wider than its window."""
    assert visitor.violations() == []
    assert not visitor.scrolls_sideways()
    return visitor.page


def ask(citizen: Watched, wanted: str, email: str = "") -> str:
    """From an empty search to a request; its folio."""
    page = citizen.open(f"/datos?q={wanted}")
    page.get_by_role("link", name="Pedir estos datos").click()
    form = page.locator(".request-form")
    expect(form.get_by_label("Nombre de los datos")).to_have_value(wanted)
    form.get_by_label("Qué datos necesita").fill("Para comparar los hospitales de mi estado.")
    form.get_by_label("Formato deseado").select_option("csv")
    if email:
        form.get_by_label("Su correo").fill(email)
    checked(citizen)
    form.get_by_role("button", name="Enviar solicitud").click()
    again = page.get_by_role("button", name="Es otra cosa, enviar")
    sent = page.locator("[data-sent]")
    expect(again.or_(sent).first).to_be_visible()
    if again.is_visible():
        again.click()
    expect(sent).to_be_visible()
    return sent.get_attribute("data-sent") or ""


def test_from_an_empty_search_to_the_board(town: Town, citizen: Watched, request: pytest.FixtureRequest) -> None:
    """C5: ask (prefilled), confirm the mail, see the request on the board with state and deadline; Atom has it too."""
    email = f"ana{request.node.callspec.id}@example.mx"
    folio = ask(citizen, f"{WANTED} {request.node.callspec.id}", email)
    expect(citizen.page.locator("[data-sent]")).to_contain_text("Revise su correo")
    checked(citizen)
    page = citizen.open(town.link())
    checked(citizen)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listo, quedó confirmado")
    checked(citizen)
    page.get_by_role("link", name="Ver las solicitudes de datos").click()
    card = page.locator(f"#{folio}")
    expect(card).to_contain_text("recibida")
    expect(card).to_contain_text("responde a más tardar el")
    expect(card).to_contain_text("1 con correo confirmado, 0 sin confirmar")
    checked(citizen)
    feed = page.request.get(f"{town.address}/feed/solicitudes.atom").text()
    assert folio in feed


def test_what_is_alike_is_suggested_while_typing(citizen: Watched, request: pytest.FixtureRequest) -> None:
    name = request.node.callspec.id
    folio = ask(citizen, f"presupuesto de bibliotecas {name}")
    page = citizen.open("/solicitudes/nueva")
    page.get_by_label("Nombre de los datos").press_sequentially(f"presupuestos de biblioteca {name}")
    suggested = page.locator(f"#parecidas a[href='/pregunta/{folio}']")
    expect(suggested).to_be_visible()
    checked(citizen)


def test_voting_twice_counts_once_and_without_e_mail_apart(
    citizen: Watched, neighbour: Watched, request: pytest.FixtureRequest
) -> None:
    """C6: twice from one browser is one, also after its scripts' memory is cleared; another browser is one more."""
    folio = ask(neighbour, f"rutas de camiones {request.node.callspec.id}")
    page = citizen.open("/solicitudes?orden=recientes")
    card = page.locator(f"#{folio}")
    card.get_by_role("button", name="Yo también los necesito").click()
    expect(card).to_contain_text("Su voto cuenta.")
    expect(card).to_contain_text("0 con correo confirmado, 2 sin confirmar")
    checked(citizen)
    page.evaluate("localStorage.clear(); sessionStorage.clear()")
    card = citizen.open("/solicitudes?orden=recientes").locator(f"#{folio}")
    expect(card.get_by_role("button", name="Quitar mi voto")).to_be_visible()
    token = page.evaluate("crypto.randomUUID()")
    again = page.request.post(
        f"{citizen.base}/pregunta/{folio}/voto", form={"clave": token, "accion": "votar"}, headers={"X-Fragment": "1"}
    )
    assert "2 sin confirmar" in " ".join(again.text().split())
    card.get_by_role("button", name="Quitar mi voto").click()
    expect(card).to_contain_text("0 con correo confirmado, 1 sin confirmar")


def test_a_thread_s_page_counts_those_who_have_the_same(
    citizen: Watched, neighbour: Watched, request: pytest.FixtureRequest
) -> None:
    folio = ask(neighbour, f"baches de mi colonia {request.node.callspec.id}")
    page = citizen.open(f"/pregunta/{folio}")
    voting = page.locator(".voting")
    expect(voting).to_contain_text("1 persona")
    voting.get_by_role("button", name="Yo también los necesito").click()
    expect(voting).to_contain_text("Su voto cuenta.")
    checked(citizen)
    page.reload()
    expect(page.locator(".voting").get_by_role("button", name="Quitar mi voto")).to_be_visible()


def test_only_a_change_of_the_followed_figures_is_told(
    town: Town, citizen: Watched, request: pytest.FixtureRequest
) -> None:
    """C10: double opt-in; a new version that changes the figures is told old → new; one that does not is not."""
    town.versions.publish()
    town.letters()
    email = f"eva{request.node.callspec.id}@example.mx"
    page = citizen.open(VIEW)
    page.get_by_role("link", name="Avíseme si cambian estas cifras").click()
    form = page.locator(".follow form")
    expect(page.locator(".follow .followed")).to_contain_text("Guanajuato")
    form.get_by_label("Su correo electrónico").fill(email)
    checked(citizen)
    form.get_by_role("button", name="Avíseme").click()
    expect(page.locator(".following")).to_contain_text("Revise su correo")
    link = town.link()
    town.versions.publish(r14_2024="Jalisco,2024-01-01,d,9999,0.75\n")
    page = citizen.open(link)
    page.get_by_role("button", name="Confirmar").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Listo, quedó confirmado")
    assert town.letters() == []
    town.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    (letter,) = town.letters()
    assert letter["To"] == email
    assert "2024: 3,148 → 3,200" in letter.get_content()
    town.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n", r14_2023="")
    assert town.letters() == []
    leave = re.search(r"https?://\S+(/seguir/baja/\S+)", letter.get_content())
    assert leave is not None
    page = citizen.open(leave.group(1))
    checked(citizen)
    page.get_by_role("button", name="Dejar de recibirlos").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ya no le escribiremos")


def test_the_view_that_is_shown_is_the_one_that_is_followed(neighbour: Watched) -> None:
    page = neighbour.open(VIEW)
    if not page.get_by_label("Estado").first.is_visible():
        page.locator("summary", has_text="Filtros").first.click()
    page.get_by_label("Estado").first.select_option(label="Jalisco")
    page.wait_for_url(re.compile("_entidad=14"))
    feed = page.get_by_role("link", name="Atom")
    expect(feed).to_have_attribute("href", re.compile(r"^/feed/explora/casos/casos\.atom\?.*_entidad=14"))
    page.get_by_role("link", name="Avíseme si cambian estas cifras").click()
    expect(page.locator(".follow .followed")).to_contain_text("Jalisco")
