"""All commands of the command line."""

from __future__ import annotations

from flask import Flask

from commands.demand import demand
from commands.ingest import ingest, own_data, worker
from commands.people import agency, user
from commands.replies import answer
from commands.requests import request
from commands.serve import serve
from commands.surveys import survey
from commands.versions import withdraw


def add_commands(app: Flask) -> None:
    """`flask ingest`, `own-data`, `worker`, `serve`, `answer`, `withdraw`, and the groups `survey`, `demand`, `user`
    and `agency`.
    """
    for command in (ingest, own_data, worker, serve, answer, withdraw, survey, demand, user, agency, request):
        app.cli.add_command(command)
