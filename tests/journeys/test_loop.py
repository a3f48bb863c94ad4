"""The loop, thin: a question on a figure, the agency's answer under it, given from the command line."""

from __future__ import annotations

import os
import re
import subprocess
import sys

from playwright.sync_api import expect

from config import ROOT
from tests.conftest import Loaded
from tests.journeys.conftest import Watched
from tests.serving import environment

VIEW = "/explora/homicidios-por-entidad/serie-anual?_chart=line&_entidad=11&_group=anio&_measure=sum:homicidios"
QUESTION = "¿Por qué la cifra de 2008 es tan distinta de la de 2007?"
ANSWER = "En 2008 cambió la forma de registrar las actas; la metodología está publicada."


def test_a_question_gets_its_official_answer_under_the_view(site: Loaded, visitor: Watched) -> None:
    page = visitor.open(VIEW)
    page.locator("summary", has_text="Pregunte").click()
    page.get_by_label("Su pregunta").fill(QUESTION)
    assert visitor.violations() == []
    page.get_by_role("button", name="Enviar pregunta").click()
    folio = page.locator("[data-sent]").get_attribute("data-sent") or ""
    assert re.fullmatch(r"VEN-\d{4}-\d{6}", folio)
    command = [sys.executable, "-m", "flask", "--app", "app:server", "answer", folio, "--texto", ANSWER]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment(site.settings)}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.strip()) == (0, f"{folio}: respondida"), done.stderr
    page = visitor.open(VIEW)
    thread = page.locator("article", has_text=folio).first
    expect(thread).to_contain_text(QUESTION)
    expect(thread).to_contain_text(ANSWER)
    expect(thread).to_contain_text("Respuesta oficial")
    assert visitor.violations() == []
