"""Runs the ingest child and ends it when it passes its limits."""

from __future__ import annotations

import json
import logging
import os
import queue
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from data_loaders.order import Limits, Progress
from model.errors import LoadError

ROOT = Path(__file__).parents[1]
LOG = logging.getLogger(__name__)
GRACE_SECONDS = 5
LOG_TAIL = 2000
KEPT_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
KILLED_FOR_TIME = (signal.SIGXCPU,)


def run_child(
    order: dict[str, Any], limits: Limits, folder: Path, lock: int, progress: Callable[[Progress], None]
) -> None:
    """Run one order to its end. LoadError with the child's reason, or with the limit that it passed."""
    with (folder.parent / f"{folder.name}.registro").open("w+b") as log:
        os.unlink(log.name)
        child = _start(folder, lock, log)
        try:
            error = _follow(child, order, limits, progress)
        finally:
            _end(child)
        if error:
            raise LoadError(error)
        if child.returncode != 0:
            log.seek(max(0, log.seek(0, os.SEEK_END) - LOG_TAIL))
            LOG.warning("ingest child ended with %s: %s", child.returncode, log.read().decode(errors="replace"))
            raise LoadError(_cause(child.returncode, limits))


def _start(folder: Path, lock: int, log: IO[bytes]) -> subprocess.Popen[bytes]:
    environment = {name: os.environ[name] for name in KEPT_ENVIRONMENT if name in os.environ}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "OPENBLAS_NUM_THREADS": "1",
        "HOME": str(folder),
    }
    return subprocess.Popen(
        [sys.executable, "-m", "data_loaders.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=log,
        cwd=folder,
        env=environment,
        pass_fds=(lock,),
        start_new_session=True,
    )


def _follow(
    child: subprocess.Popen[bytes], order: dict[str, Any], limits: Limits, progress: Callable[[Progress], None]
) -> str:
    """Pass the child's progress on until it ends; its error, "" for none. LoadError when time is over."""
    lines: queue.Queue[bytes | None] = queue.Queue()
    reader = threading.Thread(target=_read, args=(child, lines), daemon=True)
    reader.start()
    deadline = time.monotonic() + limits.seconds
    _send(child, order)
    error = ""
    while True:
        try:
            line = lines.get(timeout=max(0.0, deadline - time.monotonic()))
        except queue.Empty:
            raise LoadError(f"El archivo tardó más de {limits.seconds:g} segundos en leerse.") from None
        if line is None:
            break
        event = json.loads(line)
        if "error" in event:
            error = str(event["error"])
        else:
            progress(Progress(event["phase"], event["percent"], event["rows"]))
    try:
        child.wait(max(GRACE_SECONDS, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        raise LoadError(f"El archivo tardó más de {limits.seconds:g} segundos en leerse.") from None
    return error


def _send(child: subprocess.Popen[bytes], order: dict[str, Any]) -> None:
    if child.stdin is None:
        return
    try:
        child.stdin.write(json.dumps(order).encode() + b"\n")
        child.stdin.flush()
    except BrokenPipeError:
        LOG.warning("the ingest child ended before it read its order")


def _read(child: subprocess.Popen[bytes], lines: queue.Queue[bytes | None]) -> None:
    for line in child.stdout or ():
        lines.put(line)
    lines.put(None)


def _end(child: subprocess.Popen[bytes]) -> None:
    """Kill the child with all that it started, and collect it."""
    if child.poll() is None:
        os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    for pipe in (child.stdin, child.stdout):
        if pipe:
            pipe.close()


def _cause(returncode: int, limits: Limits) -> str:
    if -returncode in KILLED_FOR_TIME:
        return f"El archivo necesitó más de {limits.cpu_seconds} segundos de procesador."
    if returncode < 0:
        gigabytes = limits.memory_bytes / 1024**3
        return f"El archivo se dejó de leer: necesita más memoria que la permitida ({gigabytes:.1f} GB) o está dañado."
    return "El programa que lee los archivos falló; el archivo puede estar dañado."
