"""The way to the answer form on a thread's page, for those who may answer."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from components.elements import marks
from components.messages import gettext as _
from model.people import User
from model.thread import Thread


def answer_form(thread: Thread, user: User | None) -> Component | None:
    """A slot that the form opens in (`documents.people`), for a signed-in person of its agency; None for the others.

    Without scripts the button leads to the same form on a page of its own.
    """
    if user is None or not user.acts_for(thread.agency):
        return None
    return html.Section(
        [
            html.P([_("Sesión de "), html.Strong(user.name)], className="small muted"),
            html.P(
                [
                    html.A(
                        _("Responder o moderar"),
                        href=f"/pregunta/{thread.folio}/responder",
                        className="btn strong",
                        **marks({"data-load": ""}),
                    ),
                    html.A(_("Bandeja"), href="/bandeja", className="btn"),
                ],
                className="row",
            ),
        ],
        className="answering stack-s",
        **marks({"data-slot": "", "aria-label": _("Para su dependencia")}),
    )


def report_link(thread: Thread) -> Component:
    """The way to say that a message should not stand there."""
    return html.P(
        [
            html.A(_("Reportar este mensaje"), href=f"/reportar/{thread.folio}"),
            " · ",
            html.A(_("Cómo se modera"), href="/moderacion"),
        ],
        className="small muted",
    )
