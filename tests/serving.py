"""A live server of a site, for browsers and benchmarks."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager

from config import ROOT, Settings

START_SECONDS = 30


@contextmanager
def serving(settings: Settings, workers: int = 1, port: int = 0) -> Iterator[str]:
    """The address of a gunicorn over the var and cache of `settings`, stopped at the end; at `port` if one is given."""
    port = port or free_port()
    options = ["--workers", str(workers), "--threads", "8", "--worker-class", "gthread", "--no-control-socket"]
    command = [sys.executable, "-m", "gunicorn", *options, "--bind", f"127.0.0.1:{port}", "app:server()"]
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **environment(settings)})
    try:
        yield _answering(f"http://127.0.0.1:{port}")
    finally:
        process.terminate()
        process.wait(10)


def environment(settings: Settings) -> dict[str, str]:
    """The environment variables that give these settings, where they differ from the defaults."""
    blank = Settings()
    given = {name: getattr(settings, name) for name in Settings.__slots__}
    return {name.upper(): str(value) for name, value in given.items() if value != getattr(blank, name)}


def free_port() -> int:
    """A port of loopback that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


def _answering(address: str) -> str:
    for _ in range(START_SECONDS * 10):
        try:
            urllib.request.urlopen(f"{address}/health", timeout=1)
        except OSError:
            time.sleep(0.1)
        else:
            return address
    raise RuntimeError(f"the site did not start within {START_SECONDS} seconds")
