"""Images: real text, no network, maps that stay light."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import pytest

from figures import render
from figures.charts import bar
from figures.charts import map as choropleth
from figures.drawing import NARROW, WIDE, Caption, Size
from figures.geography import fit, project
from model.table import Column, ColumnType, Role, Table
from model.view import Group, Measure, View

SHARED = Path(__file__).parents[2].parent / "shared"
RATE = Column("count", ColumnType.NUMBER, Role.MEASURE, "Tasa")


def test_text_with_accents_stays_text() -> None:
    image = render.svg(bar.vega(bar.draw(*bar.example()), WIDE))
    assert "<text" in image
    assert "Víctimas de homicidio doloso por entidad" in image
    assert "Michoacán de Ocampo" in image


def test_the_image_is_described_for_screen_readers() -> None:
    image = render.svg(bar.vega(bar.draw(*bar.example()), WIDE))
    assert image.startswith('<svg role="img" aria-label="Gráfica de barras: ')
    assert 'role="graphics-object"' not in image.replace(
        'class="mark-group role-frame root" role="graphics-object"', ""
    )


def test_a_specification_that_asks_the_network_is_refused() -> None:
    spec = bar.vega(bar.draw(*bar.example()), WIDE)
    spec["data"] = [{"name": "outside", "url": "https://example.org/data.json"}]
    with pytest.raises(ValueError, match="not allowed"):
        render.svg(spec)


def test_an_image_can_have_an_exact_size() -> None:
    spec = bar.vega(bar.draw(*bar.example()), Size(1200, 628, exact=True))
    assert (spec["width"], spec["height"]) == (1200, 628)
    assert render.png(spec, 1)[:4] == b"\x89PNG"
    assert render.pdf(spec)[:5] == b"%PDF-"


def test_the_dark_image_has_light_ink_on_dark_paper() -> None:
    image = render.svg(bar.vega(bar.draw(*bar.example()), Size(dark=True)))
    assert 'fill="#14191b"' in image
    assert 'fill="#f1efe8"' in image


def test_mexico_lies_on_the_sheet_as_it_should() -> None:
    tijuana, cancun, tapachula = (-117.04, 32.51), (-86.85, 21.16), (-92.26, 14.9)
    sheet = fit([tijuana, cancun, tapachula], 300, 200)
    (x1, y1), (x2, y2), (x3, y3) = (sheet.pixel(*p) for p in (tijuana, cancun, tapachula))
    assert x1 < x3 < x2
    assert y1 < y2 < y3
    assert (x1, x2) == (0.0, 300.0) or (y1, y3) == (0.0, 200.0)


def test_distances_on_the_sheet_are_near_those_on_the_ground() -> None:
    """Mexico City to Monterrey: some 703 km on a sphere."""
    (x1, y1), (x2, y2) = project(-99.1332, 19.4326), project(-100.3161, 25.6866)
    assert math.hypot(x2 - x1, y2 - y1) * 6371 == pytest.approx(706, rel=0.02)


@pytest.mark.acceptance
@pytest.mark.skipif(not (SHARED / "geo").exists(), reason="the municipal outlines are not here")
@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_the_map_of_all_municipalities_stays_under_1_2_megabytes(size: Size) -> None:
    outlines = json.loads((SHARED / "geo/municipios_2457_simplificado.geojson").read_text(encoding="utf-8"))
    keys = [f["properties"]["cvegeo"] for f in outlines["features"]]
    rows = tuple((key, (i * 37) % 911 + 1) for i, key in enumerate(keys))
    view = View("d", "r", groups=(Group("_municipio"),), measures=(Measure("count"),), chart="map")
    columns = (Column("_municipio", ColumnType.TEXT, Role.MUNICIPALITY), RATE)
    drawing = choropleth.draw(view, Table(columns, rows, len(rows)), Caption("Municipios", outlines=outlines))
    image = render.svg(choropleth.vega(drawing, size))
    assert len(image.encode()) < 1_200_000
    assert len(json.loads(json.dumps(choropleth.plotly(drawing)))["values"]) == len(keys)
    assert image.count("<path") > len(keys)
    assert replace(drawing, notes=()).territory.unmatched == 0
