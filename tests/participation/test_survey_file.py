"""A survey as an operator writes it: each mistake is named."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from config import ROOT
from model.declared import InvalidDeclaration
from model.survey import Option
from participation.survey_file import read_survey

WHOLE = """
title = "¿Sirve?"
description = "Dos minutos."
agency = "INEGI"
open = true
published = true
opens = 2026-11-01
closes = 2026-12-01
results = "after_closing"

[[questions]]
id = "uso"
type = "single"
text = "¿Para qué?"
options = [{ id = "a", label = "Escuela" }, { id = "b", label = "Otro" }]

[[questions]]
id = "facil"
type = "scale"
text = "¿Qué tan fácil?"
low = 0
high = 3
low_label = "nada"
required = false
"""
SINGLE = '[[questions]]\nid = "a"\ntype = "single"\ntext = "¿Qué?"\n'
QUESTION = '[[questions]]\nid = "a"\ntype = "text"\ntext = "¿Qué?"\n'


def written(folder: Path, text: str, name: str = "La encuesta.toml") -> Path:
    path = folder / name
    path.write_text(text)
    return path


def test_a_file_becomes_the_survey_it_says(tmp_path: Path) -> None:
    survey = read_survey(written(tmp_path, WHOLE))
    assert (survey.slug, survey.title, survey.agency) == ("la-encuesta", "¿Sirve?", "INEGI")
    assert (survey.opens, survey.closes, survey.sealed) == (date(2026, 11, 1), date(2026, 12, 1), True)
    uso, facil = survey.questions
    assert uso.options == (Option("a", "Escuela"), Option("b", "Otro"))
    assert [option.label for option in facil.options] == ["0 · nada", "1", "2", "3"]
    assert (uso.required, facil.required) == (True, False)


def test_a_file_is_a_draft_until_it_says_otherwise(tmp_path: Path) -> None:
    survey = read_survey(written(tmp_path, f'title = "¿Sirve?"\n{QUESTION}'))
    assert (survey.open, survey.published, survey.sealed) == (False, False, False)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (QUESTION, "Falta «title»"),
        ('title = "x"', "Falta «questions»"),
        ('title = "x"\nquestions = []', "de 1 a 50 preguntas"),
        (f'title = "x"\ntitel = "y"\n{QUESTION}', "¿Quiso decir «title»"),
        (f'title = "x"\nopen = "yes"\n{QUESTION}', "true o false"),
        (f'title = "x"\nopens = "2026-01-01"\n{QUESTION}', "fecha sin comillas"),
        (f'title = "x"\nopens = 2026-02-01\ncloses = 2026-01-01\n{QUESTION}', "antes que"),
        (f'title = "x"\nresults = "never"\n{QUESTION}', "results"),
        (f'title = "x"\n{QUESTION}{QUESTION}', "mismo «id»"),
        (f'title = "x"\n{QUESTION.replace("text", "video", 1)}', "type"),
        (f'title = "x"\n{QUESTION}options = []', "options"),
        ('title = "x"\n[[questions]]\nid = "Á b"\ntype = "text"\ntext = "x"', "minúsculas"),
        (f'title = "x"\n{SINGLE}options = [{{id = "a", label = "A"}}]', "2 a 40"),
        ('title = "x"\n[[questions]]\nid = "a"\ntype = "scale"\ntext = "x"\nlow = 5\nhigh = 1', "mayor que"),
        ('title = "x"\n[[questions]]\nid = "a"\ntype = "scale"\ntext = "x"\nhigh = 99', "de 0 a 10"),
    ],
)  # fmt: skip
def test_a_mistake_is_named(tmp_path: Path, wrong: str, said: str) -> None:
    with pytest.raises(InvalidDeclaration) as raised:
        read_survey(written(tmp_path, wrong))
    assert said in raised.value.message


def test_the_bundled_survey_is_open_with_one_question_of_each_type() -> None:
    survey = read_survey(ROOT / "catalog" / "encuestas" / "este-portal.toml")
    assert (survey.open, survey.published) == (True, True)
    assert {question.kind for question in survey.questions} == {"single", "multiple", "scale", "text"}
