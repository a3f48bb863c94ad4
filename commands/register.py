"""All commands of the command line."""

from __future__ import annotations

from flask import Flask

from commands.ingest import ingest, worker
from commands.replies import answer
from commands.serve import serve
from commands.versions import withdraw


def add_commands(app: Flask) -> None:
    """`flask ingest`, `flask worker`, `flask serve`, `flask answer`, `flask withdraw`."""
    for command in (ingest, worker, serve, answer, withdraw):
        app.cli.add_command(command)
