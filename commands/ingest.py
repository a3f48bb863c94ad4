"""`flask ingest` loads a catalogue once; `flask worker` goes on loading what is queued."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import Thread
from typing import NoReturn

import click
from flask.cli import with_appcontext

from model.errors import PortalError, StoreDown
from model.load import LoadState
from portal.portal import Portal, get_portal
from portal.usecases.housekeeping import keep_posting
from portal.usecases.ingest import Ingest, Say, open_ingest, work
from portal.usecases.own_datasets import write_own

PAUSE_SECONDS = 2.0
OWN_SECONDS = 3600.0  # how often the portal's own data may change
LEAST_MINUTES = 10.0  # between tries at a catalogue that cannot be read yet, where it is not read again otherwise
UNREADABLE = (PortalError, OSError)


@click.command()
@with_appcontext
def ingest() -> None:
    """Read the catalogue, load every file that changed, and release the new versions.

    Ends with status 1 if a file or an entry of the catalogue could not be read.
    """
    try:
        run = open_ingest(get_portal(), click.echo)
    except UNREADABLE as error:
        raise click.ClickException(_reason(error)) from error
    failed = _first_round(run)
    raise SystemExit(1 if failed or run.harvest.problems else 0)


@click.command()
@with_appcontext
def worker() -> None:
    """Load the catalogue, then whatever is queued, until stopped: the one process that ingests and sends mail."""
    portal = get_portal()
    Thread(target=keep_posting, args=(portal,), daemon=True).start()
    again = (portal.settings.reharvest_minutes or LEAST_MINUTES) * 60
    run = first_reading(portal, click.echo, lambda: time.sleep(again))
    _first_round(run)
    run = _with_own(run)
    keep_loading(run, lambda: time.sleep(PAUSE_SECONDS))


def first_reading(portal: Portal, say: Say, pause: Callable[[], None]) -> Ingest:
    """The catalogue, tried again after each `pause` while it cannot be read. Raises StoreDown; what `pause` raises."""
    while True:
        try:
            return open_ingest(portal, say)
        except StoreDown:
            raise
        except UNREADABLE as error:
            say(f"  ! {_reason(error)}")
        pause()


def keep_loading(run: Ingest, pause: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> NoReturn:
    """Load what is queued after each `pause`, for ever; read the catalogue again every `REHARVEST_MINUTES`.

    Files that did not change cost no more than a look at their times; the portal's own data are written again once an
    hour. What raises is `pause`.
    """
    seconds = run.portal.settings.reharvest_minutes * 60
    read_at = looked = clock()
    while True:
        pause()
        if clock() - looked >= OWN_SECONDS:
            looked = clock()
            run = _with_own(run)
        with suppress(StoreDown):
            if seconds and clock() - read_at >= seconds:
                run, read_at = _read_again(run), clock()
            _drain(run)


def _read_again(run: Ingest) -> Ingest:
    """The catalogue as it stands now; the one known so far while it cannot be read (somebody is writing it)."""
    try:
        return open_ingest(run.portal, run.say)
    except StoreDown:
        raise
    except UNREADABLE as error:
        run.say(f"  ! {_reason(error)}")
        return run


@click.command("own-data")
@with_appcontext
def own_data() -> None:
    """Publish the portal's own data (surveys, demand, feedback) now, not at the next full hour."""
    portal = get_portal()
    if not write_own(portal, datetime.now(UTC)):
        click.echo("Sin cambios.")
    _drain(open_ingest(portal, click.echo))


def _reason(error: Exception) -> str:
    return error.message if isinstance(error, PortalError) else str(error)


def _first_round(run: Ingest) -> int:
    failed = _drain(run)
    datasets, problems = len(run.harvest.datasets), len(run.harvest.problems)
    click.echo(f"{datasets} conjuntos al día; {failed} archivos sin cargar; {problems} entradas omitidas")
    return failed


def _with_own(run: Ingest) -> Ingest:
    """A new harvest where the portal's own data have changed."""
    try:
        return open_ingest(run.portal, run.say) if write_own(run.portal, datetime.now(UTC)) else run
    except UNREADABLE as error:
        click.echo(f"  ! datos propios: {_reason(error)}")
        return run


def _drain(run: Ingest) -> int:
    return sum(state is LoadState.FAILED for state in work(run))
