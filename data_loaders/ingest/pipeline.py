"""From the raw tables of a file to the stored tables of a version, with the report and the profiles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb
import pyarrow as pa

from data_loaders.ingest.database import open_database
from data_loaders.ingest.describe import describe
from data_loaders.ingest.hollow import HollowRowsError
from data_loaders.ingest.report import report_table
from data_loaders.ingest.stage import Staged, stage
from data_loaders.ingest.store import Stored, as_stored, store_data, store_long, store_totals
from data_loaders.ingest.straight import Straight
from data_loaders.ingest.write import Output
from data_loaders.municipalities import municipalities
from data_loaders.order import Limits, Progress
from data_loaders.raw import RawFile, RawTable
from data_loaders.territories import read_outlines
from model.errors import LoadError
from model.recipe import Recipe
from model.spelling import slug, unique
from model.table import Role
from model.territory import Names, name_table
from model.version import LoadReport, TableProfile, TableReport

MAIN = "datos"


@dataclass(frozen=True, slots=True)
class Result:
    """What a load found: the profiles of the stored tables and the report."""

    tables: tuple[TableProfile, ...]
    report: LoadReport


@dataclass(frozen=True, slots=True)
class Job:
    """What stays the same for all tables of a file."""

    con: duckdb.DuckDBPyConnection
    output: Output
    recipe: Recipe
    names: Names
    say: Callable[[Progress], None]


def ingest(
    raw: RawFile, recipe: Recipe, folder: Path, limits: Limits, say: Callable[[Progress], None],
    territories: Path | None = None,
) -> Result:  # fmt: skip
    """Store the tables of `raw` in `folder` (Parquet files and the native file). LoadError with a Spanish reason.

    Tables without rows are left out with a note, unless none has any. A large plain table has no native file yet.
    """
    pa.set_cpu_count(max(1, limits.threads))
    con = open_database(folder, limits.memory_bytes, limits.threads)
    job = Job(con, Output(folder), recipe, _names(territories), say)
    try:
        tables, reports, notes = _tables(job, raw)
    finally:
        con.close()
    return Result(tables, LoadReport(raw.format, raw.encoding, reports, (*raw.notes, *notes)))


def _names(folder: Path | None) -> Names:
    """The municipalities' names that come with the project, and those of the operator's own outlines."""
    outlines = read_outlines("municipio", folder)
    return name_table((*municipalities().items(), *(outlines.names() if outlines else ())))


def _tables(job: Job, raw: RawFile) -> tuple[tuple[TableProfile, ...], tuple[TableReport, ...], tuple[str, ...]]:
    staged, notes = _all_staged(job, raw)
    if staged[0].straight:
        table, report, more = _described(job, staged[0], staged[0].straight)
        return (table,), (report,), (*notes, *more)
    tables: list[TableProfile] = []
    reports: list[TableReport] = []
    with job.output.opened(job.con):
        for one, name in zip(staged, table_names(staged), strict=True):
            job.say(Progress("Se guardan las filas", 65, one.rows))
            profiles, report, more = _stored(job, one, name)
            tables.extend(profiles)
            reports.append(report)
            notes.extend(more)
    main_first = sorted(range(len(tables)), key=lambda i: tables[i].name != MAIN)
    return tuple(tables[i] for i in main_first), tuple(sorted(reports, key=lambda r: r.table != MAIN)), tuple(notes)


def _all_staged(job: Job, raw: RawFile) -> tuple[list[Staged], list[str]]:
    """The tables that have rows, and notes on the others. A file's only table may go straight."""
    target = job.output.parquet(MAIN) if len(raw.tables) == 1 else None
    staged: list[Staged] = []
    notes: list[str] = []
    problem: LoadError | None = None
    for i, table in enumerate(raw.tables):
        try:
            staged.append(_staged(job, table, str(i), target))
        except LoadError as error:
            problem = error
            notes.append(f"«{table.name}»: {error.message}")
    if not staged:
        raise problem or LoadError("El archivo no tiene ninguna tabla.")
    return staged, notes


def _staged(job: Job, raw: RawTable, tag: str, target: Path | None) -> Staged:
    """The table staged; read row by row where strict reading fails and the format knows how."""
    try:
        return stage(job.con, raw, tag, job.recipe, job.names, job.say, target)
    except (duckdb.InvalidInputException, HollowRowsError):
        if raw.careful is None:
            raise
    job.say(Progress("Se lee fila por fila: el archivo tiene filas irregulares"))
    return stage(job.con, raw.careful(), f"{tag}_careful", job.recipe, job.names, job.say)


def table_names(staged: list[Staged]) -> list[str]:
    """`datos` for the table with most rows, the others by their own names."""
    largest = max(range(len(staged)), key=lambda i: staged[i].rows)
    names = unique(
        [MAIN, *(slug(s.relation.raw.name or f"tabla {i + 1}") for i, s in enumerate(staged) if i != largest)]
    )
    others = iter(names[1:])
    return [MAIN if i == largest else next(others) for i in range(len(staged))]


def _described(job: Job, staged: Staged, straight: Straight) -> tuple[TableProfile, TableReport, tuple[str, ...]]:
    """The profile and report of a table that is in its Parquet file already."""
    job.say(Progress(f"Se describe la tabla «{MAIN}»", 80))
    data = as_stored(staged, MAIN)
    profile = describe(job.con, straight.stored, data, job.recipe, straight.counted)
    return profile, *report_table(job.con, staged, MAIN)


def _stored(job: Job, staged: Staged, name: str) -> tuple[list[TableProfile], TableReport, tuple[str, ...]]:
    suffix = "" if name == MAIN else f"{name}-"
    data = store_data(job.con, job.output, staged, name)
    job.say(Progress(f"Se describe la tabla «{name}»", 80))
    described = describe(job.con, job.output.table(name), data, job.recipe)
    profiles = [described]
    long = store_long(job.con, job.output, staged, data, f"{suffix}largo")
    totals = store_totals(job.con, job.output, staged, f"{suffix}totales")
    for table in (long, totals):
        if table:
            job.say(Progress(f"Se describe la tabla «{table.name}»", 90))
            profiles.append(
                describe(
                    job.con, job.output.table(table.name), replace(table, roles=_roles(described, table)), job.recipe
                )
            )
    report, notes = report_table(job.con, staged, name)
    return profiles, report, notes


def _roles(data: TableProfile, other: Stored) -> dict[str, Role]:
    """The roles of the data's columns hold for the same columns of the tables made from it, where the type does."""
    same = {(c.column.name, c.column.type): c.column.role for c in data.columns}
    return {name: same[name, kind] for name, kind in other.columns if (name, kind) in same}
