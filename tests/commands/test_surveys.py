"""What an operator types about surveys, demand and the portal's own data."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask

from app import create_app
from config import Settings
from portal.portal import get_portal
from store import survey_replies
from store.survey_replies import Kept

FILE = """
title = "¿Sirve?"
[[questions]]
id = "uso"
type = "single"
text = "¿Para qué?"
options = [{ id = "a", label = "Escuela" }, { id = "b", label = "Otro" }]
[[questions]]
id = "mejora"
type = "text"
text = "¿Qué cambiaría?"
required = false
"""


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    catalog = tmp_path / "datos"
    catalog.mkdir()
    (catalog / "casos.csv").write_text("anio,casos\n2020,5\n")
    (tmp_path / "sirve.toml").write_text(FILE)
    return create_app(Settings(catalog=catalog, var=tmp_path / "var", cache=tmp_path / "cache"))


def run(app: Flask, *words: str) -> Result:
    return app.test_cli_runner().invoke(args=list(words))


def test_a_survey_is_loaded_opened_published_answered_and_closed(app: Flask, tmp_path: Path) -> None:
    file = str(tmp_path / "sirve.toml")
    assert run(app, "survey", "load", file).output == "sirve: sin publicar, cerrada\n"
    assert run(app, "survey", "open", "sirve").output == "sirve: sin publicar, abierta\n"
    assert run(app, "survey", "publish", "sirve").output == "sirve: publicada, abierta\n"
    assert run(app, "survey", "list").output == "sirve: publicada, abierta\n"
    with app.app_context():
        store = get_portal().store
        kept = survey_replies.reply(
            store, "sirve", lambda _: {"uso": ("a",), "mejora": ("Más\nmapas",)},
            person="ana", token="t", correcting=False, now=datetime.now(UTC),
        )  # fmt: skip
    assert kept is Kept.NEW
    told = run(app, "survey", "results", "sirve").output
    assert "¿Sirve?: 1 respuestas" in told
    assert "     1    100 %  Escuela" in told
    assert "#" in told
    assert "Más mapas" in told
    number = told.partition("#")[2].split()[0]
    assert run(app, "survey", "hide", "sirve", number, "--motivo", "insulto").output == f"#{number}: oculta\n"
    assert "[oculta: insulto]" in run(app, "survey", "results", "sirve").output
    assert run(app, "survey", "close", "sirve").output == "sirve: publicada, cerrada\n"
    assert run(app, "survey", "publish", "sirve", "--no").output == "sirve: sin publicar, cerrada\n"


@pytest.mark.parametrize(
    "words", [("survey", "open", "nada"), ("survey", "results", "nada"), ("survey", "hide", "nada", "1")]
)
def test_a_survey_that_is_not_there_is_said_so(app: Flask, words: tuple[str, ...]) -> None:
    result = run(app, *words)
    assert result.exit_code == 1
    assert "No existe" in result.output


def test_a_mistake_in_the_file_is_named(app: Flask, tmp_path: Path) -> None:
    file = tmp_path / "mala.toml"
    file.write_text('title = "x"\nagency = "NADIE"\n[[questions]]\nid = "a"\ntype = "text"\ntext = "x"')
    result = run(app, "survey", "load", str(file))
    assert (result.exit_code, "no existe la dependencia «NADIE»" in result.output) == (1, True)


def test_own_data_are_published_at_once(app: Flask, tmp_path: Path) -> None:
    assert run(app, "own-data").exit_code == 0
    assert (tmp_path / "var" / "propios" / "data.json").exists()
    assert "Sin cambios." in run(app, "own-data").output


def test_words_can_be_hidden_and_shown_again(app: Flask) -> None:
    assert run(app, "demand", "hide", "Una Palabra", "--motivo", "insulto").output == "«una palabra»: oculto\n"
    assert run(app, "demand", "hide", "una palabra").output == "«una palabra»: a la vista\n"
