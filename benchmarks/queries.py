"""Typical views through the one door, against raw DuckDB on the same version, query by query in turn."""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import duckdb

from app import create_app
from benchmarks.site import bench_settings, load
from model.view import View
from portal.asking import answer
from portal.face import Context, render_face
from portal.portal import Portal, get_portal
from query.address import parse
from query.compile import compile_view

REPEATS = int(os.environ.get("BENCH_REPEATS", 200))
DATASET, RESOURCE = "precios-diarios-de-gasolinas-y-diesel-por-estacion", "precios-diarios-2020-2022"
VIEWS = MappingProxyType(
    {
        "monthly average": "_group=fecha:month&_measure=avg:precio&_chart=line",
        "by fuel and quarter": "_group=fecha:quarter,tipo&_measure=median:precio&_chart=line",
        "one station by day": "place_id=2807&_group=fecha,tipo&_measure=avg:precio&_chart=line",
        "top 20 stations": "_group=place_id&_measure=max:precio&_sort=-max:precio&_size=20",
        "histogram": "tipo=premium&_group=precio:bin20&_measure=count&_chart=histogram",
        "a page of a filtered table": "tipo=diesel&fecha__gte=2022-01-01&precio__gt=24&_sort=-precio",
    }
)


def main() -> None:
    """Print, for each view, median and p95 of both in milliseconds, the difference of p95, and the time from cache."""
    settings = bench_settings()
    app = create_app(settings)
    with app.app_context():
        portal = get_portal()
        load(portal)
        print(f"{REPEATS} repeats; milliseconds\n")
        print("| view | raw p50 | raw p95 | ask p50 | ask p95 | added p95 | cached p95 |")
        print("|---|---|---|---|---|---|---|")
        for name, query in VIEWS.items():
            print(_row(portal, name, parse(DATASET, RESOURCE, query)))


def _row(portal: Portal, name: str, view: View) -> str:
    question = portal.question(view)
    compiled = compile_view(question.view, portal.schema(question.manifest), 5000, totals=False)
    connection = duckdb.connect(config={"threads": portal.settings.query_threads})
    for ref in compiled.rows.tables:
        connection.execute(f"ATTACH IF NOT EXISTS '{portal.lake.tables(ref)}' AS v{ref.version} (READ_ONLY)")
    sql, values = compiled.rows.sql, list(compiled.rows.parameters)
    raw, ours = _paired(
        lambda: connection.execute(sql, values).fetchall(), lambda: answer(portal, question, draw=False)
    )
    context = Context(portal)
    pinned = replace(question.view, version=question.manifest.version)
    render_face(pinned, ".json", context)
    cached = _times(lambda: render_face(pinned, ".json", context), REPEATS)
    figures = (_p(raw, 50), _p(raw, 95), _p(ours, 50), _p(ours, 95), _p(ours, 95) - _p(raw, 95), _p(cached, 95))
    return f"| {name} | " + " | ".join(f"{f:.1f}" for f in figures) + " |"


def _paired(one: Callable[[], object], other: Callable[[], object]) -> tuple[list[float], list[float]]:
    pairs = [(_times(one, 1)[0], _times(other, 1)[0]) for _ in range(REPEATS)]
    return [a for a, _ in pairs], [b for _, b in pairs]


def _times(work: Callable[[], object], repeats: int) -> list[float]:
    found = []
    for _ in range(repeats):
        started = time.perf_counter()
        work()
        found.append((time.perf_counter() - started) * 1000)
    return found


def _p(values: list[float], percent: int) -> float:
    return statistics.quantiles(values, n=100)[percent - 1]
