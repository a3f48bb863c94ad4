"""The ingest child: reads one order from standard input, works in one folder under hard limits, tells in JSON lines.

It ends by itself when its parent does: standard input stays open as long as the parent lives.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import threading
from pathlib import Path
from typing import IO, Any

import cattrs
import duckdb

from data_loaders.detect import detect
from data_loaders.ingest.database import WORK
from data_loaders.ingest.native import copy_natively
from data_loaders.ingest.pipeline import ingest
from data_loaders.manifest import converter
from data_loaders.order import Limits, Progress
from model.errors import LoadError
from model.recipe import Recipe

RESULT = "resultado.json"
NO_MEMORY = "El archivo necesita más memoria de la que este servidor permite."


def main() -> int:
    """Ingest what the order says, or copy the version that it names; 0 if it went well, 3 if the reason was told."""
    out = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    order: dict[str, Any] = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    limits = cattrs.structure(order["limits"], Limits)
    _limit(limits)
    try:
        _work(order, limits, out)
    except LoadError as problem:
        return _fail(out, problem.message)
    except (MemoryError, duckdb.OutOfMemoryException):
        return _fail(out, NO_MEMORY)
    except duckdb.Error as problem:
        sys.stderr.write(f"{problem}\n")
        return _fail(out, "El contenido del archivo no se pudo leer como una tabla.")
    except OSError as problem:
        sys.stderr.write(f"{problem}\n")
        return _fail(
            out,
            "No se pudo escribir mientras se leía el archivo: falta espacio en el disco o pasa del tamaño permitido.",
        )
    return 0


def _work(order: dict[str, Any], limits: Limits, out: IO[str]) -> None:
    folder = Path(order["folder"])
    if "version" in order:
        copy_natively(Path(order["version"]), folder, limits)
        return
    recipe = cattrs.structure(order["recipe"], Recipe)
    source = folder / "original" / order["source"]
    work = folder / WORK
    municipalities = Path(order["municipalities"]) if order["municipalities"] else None

    def say(progress: Progress) -> None:
        out.write(json.dumps({"phase": progress.phase, "percent": progress.percent, "rows": progress.rows}) + "\n")
        out.flush()

    say(Progress("Se reconoce el formato"))
    raw = detect(source).read(source, recipe, work)
    result = ingest(raw, recipe, folder, limits, say, municipalities)
    (folder / RESULT).write_bytes(json.dumps(converter().unstructure(result), ensure_ascii=False).encode())


def _fail(out: IO[str], message: str) -> int:
    out.write(json.dumps({"error": message}) + "\n")
    out.flush()
    return 3


def _limit(limits: Limits) -> None:
    for kind, value in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, limits.cpu_seconds),
        (resource.RLIMIT_FSIZE, limits.file_bytes),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        ceiling = value if hard == resource.RLIM_INFINITY else min(value, hard)
        resource.setrlimit(kind, (ceiling, ceiling))


def _end_with_parent() -> None:
    sys.stdin.read()
    os._exit(4)


if __name__ == "__main__":
    sys.exit(main())
