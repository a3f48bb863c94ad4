"""`flask ingest` loads a catalogue once; `flask worker` goes on loading what is queued."""

from __future__ import annotations

import time
from contextlib import suppress

import click
from flask.cli import with_appcontext

from model.errors import StoreDown
from model.load import LoadState
from portal.portal import get_portal
from portal.usecases.ingest import Ingest, open_ingest, work

PAUSE_SECONDS = 2.0


@click.command()
@with_appcontext
def ingest() -> None:
    """Read the catalogue, load every file that changed, and release the new versions.

    Ends with status 1 if a file or an entry of the catalogue could not be read.
    """
    run, failed = _first_round()
    raise SystemExit(1 if failed or run.harvest.problems else 0)


@click.command()
@with_appcontext
def worker() -> None:
    """Load the catalogue, then whatever is queued, until stopped: the one process that ingests."""
    run, _ = _first_round()
    while True:
        time.sleep(PAUSE_SECONDS)
        with suppress(StoreDown):
            _drain(run)


def _first_round() -> tuple[Ingest, int]:
    run = open_ingest(get_portal(), click.echo)
    failed = _drain(run)
    datasets, problems = len(run.harvest.datasets), len(run.harvest.problems)
    click.echo(f"{datasets} conjuntos al día; {failed} archivos sin cargar; {problems} entradas omitidas")
    return run, failed


def _drain(run: Ingest) -> int:
    return sum(state is LoadState.FAILED for state in work(run))
