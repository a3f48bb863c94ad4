"""What a question reads: its table, the lookups that it needs, and its filters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlglot import exp

from model.table import Column, Role
from model.version import TableProfile, TableRef
from model.view import Filter, View
from query.grammar import split_lookup
from query.operators import find_operator
from query.schema import Schema, find_column, find_profile, own_columns, with_role
from query.syntax import Parameters, aliased, all_of, cast, column, ordered, table
from query.values import bind

OWN = "t"


@dataclass(frozen=True, slots=True)
class Source:
    """The table of a view with the lookups it uses, each under its alias."""

    view: View
    profile: TableProfile
    schema: Schema
    aliases: Mapping[str, str]  # lookup name → alias

    def find(self, reference: str) -> Column:
        """The column as it is known; UnknownName."""
        return find_column(self.profile, self.schema.lookups, reference)

    def at(self, reference: str) -> exp.Expr:
        """The column as it stands in the SQL; UnknownName."""
        self.find(reference)
        if self.is_own(reference):
            return column(reference, OWN)
        lookup, text = split_lookup(reference)
        return column(text, self.aliases[lookup])

    def is_own(self, reference: str) -> bool:
        """Whether the reference names a column of the table itself."""
        found = find_profile(self.profile, self.schema.lookups, reference)
        return found is None or found[0] is self.profile

    @property
    def ref(self) -> TableRef:
        """The table itself."""
        manifest = self.schema.manifest
        return TableRef(manifest.dataset, manifest.resource, manifest.version, self.profile.name)

    @property
    def refs(self) -> tuple[TableRef, ...]:
        """Every table that is read."""
        return (self.ref, *(self._lookup_ref(lookup) for lookup in self.aliases))

    def coordinates(self) -> tuple[str, str] | None:
        """The references of latitude and longitude, where the table or a lookup has them."""
        latitude, longitude = (
            with_role(self.profile, self.schema.lookups, role) for role in (Role.LATITUDE, Role.LONGITUDE)
        )
        return (latitude.name, longitude.name) if latitude and longitude else None

    def select(self, parameters: Parameters) -> exp.Select:
        """`FROM table LEFT JOIN lookups WHERE filters`, with nothing selected yet."""
        select = exp.Select().from_(table(self.ref, OWN), copy=False)
        for lookup, alias in self.aliases.items():
            condition = all_of(self._matches(lookup, alias))
            select = select.join(self._target(lookup, alias), on=condition, join_type="left", copy=False)
        where = all_of(self._conditions(parameters))
        return select.where(where, copy=False) if where else select

    def _conditions(self, parameters: Parameters) -> list[exp.Expr]:
        out = [condition(f, self.find(f.column), self.at(f.column), parameters) for f in self.view.filters]
        found = self.coordinates() if self.view.bbox else None
        if self.view.bbox and found:
            west, south, east, north = self.view.bbox
            latitude, longitude = (self.at(reference) for reference in found)
            for place, low, high in ((longitude, west, east), (latitude, south, north)):
                out.append(exp.GTE(this=place.copy(), expression=parameters.bind(low)))
                out.append(exp.LTE(this=place.copy(), expression=parameters.bind(high)))
        return out

    def _lookup_ref(self, lookup: str) -> TableRef:
        target = self.schema.lookup(lookup)
        return TableRef(target.dataset, target.resource, target.version, target.table)

    def _matches(self, lookup: str, alias: str) -> list[exp.Expr]:
        target = self.schema.lookups[lookup]
        out: list[exp.Expr] = []
        for ours, theirs in self.schema.lookup(lookup).on:
            left, right = column(ours, OWN), column(theirs, alias)
            if self.find(ours).type is not find_column(target, {}, theirs).type:
                left, right = cast(left, "TEXT"), cast(right, "TEXT")
            out.append(exp.EQ(this=left, expression=right))
        return out

    def _target(self, lookup: str, alias: str) -> exp.Expr:
        """The lookup's table, one row per key: a declared many-to-one that is not one must not multiply rows."""
        target, keys = self.schema.lookups[lookup], [theirs for _, theirs in self.schema.lookup(lookup).on]
        if any(is_unique(target, key) for key in keys):
            return table(self._lookup_ref(lookup), alias)
        used = [split_lookup(r)[1] for r in self._references() if split_lookup(r)[0] == lookup]
        names = list(dict.fromkeys((*keys, *(n for n in used if target.column(n) or n in target.places))))
        rank = exp.Window(
            this=exp.RowNumber(),
            partition_by=[column(k, "u") for k in keys],
            order=exp.Order(expressions=[ordered(column(n, "u")) for n in _every_name(target)]),
        )
        inner = exp.select(*(aliased(column(n, "u"), n) for n in names), copy=False).from_(
            table(self._lookup_ref(lookup), "u"), copy=False
        )
        inner.set("qualify", exp.Qualify(this=exp.EQ(this=rank, expression=exp.Literal.number(1))))
        return exp.Subquery(this=inner, alias=exp.TableAlias(this=exp.to_identifier(alias)))

    def _references(self) -> Iterator[str]:
        return references(self.view, self.profile, self.schema)


def condition(filter_: Filter, known: Column, at: exp.Expr, parameters: Parameters) -> exp.Expr:
    """The condition of one canonical filter on the column that stands at `at`."""
    values = [parameters.bind(bind(v, known.type)) for v in filter_.values] if filter_.operator != "isnull" else []
    if filter_.operator == "isnull" and filter_.values:
        values = [exp.Literal.number(0)]
    return find_operator(filter_.operator).build(at, values)


def open_source(view: View, schema: Schema) -> Source:
    """The source of a resolved view."""
    profile = schema.table(view.table)
    used = {
        split_lookup(reference)[0]
        for reference in references(view, profile, schema)
        if not profile.column(reference) and split_lookup(reference)[0]
    }
    return Source(view, profile, schema, {lookup: f"l{i}" for i, lookup in enumerate(sorted(used))})


def references(view: View, profile: TableProfile, schema: Schema) -> Iterator[str]:
    """Every column that the view reads, by reference."""
    yield from (f.column for f in view.filters)
    yield from (g.column for g in view.groups)
    yield from (m.column for m in view.measures if m.column)
    if not view.grouped:
        yield from view.columns
        yield from (s.column for s in view.sort)
    if view.bbox:
        found = (with_role(profile, schema.lookups, role) for role in (Role.LATITUDE, Role.LONGITUDE))
        yield from (c.name for c in found if c)


def is_unique(profile: TableProfile, text: str) -> bool:
    """Whether no two rows of the table hold the same value in the column (rows without one aside)."""
    found = profile.profile(text)
    return found is not None and found.distinct == profile.rows - found.nulls


def tie_break(profile: TableProfile) -> tuple[str, ...]:
    """The columns that give the rows of a table a total order (rows that are equal in all are the same to a reader)."""
    complete = (*profile.key, *(c.name for c in own_columns(profile)))
    single = next((n for n in complete if is_unique(profile, n) and not _nulls(profile, n)), None)
    return (single,) if single else tuple(dict.fromkeys(complete))


def _nulls(profile: TableProfile, text: str) -> int:
    found = profile.profile(text)
    return found.nulls if found else 0


def _every_name(profile: TableProfile) -> tuple[str, ...]:
    return tuple(c.name for c in own_columns(profile))
