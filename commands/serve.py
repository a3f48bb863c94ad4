"""`flask serve`: the web server and the one ingest process, together."""

from __future__ import annotations

import signal
import subprocess
import sys
from types import FrameType

import click
from flask.cli import with_appcontext

from portal.portal import get_portal

THREADS = 4
WATCH_SECONDS = 2.0
FLASK_WORKER = (sys.executable, "-m", "flask", "--app", "app:server", "worker")


@click.command()
@with_appcontext
def serve() -> None:
    """Serve the site and keep its data loaded; Ctrl+C stops both."""
    settings = get_portal().settings
    click.echo(f"Ventanilla · http://{settings.host}:{settings.port}/")
    web = subprocess.Popen(_gunicorn(settings.host, settings.port, settings.workers))
    worker = subprocess.Popen(FLASK_WORKER)

    def stop(_signal: int, _frame: FrameType | None) -> None:
        web.terminate()

    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    while (status := _ended(web)) is None:
        if worker.poll() is not None:
            click.echo(f"El proceso de carga terminó ({worker.returncode}); se inicia otro.", err=True)
            worker = subprocess.Popen(FLASK_WORKER)
    worker.terminate()
    worker.wait()
    raise SystemExit(0 if status in (0, -signal.SIGTERM) else status)


def _ended(process: subprocess.Popen[bytes]) -> int | None:
    """Its exit status; None while it runs on after `WATCH_SECONDS`."""
    try:
        return process.wait(WATCH_SECONDS)
    except subprocess.TimeoutExpired:
        return None


def _gunicorn(host: str, port: int, workers: int) -> list[str]:
    """gthread workers; no control socket, which gunicorn 27 would open in the home folder."""
    options = ["--workers", str(workers), "--threads", str(THREADS), "--worker-class", "gthread"]
    quiet = ["--no-control-socket", "--log-level", "warning", "--keep-alive", "30"]
    return [sys.executable, "-m", "gunicorn", *options, *quiet, "--bind", f"{host}:{port}", "app:server()"]
