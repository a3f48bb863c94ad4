"""Numbers, dates, text, ticks and colours."""

from __future__ import annotations

import itertools
import math
from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from figures import formats, theme
from figures.assemble import written, written_name
from figures.classes import classify, color_of, parse, roundest
from figures.drawing import Axis, Category
from figures.ends import dodge
from figures.squarify import squarify
from figures.text import clean, width, wrap
from figures.ticks import linear, nice, ticks
from model.errors import BadRequest
from model.view import Measure


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1234567.891, "1,234,567.89"),
        (1234567, "1,234,567"),
        (Decimal("0.10"), "0.1"),
        (0.000123, "0.00012"),
        (-5.0, "−5"),
        (-0.0, "0"),
        (None, "Sin dato"),
        (float("nan"), "Sin dato"),
        (10**400, "Sin dato"),
        (100, "100"),
        (1000.004, "1,000"),
    ],
)
def test_numbers_are_written_as_in_mexico(value: float | Decimal | None, text: str) -> None:
    assert formats.number(value) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12_000, "12 mil"),
        (3_400_000, "3.4 millones"),
        (1_000_000, "1 millón"),
        (2_500_000_000, "2,500 millones"),
        (1e12, "1 billón"),
        (950, "950"),
        (-20_000, "−20 mil"),
    ],
)
def test_axes_are_written_compactly(value: float, text: str) -> None:
    assert formats.compact(value) == text


def test_english_has_its_own_words() -> None:
    assert formats.compact(3_400_000, "en") == "3.4 million"
    assert formats.day(date(2024, 3, 3), "en") == "Mar 3, 2024"
    assert formats.percent(12.34, "en") == "12.3%"
    assert formats.period(date(2024, 4, 1), "quarter", "en") == "Q2 2024"


@pytest.mark.parametrize(
    ("value", "by", "text"),
    [
        (date(2024, 3, 1), "month", "marzo de 2024"),
        (date(2024, 3, 3), "day", "3 mar 2024"),
        (date(2024, 1, 1), "year", "2024"),
        (date(2024, 10, 1), "quarter", "4.º trimestre de 2024"),
        (date(2024, 1, 1), "week", "semana del 1 ene 2024"),
        (datetime.fromisoformat("2024-03-03T14:05"), "hour", "3 mar 2024, 14:05"),
    ],
)
def test_periods_are_written_in_spanish(value: date, by: str, text: str) -> None:
    assert formats.period(value, by) == text


@given(st.dates())
def test_a_moment_comes_back_from_its_position(value: date) -> None:
    assert formats.moment_of(formats.milliseconds(value)).date() == value


@given(st.text(max_size=200), st.floats(30, 400), st.integers(1, 5))
def test_wrapped_lines_fit_their_room(text: str, room: float, lines: int) -> None:
    out = wrap(text, room, 13, lines=lines)
    assert 1 <= len(out) <= lines
    assert all(width(line, 13) <= room for line in out)


def test_clean_text_has_no_line_ends_controls_or_turned_directions() -> None:
    assert clean("a\nb\tc\u202e\x00d") == "a bc d" or clean("a\nb\tc\u202e\x00d") == "a b c d"


@given(st.floats(-1e12, 1e12), st.floats(1e-6, 1e12), st.integers(2, 10))
def test_ticks_lie_inside_and_a_nice_range_holds_its_values(low: float, span: float, count: int) -> None:
    high = low + span
    if high > low:
        marks = linear(low, high, count)
        tolerance = (high - low) * 1e-6 + abs(low) * 1e-9
        assert all(low - tolerance <= m <= high + tolerance for m in marks)
        assert len(marks) <= count + 2
        bottom, top = nice(low, high)
        assert bottom <= low + tolerance
        assert top >= high - tolerance


def test_months_stand_over_their_year_once() -> None:
    axis = Axis(
        "", "time", (formats.milliseconds(date(2022, 1, 1)), formats.milliseconds(date(2023, 6, 1))), (), "month"
    )
    assert [t.lines for t in ticks(axis, 6, "es")] == [
        ("ene", "2022"), ("abr",), ("jul",), ("oct",), ("ene", "2023"), ("abr",),
    ]  # fmt: skip


@pytest.mark.parametrize("by", ["", "hour", "day", "week", "month", "quarter", "year"])
@given(st.floats(-2e12, 4e12), st.floats(1, 3e12))
def test_times_of_any_span_have_few_ticks_inside_it(by: str, low: float, span: float) -> None:
    axis = Axis("", "time", (low, low + span), (), by)
    marks = ticks(axis, 6, "es")
    assert len(marks) <= 9
    assert all(low - 43_200_001 <= t.value <= low + span for t in marks)


def test_categories_are_thinned_to_the_count() -> None:
    axis = Axis("", "category", (0, 30), tuple(Category(str(i), str(i)) for i in range(30)))
    assert [t.text for t in ticks(axis, 10, "es")] == [str(i) for i in range(0, 30, 3)]


def test_every_ink_can_be_read_on_its_paper() -> None:
    for look in (theme.LIGHT, theme.DARK):
        assert theme.contrast(look.ink, look.paper) >= 7
        assert theme.contrast(look.soft, look.paper) >= 4.5
        for color in (*theme.CATEGORICAL, theme.ACCENT, theme.MUTED):
            assert theme.contrast(theme.legible(color, look.paper), look.paper) >= 4.5
    for color in (*theme.CATEGORICAL, *theme.SEQUENTIAL):
        assert theme.contrast(theme.on(color), color) >= 4.5


def test_data_colours_stand_out_from_either_paper() -> None:
    for color in theme.CATEGORICAL:
        assert theme.contrast(color, theme.LIGHT.paper) >= 2.3
        assert theme.contrast(color, theme.DARK.paper) >= 2.0
    for color in (theme.MAIN, theme.ACCENT):
        assert theme.contrast(color, theme.LIGHT.paper) >= 4.5
        assert theme.contrast(color, theme.DARK.paper) >= 3.0


# Machado, Oliveira and Fernandes (2009), severity 1, on linear light.
BLINDNESS = {
    "protan": ((0.152286, 1.052583, -0.204868), (0.114503, 0.786281, 0.099216), (-0.003882, -0.048116, 1.051998)),
    "deutan": ((0.367322, 0.860646, -0.227968), (0.280085, 0.672501, 0.047413), (-0.01182, 0.04294, 0.968881)),
    "tritan": ((1.255528, -0.076749, -0.178779), (-0.078411, 0.930809, 0.147602), (0.004733, 0.691367, 0.3039)),
    "none": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
}


def lab(color: str, seen: str) -> tuple[float, float, float]:
    """OKLab of a colour as it is seen."""
    parts = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    light = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    r, g, b = (min(max(sum(m * v for m, v in zip(row, light, strict=True)), 0), 1) for row in BLINDNESS[seen])
    long = (0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b) ** (1 / 3)
    middle = (0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b) ** (1 / 3)
    short = (0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def distance(one: str, other: str, seen: str) -> float:
    return math.dist(lab(one, seen), lab(other, seen))


@pytest.mark.parametrize("seen", sorted(BLINDNESS))
def test_categories_are_told_apart_by_colour_blind_readers(seen: str) -> None:
    near = {(a, b): distance(a, b, seen) for a, b in itertools.combinations(theme.CATEGORICAL, 2)}
    assert min(near.values()) >= 0.09, min(near, key=lambda pair: near[pair])


@pytest.mark.parametrize("count", range(2, 10))
def test_classes_of_a_map_grow_darker_in_steps_that_can_be_seen(count: int) -> None:
    tones = [lab(color, "deutan")[0] for color in theme.sequential(count)]
    assert all(a - b >= 0.05 for a, b in itertools.pairwise(tones))


@given(
    st.lists(st.floats(-1e9, 1e9, allow_subnormal=False), min_size=1, max_size=80),
    st.sampled_from(["quantile5", "equal5", "quantile9", ""]),
)
def test_every_value_has_the_colour_of_a_class_that_holds_it(values: list[float], words: str) -> None:
    classes = classify(values, words, Axis(), "es")
    assert [c.low for c in classes[1:]] == [c.high for c in classes[:-1]]
    for value in values:
        mine = next(c for c in classes if c.color == color_of(value, classes))
        assert mine.low <= value <= mine.high


def test_quantiles_hold_as_many_places_each_with_round_limits() -> None:
    classes = classify([float(v) for v in range(1, 101)], "quantile4", Axis(), "es")
    assert [c.label for c in classes] == ["1 a 25", "26 a 50", "51 a 75", "76 a 100"]
    assert roundest(1034, 1388) == 1000 or 1034 < roundest(1034, 1388) <= 1388


def test_classes_that_nobody_can_mean_are_refused() -> None:
    for words in ("jenks5", "quantile1", "equal12", "quantile"):
        if words == "quantile":
            assert parse(words) == ("quantile", 5)
        else:
            with pytest.raises(BadRequest):
                parse(words)


@given(st.lists(st.floats(0, 300), min_size=1, max_size=8))
def test_dodged_labels_do_not_overlap(wished: list[float]) -> None:
    placed = sorted(dodge(wished, [15.0] * len(wished), 0.0, 300.0))
    assert all(b - a >= 14.999 for a, b in itertools.pairwise(placed))
    assert placed[0] >= 7.499
    assert placed[-1] <= 292.501


@given(st.lists(st.floats(0.1, 1e6), min_size=1, max_size=30))
def test_tiles_fill_the_rectangle_in_proportion(values: list[float]) -> None:
    tiles = squarify(values, 10, 20, 300, 200)
    for value, tile in zip(values, tiles, strict=True):
        assert tile.width * tile.height == pytest.approx(value / sum(values) * 60_000, rel=1e-6)
        assert tile.x >= 9.999
        assert tile.x + tile.width <= 310.001
        assert tile.y + tile.height <= 220.001


def test_measures_and_columns_are_named_as_the_address_writes_them() -> None:
    assert written(Measure("sum", "VALOR_USD")) == "sum:VALOR_USD"
    assert written(Measure("count", ratio="rate")) == "rate:count"
    assert written(Measure("sum", "system:index")) == 'sum:"system:index"'
    assert written_name(".geo") == '".geo"'
    assert written_name('dice "sí"') == '"dice ""sí"""'
    assert written_name("_entidad") == "_entidad"
