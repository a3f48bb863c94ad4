"""After a real re-publication through the ingest: the same, changed, or gone."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from model.thread import Anchor
from portal.pointing import Pointer, anchor_of
from portal.portal import get_portal
from portal.usecases.reanchor import Fate, standing
from store.loads import states
from store.releases import released, withdraw
from tests.versions import Versions

HOME = "/explora/casos/casos"
TABLE = f"{HOME}?_chart=table"
GROUPED = f"{HOME}?_chart=bar&_group=_entidad&_measure=sum:casos"
CHANGED = "Guanajuato,2024-01-01,b,3201,1.25\n"


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path)


def anchored(versions: Versions, about: str, **more: str) -> Anchor:
    with versions.app.test_request_context("/"):
        return anchor_of(get_portal(), Pointer(about, **more))


def judged(versions: Versions, anchor: Anchor) -> str:
    """What the chip says; "" for nothing."""
    with versions.app.app_context():
        get_portal().keeper.forget()
        found = standing(get_portal(), anchor)
    return found.words if found else ""


def test_a_row_that_was_corrected_says_its_new_figure(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    assert anchor.label.endswith("3,148")
    assert judged(versions, anchor) == ""
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, anchor) == "cambió a 3,201"


def test_a_row_beside_the_corrected_one_stays_as_it_was(versions: Versions) -> None:
    beside = anchored(versions, TABLE, row="0", column="casos")
    other_column = anchored(versions, TABLE, row="1", column="tasa")
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, beside) == "sigue igual"
    assert judged(versions, other_column) == "sigue igual"


def test_a_row_whose_order_changed_is_found_by_its_key(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="3", column="casos")
    versions.publish(r11_2023="", r11_2024="")
    assert judged(versions, anchor) == "sigue igual"


def test_a_row_that_was_taken_out_is_said_to_be_gone(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.publish(r11_2024="")
    assert judged(versions, anchor) == "ya no está"


def test_a_row_that_the_filter_no_longer_holds_has_changed_and_is_not_gone(versions: Versions) -> None:
    anchor = anchored(versions, f"{TABLE}&casos__lt=3150&casos__gt=3120", row="0", column="casos")
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, anchor) == "cambió a 3,201"


def test_a_row_meant_as_a_whole_changes_with_any_of_its_cells(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1")
    assert anchor.column == ""
    beside = anchored(versions, TABLE, row="2")
    versions.publish(r11_2024="Guanajuato,2024-01-01,b,3148,1.3\n")
    assert judged(versions, anchor) == "cambió"
    assert judged(versions, beside) == "sigue igual"


def test_a_group_changes_with_the_rows_in_it(versions: Versions) -> None:
    guanajuato = anchored(versions, GROUPED, place="11")
    jalisco = anchored(versions, GROUPED, place="14")
    assert guanajuato.label == "Guanajuato · 6,248"
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, guanajuato) == "cambió a 6,301"
    assert judged(versions, jalisco) == "sigue igual"
    versions.publish(r11_2023="", r11_2024="")
    assert judged(versions, guanajuato) == "ya no está"


def test_rows_without_a_key_are_the_same_or_gone(versions: Versions) -> None:
    twice = "Colima,2024-01-01,z,5,1\n"
    versions.publish(r1=twice, r2=twice)
    anchor = anchored(versions, f"{TABLE}&clave=z", row="0")
    assert "hash" in anchor.row
    versions.publish(r1=twice, r2=twice, r11_2024=CHANGED)
    assert judged(versions, anchor) == "sigue igual"
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, anchor) == "ya no está"


def test_a_view_says_which_of_its_figures_changed(versions: Versions) -> None:
    whole = anchored(versions, GROUPED)
    jalisco = anchored(versions, f"{HOME}?_chart=table&_entidad=14&_measure=sum:casos")
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, whole).startswith("cambió a 6,301")
    assert judged(versions, jalisco) == "sigue igual"


def test_a_column_that_is_not_there_any_more_is_gone(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    grouped = anchored(versions, GROUPED, place="11")
    versions.file.write_text("entidad,fecha,clave,tasa\nGuanajuato,2024-01-01,b,1.25\nJalisco,2024-01-01,c,2\n")
    versions.reload()
    assert judged(versions, anchor) == "ya no está"
    assert judged(versions, grouped) == "ya no está"


def test_a_load_that_failed_says_nothing(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.file.write_text("<!DOCTYPE html><html><body>Error 500</body></html>")
    versions.reload()
    with versions.app.app_context():
        assert states(get_portal().store)[("casos", "casos")].reason
    assert judged(versions, anchor) == ""


def test_a_version_whose_files_are_missing_says_nothing_and_is_judged_once_they_are_back(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.publish(r11_2024=CHANGED)
    with versions.app.app_context():
        version = released(get_portal().store, "casos", "casos")[0].version
    folder = versions.settings.lake / "casos" / "casos" / version
    hidden = folder.with_name("guardada")
    shutil.move(folder, hidden)
    assert judged(versions, anchor) == ""
    shutil.move(hidden, folder)
    assert judged(versions, anchor) == "cambió a 3,201"


def test_a_withdrawn_release_says_nothing(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.publish(r11_2024=CHANGED)
    with versions.app.app_context():
        store = get_portal().store
        withdraw(store, "casos", "casos", released(store, "casos", "casos")[0].version, "datos personales")
    assert judged(versions, anchor) == ""


def test_going_back_to_the_version_that_was_looked_at_says_nothing(versions: Versions) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.publish(r11_2024=CHANGED)
    versions.publish()
    assert judged(versions, anchor) == ""


def test_a_release_is_judged_once(versions: Versions, monkeypatch: pytest.MonkeyPatch) -> None:
    anchor = anchored(versions, TABLE, row="1", column="casos")
    versions.publish(r11_2024=CHANGED)
    assert judged(versions, anchor) == "cambió a 3,201"

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("asked again")

    monkeypatch.setattr("portal.usecases.reanchor.answer", refuse)
    assert judged(versions, anchor) == "cambió a 3,201"
    assert Fate("cambio") is Fate.CHANGED
