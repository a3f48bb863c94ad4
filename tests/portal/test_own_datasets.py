"""The portal's own data: written when they change, loaded like any other, without what must not be in them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from app import create_app
from config import Settings
from model.demand import What, Wish
from model.survey import Option, Question, Survey
from portal.asking import ask
from portal.own import DEMAND, is_own, own_view, survey_identifier
from portal.portal import Portal, get_portal
from portal.usecases.ingest import open_ingest, work
from portal.usecases.own_datasets import forget_old, write_own
from query.address import parse
from store import demand, survey_replies, surveys

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
YESTERDAY = date(2026, 11, 21)
USE = Question("uso", "single", "¿Para qué?", options=(Option("a", "Escuela"), Option("b", "Otro")))
WORDS = Question("mejora", "text", "¿Qué cambiaría?", required=False)
SURVEY = Survey("sirve", "¿Le sirve?", questions=(USE, WORDS), open=True, published=True)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    catalog = tmp_path / "datos"
    catalog.mkdir()
    (catalog / "casos.csv").write_text("anio,casos\n2020,5\n2021,7\n")
    app = create_app(Settings(catalog=catalog, var=tmp_path / "var", cache=tmp_path / "cache"))
    with app.test_request_context("/"):
        yield get_portal()


def harvest(portal: Portal) -> list[str]:
    said: list[str] = []
    for _ in work(open_ingest(portal, said.append)):
        pass
    return said


def answer(portal: Portal, person: str, option: str, text: str = "") -> None:
    answers = {"uso": (option,), **({"mejora": (text,)} if text else {})}
    survey_replies.reply(
        portal.store, "sirve", lambda _: answers, person=person, token=f"{person}-{option}", correcting=False, now=NOW
    )


def file(portal: Portal, name: str) -> str:
    return (portal.settings.var / "propios" / name).read_text()


def test_a_portal_without_replies_has_no_data_of_its_own(portal: Portal) -> None:
    surveys.save(portal.store, SURVEY, NOW)
    write_own(portal, NOW)
    assert [p.name for p in (portal.settings.var / "propios").iterdir()] == ["data.json"]
    harvest(portal)
    assert [d.slug for d in portal.snapshot.datasets.values()] == ["casos"]


def test_results_become_a_dataset_whose_chart_has_an_address(portal: Portal) -> None:
    surveys.save(portal.store, SURVEY, NOW)
    for person, option in (("ana", "a"), ("beto", "a"), ("carla", "b")):
        answer(portal, person, option, "Mi teléfono es 55 1234 5678")
    assert own_view(portal, survey_identifier("sirve"), "_chart=table") == ""
    assert write_own(portal, NOW)
    assert not write_own(portal, NOW)
    assert "teléfono" not in file(portal, "encuesta-sirve.csv")
    harvest(portal)
    own = [d for d in portal.snapshot.datasets.values() if is_own(d)]
    assert [(d.title, d.agency.name, d.modified) for d in own] == [
        ("Encuesta: ¿Le sirve?", "Ventanilla (este portal)", date(2026, 11, 22))
    ]
    address = own_view(portal, survey_identifier("sirve"), "pregunta=¿Para qué?&_group=respuesta&_measure=sum:personas")
    assert address.startswith("/explora/encuesta-le-sirve/datos?")
    rows = ask(portal, parse("encuesta-le-sirve", "datos", address.partition("?")[2])).table.rows
    assert sorted(rows, key=str) == [("Escuela", 2), ("Otro", 1)]
    assert portal.manifest("casos", "casos")


def test_a_new_answer_is_a_new_release_and_the_catalogue_stays(portal: Portal) -> None:
    surveys.save(portal.store, SURVEY, NOW)
    answer(portal, "ana", "a")
    write_own(portal, NOW)
    harvest(portal)
    answer(portal, "beto", "b")
    assert write_own(portal, NOW)
    assert [line for line in harvest(portal) if "casos" in line] == []
    versions = portal.snapshot.releases
    assert {key[0] for key in versions} == {"casos", "encuesta-le-sirve"}


def test_results_that_are_kept_or_unpublished_are_no_data(portal: Portal) -> None:
    surveys.save(portal.store, replace(SURVEY, sealed=True), NOW)
    answer(portal, "ana", "a")
    write_own(portal, NOW)
    assert "encuesta" not in file(portal, "data.json")
    surveys.switch(portal.store, "sirve", is_open=False)
    assert write_own(portal, NOW)
    assert "encuesta" in file(portal, "data.json")
    surveys.switch(portal.store, "sirve", published=False)
    assert write_own(portal, NOW)
    assert "encuesta" not in file(portal, "data.json")
    assert not (portal.settings.var / "propios" / "encuesta-sirve.csv").exists()


def test_a_removed_option_is_so_marked_in_the_data(portal: Portal) -> None:
    surveys.save(portal.store, SURVEY, NOW)
    answer(portal, "ana", "a")
    surveys.save(portal.store, replace(SURVEY, questions=(replace(USE, options=USE.options[1:]),)), NOW)
    write_own(portal, NOW)
    assert "¿Para qué?,uso,Una respuesta,Escuela (retirada),a,,1,1" in file(portal, "encuesta-sirve.csv")


def test_demand_is_published_by_whole_days_with_common_words_only(portal: Portal) -> None:
    harvest(portal)
    rare, common = Wish(What.SEARCH, term="mi nombre"), Wish(What.SEARCH, term="agua")
    view = Wish(What.VIEW, "casos", "casos")
    demand.add(portal.store, Counter({(YESTERDAY, rare): 4, (YESTERDAY, common): 5, (YESTERDAY, view): 1}))
    demand.add(portal.store, Counter({(YESTERDAY + timedelta(1), view): 100}))
    write_own(portal, NOW)
    assert file(portal, "demanda.csv").splitlines() == [
        "mes,tipo,dependencia,conjunto,recurso,termino,veces",
        "2026-11-01,búsqueda sin resultado,,,,agua,5",
        f"2026-11-01,visita,{portal.snapshot.datasets['casos'].agency.name},Casos,casos,,1",
    ]
    harvest(portal)
    assert own_view(portal, DEMAND, "_chart=table").startswith("/explora/lo-que-la-gente-busca")


def test_counts_are_forgotten_after_two_years(portal: Portal) -> None:
    view = Wish(What.VIEW, "casos")
    demand.add(portal.store, Counter({(date(2024, 10, 31), view): 3, (date(2024, 11, 1), view): 2}))
    forget_old(portal, NOW)
    found = demand.totals(portal.store, date(2020, 1, 1), YESTERDAY, 1)
    assert [item.times for item in found] == [2]


def test_a_catalogue_out_of_order_does_not_lose_its_datasets_to_ours(portal: Portal) -> None:
    surveys.save(portal.store, SURVEY, NOW)
    answer(portal, "ana", "a")
    write_own(portal, NOW)
    harvest(portal)
    (portal.settings.catalog / "data.json").write_text("{broken")
    harvest(portal)
    assert "casos" in portal.snapshot.datasets
