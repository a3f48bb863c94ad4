"""`flask user`: who may sign in. `flask agency`: who looks at messages before they are public."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import click
from flask.cli import AppGroup

from model.errors import InvalidForm, PortalError
from participation import people
from portal.portal import Portal, get_portal
from store.audit import newest
from store.people import everyone, set_premoderated

user = AppGroup("user", help="Accounts of those who answer.")
agency = AppGroup("agency", help="Rules of one agency.")
RANDOM_BYTES = 15  # 20 letters


@user.command("add")
@click.argument("email")
@click.option("--nombre", "name", required=True, help="The person's name: seen by colleagues, never published.")
@click.option("--dependencia", "of", default="", help="Acronym or slug of the agency that the person answers for.")
@click.option("--operador", "operator", is_flag=True, help="An operator of the portal, who may act for every agency.")
@click.option("--azar", "random", is_flag=True, help="Make a password at random and show it once.")
def add(email: str, name: str, of: str, operator: bool, random: bool) -> None:
    """Make an account for EMAIL; the password is asked for on the terminal."""
    with told():
        portal = get_portal()
        slug = agency_slug(portal, of) if of else ""
        secret = _password(random)
        made = people.add_user(portal.store, email, name, slug, secret, datetime.now(UTC), operator=operator)
    click.echo(f"{made.email}: cuenta lista ({made.agency or 'operador'})")
    _show(secret, random)


@user.command("list")
def listing() -> None:
    """Show all accounts."""
    for one, enabled in everyone(get_portal().store):
        state = "" if enabled else " · cerrada"
        click.echo(f"{one.email} · {one.name} · {one.agency or 'operador'}{state}")


@user.command("disable")
@click.argument("email")
@click.option("--deshacer", "undo", is_flag=True, help="Let the account sign in again.")
def disable(email: str, undo: bool) -> None:
    """Close the account EMAIL and end its sessions; what it answered stays."""
    with told():
        people.set_enabled(get_portal().store, email, undo, datetime.now(UTC))
    click.echo(f"{people.normal(email)}: {'abierta' if undo else 'cerrada'}")


@user.command("password")
@click.argument("email")
@click.option("--azar", "random", is_flag=True, help="Make a password at random and show it once.")
def password(email: str, random: bool) -> None:
    """Give the account EMAIL another password and end its sessions."""
    with told():
        secret = _password(random)
        people.change_password(get_portal().store, email, secret, datetime.now(UTC))
    click.echo(f"{people.normal(email)}: contraseña cambiada")
    _show(secret, random)


@user.command("audit")
@click.option("--ultimas", "limit", default=50, help="How many lines.")
def audit(limit: int) -> None:
    """Show what was done and tried, newest first."""
    for act in newest(get_portal().store, limit):
        said = " · ".join(part for part in (act.actor, act.action, act.target, act.outcome, act.detail) if part)
        click.echo(f"{act.moment:%Y-%m-%d %H:%M:%S}Z · {_plain(said)}")


@agency.command("premoderate")
@click.argument("name")
@click.option("--no", "off", is_flag=True, help="Publish at once again.")
def premoderate(name: str, off: bool) -> None:
    """Let messages to the agency NAME (acronym or slug; `portal`: those to nobody) wait for a person's decision."""
    with told():
        portal = get_portal()
        slug = "" if name == "portal" else agency_slug(portal, name)
        set_premoderated(portal.store, slug, not off)
    click.echo(f"{slug or 'portal'}: {'se publica al enviar' if off else 'se revisa antes de publicar'}")


@contextmanager
def told() -> Iterator[None]:
    """Errors of the portal as the command line says them."""
    try:
        yield
    except InvalidForm as error:
        raise click.ClickException(" ".join(error.problems.values())) from error
    except PortalError as error:
        raise click.ClickException(error.message) from error


def agency_slug(portal: Portal, name: str) -> str:
    """The slug of an agency of the catalogue, by its acronym or slug. Raises ClickException."""
    for found in portal.snapshot.agencies():
        if name.casefold() in (found.slug, found.acronym.casefold()):
            return found.slug
    raise click.ClickException(f"No existe la dependencia «{name[:80]}».")


def _password(random: bool) -> str:
    if not random:
        return str(click.prompt("Contraseña", hide_input=True, confirmation_prompt="Otra vez"))
    return secrets.token_urlsafe(RANDOM_BYTES)


def _show(secret: str, random: bool) -> None:
    if random:
        click.echo(f"Contraseña (no se vuelve a mostrar): {secret}")


def _plain(text: str) -> str:
    return "".join(ch if ch.isprintable() else "\ufffd" for ch in text)
