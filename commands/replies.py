"""`flask answer`: the agency's answer to a question, from the command line."""

from __future__ import annotations

import sys

import click
from flask.cli import with_appcontext

from model.errors import PortalError
from portal.portal import get_portal
from portal.usecases.replies import answer_question


@click.command()
@click.argument("folio")
@click.option("--texto", "text", help="The answer; read from standard input when not given.")
@click.option("--dependencia", "agency", default="", help="Acronym of the agency that answers; default: the dataset's.")
@with_appcontext
def answer(folio: str, text: str | None, agency: str) -> None:
    """Publish the official answer to the thread FOLIO."""
    try:
        thread = answer_question(get_portal(), folio, text or sys.stdin.read(), agency)
    except PortalError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{thread.folio}: respondida")
