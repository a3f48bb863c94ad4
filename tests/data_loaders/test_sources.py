"""Catalogue folders: with a `data.json` and bare; what is malformed is said, what leads outside is not followed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data_loaders.harvest import all_sources, read_catalogue
from data_loaders.places import locate
from data_loaders.source import Source
from model.dataset import Agency, Dataset, Harvest
from model.errors import LoadError


def entry(**fields: object) -> dict[str, object]:
    base: dict[str, object] = {"identifier": "x", "title": "Presas", "publisher": {"name": "CONAGUA"}}
    return {**base, "distribution": [{"title": "Presas", "downloadURL": "presas.csv"}], **fields}


def harvest(folder: Path, *entries: object) -> Harvest:
    (folder / "presas.csv").write_text("clave\nA\n")
    (folder / "data.json").write_text(json.dumps({"dataset": list(entries)}))
    return read_catalogue(folder)


def only(found: Harvest) -> Dataset:
    assert len(found.datasets) == 1
    return found.datasets[0]


def reasons(found: Harvest) -> str:
    return " ".join(f"{p.where}: {p.reason}" for p in found.problems)


@pytest.mark.parametrize("source", all_sources(), ids=lambda s: s.name)
def test_each_source_reads_its_own_example_and_no_other_source_takes_it(source: Source, tmp_path: Path) -> None:
    source.example(tmp_path)
    assert [s.name for s in all_sources() if s.accepts(tmp_path)] == [source.name]
    found = source.read(tmp_path)
    assert found.problems == ()
    files = [locate(tmp_path, r.location) for d in found.datasets for r in d.resources]
    assert files
    assert None not in files


def test_a_folder_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LoadError, match="No existe la carpeta"):
        read_catalogue(tmp_path / "nada")


def test_a_whole_entry_becomes_a_dataset(tmp_path: Path) -> None:
    found = harvest(
        tmp_path,
        entry(
            description="Ubicación y <b>niveles</b>",
            contactPoint={"fn": "Enlace", "hasEmail": "mailto:datos@example.org"},
            theme=["energia y medio ambiente"],
            keyword="agua, presas, agua",
            license="https://datos.gob.mx/libreusomx",
            modified="2026-07-01T10:00:00-06:00",
            temporal={"startDate": "2020", "endDate": "2021"},
            accrualPeriodicity="R/P1Y",
            landingPage="https://example.org/presas",
        ),
    )
    dataset = only(found)
    assert found.problems == ()
    assert dataset.agency == Agency("Comisión Nacional del Agua", "conagua", "CONAGUA")
    assert dataset.description == "Ubicación y <b>niveles</b>"
    assert dataset.contact.email == "datos@example.org"
    assert dataset.themes == ("Energía y medio ambiente",)
    assert dataset.keywords == ("agua", "presas")
    assert dataset.modified == date(2026, 7, 1)
    assert dataset.temporal == "2020/2021"
    assert dataset.resources[0].format == "CSV"


def test_an_address_is_percent_decoded_once(tmp_path: Path) -> None:
    folder = tmp_path / "NOM_ENT=Quintana%20Roo"
    folder.mkdir()
    (folder / "part-0.parquet").write_bytes(b"PAR1")
    found = harvest(tmp_path, entry(distribution=[{"downloadURL": "./NOM_ENT=Quintana%2520Roo/part-0.parquet"}]))
    resource = only(found).resources[0]
    assert resource.location == "NOM_ENT=Quintana%20Roo/part-0.parquet"
    assert resource.unavailable == ""
    assert locate(tmp_path, resource.location) is not None


@pytest.mark.parametrize(
    "address",
    ["../secreto.csv", "a/../../secreto.csv", "/etc/passwd", "%2e%2e/secreto.csv", "%2Fetc%2Fpasswd", ".git/config",
     "file:///etc/passwd", "//servidor/x.csv", "s3://cubo/x.csv", "..\\secreto.csv", "presas.csv%00.txt", "enlace.csv",
     "carpeta"],
)  # fmt: skip
def test_nothing_outside_the_catalogue_can_be_named(tmp_path: Path, address: str) -> None:
    (tmp_path / "secreto.csv").write_text("clave\n1\n")
    home = tmp_path / "catalogo"
    (home / "carpeta").mkdir(parents=True)
    (home / ".git").mkdir()
    (home / ".git" / "config").write_text("x")
    (home / "enlace.csv").symlink_to(tmp_path / "secreto.csv")
    (home / "carpeta" / "enlace.csv").symlink_to(tmp_path / "secreto.csv")
    found = harvest(home, entry(distribution=[{"title": "Malo", "downloadURL": address}]))
    resource = only(found).resources[0]
    assert resource.location == ""
    assert resource.unavailable
    assert "recurso 1" in reasons(found)
    assert locate(home, address) is None


@given(st.text(alphabet="./\\ab%2e\0~", max_size=40))
def test_a_located_path_is_always_below_its_folder(text: str) -> None:
    home = Path(__file__).parent
    found = locate(home, text)
    assert found is None or found.resolve().is_relative_to(home.resolve())


def test_a_file_elsewhere_keeps_its_page_with_link_and_reason(tmp_path: Path) -> None:
    links = [
        {"title": "A", "downloadURL": "https://example.org/a.csv"},
        {"title": "B", "accessURL": "http://example.org/b"},
    ]
    resources = only(harvest(tmp_path, entry(distribution=links))).resources
    assert [r.location for r in resources] == ["https://example.org/a.csv", "http://example.org/b"]
    assert all(r.unavailable for r in resources)
    assert resources[0].format == "CSV"


@pytest.mark.parametrize(
    "link",
    ["javascript:alert(1)", "data:text/html,x", "https://u:p@example.org/", "https://", "http://a b/", "JaVaScRiPt:x"],
)
def test_unsafe_links_are_dropped(tmp_path: Path, link: str) -> None:
    found = harvest(tmp_path, entry(landingPage=link, license=link, distribution=[{"title": "A", "downloadURL": link}]))
    dataset = only(found)
    assert (dataset.landing_page, dataset.license, dataset.resources[0].location) == ("", "", "")
    assert "«landingPage»" in reasons(found)


def test_a_named_licence_is_not_taken_for_a_link(tmp_path: Path) -> None:
    assert only(harvest(tmp_path, entry(license="Libre Uso MX"))).license == "Libre Uso MX"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("texto", "no es un objeto"),
        (None, "no es un objeto"),
        (entry(title=""), "título"),
        (entry(title={"en": 3}), "título"),
        ({"identifier": "y"}, "título"),
        (entry(accessLevel="non-public"), "privado"),
    ],
)
def test_a_malformed_entry_is_listed_and_the_good_one_loads(tmp_path: Path, bad: object, reason: str) -> None:
    found = harvest(tmp_path, bad, entry())
    assert only(found).title == "Presas"
    assert reason in reasons(found)
    assert "conjunto 1" in reasons(found)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"publisher": None}, "dependencia"),
        ({"publisher": {"name": []}}, "dependencia"),
        ({"distribution": "presas.csv"}, "«distribution» no es una lista"),
        ({"distribution": None}, "No ofrece archivos"),
        ({"distribution": [3]}, "no es un objeto"),
        ({"distribution": [{}]}, "No tiene título ni archivo"),
        ({"modified": "ayer"}, "«modified»"),
        ({"modified": "2026/04/14"}, "«modified»"),
        ({"issued": "2026-13-45"}, "«issued»"),
        ({"title": "T" * 1000}, "recortó"),
        ({"description": "D" * 50_000}, "recortó"),
    ],
)
def test_a_doubt_is_listed_but_the_dataset_keeps_its_page(
    tmp_path: Path, fields: dict[str, object], reason: str
) -> None:
    found = harvest(tmp_path, entry(**fields))
    assert reason in reasons(found)
    assert len(only(found).title) <= 300
    assert len(only(found).description) <= 20_000


def test_a_dataset_without_a_publisher_says_so(tmp_path: Path) -> None:
    assert only(harvest(tmp_path, entry(publisher=None))).agency.slug == "sin-dependencia"


def test_characters_that_no_screen_or_feed_can_hold_are_dropped(tmp_path: Path) -> None:
    title = "Pre\u0000sas \u202edel\ud800 país\ufffe\n 2020 **x** <img src=x>"
    assert only(harvest(tmp_path, entry(title=title))).title == "Presas del país 2020 **x** <img src=x>"


def test_slugs_are_unique_and_repeats_are_named(tmp_path: Path) -> None:
    twice = [{"title": "Datos", "downloadURL": "presas.csv"}, {"title": "Datos", "downloadURL": "presas.csv"}]
    found = harvest(tmp_path, entry(distribution=twice), entry())
    assert [d.slug for d in found.datasets] == ["presas", "presas-2"]
    assert [d.identifier for d in found.datasets] == ["x", "x#2"]
    assert [r.slug for r in found.datasets[0].resources] == ["datos", "datos-2"]
    assert len({r.identifier for r in found.datasets[0].resources}) == 2
    assert "Lo llevan 2 conjuntos" in reasons(found)
    assert "Se repite en 3 recursos" in reasons(found)


def test_one_agency_written_in_two_ways_is_one(tmp_path: Path) -> None:
    found = harvest(
        tmp_path, entry(publisher="INEGI"), entry(publisher={"name": "instituto nacional de estadística y geografía"})
    )
    assert {d.agency.slug for d in found.datasets} == {"inegi"}


def test_the_overlay_names_an_agency_before_the_source_and_the_table(tmp_path: Path) -> None:
    harvest(tmp_path, entry(publisher={"name": "Comisión Nacional del Agua", "acronym": "CNA"}))
    name = "Comisión Nacional del Agua"
    assert only(read_catalogue(tmp_path)).agency.slug == "cna"
    assert only(read_catalogue(tmp_path, ((name, "AGUA"),))).agency == Agency(name, "agua", "AGUA")


def test_two_agencies_never_share_an_address(tmp_path: Path) -> None:
    found = harvest(
        tmp_path, entry(publisher={"name": "Uno", "acronym": "X"}), entry(publisher={"name": "Dos", "acronym": "X"})
    )
    assert [d.agency.slug for d in found.datasets] == ["x", "x-2"]


@pytest.mark.parametrize("prefix", ["", "dct:"])
def test_prefixed_keys_and_language_tagged_values_are_read(tmp_path: Path, prefix: str) -> None:
    title = [{"@language": "en", "@value": "Dams"}, {"@language": "es", "@value": "Presas"}]
    (tmp_path / "data.json").write_text(json.dumps({"dcat:dataset": {f"{prefix}title": title, "dct:publisher": "CRE"}}))
    dataset = only(read_catalogue(tmp_path))
    assert (dataset.title, dataset.agency.acronym) == ("Presas", "CRE")


@pytest.mark.parametrize(
    ("content", "reason"),
    [(b"{", "no es JSON"), (b"[1]", "«dataset»"), (b'{"dataset": 3}', "«dataset»"), (b"[" * 100_000, "no es JSON"),
     (b"", "no es JSON"), (b"\xff\xfe\x00", "no es JSON")],
)  # fmt: skip
def test_an_unreadable_catalogue_says_why(tmp_path: Path, content: bytes, reason: str) -> None:
    (tmp_path / "data.json").write_bytes(content)
    found = read_catalogue(tmp_path)
    assert found.datasets == ()
    assert reason in reasons(found)


def test_a_catalogue_in_latin_1_keeps_its_accents(tmp_path: Path) -> None:
    (tmp_path / "data.json").write_bytes('{"dataset": [{"title": "Población"}]}'.encode("cp1252"))
    assert only(read_catalogue(tmp_path)).title == "Población"


json_values = st.recursive(
    st.none() | st.booleans() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
FIELDS = ("title", "publisher", "distribution", "theme", "keyword", "modified", "license", "contactPoint", "temporal")


@given(st.dictionaries(st.sampled_from(FIELDS), json_values))
def test_no_entry_however_odd_stops_the_catalogue(
    tmp_path_factory: pytest.TempPathFactory, data: dict[str, object]
) -> None:
    found = harvest(tmp_path_factory.mktemp("c"), data, entry())
    assert found.datasets[-1].title == "Presas"
