"""`flask withdraw`: take a version back, for ever."""

from __future__ import annotations

import click
from flask.cli import with_appcontext

from model.errors import PortalError
from portal.portal import get_portal
from store.releases import withdraw as take_back


@click.command()
@click.argument("resource")
@click.argument("version")
@click.option("--motivo", "reason", required=True, help="Why: kept with the withdrawal.")
@with_appcontext
def withdraw(resource: str, version: str, reason: str) -> None:
    """Answer 410 for VERSION (12 hex digits) of RESOURCE (dataset/resource), as when it holds personal data.

    Its files stay in `var/lake`; remove them by hand where the law asks for it.
    """
    dataset, _, name = resource.partition("/")
    try:
        take_back(get_portal().store, dataset, name, version, reason)
    except PortalError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"{resource} {version}: retirada")
