"""«A mí también» and votes: a plain form each, whose answer stands in its place."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.elements import Control, marks
from components.messages import gettext as _
from components.messages import ngettext
from model.thread import Thread
from model.vote import Votes
from participation.forms import TOKEN
from participation.votes import NOT_A_BALLOT
from portal.usecases.votes import CAST, TAKE_BACK

REQUEST = "solicitud"


def me_too(thread: Thread, counts: Votes | None) -> Component:
    """How many say the same as a thread and the button to say so, or to say so no more.

    `counts` come from `portal.usecases.votes.counted`; None, as while the store is down, shows nothing.
    """
    if counts is None:
        return html.Div(hidden=True)
    return html.Div([_form(thread, counts), html.P(NOT_A_BALLOT, className="small muted")], className="stack-s me-too")


def vote_button(thread: Thread, counts: Votes | None) -> Component:
    """As `me_too`, without its note: for lists of data requests, which say it once."""
    return html.Div(hidden=True) if counts is None else _form(thread, counts)


def counted_words(votes: Votes) -> Component:
    """«12 personas (3 con correo confirmado, 9 sin confirmar)»."""
    apart = _(
        "(%(confirmed)s con correo confirmado, %(unconfirmed)s sin confirmar)",
        confirmed=votes.confirmed,
        unconfirmed=votes.unconfirmed,
    )
    people = ngettext("persona", "personas", votes.total)
    return html.Span(
        [html.Strong(str(votes.total), className="num"), f" {people} ", html.Span(apart, className="small muted")],
        className="votes",
    )


def _form(thread: Thread, votes: Votes) -> Component:
    """The form, and beside it the element that its answer goes into, which Dash draws empty and leaves alone."""
    slot = f"voto-{thread.folio}"
    wanted = _("Yo también los necesito") if thread.kind == REQUEST else _("A mí también")
    deed, label = (TAKE_BACK, _("Quitar mi voto")) if votes.mine else (CAST, wanted)
    mine = html.Strong([_("Su voto cuenta."), " "]) if votes.mine else None
    button = html.Button(
        [label, html.Span(f" {thread.folio}", className="sr")],
        type="submit",
        className="btn quiet" if votes.mine else "btn",
    )
    form = html.Form(
        [
            Control(type="hidden", attributes={"name": TOKEN}),
            Control(type="hidden", value=deed, attributes={"name": "accion"}),
            html.P([mine, counted_words(votes)]),
            button,
        ],
        action=f"/pregunta/{thread.folio}/voto",
        method="post",
        className="vote row",
        **marks({"data-inplace": "", "data-outcome": slot}),
    )
    return html.Div([form, html.Div(id=slot, **marks({"data-slot": ""}))], className="voting")
