"""All commands of the command line."""

from __future__ import annotations

from flask import Flask

from commands.ingest import ingest, worker
from commands.replies import answer
from commands.serve import serve


def add_commands(app: Flask) -> None:
    """`flask ingest`, `flask worker`, `flask serve`, `flask answer`."""
    for command in (ingest, worker, serve, answer):
        app.cli.add_command(command)
