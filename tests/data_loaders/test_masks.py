"""Words and numbers that mean that there is no value."""

from __future__ import annotations

from model.recipe import Recipe
from model.table import ColumnType
from tests.data_loaders.conftest import Ingest


def test_known_words_in_a_column_of_numbers_are_null_and_counted(ingest_column: Ingest) -> None:
    done = ingest_column(["1", "N/D", "*", "*", "2"])
    assert sorted(done.cells("c"), key=str) == [1, 2, None, None, None]
    found = {c.reason: (c.what, c.cells, c.examples) for c in done.changes("c")}
    assert found["«*» significa sin dato"] == ("null", 2, ((4, "*"), (5, "*")))
    assert found["«N/D» significa sin dato"] == ("null", 1, ((3, "N/D"),))


def test_an_unknown_word_keeps_the_column_as_text(ingest_column: Ingest) -> None:
    assert sorted(ingest_column(["1", "cerrado", "2"]).cells("c"), key=str) == ["1", "2", "cerrado"]


def test_many_different_words_are_not_masks(ingest_column: Ingest) -> None:
    cells = ["1", "*", "n/d", "n/a", "s/d", "na"]
    assert ingest_column(cells).type("c") == ColumnType.TEXT


def test_a_mask_in_a_column_of_text_stays_unless_declared(ingest_column: Ingest) -> None:
    assert set(ingest_column(["a", "N/D"]).cells("c")) == {"a", "N/D"}
    assert set(ingest_column(["a", "N/D"], Recipe(masks=("n/d",))).cells("c")) == {"a", None}


def test_a_mask_may_be_declared_for_one_column(ingest_rows: Ingest) -> None:
    recipe = Recipe(column_masks=(("a", "-1"),))
    done = ingest_rows(["a", "b"], [("-1", "-1"), ("5", "6")], recipe)
    assert done.cells("a") == [None, 5]
    assert done.cells("b") == [-1, 6]


def test_a_declared_number_masks_however_it_is_written(ingest_column: Ingest) -> None:
    assert ingest_column(["-99.0", "-99", "1.5"], Recipe(masks=("-99",))).cells("c") == [None, None, 1.5]


def test_minus_99_is_evident_where_it_repeats_and_nothing_else_is_negative(ingest_column: Ingest) -> None:
    done = ingest_column([str(n) for n in range(1, 30)] + ["-99"] * 6)
    assert done.profile("c").nulls == 6
    [change] = done.changes("c")
    assert (change.cells, change.examples[0]) == (6, (31, "-99"))


def test_minus_99_stays_among_other_negatives(ingest_column: Ingest) -> None:
    done = ingest_column([str(n) for n in range(-40, 30)] + ["-99"] * 6)
    assert done.profile("c").nulls == 0


def test_a_mask_with_quotes_never_becomes_sql(ingest_column: Ingest) -> None:
    done = ingest_column(["1", "'); DROP TABLE x; --"], Recipe(masks=("'); DROP TABLE x; --",)))
    assert sorted(done.cells("c"), key=str) == [1, None]
