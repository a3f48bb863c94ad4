"""What an official answer has to say."""

from __future__ import annotations

from datetime import date

import pytest

from model.errors import InvalidForm
from model.thread import AnswerType, NewAnswer
from participation.answering import validate_answer

TODAY = date(2026, 11, 22)
GOOD = {"tipo": "razon", "texto": "Cambió el método.", "sin_vista": "No hay datos de esto.", "clave": "a" * 20}


def problems(**fields: str) -> dict[str, str]:
    with pytest.raises(InvalidForm) as invalid:
        validate_answer({**GOOD, **fields}, TODAY)
    return invalid.value.problems


def test_an_answer_has_a_type_a_text_and_a_view_or_why_it_has_none() -> None:
    assert validate_answer(GOOD, TODAY) == NewAnswer(
        AnswerType.REASON, "Cambió el método.", uncited="No hay datos de esto.", token="a" * 20
    )
    cited = validate_answer({**GOOD, "vista": "/explora/uno/a", "sin_vista": "sobra"}, TODAY)
    assert (cited.view, cited.uncited) == ("/explora/uno/a", "")


def test_an_answer_without_view_or_excuse_is_told_so() -> None:
    assert set(problems(sin_vista="")) == {"vista"}


def test_an_estimated_date_is_a_day_to_come() -> None:
    assert set(problems(tipo="fecha")) == {"fecha"}
    assert problems(tipo="fecha", fecha="2026-11-21") == {"fecha": "La fecha estimada ya pasó."}
    assert set(problems(tipo="fecha", fecha="pronto")) == {"fecha"}
    assert validate_answer({**GOOD, "tipo": "fecha", "fecha": "2026-11-22"}, TODAY).day == TODAY
    assert validate_answer({**GOOD, "fecha": "2027-01-01"}, TODAY).day is None


@pytest.mark.parametrize("ground", ["", "   ", "la ley"])
def test_to_refuse_takes_a_legal_ground(ground: str) -> None:
    assert "fundamento legal" in problems(tipo="no_procede", fundamento=ground)["fundamento"]


def test_a_ground_belongs_to_a_refusal_only() -> None:
    ground = "Artículo 113, fracción I, de la ley general."
    assert validate_answer({**GOOD, "tipo": "no_procede", "fundamento": ground}, TODAY).ground == ground
    assert validate_answer({**GOOD, "fundamento": ground}, TODAY).ground == ""


def test_every_fault_is_told_at_once() -> None:
    assert set(problems(tipo="otra", texto=" ", clave="corta", sin_vista="")) == {"tipo", "texto", "clave", "vista"}
