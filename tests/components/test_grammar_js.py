"""The browser's grammar of addresses is the server's: each reads what the other writes."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from model.view import Filter, Group, Measure, Sort, View
from query.address import format_view, parse, sort_filters, with_measures
from query.grammar import PERIODS
from query.operators import OPERATORS
from tests.query.test_address import REAL_HEADERS, VIEWS


@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(view=VIEWS)
def test_a_view_survives_the_way_through_the_browser(scripts: Page, view: View) -> None:
    query = format_view(with_measures(view))
    written = scripts.evaluate("query => ventanilla.grammar.format(ventanilla.grammar.parse('?' + query))", query)
    assert parse("d", "r", written) == parse("d", "r", query)


@pytest.mark.parametrize("name", REAL_HEADERS)
def test_a_filter_made_in_the_browser_names_the_column_it_means(scripts: Page, name: str) -> None:
    change = "name => ventanilla.grammar.format(ventanilla.views.choose(ventanilla.grammar.blank(), name, ['a,b', '']))"
    found = parse("d", "r", scripts.evaluate(change, name)).filters
    assert found == (Filter(name, "in", ("a,b", "")),)


def test_the_operators_are_the_servers(scripts: Page) -> None:
    assert scripts.evaluate("ventanilla.grammar.OPERATORS") == list(OPERATORS)
    assert scripts.evaluate("ventanilla.grammar.PERIODS") == list(PERIODS)


def view(*filters: Filter, **given: Any) -> View:
    return View("d", "r", filters=sort_filters(filters), **given)


SUM, KIND = Measure("sum", "x"), Group("tipo")
COUNTED = (Measure("count"),)
FACETED = view(chart="bar", groups=(Group("anio"), KIND), measures=COUNTED, facet="tipo")
BARS = view(chart="bar", groups=(KIND,), measures=(SUM,))
FROM_2001 = Filter("anio", "gte", ("2001",))
CHANGES = (
    ("anio=2008", "limit(v, 'anio', 'gte', '2001')", view(FROM_2001, Filter("anio", "lte", ("2008",)))),
    ("_entidad=14&_page=3", "place(v, '11017')", view(Filter("_municipio", "eq", ("11017",)))),
    ("tipo=a", "onlyMissing(v, 'tipo', true)", view(Filter("tipo", "isnull", ()))),
    ("tipo=a&x=1", "remove(v, v.filters[0])", view(Filter("x", "eq", ("1",)))),
    ("_group=anio&_chart=line", "chart(v, 'map')", view(chart="map")),
    ("_chart=scatter&_x=a&_y=b&_columns=a,b", "chart(v, 'table')", view(chart="table")),
    ("_group=tipo&_measure=sum:x&_chart=line", "chart(v, 'bar')", BARS),
    ("_group=_entidad&_measure=sum:x&_chart=map", "group(v, 0, {column: 'tipo', by: ''})", BARS),
    ("_group=tipo&_measure=sum:x&_chart=line", "chart(v, 'box')", view(chart="box")),
    ("_group=x:bin20&_measure=count&_chart=histogram", "chart(v, 'line')", view(chart="line")),
    ("_x=a&_y=b&_chart=scatter", "facet(v, 'tipo')", view(chart="scatter", x="a", y="b", facet="tipo")),
    ("_group=anio&_chart=bar", "facet(v, 'tipo')", FACETED),
    ("_sort=a", "sort(v, 'a')", view(sort=(Sort("a", True),))),
    ("_sort=-a", "sort(v, 'a')", view()),
)


@pytest.mark.parametrize(("before", "change", "after"), CHANGES, ids=[change for _, change, _ in CHANGES])
def test_a_change_gives_the_view_that_it_should(scripts: Page, before: str, change: str, after: View) -> None:
    changed = f"(v => ventanilla.views.{change})(ventanilla.grammar.parse(query))"
    written = scripts.evaluate(f"query => ventanilla.grammar.format({changed})", before)
    assert parse("d", "r", written) == after


def test_spaces_written_as_plus_are_read_as_spaces(scripts: Page) -> None:
    assert scripts.evaluate("ventanilla.grammar.parse('tipo=a+b%2B').filters[0].values[0]") == "a b+"
