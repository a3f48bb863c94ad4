"""A small catalogue of one file that tests publish again and again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from flask import Flask

from config import Settings
from portal.changes import Comparison, compare
from portal.portal import get_portal
from portal.usecases.ingest import open_ingest, work
from query.address import parse
from store.releases import released
from tests.conftest import load_site

HEAD = "entidad,fecha,clave,casos,tasa\n"
ROWS = {
    "11-2023": "Guanajuato,2023-01-01,a,3100,1.5\n",
    "11-2024": "Guanajuato,2024-01-01,b,3148,1.25\n",
    "14-2023": "Jalisco,2023-01-01,c,2000,0.5\n",
    "14-2024": "Jalisco,2024-01-01,d,2100,0.75\n",
}


class Versions:
    """The dataset `casos` with its one resource `casos`, in `folder`; `more` are further settings."""

    def __init__(self, folder: Path, **more: object) -> None:
        self.file = folder / "datos" / "casos.csv"
        self.file.parent.mkdir()
        blank = Settings(catalog=self.file.parent, var=folder / "var", cache=folder / "cache")
        self.settings = replace(blank, **more)  # type: ignore[arg-type]
        self._write({})
        self.app: Flask = load_site(self.settings).app

    def publish(self, **changed: str) -> None:
        """Publish the rows with some of them changed (`r11_2024="…"`); an empty one is left out."""
        self._write({name.replace("_", "-").removeprefix("r"): text for name, text in changed.items()})
        self.reload()

    def reload(self) -> None:
        """Load the file as it stands."""
        with self.app.app_context():
            list(work(open_ingest(get_portal(), lambda _: None)))

    def compare(self, query: str) -> Comparison:
        """The figures of a view in the last two releases."""
        with self.app.app_context():
            new, old = released(get_portal().store, "casos", "casos")[:2]
            return compare(get_portal(), parse("casos", "casos", query), old.version, new.version)

    def _write(self, changed: dict[str, str]) -> None:
        self.file.write_text(HEAD + "".join({**ROWS, **changed}.values()))
