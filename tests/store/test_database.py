"""Opening, migrating and losing the store."""

from __future__ import annotations

import os
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import insert, make_url, select, text
from sqlalchemy.exc import StatementError

from model.errors import StoreDown
from store import catalogue, loads
from store.database import Store, open_store, upgrade
from store.tables.base import metadata
from store.tables.catalogue import harvest_problems
from store.thread_lists import by_folio
from tests.servers import PostgresServer
from tests.store.processes import start
from tests.store.samples import entry, harvest


def read_only(url: str) -> str:
    """The same store, opened so that it cannot be written."""
    address = make_url(url)
    if address.get_backend_name() == "sqlite":
        return f"{url}?mode=ro"
    options = {"options": "-c default_transaction_read_only=on"}
    return address.update_query_dict(options).render_as_string(hide_password=False)


def test_models_and_migrations_agree(store: Store) -> None:
    with store.read() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, metadata) == []


def test_processes_that_start_at_once_upgrade_once(blank_url: str) -> None:
    starters = [start("upgrader", blank_url) for _ in range(4)]
    assert [(s.communicate(timeout=60)[0], s.returncode) for s in starters] == [("", 0)] * 4
    store = open_store(blank_url)
    with store.read() as connection:
        assert connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == ["0005"]
    store.close()


def test_upgrading_works_from_any_folder_and_makes_the_ones_it_needs(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    url = "sqlite:///new folder/100% ñandú.sqlite"
    upgrade(url)
    store = open_store(url)
    assert catalogue.datasets(store) == ()
    assert (tmp_path / "new folder" / "100% ñandú.sqlite").exists()
    store.close()


def test_upgrading_keeps_what_is_there(store: Store, store_url: str) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    upgrade(store_url)
    assert [d.slug for d in catalogue.datasets(store)] == ["uno"]


def test_threads_of_the_first_revision_are_kept_with_all_that_they_say(blank_url: str) -> None:
    upgrade(blank_url, "0001")
    store = open_store(blank_url)
    thread = {"folio": "VEN-2026-000001", "kind": "pregunta", "state": "respondida", "created": "2026-03-02 18:30:00"}
    thread |= dict.fromkeys(("secret_hash", "token_hash", "version", "view", "row", "column", "label", "agency"), "")
    thread |= {"page": "/datos", "details": "[]", "deadline": "2026-04-13"}
    names = ", ".join(f'"{name}"' for name in thread)
    said = "INSERT INTO messages (thread_id, author, name, text, created) VALUES (1, :author, '', :text, :created)"
    with store.write() as connection:
        connection.execute(text(f"INSERT INTO threads ({names}) VALUES ({', '.join(f':{n}' for n in thread)})"), thread)
        for author, words in (("citizen", "¿Por qué?"), ("agency", "Porque sí.")):
            connection.execute(text(said), {"author": author, "text": words, "created": thread["created"]})
    store.close()
    upgrade(blank_url)
    store = open_store(blank_url)
    found = by_folio(store, "VEN-2026-000001")
    assert [m.text for m in found.messages] == ["¿Por qué?", "Porque sí."]
    assert (found.state.value, found.visibility.value, found.merged_into) == ("respondida", "publica", "")
    assert found.updated is not None
    assert found.updated.year == 2026
    assert found.answers[0].type is None
    store.close()


def test_sqlite_is_durable_and_patient(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    upgrade(url)
    store = open_store(url)
    with store.read() as connection:
        names = ("journal_mode", "synchronous", "busy_timeout", "foreign_keys")
        values = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert values == ["wal", 2, 30_000, 1]
    store.close()


def test_moments_keep_their_instant_and_come_back_in_utc(store: Store) -> None:
    mexico = datetime(2026, 3, 1, 23, 59, 59, 123456, tzinfo=timezone(timedelta(hours=-6)))
    with store.write() as connection:
        connection.execute(insert(harvest_problems).values(place="p", reason="r", seen=mexico))
        found = connection.execute(select(harvest_problems.c.seen)).scalar_one()
    assert found == mexico
    assert found.tzinfo is UTC
    assert found.isoformat() == "2026-03-02T05:59:59.123456+00:00"


def test_moments_without_a_zone_are_refused(store: Store) -> None:
    naive = datetime(2026, 3, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="time zone"), store.write() as connection:
        connection.execute(insert(harvest_problems).values(place="p", reason="r", seen=naive))


def test_a_write_that_fails_leaves_nothing(store: Store) -> None:
    row = {"place": "p", "reason": "r", "seen": datetime.now(UTC)}
    with pytest.raises(ZeroDivisionError), store.write() as connection:
        _ = connection.execute(insert(harvest_problems).values(**row)), 1 // 0
    assert catalogue.problems(store) == ()


def test_writers_that_must_be_alone_wait_for_each_other(store: Store) -> None:
    inside, order = threading.Barrier(2, timeout=0.3), []

    def work(number: int) -> None:
        with store.write(alone="x"):
            order.append(number)
            with pytest.raises(threading.BrokenBarrierError):
                inside.wait()

    with ThreadPoolExecutor(2) as pool:
        list(pool.map(work, range(2)))
    assert sorted(order) == [0, 1]


def test_a_read_only_store_still_reads_and_says_that_nothing_was_saved(store: Store, store_url: str) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    frozen = open_store(read_only(store_url))
    assert [d.slug for d in catalogue.datasets(frozen)] == ["uno"]
    with pytest.raises(StoreDown) as down:
        catalogue.save_harvest(frozen, harvest(entry("dos")))
    assert down.value.status == 503
    assert "no se guardó" in down.value.message
    assert [d.slug for d in catalogue.datasets(store)] == ["uno"]
    frozen.close()


def test_a_store_without_tables_is_down(blank_url: str) -> None:
    if blank_url.startswith("sqlite"):
        Path(str(make_url(blank_url).database)).touch()
    store = open_store(blank_url)
    with pytest.raises(StoreDown):
        catalogue.datasets(store)
    store.close()


@pytest.mark.parametrize("url", ["sqlite:////no/such/folder/s.sqlite", "postgresql://nobody@127.0.0.1:1/none"])
def test_an_absent_store_is_down(url: str) -> None:
    store = open_store(url)
    with pytest.raises(StoreDown):
        catalogue.datasets(store)
    with pytest.raises(StoreDown):
        loads.claim(store, "w")
    store.close()


def test_a_missing_sqlite_file_is_not_made_by_opening_it(tmp_path: Path) -> None:
    path = tmp_path / "absent.sqlite"
    with pytest.raises(StoreDown):
        catalogue.datasets(open_store(f"sqlite:///{path}"))
    assert not path.exists()


def test_a_file_that_is_no_database_is_a_store_that_is_down(tmp_path: Path) -> None:
    path = tmp_path / "s.sqlite"
    path.write_text("not a database at all" * 100)
    with pytest.raises(StoreDown):
        catalogue.datasets(open_store(f"sqlite:///{path}"))
    with pytest.raises(StoreDown):
        upgrade(f"sqlite:///{path}")


def test_a_full_disk_is_a_store_that_is_down_and_what_was_saved_stays(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 's.sqlite'}"
    upgrade(url)
    store = open_store(url)
    catalogue.save_harvest(store, harvest(entry("uno")))
    with store.read() as connection:  # the pool hands the same connection out again
        pages = int(connection.exec_driver_sql("PRAGMA page_count").scalar_one())
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages + 1}")
    with pytest.raises(StoreDown):
        catalogue.save_harvest(store, harvest(*(entry(f"d{n}") for n in range(500))))
    assert [d.slug for d in catalogue.datasets(store)] == ["uno"]
    store.close()


def test_a_store_in_memory_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a file"):
        open_store("sqlite://")


def test_a_store_opened_before_a_fork_works_in_the_child(store: Store) -> None:
    catalogue.save_harvest(store, harvest(entry("uno")))
    child = os.fork()
    if child == 0:
        seen = [d.slug for d in catalogue.datasets(store)]
        os._exit(0 if seen == ["uno"] else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert [d.slug for d in catalogue.datasets(store)] == ["uno"]


def test_postgresql_stopping_is_a_store_that_is_down_and_its_return_is_noticed() -> None:
    server = PostgresServer.start()
    try:
        url = server.create("ventanilla")
        upgrade(url)
        store = open_store(url)
        catalogue.save_harvest(store, harvest(entry("uno")))
        server.halt()
        with pytest.raises(StoreDown):
            catalogue.datasets(store)
        server.resume()
        assert [d.slug for d in catalogue.datasets(store)] == ["uno"]
        store.close()
    finally:
        server.stop()
