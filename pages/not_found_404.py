"""Whatever is not a page: what happened, and ways back."""

from __future__ import annotations

from dash import register_page as dash_register_page
from dash.development.base_component import Component

from components.shell import error_state, shell
from model.errors import NotFound


def layout(**_: str) -> Component:
    """The page of an unknown address; the raw HTML already said 404."""
    return shell(error_state(NotFound("No encontramos esta página. Quizá cambió de dirección.")), asks=False)


dash_register_page(__name__, title="No encontramos esta página · Ventanilla")  # type: ignore[no-untyped-call]
