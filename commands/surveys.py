"""`flask survey …`: load, open, close and publish surveys, see their results, hide an open answer."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import click
from flask.cli import AppGroup

from model.errors import PortalError
from model.survey import Survey
from participation.deadline import today
from participation.question import percent
from portal.portal import get_portal
from portal.usecases.surveys import load_survey
from store import survey_replies, surveys

MOST_TEXTS = 1_000

survey = AppGroup("survey", help="Public surveys.")


@survey.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
def load(file: Path) -> None:
    """Make or edit the survey that FILE (TOML) declares; what was answered stays."""
    with _told():
        found = load_survey(get_portal(), file)
        click.echo(_line(found) if found else file.name)


@survey.command("list")
def list_all() -> None:
    """All surveys, published or not."""
    with _told():
        for found in surveys.every(get_portal().store):
            click.echo(_line(found))


@survey.command("open")
@click.argument("slug")
def open_one(slug: str) -> None:
    """Let people answer (between its dates)."""
    _switch(slug, is_open=True)


@survey.command("close")
@click.argument("slug")
def close_one(slug: str) -> None:
    """Take no more answers."""
    _switch(slug, is_open=False)


@survey.command("publish")
@click.argument("slug")
@click.option("--no", "off", is_flag=True, help="Take it off the site instead.")
def publish(slug: str, off: bool) -> None:
    """Show it on the site."""
    _switch(slug, published=not off)


@survey.command("results")
@click.argument("slug")
def results(slug: str) -> None:
    """What people answered so far, open answers with their numbers included."""
    with _told():
        store = get_portal().store
        found = survey_replies.results(store, slug)
        click.echo(f"{found.survey.title}: {found.people} respuestas")
        for tally in found.tallies:
            click.echo(f"\n{tally.question.text}{' (retirada)' if tally.question.removed else ''}: {tally.answered}")
            for option, times in tally.counts:
                click.echo(f"  {times:6}  {percent(times, tally.answered):>7}  {option.label}")
            if not tally.question.options:
                for said in survey_replies.said(store, slug, tally.question.id, limit=MOST_TEXTS, hidden=True):
                    click.echo(
                        f"  #{said.id} {_one_line(said.text)}{f' [oculta: {said.hidden}]' if said.hidden else ''}"
                    )


@survey.command("hide")
@click.argument("slug")
@click.argument("answer", type=int)
@click.option(
    "--motivo", "reason", default="", help="Why: kept with the answer. Without it, the answer is shown again."
)
def hide(slug: str, answer: int, reason: str) -> None:
    """Hide the open answer number ANSWER of the survey SLUG from the public."""
    with _told():
        survey_replies.hide(get_portal().store, slug, answer, reason)
        click.echo(f"#{answer}: {'oculta' if reason else 'a la vista'}")


def _switch(slug: str, *, is_open: bool | None = None, published: bool | None = None) -> None:
    with _told():
        click.echo(_line(surveys.switch(get_portal().store, slug, is_open=is_open, published=published)))


def _line(found: Survey) -> str:
    state = found.state(today(datetime.now(UTC))).label
    return f"{found.slug}: {'publicada' if found.published else 'sin publicar'}, {state}"


def _one_line(text: str) -> str:
    return " ".join(text.split())


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except PortalError as error:
        raise click.ClickException(error.message) from error
