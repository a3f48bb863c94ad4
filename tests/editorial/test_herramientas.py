"""Tool files: the bundled ones and the real catalogue's load; each mistake in one is named and stops that one alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from data_loaders.harvest import read_catalogue
from editorial.binding import apply, resources
from editorial.herramientas import BIND, CHOICE, CONTROL, SHOWS, STEP, TOP, read_tool, read_tools
from editorial.tool import KINDS, Bind, Choice, Control, Shows, Step, Tool
from model.declared import InvalidDeclaration

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

GOOD = """
title = "Homicidios"
summary = "Cuántos hubo."
theme = "Seguridad y justicia"
agencies = ["INEGI"]
explanation = "Son defunciones."
instructions = ["Elija un año."]
featured = true
figure = "/explora/h/anual?anio=2008&_measure=sum:n"
[shows]
count = true
national_total = true
[[steps]]
name = "mapa"
title = "El mapa"
note = "De todo el país."
address = "/explora/h/anual?anio=2008&_chart=map"
[[controls]]
name = "anio"
label = "Año"
kind = "year"
default = "2008"
binds = [{ step = "mapa", parameter = "anio" }, { step = "figure", parameter = "anio" }]
[[controls]]
name = "estado"
label = "Estado"
kind = "state"
optional = true
binds = [{ step = "figure", parameter = "_entidad" }]
"""


def write(folder: Path, text: str, name: str = "homicidios.toml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_whole_file_becomes_a_tool(tmp_path: Path) -> None:
    assert read_tool(write(tmp_path, GOOD)) == Tool(
        slug="homicidios",
        title="Homicidios",
        summary="Cuántos hubo.",
        theme="Seguridad y justicia",
        agencies=("INEGI",),
        explanation="Son defunciones.",
        instructions=("Elija un año.",),
        steps=(Step("mapa", "El mapa", "/explora/h/anual?anio=2008&_chart=map", "De todo el país."),),
        controls=(
            Control("anio", "Año", "year", (Bind("mapa", "anio"), Bind("figure", "anio")), default="2008"),
            Control("estado", "Estado", "state", (Bind("figure", "_entidad"),), optional=True),
        ),
        shows=Shows(count=True, national_total=True),
        figure="/explora/h/anual?anio=2008&_measure=sum:n",
        featured=True,
    )


@pytest.mark.parametrize(
    ("old", "new", "reason"),
    [
        ('title = "Homicidios"', "", "Falta «title»"),
        ('theme = "Seguridad y justicia"', 'theme = "Seguridad"', "theme debe ser uno de"),
        ("featured = true", 'featured = "sí"', "true o false"),
        ("featured = true", "destacada = true", "«destacada» no se conoce"),
        ('name = "mapa"', 'name = "El mapa"', "minúsculas"),
        ('address = "/explora/h/anual?', 'address = "/datos/h?', "/explora/<conjunto>/<recurso>"),
        ('address = "/explora/h/anual?', 'address = "//otro.test/explora/h/anual?', "/explora/<conjunto>/<recurso>"),
        ('kind = "year"', 'kind = "slider"', "indicator, year, month"),
        ('kind = "year"', 'kind = "indicator"', "necesita sus opciones"),
        ('default = "2008"', "", "necesita un valor inicial"),
        ('default = "2008"', 'default = "hoy"', "default no es un valor"),
        ('step = "mapa"', 'step = "mapas"', "uno de: figure, mapa"),
        ('step = "mapa"', 'pattern = "{}-{}", step = "mapa"', "llevar una vez {}"),
        ('name = "estado"', 'name = "anio"', "repite un nombre"),
        ('figure = "/explora', '#figure = "/explora', "controls[1].binds[2].step"),
        ("count = true", "cuenta = true", "¿Quiso decir «count»?"),
        ("[[steps]]", "[steps]", "lista de tablas"),
    ],
)
def test_each_mistake_is_named(tmp_path: Path, old: str, new: str, reason: str) -> None:
    assert old in GOOD
    with pytest.raises(InvalidDeclaration) as error:
        read_tool(write(tmp_path, GOOD.replace(old, new, 1)))
    assert reason in error.value.message


def test_figures_cannot_be_shown_without_a_view_to_take_them_from(tmp_path: Path) -> None:
    head, _, _ = GOOD.partition("[[controls]]")
    with pytest.raises(InvalidDeclaration, match="una sola cifra"):
        read_tool(write(tmp_path, "\n".join(line for line in head.splitlines() if not line.startswith("figure"))))


def test_a_bad_file_is_listed_and_the_good_one_loads(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, "title = ", "rota.toml")
    (tmp_path / "latina.toml").write_bytes("title = 'Población'".encode("latin-1"))
    tools, problems = read_tools(tmp_path)
    assert [tool.slug for tool in tools] == ["homicidios"]
    assert [problem.where for problem in problems] == ["latina.toml", "rota.toml"]
    assert "UTF-8" in problems[0].reason


def test_a_folder_that_is_not_there_holds_no_tools(tmp_path: Path) -> None:
    assert read_tools(tmp_path / "nada") == ((), ())


def test_choices_are_read(tmp_path: Path) -> None:
    text = GOOD.replace('default = "2008"', 'default = "2008"\nchoices = [{ value = "2008", label = "En 2008" }]')
    control = read_tool(write(tmp_path, text)).control("anio")
    assert control is not None
    assert control.choices == (Choice("2008", "En 2008"),)


def test_the_bundled_tools_use_only_bundled_resources() -> None:
    tools, problems = read_tools(ROOT / "catalog" / "herramientas")
    assert problems == ()
    assert len(tools) >= 6
    datasets = read_catalogue(ROOT / "catalog").datasets
    known = {(d.slug, r.slug) for d in datasets for r in d.resources}
    assert {pair for tool in tools for pair in resources(tool)} <= known
    assert {name for tool in tools for name in tool.agencies} <= {d.agency.name for d in datasets}
    assert all(tool.instructions and apply(tool, {}) for tool in tools)


@pytest.mark.acceptance
@pytest.mark.skipif(not (SHARED / "catalogo").exists(), reason="the real catalogue is not here")
def test_the_tools_of_the_real_catalogue_use_resources_that_exist() -> None:
    tools, problems = read_tools(ROOT / "tests" / "overlays" / "catalogo" / "herramientas")
    assert problems == ()
    assert len(tools) >= 4
    known = {(d.slug, r.slug) for d in read_catalogue(SHARED / "catalogo").datasets for r in d.resources}
    assert {pair for tool in tools for pair in resources(tool)} <= known


def test_every_name_stands_in_the_documentation() -> None:
    page = (ROOT / "docs" / "herramientas.md").read_text(encoding="utf-8")
    names = {*TOP, *STEP, *CONTROL, *CHOICE, *BIND, *SHOWS, *KINDS}
    assert sorted(name for name in names if f"`{name}`" not in page) == []
