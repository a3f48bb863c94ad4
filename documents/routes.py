"""The plain documents, put on the app by one list."""

from __future__ import annotations

from flask import Blueprint

from documents import demand, follows, moderation, people, requests, surveys, thread_list, threads, votes


def blueprints() -> tuple[Blueprint, ...]:
    """Everything in this room that answers requests."""
    modules = (threads, thread_list, people, moderation, votes, follows, surveys, demand, requests)
    return tuple(module.blueprint for module in modules)
