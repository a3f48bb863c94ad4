"""What a reader chooses becomes part of the views' addresses, and nothing else in them changes."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from editorial.binding import apply, figures, resource_of, resources, settle
from editorial.tool import Bind, Choice, Control, Shows, Step, Tool
from model.errors import BadRequest

HOMICIDES = "/explora/homicidios/anual?anio=2008&_measure=sum:n"


def tool(*controls: Control, address: str = HOMICIDES, figure: str = "") -> Tool:
    step = Step("mapa", "Mapa", address)
    return Tool("t", "T", "S", "Otros", (), "E", (), (step,), controls, Shows(), figure)


def control(kind: str, parameter: str, pattern: str = "{}", **fields: object) -> Control:
    given_ = {"optional": True, **fields}
    return Control("c", "C", kind, (Bind("mapa", parameter, pattern),), **given_)  # type: ignore[arg-type]


def chosen(value: str, made: Control, address: str = HOMICIDES) -> str:
    return apply(tool(made, address=address), {"c": value})[0]


def test_a_value_takes_the_place_of_the_one_in_the_address() -> None:
    assert chosen("2000", control("year", "anio")) == "/explora/homicidios/anual?anio=2000&_measure=sum:n"


def test_a_new_parameter_is_added_and_the_empty_choice_takes_it_out() -> None:
    assert chosen("09", control("state", "_entidad")) == f"{HOMICIDES}&_entidad=09"
    assert chosen("", control("year", "anio")) == "/explora/homicidios/anual?_measure=sum:n"


def test_repeated_values_of_a_bound_parameter_become_one() -> None:
    address = "/explora/h/a?anio=1&x=2&anio=3"
    assert chosen("2000", control("year", "anio"), address) == "/explora/h/a?anio=2000&x=2"


def test_a_pattern_writes_the_value_inside_a_text() -> None:
    assert chosen("2024-05", control("month", "mes", "{}-01"), "/explora/h/a") == "/explora/h/a?mes=2024-05-01"
    indicator = control("indicator", "_sort", "-{}", choices=(Choice("sum:n", "N"),))
    assert chosen("sum:n", indicator, "/explora/h/a") == "/explora/h/a?_sort=-sum:n"


def test_a_value_cannot_break_out_of_its_parameter() -> None:
    address = chosen("x&_chart=map#%00?{}", control("choice", "tipo"), "/explora/h/a")
    assert parse_qsl(address.partition("?")[2]) == [("tipo", "x&_chart=map#%00?{}")]


def test_items_of_lists_are_quoted_where_the_address_needs_it() -> None:
    for parameter in ("_highlight", "tipo__in"):
        address = chosen('Robo, "a" casa', control("choice", parameter), "/explora/h/a")
        assert parse_qsl(address.partition("?")[2]) == [(parameter, '"Robo, ""a"" casa"')]
    assert chosen("Robo", control("choice", "_highlight"), "/explora/h/a") == "/explora/h/a?_highlight=Robo"


def test_controls_keep_their_defaults_where_nothing_is_chosen() -> None:
    made = control("year", "anio", default="1999", optional=False)
    assert settle(tool(made), {}) == {"c": "1999"}
    assert apply(tool(made), {})[0].startswith("/explora/homicidios/anual?anio=1999&")


@pytest.mark.parametrize(
    ("kind", "value"),
    [("year", "20x4"), ("year", "٢٠٢٤"), ("month", "2024-13"), ("month", "2024"), ("state", "33"), ("state", "00"),
     ("state", "9"), ("municipality", "1101"), ("municipality", "33001"), ("choice", "x" * 201), ("choice", "a\0b")],
)  # fmt: skip
def test_a_value_of_the_wrong_shape_is_refused(kind: str, value: str) -> None:
    with pytest.raises(BadRequest, match="no es un valor de «C»"):
        chosen(value, control(kind, "p"))


def test_only_listed_choices_are_taken_and_only_optional_controls_may_be_empty() -> None:
    listed = control("choice", "p", choices=(Choice("a", "A"),), default="a", optional=False)
    assert "p=a" in chosen("a", listed)
    for value in ("b", ""):
        with pytest.raises(BadRequest):
            chosen(value, listed)


def test_an_unknown_control_is_named_with_the_nearest_one() -> None:
    made = Control("estado", "Estado", "state", (Bind("mapa", "_entidad"),), optional=True)
    with pytest.raises(BadRequest, match=r"«estados»\. ¿Quiso decir «estado»\?"):
        apply(tool(made), {"estados": "09"})


def test_the_figure_is_asked_for_the_place_and_for_the_country() -> None:
    place = Control("e", "E", "state", (Bind("figure", "_entidad"),), optional=True)
    year = Control("a", "A", "year", (Bind("figure", "anio"),), default="2008")
    made = tool(place, year, figure=HOMICIDES)
    assert figures(made, {"e": "09", "a": "2000"}) == (
        "/explora/homicidios/anual?anio=2000&_measure=sum:n&_entidad=09",
        "/explora/homicidios/anual?anio=2000&_measure=sum:n",
    )
    assert figures(tool(), {}) is None


def test_a_tool_lists_each_resource_once() -> None:
    assert resources(tool(figure="/explora/otro/b?x=1")) == (("homicidios", "anual"), ("otro", "b"))
    for address in ("/explora/a", "/explora/a/b.svg", "http://x/explora/a/b", "/explora/A/b"):
        with pytest.raises(ValueError, match="/"):
            resource_of(address)


@given(
    st.dictionaries(st.sampled_from(["a", "b", "_x", "ñ & =", 'q"']), st.text(min_size=1, max_size=12), max_size=4),
    st.text(min_size=1, max_size=30).filter(lambda text: "\0" not in text),
)
def test_choosing_changes_one_parameter_and_keeps_the_rest(others: dict[str, str], value: str) -> None:
    settled = [Control(f"c{i}", "C", "choice", (Bind("mapa", name),), optional=True) for i, name in enumerate(others)]
    first = tool(*settled, address="/explora/h/a")
    address = apply(first, {f"c{i}": text for i, text in enumerate(others.values()) if "\0" not in text})[0]
    kept = {name: text for name, text in others.items() if "\0" not in text}
    made = tool(control("choice", "nuevo"), address=address)
    assert dict(parse_qsl(apply(made, {"c": value})[0].partition("?")[2])) == {**kept, "nuevo": value}
