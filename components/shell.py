"""What every page stands in, and how it says that something is loading, missing or wrong."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from components import feedback
from components.messages import gettext as _
from model.errors import Hidden, NotReady, PortalError

Children = Component | str | Sequence[Component | str]


def shell(children: Children, *, path: str = "", asks: bool = True) -> Component:
    """The page's content with its question panel; head and foot stand in `documents/templates/shell.html`.

    `path` is the page's address, to which a question is anchored.
    """
    content = [children] if isinstance(children, (Component, str)) else list(children)
    panel = [feedback.panel(path)] if asks else []
    return html.Div([*content, *panel], className="page")


def heading(title: str, *, eyebrow: Children = (), lead: str = "") -> Component:
    """A page's h1, with a line above and a sentence below where they are given."""
    return html.Header(
        [
            html.P(eyebrow, className="eyebrow") if eyebrow else None,
            html.H1(title),
            html.P(lead, className="lead") if lead else None,
        ],
        className="stack-s",
    )


def section(title: str, *children: Component | str | None, id: str = "") -> Component:  # noqa: A002
    """A section with its h2; None children are left out."""
    name: dict[str, Any] = {"id": id} if id else {}
    return html.Section([html.H2(title), *(c for c in children if c is not None)], className="stack", **name)


def link_button(label: str, href: str, *, strong: bool = False, **more: Any) -> Component:
    """A link that looks like a button."""
    return html.A(label, href=href, className="btn strong" if strong else "btn", **more)


def error_state(error: PortalError) -> Component:
    """What went wrong, in the error's own Spanish words, with a way on."""
    waiting = isinstance(error, NotReady)
    titles = {404: _("No lo encontramos"), 400: _("No entendimos esa dirección"), 410: _("Versión retirada")}
    title = _("Este mensaje no está a la vista") if isinstance(error, Hidden) else titles.get(error.status)
    retry = link_button(_("Intentar de nuevo"), "", strong=True) if waiting else None
    return html.Section(
        [
            html.P(_("Error %(status)s", status=error.status), className="eyebrow"),
            html.H1(_("Un momento, por favor") if waiting else title or _("Algo salió mal")),
            html.P(error.message),
            html.P(
                [
                    retry,
                    link_button(_("Buscar datos"), "/datos", strong=not waiting),
                    link_button(_("Ir al inicio"), "/"),
                ],
                className="row",
            ),
        ],
        className="state",
        role="alert",
    )


def empty_state(title: str, text: str, *actions: Component) -> Component:
    """Nothing was found: what to do next."""
    return html.Section(
        [html.H2(title), html.P(text), html.Div(list(actions), className="row") if actions else None],
        className="state empty",
    )
