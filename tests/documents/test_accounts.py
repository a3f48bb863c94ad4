"""Accounts from the command line, and the desk while the store is away."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result

from model.follow import Followed, Target
from participation import moderation, people
from participation.votes import vote
from portal.screening import stamp
from store import follows
from store.audit import newest
from store.votes import counted
from tests.offices import PASSWORD, Offices, open_offices, sign_in
from tests.servers import PostgresServer


@pytest.fixture
def offices(tmp_path: Path, store_url: str) -> Offices:
    """A site with two agencies."""
    return open_offices(tmp_path, store_url)


def run(offices: Offices, *words: str, typed: str = "") -> Result:
    return offices.app.test_cli_runner().invoke(args=["user", *words], input=typed)


def test_an_account_is_made_with_a_password_from_the_terminal(offices: Offices) -> None:
    words = ("add", "Bea@inegi.example.mx", "--nombre", "Bea", "--dependencia", "INEGI")
    done = run(offices, *words, typed="otra ventana al mar\notra ventana al mar\n")
    assert done.exit_code == 0, done.output
    assert "otra ventana" not in done.output
    assert sign_in(offices.client(), "bea@inegi.example.mx", "otra ventana al mar").status_code == 303
    again = run(offices, *words, typed="otra ventana al mar\notra ventana al mar\n")
    assert again.exit_code == 1
    assert "Ya existe" in again.output


def test_a_password_at_random_is_shown_once_and_works(offices: Offices) -> None:
    done = run(offices, "add", "op@portal.example.mx", "--nombre", "Op", "--operador", "--azar")
    found = re.search(r"\(no se vuelve a mostrar\): (\S{20,})", done.output)
    assert found is not None
    assert sign_in(offices.client(), "op@portal.example.mx", found.group(1)).status_code == 303
    assert found.group(1) not in run(offices, "list").output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--dependencia", "MARTE"), "No existe la dependencia"),
        ((), "Diga de qué dependencia es"),
        (("--dependencia", "INEGI", "--operador"), "Diga de qué dependencia es"),
    ],
)
def test_an_account_needs_one_agency_or_to_be_an_operator(offices: Offices, words: tuple[str, ...], said: str) -> None:
    done = run(offices, "add", "x@example.mx", "--nombre", "X", "--azar", *words)
    assert done.exit_code == 1
    assert said in done.output
    assert "se vuelve a mostrar" not in done.output


def test_a_closed_account_is_out_at_once_and_may_come_back(offices: Offices) -> None:
    client = offices.client(offices.inegi)
    assert run(offices, "disable", offices.inegi.email).exit_code == 0
    assert client.get("/bandeja").status_code == 303
    assert sign_in(offices.client(), offices.inegi.email).status_code == 422
    assert f"{offices.inegi.email} · Ana · inegi · cerrada" in run(offices, "list").output
    assert run(offices, "disable", offices.inegi.email, "--deshacer").exit_code == 0
    assert sign_in(offices.client(), offices.inegi.email).status_code == 303
    assert run(offices, "disable", "nadie@example.mx").exit_code == 1


def test_a_new_password_ends_every_session(offices: Offices) -> None:
    client = offices.client(offices.inegi)
    done = run(offices, "password", offices.inegi.email, typed="otra ventana al mar\notra ventana al mar\n")
    assert done.exit_code == 0, done.output
    assert client.get("/bandeja").status_code == 303
    assert sign_in(offices.client(), offices.inegi.email, PASSWORD).status_code == 422
    assert "contraseña nueva" in run(offices, "audit").output


def test_votes_and_followers_of_a_joined_thread_count_there_once(offices: Offices) -> None:
    store, now = offices.portal.store, datetime.now(UTC)
    old, new = offices.asked().folio, offices.asked().folio
    for folio, person in ((old, "a"), (old, "b"), (new, "b"), (new, "c")):
        vote(store, folio, person * 64, now)
    with store.write() as connection:
        for folio, email in ((old, "a@x.mx"), (new, "a@x.mx"), (new, "b@x.mx")):
            asked = follows.ask(connection, Target(Followed.THREAD, folio), email, now)
            follows.confirm(connection, asked.id, now)
        kept = {f.email: f.id for f in follows.of_thread(connection, new)}
    moderation.merge(store, new, old, offices.inegi, now)
    tally = counted(store, [old])[old]
    assert tally.confirmed + tally.unconfirmed == 3
    with store.read() as connection:
        found = {f.email: f.id for f in follows.of_thread(connection, old)}
        assert follows.of_thread(connection, new) == ()
    assert set(found) == {"a@x.mx", "b@x.mx"}
    assert found["b@x.mx"] == kept["b@x.mx"]  # the link to stop it still works


def test_threads_joined_to_a_joined_one_go_on_with_it(offices: Offices) -> None:
    store, now = offices.portal.store, datetime.now(UTC)
    one, two, three = (offices.asked().folio for _ in range(3))
    moderation.merge(store, one, two, offices.inegi, now)
    done = moderation.merge(store, two, three, offices.inegi, now)
    assert done.merged_into == three
    vote(store, one, "a" * 64, now)
    assert counted(store, [three])[three].unconfirmed == 1


def test_nothing_is_said_to_be_done_while_the_store_is_away(tmp_path: Path, postgres: PostgresServer) -> None:
    offices = open_offices(tmp_path, postgres.create("away", template="migrated"), form_seconds=0.0)
    folio = offices.asked().folio
    staff = offices.client(offices.inegi)
    report = {"motivo": "insultos", "momento": stamp(offices.portal.settings)}
    postgres.halt()
    try:
        assert sign_in(offices.client(), offices.inegi.email).status_code == 503
        assert staff.post(f"/pregunta/{folio}/revisar", data={"ficha": "0" * 64}).status_code in (401, 503)
        assert staff.post("/salir").status_code in (403, 503)
        assert offices.client().post(f"/reportar/{folio}", data=report).status_code == 503
        assert offices.client().post("/mis-datos/borrar", data={"seguro": "si", "secreto": "x"}).status_code == 503
        assert offices.client().get("/privacidad").status_code == 200
        assert offices.client().get("/entrar").status_code == 200
    finally:
        postgres.resume()
        postgres.drop("away")


def test_reports_are_not_of_those_who_may_not_see_them(offices: Offices) -> None:
    folio, now = offices.asked().folio, datetime.now(UTC)
    moderation.report(offices.portal.store, folio, "insultos", "", now)
    assert [r.thread.folio for r in moderation.reported(offices.portal.store, offices.inegi)] == [folio]
    assert moderation.reported(offices.portal.store, offices.semar) == ()
    assert len(moderation.reported(offices.portal.store, offices.operator)) == 1
    assert people.known(offices.portal.store, offices.inegi.email)
    assert newest(offices.portal.store, 1)[0].action == "cuenta nueva"
