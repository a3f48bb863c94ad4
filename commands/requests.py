"""`flask request`: how a data request ended, said by the operator."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import with_appcontext

from model.errors import InvalidForm, PortalError
from portal.portal import get_portal
from portal.usecases import asking

REFUSAL = "Los datos que pidió no se publicarán."


@click.group()
def request() -> None:
    """Say that a data request was met, or why it will not be."""


@request.command()
@click.argument("folio")
@click.argument("dataset")
@with_appcontext
def publish(folio: str, dataset: str) -> None:
    """The data asked for in FOLIO are published by now as DATASET (the part of its address after /datos/)."""
    try:
        asking.publish(get_portal(), folio, dataset, datetime.now(UTC))
    except PortalError as error:
        raise click.ClickException(_said(error)) from error
    click.echo(f"{folio}: publicada en /datos/{dataset}")


@request.command()
@click.argument("folio")
@click.option("--fundamento", "ground", required=True, help="Law, article and fraction.")
@click.option("--texto", "text", default=REFUSAL, help="What the answer says.")
@with_appcontext
def refuse(folio: str, ground: str, text: str) -> None:
    """The data asked for in FOLIO will not be published, on a legal ground."""
    try:
        asking.refuse(get_portal(), folio, ground, text, datetime.now(UTC))
    except PortalError as error:
        raise click.ClickException(_said(error)) from error
    click.echo(f"{folio}: no procede")


def _said(error: PortalError) -> str:
    return " ".join(error.problems.values()) if isinstance(error, InvalidForm) else error.message
