"""Denominators of rates: which population, of which place and which year.

The population of a group is that of its own place where the groups name one, else the sum over the places that the
`_entidad` and `_municipio` filters leave; of the group's year (or the nearest earlier one that the population has)
where the groups name one. Where they name none, it is the sum over every year that the data have within the filters of
time: person-years, by which a figure of several years becomes an average annual rate. The other filters leave that
period as it is: what happened seldom is still counted over all years.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import MappingProxyType

from sqlglot import exp

from model.errors import BadRequest
from model.recipe import Population
from model.table import Column, ColumnType, Role
from model.version import ColumnProfile, TableProfile, TableRef
from model.view import PLACES, Filter, Group, View
from query.grammar import PERIODS
from query.operators import call, is_null
from query.schema import MUNICIPALITY, STATE, Schema, find_column, find_column_profile, place_column
from query.source import condition
from query.syntax import Parameters, aliased, all_of, column, name, number, table

_PLACE_OF_ROLE = MappingProxyType({Role.STATE: STATE, Role.MUNICIPALITY: MUNICIPALITY})
YEARS = "years"  # the table of the years of a period, one row each, beside the statement
_FIRST_YEAR, _LAST_YEAR = 1000, 3000


def check_rate(view: View, profile: TableProfile, schema: Schema) -> None:
    """Raises BadRequest where no population stands behind a rate, or where filters leave part of a place or its people.

    A filter on a figure drops rows by their amount, and with them places whose people the denominator would still hold.
    """
    if schema.manifest.population is None:
        raise BadRequest("No se puede calcular la tasa: estos datos no tienen una población declarada.")
    if view.bbox:
        raise BadRequest("No se puede calcular la tasa dentro de un recuadro del mapa: quite _bbox.")
    place = place_of_groups(view, profile)
    _level(view, schema, place)
    measured = {m.column for m in view.measures if m.ratio == "rate" and m.function != "distinct"} - {""}
    for filter_ in view.filters:
        role = find_column(profile, schema.lookups, filter_.column).role
        finer_than_group = role is Role.MUNICIPALITY and place != MUNICIPALITY
        if filter_.column not in PLACES and ((role is Role.STATE and not place) or finer_than_group):
            raise BadRequest(
                f"No se puede calcular la tasa con el filtro de «{filter_.column[:80]}»: "
                "filtre el lugar por su nombre o su clave."
            )
        if filter_.column in measured or role is Role.MEASURE:
            raise BadRequest(
                f"No se puede calcular la tasa con el filtro de «{filter_.column[:80]}»: quita renglones por su "
                "cifra y no a sus habitantes. Quite ese filtro, o mida sin tasa."
            )


def _level(view: View, schema: Schema, by_place: str) -> str:
    """The place key at which populations are taken; BadRequest where the population's table lacks it."""
    fine = by_place == MUNICIPALITY or any(f.column == MUNICIPALITY for f in view.filters)
    if fine and MUNICIPALITY not in population_places(schema):
        raise BadRequest("No se puede calcular la tasa: la población declarada no llega a municipio.")
    return MUNICIPALITY if fine else by_place or STATE


def population_places(schema: Schema) -> tuple[str, ...]:
    """The place keys of the population's table."""
    return schema.population.places if schema.population else (STATE,)


def population_type(schema: Schema) -> ColumnType:
    """Whether people are counted in whole numbers, or estimated in others."""
    population = schema.manifest.population
    known = schema.population.column(population.value) if schema.population and population else None
    return known.type if known else ColumnType.INTEGER


def population_ref(population: Population) -> TableRef:
    """The population's table."""
    return TableRef(population.dataset, population.resource, population.version, population.table)


def place_of_groups(view: View, profile: TableProfile) -> str:
    """The finest place key that tells the groups apart: `_municipio`, `_entidad` or ""."""
    keys = {_place_key(g, profile) for g in view.groups}
    return next((key for key in (MUNICIPALITY, STATE) if key in keys and key in profile.places), "")


def _place_key(group: Group, profile: TableProfile) -> str:
    if group.column in PLACES:
        return group.column
    own = profile.column(group.column)
    return _PLACE_OF_ROLE.get(own.role, "") if own else ""


def is_year(known: Column, found: ColumnProfile | None) -> bool:
    """Whether a whole-number column of time holds years (and not months or days)."""
    if known.type is not ColumnType.INTEGER or known.role is not Role.TIME or found is None:
        return False
    low, high = found.minimum, found.maximum
    return isinstance(low, int) and isinstance(high, int) and _FIRST_YEAR <= low <= high <= _LAST_YEAR


def year_of(reference: str, at: exp.Expr, profile: TableProfile, schema: Schema) -> exp.Expr | None:
    """The year that a column of dates or of years holds, as SQL over `at`; None for other columns."""
    known = find_column(profile, schema.lookups, reference)
    if known.type.temporal:
        return call("year", at)
    return at.copy() if is_year(known, find_column_profile(profile, schema.lookups, reference)) else None


def year_group(view: View, profile: TableProfile, schema: Schema) -> int | None:
    """The position of the first group that tells a year; None where none does."""
    for i, group in enumerate(view.groups):
        known = find_column(profile, schema.lookups, group.column)
        dated = known.type.temporal and group.by in ("", *PERIODS)
        if dated or (not group.by and is_year(known, find_column_profile(profile, schema.lookups, group.column))):
            return i
    return None


def year_column(profile: TableProfile) -> str | None:
    """The table's own column that dates its rows: its first column of dates, else its first of years."""
    times = [p for p in profile.columns if p.column.role is Role.TIME]
    dates = [p for p in times if p.column.type.temporal]
    years = [p for p in times if is_year(p.column, p)]
    return next((p.column.name for p in (*dates, *years)), None)


def denominator(view: View, schema: Schema, parameters: Parameters, *, by_place: str, years: str) -> exp.Expr:
    """The population of one row of `i`, as a scalar subquery.

    `years` says of which: `group` of the row's own column `year`; `period` the sum over all years of the table
    `YEARS`, NULL where one of them has none; "" the population's latest. Places that the population lacks give NULL.
    """
    population = schema.manifest.population
    if population is None:
        raise BadRequest("Estos datos no tienen una población declarada.")
    yearly = _yearly(view.filters, population, schema, parameters, _level(view, schema, by_place))
    conditions = list(_same(by_place=bool(by_place), at={"group": "i", "period": "y"}.get(years, "")))
    people: exp.Expr = exp.Sum(this=column("people", "p"))
    people = _of_every_year(people) if years == "period" else people
    select = exp.select(people, copy=False).from_(_subquery(yearly, "p"), copy=False)
    if years == "period":
        select = select.join(exp.alias_(exp.Table(this=name(YEARS)), "y", table=True), join_type="cross", copy=False)
    return exp.Subquery(this=select.where(all_of(conditions), copy=False))


def _of_every_year(people: exp.Expr) -> exp.Expr:
    """The people where every year of the period has some, else NULL: a year without people would raise the rate."""
    found = exp.Count(this=exp.Distinct(expressions=[column("year", "y")]))
    wanted = exp.Subquery(this=exp.select(exp.Count(this=exp.Star()), copy=False).from_(name(YEARS), copy=False))
    return exp.Case().when(exp.EQ(this=found, expression=wanted), people)


def _same(*, by_place: bool, at: str) -> Iterator[exp.Expr]:
    """The population's rows of the place and of the year that stands in the table `at` ("": its latest)."""
    if by_place:
        yield exp.EQ(this=column("place", "p"), expression=column("place", "i"))
    following = column("following", "p")
    if not at:
        yield is_null(following)
        return
    yield exp.LTE(this=column("year", "p"), expression=column("year", at))
    later = exp.GT(this=following.copy(), expression=column("year", at))
    yield exp.Paren(this=exp.Or(this=is_null(following), expression=later))


def _yearly(
    filters: tuple[Filter, ...], population: Population, schema: Schema, parameters: Parameters, place: str
) -> exp.Select:
    """(place, year, people, following): one row per place and year, with the place's next year."""
    known = schema.population.column(population.year) if schema.population else None
    year = column(population.year, "q")
    adder = "fsum" if population_type(schema) is ColumnType.NUMBER else "sum"
    conditions: list[exp.Expr] = [exp.Not(this=is_null(column(place, "q")))]
    conditions += [
        condition(f, place_column(f.column), column(f.column, "q"), parameters) for f in filters if f.column in PLACES
    ]
    inner = (
        exp.select(
            aliased(column(place, "q"), "place"),
            aliased(call("year", year) if known and known.type.temporal else year, "year"),
            aliased(call(adder, column(population.value, "q")), "people"),
            copy=False,
        )
        .from_(table(population_ref(population), "q"), copy=False)
        .where(all_of(conditions), copy=False)
        .group_by(number(1), number(2), copy=False)
    )
    following = exp.Window(
        this=exp.Lead(this=column("year", "r")),
        partition_by=[column("place", "r")],
        order=exp.Order(expressions=[exp.Ordered(this=column("year", "r"))]),
    )
    return exp.select(
        *(column(text, "r") for text in ("place", "year", "people")), aliased(following, "following"), copy=False
    ).from_(_subquery(inner, "r"), copy=False)


def _subquery(select: exp.Select, alias: str) -> exp.Subquery:
    return exp.Subquery(this=select, alias=exp.TableAlias(this=name(alias)))
