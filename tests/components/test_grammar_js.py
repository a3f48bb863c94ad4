"""The browser's grammar of addresses is the server's: each reads what the other writes."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from playwright.sync_api import Page

from model.view import Filter, Sort, View
from query.address import format_view, parse, sort_filters, with_measures
from query.grammar import PERIODS
from query.operators import OPERATORS
from tests.query.test_address import REAL_HEADERS, VIEWS

@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
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


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("anio=2008", "views.limit(view, 'anio', 'gte', '2001')", View("d", "r", filters=(Filter("anio", "gte", ("2001",)), Filter("anio", "lte", ("2008",))))),
        ("_entidad=14&_page=3", "views.place(view, '11017')", View("d", "r", filters=(Filter("_municipio", "eq", ("11017",)),))),
        ("tipo=a", "views.onlyMissing(view, 'tipo', true)", View("d", "r", filters=(Filter("tipo", "isnull", ()),))),
        ("_group=anio&_chart=map", "views.chart(view, 'map')", View("d", "r", chart="map")),
        ("_chart=scatter&_x=a&_y=b&_columns=a,b", "views.chart(view, 'table')", View("d", "r", chart="table")),
        ("_sort=a", "views.sort(view, 'a')", View("d", "r", sort=(Sort("a", True),))),
        ("_sort=-a", "views.sort(view, 'a')", View("d", "r")),
    ],
)  # fmt: skip
def test_a_change_gives_the_view_that_it_should(scripts: Page, before: str, change: str, after: View) -> None:
    code = "([query, change]) => { const view = ventanilla.grammar.parse(query); const views = ventanilla.views; return ventanilla.grammar.format(eval(change)); }"
    assert parse("d", "r", scripts.evaluate(code, [before, change])) == replace(after, filters=sort_filters(after.filters))


def test_spaces_written_as_plus_are_read_as_spaces(scripts: Page) -> None:
    assert scripts.evaluate("ventanilla.grammar.parse('tipo=a+b%2B').filters[0].values[0]") == "a b+"
