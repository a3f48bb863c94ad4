"""A chart is one file, and a face is one file: a new one is drawn, offered and linked without any other edit."""

from __future__ import annotations

import ast
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from playwright.sync_api import Page

import figures.charts
import portal.faces
from components.controls import schema_for
from config import ROOT
from portal.exploring import suggestions
from portal.face import faces
from portal.portal import charts, get_portal
from query.address import address, parse
from tests.conftest import Loaded

WAFFLE = '''
"""A chart for a test: bars under another name, by a measure and a title of its own."""

from dataclasses import replace

from figures import examples, plotly_traces, vega_marks
from figures.charts import bar
from figures.drawing import Chart, Form
from figures.plotly_figure import figure
from figures.vega_plot import cartesian
from model.chart import Suggestion
from model.errors import BadRequest
from model.view import Measure

FORM = Form("waffle", "Gráfica de cuadritos", "Waffle chart")


def complete(view, choose):
    groups = choose.groups(view) or choose.categories()[:1]
    numbers = choose.numbers()
    if not groups or not numbers:
        raise BadRequest("Para cuadritos hacen falta una categoría y un número.")
    return replace(choose.measured(view, groups), measures=(Measure("max", numbers[0].column.name),))


CHART = Chart(
    name=FORM.name,
    label="Cuadritos",
    order=5,
    icon="M4 4h4v4H4z",
    headings={"es": "Lo más alto de {measured} por {groups}"},
    keeps=("groups",),
    options=("classes",),
    complete=complete,
    suggest=lambda bare, choose: (Suggestion(99, bare),),
    question=bar.question,
    draw=lambda view, table, caption: replace(bar.draw(view, table, caption), form=FORM),
    plotly=lambda drawing: figure(drawing, plotly_traces.bars),
    vega=lambda drawing, size: cartesian(drawing, size, vega_marks.BARS),
    example=bar.example,
)
'''
LINES = '''
"""A face for a test: how many rows there are."""

from portal.face import Face


def render(answer, context):
    return str(answer.table.total).encode()


FACE = Face(".lines", "Cuántos", "text/plain; charset=utf-8", render, rel="lines")
'''


class Home(NamedTuple):
    """A resource of the sample."""

    dataset: str
    resource: str


@pytest.fixture
def home(site: Loaded) -> Home:
    with site.app.app_context():
        portal_ = get_portal()
        found = sorted(portal_.snapshot.releases)
        return next(Home(d, r) for d, r in found if "_entidad" in portal_.manifest(d, r)[0].tables[0].places)


@pytest.fixture
def waffle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The drawer of charts with one file more."""
    (tmp_path / "waffle.py").write_text(WAFFLE)
    monkeypatch.setattr(figures.charts, "__path__", [*figures.charts.__path__, str(tmp_path)])
    charts.cache_clear()
    yield
    charts.cache_clear()
    sys.modules.pop("figures.charts.waffle", None)


@pytest.fixture
def lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The drawer of faces with one file more."""
    (tmp_path / "lines.py").write_text(LINES)
    monkeypatch.setattr(portal.faces, "__path__", [*portal.faces.__path__, str(tmp_path)])
    faces.cache_clear()
    yield
    faces.cache_clear()
    sys.modules.pop("portal.faces.lines", None)


@pytest.mark.usefixtures("waffle")
def test_a_chart_of_one_file_is_drawn_by_every_face(site: Loaded, home: Home) -> None:
    at = f"/explora/{home.dataset}/{home.resource}"
    client = site.app.test_client()
    svg = client.get(f"{at}.svg?_chart=waffle&_group=_entidad")
    assert (svg.status_code, svg.mimetype) == (200, "image/svg+xml")
    assert "Lo más alto de" in svg.get_data(as_text=True)
    drawn = client.get(f"{at}.figure.json?_chart=waffle").get_json()
    assert drawn["chart"] == "waffle"
    assert drawn["figure"]["data"][0]["type"] == "bar"
    assert "_measure=max:" in drawn["links"]["page"]
    assert client.get(f"{at}.txt?_chart=waffle").get_data(as_text=True).startswith("Gráfica de cuadritos: Lo más alto")
    page = client.get(f"{at}?_chart=waffle")
    assert page.status_code == 200
    assert "Lo más alto de" in page.get_data(as_text=True)
    wrong = client.get(f"{at}.json?_chart=wafle")
    assert wrong.status_code == 400
    assert "waffle" in wrong.get_json()["error"]["message"]


@pytest.mark.usefixtures("waffle")
def test_a_chart_of_one_file_is_offered_suggested_and_kept(site: Loaded, home: Home, scripts: Page) -> None:
    with site.app.test_request_context("/"):
        portal_ = get_portal()
        question = portal_.question(parse(home.dataset, home.resource, "_chart=waffle&_group=_entidad"))
        offered = schema_for(portal_.schema(question.manifest), question.profile, charts(), {})
        first = suggestions(portal_, home.dataset, home.resource)[0]
    assert next(c for c in offered["charts"] if c["name"] == "waffle") == {
        "name": "waffle",
        "label": "Cuadritos",
        "icon": "M4 4h4v4H4z",
        "mode": "chart",
        "keeps": ["groups"],
        "facets": True,
        "options": ["classes"],
    }
    assert first.chart == "waffle"
    assert "_chart=waffle" in address(first)
    before = scripts.evaluate("JSON.stringify(ventanilla.schema)")
    change = """([charts, query]) => {
        ventanilla.schema = { charts };
        const { grammar, views } = ventanilla;
        const view = views.chart(grammar.parse(query), 'waffle');
        const counted = views.measure(view, { function: 'count', column: '', ratio: '' });
        return [grammar.format(view), views.kind(view), counted.chart];
    }"""
    changed = scripts.evaluate(change, [offered["charts"], "_group=tipo&_measure=sum:x&_chart=line"])
    scripts.evaluate("before => { ventanilla.schema = JSON.parse(before); }", before)
    assert changed == ["_group=tipo&_chart=waffle", "chart", "bar"]


@pytest.mark.usefixtures("lines")
def test_a_face_of_one_file_answers_and_is_linked(site: Loaded, home: Home) -> None:
    at = f"/explora/{home.dataset}/{home.resource}"
    client = site.app.test_client()
    answer = client.get(f"{at}.json?_group=_entidad").get_json()
    assert answer["links"]["lines"].startswith(f"{at}.lines?")
    assert client.get(answer["links"]["lines"]).get_data(as_text=True) == str(answer["meta"]["total"])


def test_only_faces_that_say_so_are_linked_and_pictures_only_of_drawings(site: Loaded, home: Home) -> None:
    at = f"/explora/{home.dataset}/{home.resource}"
    client = site.app.test_client()
    plain = client.get(f"{at}.json?_chart=table").get_json()["links"]
    drawn = client.get(f"{at}.json?_chart=bar").get_json()["links"]
    rels = {face.rel for face in faces().values() if face.rel}
    assert rels & set(plain) == rels - {"svg"}
    assert rels <= set(drawn)


# Where a chart's name is a word of somebody else: what plotly and Vega call their marks, what the page calls its ids.
OTHER_WORDS = {
    "figures/plotly_figure.py": {"scatter"},
    "figures/plotly_traces.py": {"bar", "box", "heatmap", "line", "points", "scatter"},
    "figures/pins.py": {"points"},
    "figures/tiles.py": {"line", "treemap"},
    "figures/vega_frame.py": {"points"},
    "figures/vega_lines.py": {"area", "line"},
    "components/ids.py": {"map", "points"},
    "components/map.py": {"map", "points"},
    "components/report.py": {"line"},
    "components/words.py": {"map", "points"},
    "model/chart.py": {"map"},  # a mode of the page, as in the scripts
    "data_loaders/facts.py": {"area"},
    "assets/map.js": {"points"},
    "assets/steps.js": {"map", "points"},
    "assets/explorer.js": {"map"},
}
ROOMS = (
    *("model", "query", "figures", "portal", "components", "pages", "documents", "api", "commands", "editorial"),
    *("data_loaders", "participation", "store"),
)


def literals(path: Path) -> set[str]:
    """Every text that stands in quotes in a file."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".js":
        return {a or b for a, b in re.findall(r"\"(\w+)\"|'(\w+)'", text)}
    return {n.value for n in ast.walk(ast.parse(text)) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def test_no_chart_is_named_outside_its_own_file() -> None:
    names = set(charts())
    files = [p for room in ROOMS for p in (ROOT / room).rglob("*.py")] + list((ROOT / "assets").glob("*.js"))
    found = {str(p.relative_to(ROOT)): literals(p) & names for p in files if p.parent.name != "charts"}
    strangers = {path: sorted(words - OTHER_WORDS.get(path, set())) for path, words in found.items()}
    assert {path: words for path, words in strangers.items() if words} == {}


def test_a_chart_names_no_other_chart() -> None:
    for path in (ROOT / "figures" / "charts").glob("*.py"):
        words = literals(path) & set(charts())
        assert words <= {path.stem}, path.name
        assert not re.search(r"from figures\.charts|import figures\.charts", path.read_text())


def test_no_face_is_named_where_answers_are_linked() -> None:
    suffixes = {s for face in faces().values() for s in (face.suffix, face.rel) if s} - {".json"}
    assert literals(ROOT / "portal" / "links.py") & suffixes == set()


def test_the_words_of_others_are_still_theirs() -> None:
    kept = {path: words - literals(ROOT / path) for path, words in OTHER_WORDS.items() if (ROOT / path).exists()}
    assert json.dumps({path: sorted(words) for path, words in kept.items() if words}) == "{}"
