"""Which figures of a view are others in a new version, and in what words."""

from __future__ import annotations

from pathlib import Path

import pytest

from portal.changes import Change, same, too_long
from portal.portal import get_portal
from query.address import parse
from tests.versions import Versions

YEARLY = "_chart=line&_group=fecha:year&_measure=sum:casos"
GUANAJUATO = f"_entidad=11&{YEARLY}"


@pytest.fixture
def versions(tmp_path: Path) -> Versions:
    return Versions(tmp_path)


def test_a_changed_figure_is_named_with_its_place_in_time_and_both_values(versions: Versions) -> None:
    versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    found = versions.compare(GUANAJUATO)
    assert found.changes == (Change("2024", "3,148", "3,200"),)
    assert "Guanajuato" in found.words.subtitle


def test_a_change_elsewhere_is_no_change_of_the_figures_that_are_followed(versions: Versions) -> None:
    versions.publish(r14_2024="Jalisco,2024-01-01,d,9999,0.75\n")
    assert versions.compare(GUANAJUATO).changes == ()
    assert versions.compare("_entidad=11&_measure=sum:tasa").changes == ()
    assert versions.compare("_group=_entidad&_measure=sum:casos").changes == (Change("Jalisco", "4,100", "11,999"),)


def test_a_change_of_another_column_is_no_change(versions: Versions) -> None:
    versions.publish(r11_2024="Guanajuato,2024-01-01,b,3148,9.75\n")
    assert versions.compare(GUANAJUATO).changes == ()
    assert versions.compare("_entidad=11&_measure=sum:tasa").changes[0].new == "11.25"


def test_a_group_that_is_new_or_gone_is_told_so(versions: Versions) -> None:
    versions.publish(r11_2023="", r11_2024="Guanajuato,2025-01-01,b,3148,1.25\n")
    assert versions.compare(GUANAJUATO).changes == (
        Change("2025", "no estaba", "3,148"),
        Change("2023", "3,100", "ya no está"),
        Change("2024", "3,148", "ya no está"),
    )


def test_figures_that_look_alike_are_written_with_the_digits_that_tell_them_apart(versions: Versions) -> None:
    versions.publish(r11_2024="Guanajuato,2024-01-01,b,3148,1.25001\n")
    assert versions.compare("_entidad=11&_measure=sum:tasa").changes == (Change("Suma de tasa", "2.75000", "2.75001"),)


def test_rows_are_told_apart_by_their_key(versions: Versions) -> None:
    versions.publish(r11_2024="Guanajuato,2024-01-01,b,3200,1.25\n")
    changed = versions.compare("_chart=table").changes
    assert len(changed) == 1
    assert (changed[0].old, changed[0].new) == ("3,148", "3,200")
    assert changed[0].what.startswith("b") or "Guanajuato" in changed[0].what
    assert versions.compare("_chart=table&_columns=tasa").changes == ()


def test_rows_without_a_key_are_told_by_what_they_hold(versions: Versions) -> None:
    same_rows = "Colima,2024-01-01,z,5,1\n"
    versions.publish(r1=same_rows, r2=same_rows)
    versions.publish(r1=same_rows, r2=same_rows, r3=same_rows)
    changed = versions.compare("_chart=table").changes
    assert [(c.old, c.new) for c in changed] == [("no estaba", "")]
    assert "Colima" in changed[0].what


@pytest.mark.parametrize(
    ("old", "new", "alike"),
    [
        (0.1 + 0.2, 0.3, True),
        (1000000.0, 1000000.000001, True),
        (1.0, 1.0000001, False),
        (None, 0, False),
        ("", None, False),
        (3, 3.0, True),
        (True, 1, False),
    ],
)
def test_numbers_are_the_same_at_twelve_significant_digits(old: object, new: object, alike: bool) -> None:
    assert same(old, new) is alike  # type: ignore[arg-type]


def test_a_short_view_is_not_too_long(versions: Versions) -> None:
    with versions.app.app_context():
        assert not too_long(get_portal(), parse("casos", "casos", "_chart=table"))
