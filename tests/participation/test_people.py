"""Accounts, passwords and sessions, on both stores."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from model.errors import InvalidForm, NotFound
from model.people import User
from participation import people
from store import catalogue
from store.audit import newest
from store.database import Store
from store.people import everyone, of_agency
from store.tables.people import sessions, users
from tests.store.samples import entry, harvest

NOW = datetime(2026, 3, 2, 18, 30, tzinfo=UTC)
PASSWORD = "una ventana al patio"
IDLE, LONGEST = timedelta(minutes=60), timedelta(hours=12)


@pytest.fixture
def ana(store: Store) -> User:
    """A person of INEGI."""
    catalogue.save_harvest(store, harvest(entry("uno")))
    return people.add_user(store, " Ana@INEGI.example.mx ", "Ana  Ruiz", "inegi", PASSWORD, NOW)


def test_an_account_has_a_normal_address_and_no_password(store: Store, ana: User) -> None:
    assert (ana.email, ana.name, ana.agency, ana.operator) == ("ana@inegi.example.mx", "Ana Ruiz", "inegi", False)
    with store.read() as connection:
        row = connection.execute(select(users)).one()
    assert PASSWORD not in str(row)
    assert row.password_hash.startswith("$argon2id$")
    assert of_agency(store, "inegi") == (ana,)
    assert newest(store)[0].action == "cuenta nueva"


@pytest.mark.parametrize(
    ("email", "name", "agency", "password", "operator", "field"),
    [
        ("sin-arroba", "Ana", "inegi", PASSWORD, False, "correo"),
        ("a@b.mx\r\nBcc: c@d.mx", "Ana", "inegi", PASSWORD, False, "correo"),
        ("a@b.mx", " ", "inegi", PASSWORD, False, "nombre"),
        ("a@b.mx", "Ana", "inegi", "corta", False, "contrasena"),
        ("a@b.mx", "Ana", "inegi", "aaaaaaaaaaaaaa", False, "contrasena"),
        ("a@b.mx", "Ana", "inegi", "x1-" * 100, False, "contrasena"),
        ("a@b.mx", "Ana", "", PASSWORD, False, "dependencia"),
        ("a@b.mx", "Ana", "inegi", PASSWORD, True, "dependencia"),
        ("ana@inegi.example.mx", "Ana", "inegi", PASSWORD, False, "correo"),
    ],
)
def test_a_wrong_account_is_told_by_field(
    store: Store, ana: User, email: str, name: str, agency: str, password: str, operator: bool, field: str
) -> None:
    with pytest.raises(InvalidForm) as told:
        people.add_user(store, email, name, agency, password, NOW, operator=operator)
    assert field in told.value.problems
    assert len(everyone(store)) == 1


def test_an_account_of_no_agency_of_the_catalogue_is_refused(store: Store, ana: User) -> None:
    with pytest.raises(NotFound):
        people.add_user(store, "b@b.mx", "Bea", "marte", PASSWORD, NOW)


def test_only_the_right_password_of_an_open_account_opens(store: Store, ana: User) -> None:
    assert people.authenticate(store, "ANA@inegi.example.mx", PASSWORD) == ana
    for email, password in (
        ("ana@inegi.example.mx", PASSWORD + " "),
        ("ana@inegi.example.mx", ""),
        ("ana@inegi.example.mx", "x" * 100_000),
        ("ana@inegi.example.mx", "\ud800"),
        ("nadie@inegi.example.mx", PASSWORD),
        ("", ""),
        ("\0", "\0"),
    ):
        assert people.authenticate(store, email, password) is None
    people.set_enabled(store, ana.email, False, NOW)
    assert people.authenticate(store, ana.email, PASSWORD) is None
    people.set_enabled(store, ana.email, True, NOW)
    assert people.authenticate(store, ana.email, PASSWORD) == ana


def test_an_unknown_account_takes_the_work_of_a_known_one(
    store: Store, ana: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[str] = []
    real = type(people.HASHER).verify

    def verify(hasher: object, kept: str, password: str) -> bool:
        verified.append(kept)
        return bool(real(people.HASHER, kept, password))

    monkeypatch.setattr(type(people.HASHER), "verify", verify)
    people.authenticate(store, ana.email, "otra cosa larga")
    people.authenticate(store, "nadie@inegi.example.mx", "otra cosa larga")
    assert len(verified) == 2
    assert verified[1] == people.NOBODY
    assert people.HASHER.check_needs_rehash(people.NOBODY) is False  # made by today's parameters


def test_a_session_is_known_by_its_hash_alone(store: Store, ana: User) -> None:
    token = people.open_session(store, ana, "", NOW)
    assert len(token) >= 40
    assert people.session_user(store, token, IDLE, LONGEST, NOW) == ana
    with store.read() as connection:
        assert token not in str(connection.execute(select(sessions)).one())
    for wrong in ("", token[:-1], "\ud800"):
        assert people.session_user(store, wrong, IDLE, LONGEST, NOW) is None


def test_a_session_ends_idle_and_at_last(store: Store, ana: User) -> None:
    token = people.open_session(store, ana, "", NOW)
    assert people.session_user(store, token, IDLE, LONGEST, NOW + timedelta(minutes=61)) is None
    moment = NOW
    while moment < NOW + LONGEST:
        moment += timedelta(minutes=50)
        alive = people.session_user(store, token, IDLE, LONGEST, moment) == ana
        assert alive is (moment <= NOW + LONGEST)
    assert people.session_user(store, token, IDLE, LONGEST, moment) is None


def test_a_session_is_dead_after_sign_out_another_sign_in_a_new_password_and_disabling(store: Store, ana: User) -> None:
    def alive(token: str) -> bool:
        return people.session_user(store, token, IDLE, LONGEST, NOW) is not None

    first = people.open_session(store, ana, "", NOW)
    people.close_session(store, first)
    assert not alive(first)
    second = people.open_session(store, ana, "", NOW)
    third = people.open_session(store, ana, second, NOW)
    assert (alive(second), alive(third)) == (False, True)
    people.change_password(store, ana.email, "otra ventana al mar", NOW)
    assert not alive(third)
    fourth = people.open_session(store, ana, "", NOW)
    people.set_enabled(store, ana.email, False, NOW)
    assert not alive(fourth)
    people.set_enabled(store, ana.email, True, NOW)
    assert not alive(fourth)


def test_the_password_of_nobody_cannot_be_changed(store: Store) -> None:
    with pytest.raises(NotFound):
        people.change_password(store, "nadie@example.mx", PASSWORD, NOW)
    with pytest.raises(NotFound):
        people.set_enabled(store, "nadie@example.mx", False, NOW)
