"""`flask demand …`: words that must not be shown."""

from __future__ import annotations

from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from model.errors import PortalError
from portal.portal import get_portal
from portal.wishes import term_of
from store.demand import hide as hide_term

demand = AppGroup("demand", help="What people look for.")


@demand.command("hide")
@click.argument("term")
@click.option("--motivo", "reason", default="", help="Why: kept with the words. Without it, they are shown again.")
def hide(term: str, reason: str) -> None:
    """Never show the words TERM (or the address, from `/`) among what people look for."""
    words = term if term.startswith("/") else term_of(term) or term
    try:
        hide_term(get_portal().store, words, reason, datetime.now(UTC))
    except PortalError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"«{words}»: {'oculto' if reason else 'a la vista'}")
