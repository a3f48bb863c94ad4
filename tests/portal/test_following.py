"""Following by e-mail, over a real SMTP server: asked, confirmed, told of what changed and of nothing else, ended."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from model.people import User
from model.thread import Anchor, AnswerType, NewAnswer, NewThread
from participation import actions
from portal.portal import get_portal
from portal.usecases.notices import followers
from store import follows
from store.releases import released, withdraw
from tests.followers import ANA, BASE, Desk, path_of, words
from tests.mailserver import Inbox, mail_server
from tests.versions import Versions

VIEW = "/explora/casos/casos?_chart=line&_entidad=11&_group=fecha:year&_measure=sum:casos"
NOW = datetime.now(UTC)
OPERATOR = User(0, "", "Equipo del portal", "", True)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Versions, Inbox]]:
    """The site of all tests here, with its mail server."""
    with mail_server() as (inbox, port):
        more = {"smtp_url": f"smtp://127.0.0.1:{port}", "mail_from": "aviso@v.mx", "base_url": BASE}
        yield Versions(tmp_path_factory.mktemp("seguir"), form_seconds=0.0, limit_factor=1000.0, **more), inbox


@pytest.fixture
def desk(site: tuple[Versions, Inbox]) -> Iterator[Desk]:
    """The site with its first rows published, where nobody follows anything."""
    versions, inbox = site
    versions.publish()
    made = Desk(versions, inbox)
    made.post()
    yield made
    with versions.app.app_context(), get_portal().store.write() as connection:
        follows.forget(connection, ANA)


def confirmed_votes(desk: Desk, folio: str) -> str:
    """How the page of votes tells them apart."""
    page = desk.client.get(f"/pregunta/{folio}/voto").text
    found = re.search(r"\((.*?)\)", " ".join(re.sub(r"<[^>]+>", " ", page.partition("votes")[2]).split()))
    assert found is not None
    return found.group(1)


def opened(desk: Desk) -> str:
    """The folio of a new thread."""
    with desk.versions.app.app_context():
        new = NewThread("pregunta", Anchor("/datos/casos", "casos"), "¿Qué cuenta?", secrets.token_hex(12))
        return actions.open_thread(get_portal().store, new, NOW).folio


def test_only_a_button_confirms_and_opening_the_link_does_not(desk: Desk) -> None:
    path = desk.ask(VIEW)
    for _ in range(2):
        page = desk.client.get(path)
        assert page.status_code == 200
        assert "Presione «Confirmar»" in page.text
    assert desk.followed()[0].confirmed is None
    assert desk.client.post(path).status_code == 303
    assert desk.followed()[0].confirmed is not None
    assert "Listo, quedó confirmado" in desk.client.get(path).text


def test_nothing_is_sent_to_who_did_not_confirm(desk: Desk) -> None:
    desk.ask(VIEW)
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    assert desk.post() == []


def test_a_changed_figure_is_told_with_old_and_new_value_and_a_way_out(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    (letter,) = desk.post()
    text = words(letter)
    assert letter["Subject"].startswith("Cambió una cifra")
    assert "2024: 3,148 → 3,200" in text
    assert "Guanajuato" in text
    assert f"{BASE}/explora/casos/casos?" in text
    out = path_of(letter, "baja")
    assert letter["List-Unsubscribe"].strip() == f"<{BASE}{out}>"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_no_mail_when_other_figures_change_or_when_nothing_is_new(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.versions.publish(r14_2024="Jalisco,2024-01-01,d,9999,0.75\n")
    assert desk.post() == []
    desk.versions.publish(r14_2024="Jalisco,2024-01-01,d,9999,0.75\n", r11_2024="Guanajuato,2024-01-01,b,3148,9\n")
    assert desk.post() == []
    with desk.versions.app.app_context():
        for _ in range(3):
            assert followers.released(get_portal()) == 0


def test_a_change_is_told_once_however_often_the_worker_looks(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    with desk.versions.app.app_context():
        for _ in range(3):
            followers.released(get_portal())
    assert len(desk.post()) == 1
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3300,1.25\n")
    (letter,) = desk.post()
    assert "3,200 → 3,300" in words(letter)


def test_a_change_that_a_dead_worker_left_untold_is_told_by_the_next(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.follow(VIEW)
    with monkeypatch.context() as patch:
        patch.setattr("portal.usecases.ingest.followers.released", lambda _: 0)
        desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
        desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3300,1.25\n")
    with desk.versions.app.app_context():
        assert followers.released(get_portal()) == 1
    assert "3,148 → 3,300" in words(desk.post()[0])


def test_a_column_that_is_gone_is_told_so(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.versions.file.write_text("entidad,fecha,otra\nGuanajuato,2024-01-01,5\nJalisco,2024-01-01,6\n")
    desk.versions.reload()
    (letter,) = desk.post()
    assert "ya no permite ver estas cifras" in words(letter)


def test_figures_of_a_withdrawn_version_are_told_to_nobody(desk: Desk) -> None:
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3149,1.25\n")
    desk.follow(VIEW)
    with desk.versions.app.app_context():
        store = get_portal().store
        withdraw(store, "casos", "casos", released(store, "casos", "casos")[0].version, "datos personales")
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    (letter,) = desk.post()
    assert "3,149" not in words(letter)
    assert "no pudimos compararla" in words(letter)


def test_one_click_of_a_mail_program_ends_it_and_deletes_the_address(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    out = path_of(desk.post()[0], "baja")
    assert "Dejar de recibirlos" in desk.client.get(out).text
    assert len(desk.followed()) == 1
    stranger = desk.versions.app.test_client()
    for _ in range(2):
        done = stranger.post(out, data={"List-Unsubscribe": "One-Click"})
        assert (done.status_code, "Ya no le escribiremos" in done.text) == (200, True)
    assert desk.followed() == ()
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3300,1.25\n")
    assert desk.post() == []


def test_all_notices_of_an_address_can_be_ended_at_once(desk: Desk) -> None:
    desk.follow(VIEW)
    desk.follow("/datos/casos")
    desk.versions.publish(r11_2024="Guanajuato,2024-01-01,b,3250,1.25\n")
    out = path_of(desk.post()[0], "baja")
    assert desk.client.post(out, data={"todo": "1"}).status_code == 200
    assert desk.followed() == ()


def test_followers_of_a_dataset_get_one_mail_of_each_round(desk: Desk) -> None:
    desk.follow("/datos/casos")
    desk.versions.publish(r14_2024="")
    (letter,) = desk.post()
    assert letter["Subject"] == "Datos actualizados: Casos"
    assert "4 → 3 renglones" in words(letter)
    desk.versions.publish(r14_2024="")
    assert desk.post() == []


def test_followers_of_a_thread_are_told_of_its_answer_and_of_its_end(desk: Desk) -> None:
    folio = opened(desk)
    desk.follow(f"/pregunta/{folio}")
    with desk.versions.app.app_context():
        said = NewAnswer(AnswerType.REASON, "Cuenta actas. Escriba a juan@example.mx", uncited="No hace falta.")
        store = get_portal().store
        answered = actions.answer(store, folio, said, OPERATOR, NOW)
        for _ in range(2):
            followers.answered(get_portal(), answered)
        (letter,) = desk.post()
        assert letter["Subject"] == f"Respuesta oficial a {folio}"
        assert "Cuenta actas." in words(letter)
        assert "juan@example.mx" not in words(letter)
        followers.answered(get_portal(), actions.close(store, folio, OPERATOR, NOW))
    (letter,) = desk.post()
    assert letter["Subject"] == f"{folio}: cerrada"


def test_confirming_a_follow_confirms_the_votes_of_who_asked(desk: Desk) -> None:
    folio = opened(desk)
    desk.client.post(f"/pregunta/{folio}/voto", data={"clave": "a" * 24})
    assert confirmed_votes(desk, folio) == "0 con correo confirmado, 1 sin confirmar"
    path = desk.ask(f"/pregunta/{folio}")
    desk.versions.app.test_client().post(path)  # the mail is opened on another device
    assert confirmed_votes(desk, folio) == "1 con correo confirmado, 0 sin confirmar"


def test_votes_alone_can_be_confirmed_and_no_address_is_kept(desk: Desk) -> None:
    folio = opened(desk)
    desk.client.post(f"/pregunta/{folio}/voto", data={"clave": "a" * 24})
    page = desk.client.get("/votos/confirmar").text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    assert desk.client.post("/votos/confirmar", data={**hidden, "correo": ANA}).status_code == 303
    path = path_of(desk.post()[0], "confirmar")
    assert desk.client.post(path).status_code == 303
    assert confirmed_votes(desk, folio) == "1 con correo confirmado, 0 sin confirmar"
    assert desk.followed() == ()
    assert ANA.encode() not in (desk.versions.settings.var / "ventanilla.sqlite").read_bytes().replace(b"outbox", b"")


@pytest.mark.parametrize(
    "email", ["", "ana", "ana@", "ana@x", "a b@example.mx", "ana@example.mx\nBcc: x@y.mx", "<a@b.mx>"]
)
def test_an_address_that_is_none_is_sent_back(desk: Desk, email: str) -> None:
    page = desk.client.get("/seguir", query_string={"sobre": "/datos/casos"}).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = desk.client.post("/seguir", data={**hidden, "correo": email})
    assert sent.status_code == 422
    assert "Escriba un correo completo" in sent.text
    assert desk.post() == []


def test_a_link_that_is_not_ours_or_too_old_confirms_nothing(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = desk.ask(VIEW)
    for forged in ("/seguir/confirmar/abc", path[:-3] + "AAA", "/seguir/baja/abc"):
        assert (desk.client.get(forged).status_code, desk.client.post(forged).status_code) == (404, 404)
    later = (NOW + timedelta(days=8)).timestamp()
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert desk.client.post(path).status_code == 410
    assert desk.followed()[0].confirmed is None


def test_an_address_is_not_flooded(desk: Desk) -> None:
    for _ in range(3):
        hidden = dict(re.findall(r'name="(\w+)" value="([^"]*)"', desk.client.get("/seguir?sobre=/datos/casos").text))
        desk.client.post("/seguir", data={**hidden, "sobre": "/datos/casos", "correo": ANA, "sitio": ""})
    assert len(desk.post()) == 1


def test_without_a_mail_server_no_form_asks_for_an_address(tmp_path: Path) -> None:
    client = Versions(tmp_path).app.test_client()
    page = client.get("/seguir?sobre=/datos/casos")
    assert page.status_code == 200
    assert 'name="correo"' not in page.text
    assert "/feed/datos/casos.atom" in page.text
    assert client.post("/seguir", data={"sobre": "/datos/casos", "correo": ANA}).status_code == 404


def test_a_view_of_too_many_rows_is_sent_back_to_be_narrowed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("portal.changes.MOST_ROWS", 2)
    page = desk.client.get("/seguir", query_string={"sobre": "/explora/casos/casos?_chart=table"}).text
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
    sent = desk.client.post("/seguir", data={**hidden, "correo": ANA})
    assert sent.status_code == 422
    assert "filtre o agrupe" in sent.text
    assert desk.followed() == ()
