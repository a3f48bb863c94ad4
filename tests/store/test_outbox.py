"""Mail to be sent: kept once, taken by one worker, tried again, forgotten when sent."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from model.errors import BadRequest
from model.mail import Mail
from store import outbox
from store.database import Store
from store.tables.people import outbox as rows

NOW = datetime(2026, 3, 2, 18, tzinfo=UTC)


def letter(key: str = "uno", to: str = "ana@example.mx") -> Mail:
    return Mail(key, to, "Asunto con acentos: día", "Hola.\n", (("List-Unsubscribe", "<https://x.mx/b>"),))


def put(store: Store, *mails: Mail, now: datetime = NOW) -> None:
    with store.write() as connection:
        for mail in mails:
            outbox.put(connection, mail, now)


def test_a_mail_comes_out_as_it_went_in(store: Store) -> None:
    put(store, letter())
    (taken,) = outbox.due(store, 10, NOW)
    assert taken.mail == letter()
    assert taken.attempts == 1


def test_the_same_key_is_one_mail(store: Store) -> None:
    put(store, letter(), letter())
    put(store, letter(to="otra@example.mx"))
    (taken,) = outbox.due(store, 10, NOW)
    assert taken.mail.to == "ana@example.mx"
    outbox.sent(store, taken, NOW)
    put(store, letter())
    assert outbox.due(store, 10, NOW + timedelta(days=1)) == ()


def test_a_mail_that_is_taken_is_not_taken_again_until_its_lease_is_over(store: Store) -> None:
    put(store, letter())
    assert len(outbox.due(store, 10, NOW)) == 1
    assert outbox.due(store, 10, NOW + timedelta(minutes=9)) == ()
    assert outbox.due(store, 10, NOW + timedelta(minutes=10))[0].attempts == 2


def test_many_workers_take_each_mail_once(store: Store) -> None:
    put(store, *(letter(f"clave {n}") for n in range(40)))
    with ThreadPoolExecutor(8) as pool:
        taken = list(pool.map(lambda _: outbox.due(store, 7, NOW), range(8)))
    keys = [one.mail.key for some in taken for one in some]
    assert len(keys) == len(set(keys))
    rest = [one.mail.key for one in outbox.due(store, 100, NOW)]
    assert sorted(keys + rest) == sorted(f"clave {n}" for n in range(40))


def test_what_fails_waits_longer_each_time_and_is_given_up_after_eight(store: Store) -> None:
    put(store, letter())
    now, waits = NOW, []
    while taken := outbox.due(store, 1, now):
        outbox.failed(store, taken[0], "refused", now)
        begun = now
        while now < begun + timedelta(days=5) and not _due(store, now):
            now += timedelta(minutes=1)
        waits.append((now - begun) // timedelta(minutes=1))
    assert waits[:7] == [1, 4, 16, 64, 256, 1024, 4096]
    assert len(waits) == 8


def test_a_refused_recipient_is_given_up_at_once(store: Store) -> None:
    put(store, letter())
    outbox.failed(store, outbox.due(store, 1, NOW)[0], "550", NOW, for_good=True)
    assert outbox.due(store, 1, NOW + timedelta(days=9)) == ()


def test_a_sent_mail_leaves_no_address_and_no_words(store: Store) -> None:
    put(store, letter())
    outbox.sent(store, outbox.due(store, 1, NOW)[0], NOW)
    with store.read() as connection:
        kept = str(connection.execute(select(rows)).one())
    assert "ana@example.mx" not in kept
    assert "Hola" not in kept


def test_a_mail_that_nobody_took_is_forgotten_after_a_month(store: Store) -> None:
    put(store, letter())
    outbox.failed(store, outbox.due(store, 1, NOW)[0], "550", NOW, for_good=True)
    outbox.clear(store, NOW + timedelta(days=29))
    with store.read() as connection:
        assert connection.execute(select(rows.c.recipient)).scalar_one() == "ana@example.mx"
    outbox.clear(store, NOW + timedelta(days=31))
    with store.read() as connection:
        assert connection.execute(select(rows.c.recipient)).scalar_one() == ""


@pytest.mark.parametrize(
    "mail",
    [
        Mail("k", "ana@example.mx\r\nBcc: todos@example.mx", "Hola", "."),
        Mail("k", "ana@example.mx", "Hola\nBcc: todos@example.mx", "."),
        Mail("k", "ana@example.mx", "Hola", ".", (("X-Uno", "1\r\nBcc: todos@example.mx"),)),
        Mail("k", "ana@example.mx", "Hola", ".", (("X-Uno\r\nBcc", "todos@example.mx"),)),
        Mail("k", "sin arroba", "Hola", "."),
    ],
)
def test_a_header_cannot_be_injected(store: Store, mail: Mail) -> None:
    with pytest.raises(BadRequest), store.write() as connection:
        outbox.put(connection, mail, NOW)
    assert outbox.due(store, 1, NOW) == ()


def _due(store: Store, now: datetime) -> bool:
    with store.read() as connection:
        row = connection.execute(select(rows.c.due, rows.c.attempts)).one()
    return bool(row.due <= now and row.attempts < outbox.MOST_ATTEMPTS)
