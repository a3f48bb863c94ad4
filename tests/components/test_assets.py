"""What the stylesheets and scripts promise: small, legible, at home, and in agreement with Python."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from components import elements, ids
from components.words import control_words
from config import ROOT
from figures.theme import contrast
from tests.conftest import Loaded

ASSETS = ROOT / "assets"
SCRIPTS = sorted(ASSETS.glob("*.js"))
STYLES = sorted(ASSETS.glob("*.css"))
PAIRS = (
    *(("ink", "paper"), ("ink", "surface"), ("ink", "sunken"), ("ink-2", "paper"), ("ink-2", "surface")),
    *(("ink-2", "sunken"), ("accent", "paper"), ("accent", "surface"), ("on-accent", "accent"), ("warn", "warn-soft")),
    *(("teal", "teal-soft"), ("on-desk", "desk"), ("on-desk-2", "desk"), ("paper", "ink"), ("paper", "teal")),
)


def tokens(dark: bool) -> dict[str, str]:
    """The colours of one theme."""
    text = (ASSETS / "tokens.css").read_text()
    light, _, after = text.partition("@media (prefers-color-scheme: dark)")
    found = dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", light))
    return {**found, **dict(re.findall(r"--([a-z0-9-]+): (#[0-9a-f]{6});", after))} if dark else found


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "paper"), PAIRS, ids="-on-".join)
def test_every_pair_of_colours_reads_at_4_5_to_1(ink: str, paper: str, dark: bool) -> None:
    found = tokens(dark)
    assert contrast(found[ink], found[paper]) >= 4.5


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_edges_of_fields_can_be_seen(dark: bool) -> None:
    found = tokens(dark)
    assert contrast(found["edge"], found["surface"]) >= 3


def test_the_stylesheets_are_small() -> None:
    assert sum(len(path.read_bytes()) for path in STYLES) < 40_000


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda p: p.name)
def test_a_script_is_short_and_asks_no_other_host(path: Path) -> None:
    text = path.read_text()
    assert len(text.splitlines()) < 300
    assert set(re.findall(r"https?://[^/`\"' )]+", text)) <= {"https://wa.me"}
    assert "innerHTML" not in text


@pytest.mark.parametrize("path", STYLES, ids=lambda p: p.name)
def test_a_stylesheet_loads_only_our_own_files(path: Path) -> None:
    assert all(not target.startswith(("http", "//")) for target in re.findall(r"url\(\"?([^)\"]+)", path.read_text()))


def test_every_word_that_the_scripts_say_is_given_by_python(site: Loaded) -> None:
    with site.app.test_request_context("/"):
        given = set(control_words())
    said = {word for path in SCRIPTS for word in re.findall(r"\blabels\.([a-zA-Z]+)", path.read_text())}
    assert said - given == set()
    assert given - said == set()


def test_every_id_that_the_scripts_use_is_given_by_python() -> None:
    used = {name for path in SCRIPTS for name in re.findall(r"schema\.ids\.([a-zA-Z]+)", path.read_text())}
    assert used - set(ids.explorer()) == set()


def test_every_element_of_python_is_drawn_by_a_script() -> None:
    kinds = [c for c in vars(elements).values() if isinstance(c, type) and getattr(c, "_namespace", "") == "ventanilla"]
    named = {c._type for c in kinds if hasattr(c, "_type")}
    drawn = {name for path in SCRIPTS for name in re.findall(r"^  V\.([A-Z][A-Za-z]+) =", path.read_text(), re.M)}
    assert len(named) >= 8
    assert named - drawn == set()
