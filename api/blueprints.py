"""What programs open, put on the app by one list."""

from __future__ import annotations

from flask import Blueprint

from api import feed_routes, participation, routes, thread_feed


def api_blueprints() -> tuple[Blueprint, ...]:
    """Everything in this room that answers requests."""
    return tuple(module.blueprint for module in (routes, participation, feed_routes, thread_feed))
