"""The callbacks of every component, put on the app."""

from __future__ import annotations

from dash import Dash

from components import feedback


def register(app: Dash) -> None:
    """Called once by `app.create_app`."""
    feedback.register(app)
