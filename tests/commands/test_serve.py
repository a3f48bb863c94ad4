"""What a newcomer types: the site starts over the bundled catalogue, answers, and leaves nothing behind."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from config import ROOT
from tests.serving import free_port

COMMAND = ["-m", "flask", "--app", "app:server", "serve"]
PATIENCE = 120


def wait_for(done: Callable[[], bool], serving: subprocess.Popen[bytes]) -> None:
    """Wait until `done` says so; fail where the process ends before."""
    last = time.monotonic() + PATIENCE
    while not done():
        assert serving.poll() is None, f"it ended with {serving.returncode}"
        assert time.monotonic() < last, "it did not happen"
        time.sleep(0.2)


def page(address: str) -> str:
    """The text at an address; "" while there is none."""
    try:
        with urllib.request.urlopen(address, timeout=20) as response:
            return str(response.read().decode())
    except OSError:
        return ""


@pytest.fixture
def port() -> int:
    return free_port()


@pytest.fixture
def serving(tmp_path: Path, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """`make run`'s command, with folders of its own."""
    folders = {"VAR": str(tmp_path / "var"), "CACHE": str(tmp_path / "cache")}
    process = subprocess.Popen(
        [sys.executable, *COMMAND], cwd=ROOT, env={**os.environ, **folders, "PORT": str(port), "WORKERS": "1"}
    )
    yield process
    for left in psutil.Process(process.pid).children(recursive=True) if process.poll() is None else ():
        left.kill()
    process.kill()
    process.wait()


def test_the_site_starts_answers_and_stops_with_all_its_processes(serving: subprocess.Popen[bytes], port: int) -> None:
    base = f"http://127.0.0.1:{port}"
    wait_for(lambda: "ok" in page(f"{base}/health"), serving)
    assert "Ventanilla" in page(f"{base}/")
    wait_for(lambda: "Homicidios por entidad" in page(f"{base}/datos/homicidios-por-entidad"), serving)
    children = psutil.Process(serving.pid).children(recursive=True)
    assert len(children) >= 3  # gunicorn, its worker, the loading process
    serving.send_signal(signal.SIGINT)
    assert serving.wait(30) == 0
    _, alive = psutil.wait_procs(children, timeout=15)
    assert alive == []


def test_make_run_names_that_very_command() -> None:
    make = shutil.which("make")
    assert make is not None
    said = subprocess.run([make, "--dry-run", "run"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert " ".join(COMMAND) in said
