"""A raw table as a DuckDB view with columns c0, c1, … and the way back to source lines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb

from data_loaders.ingest.database import quoted, text, trim_odd_spaces
from data_loaders.limits import LIMITS
from data_loaders.raw import Delimited, RawTable
from model.errors import LoadError
from model.spelling import fold

LONGEST_NAME = 200
HELD_TEXT = 128 * 1024 * 1024  # smaller files are parsed once and held; larger ones are parsed again for each question
ODD_SPACE = "^[\\t\\r\\n\u00a0\u202f]|[\\t\\r\\n\u00a0\u202f]$"
MOST_CELLS_LOOKED_AT = 400_000
HELD_PARQUET = 8 * 1024 * 1024
SPACE = 32
DELETE = 127


@dataclass(frozen=True, slots=True)
class Relation:
    """`view` offers `c0…cN`; `names` are their final names, `types` DuckDB's (VARCHAR: still to be read)."""

    view: str
    names: tuple[str, ...]
    types: tuple[str, ...]
    raw: RawTable
    held: bool  # a table of ours, not a view over the file
    breaks: bool  # some cell may hold a line break

    @property
    def texts(self) -> tuple[int, ...]:
        """Positions of the columns that are text."""
        return tuple(i for i, kind in enumerate(self.types) if kind == "VARCHAR")

    @property
    def numbered(self) -> str:
        """SQL of the same rows with `_row`, counted from 0 in source order."""
        number = "rowid" if self.held else "row_number() OVER () - 1"
        return f"(SELECT {number} AS _row, * FROM {self.view})"


def open_relation(con: duckdb.DuckDBPyConnection, raw: RawTable, view: str) -> Relation:
    """Make the view over a raw table. LoadError where it has too many columns, or none."""
    if len(raw.names) > LIMITS.columns:
        raise LoadError(f"La tabla tiene {len(raw.names):,} columnas; el límite es {LIMITS.columns:,}.")
    if not raw.names:
        raise LoadError("No se encontró ninguna columna en el archivo.")
    held = (
        raw.sample is None
        and raw.path.is_file()
        and raw.path.stat().st_size <= (HELD_TEXT if raw.delimited else HELD_PARQUET)
    )
    kind = "TEMP TABLE" if held else "TEMP VIEW"
    if raw.delimited:
        _open_delimited(con, raw.path, raw.delimited, len(raw.names), f"{kind} {view}")
    else:
        _open_parquet(con, raw.path, len(raw.names), f"{kind} {view}")
    described = con.execute(f"DESCRIBE {view}").fetchall()
    types = tuple(str(row[1]) for row in described)
    if _has_odd_spaces(con, view, types):
        trim_odd_spaces(con)
    breaks = raw.delimited is not None and (not held or _has_breaks(con, view, types))
    return Relation(view, final_names(raw.names), types, raw, held, breaks)


def _has_odd_spaces(con: duckdb.DuckDBPyConnection, view: str, types: tuple[str, ...]) -> bool:
    """True if some of the first cells begin or end with a space that is not the common one."""
    texts = [f"regexp_matches(c{i}, {text(ODD_SPACE)})" for i, kind in enumerate(types) if kind == "VARCHAR"]
    rows = max(100, MOST_CELLS_LOOKED_AT // max(1, len(texts)))
    found = con.execute(
        f"SELECT coalesce(bool_or({' OR '.join(texts) or 'false'}), false) FROM (SELECT * FROM {view} LIMIT {rows})"
    ).fetchone()
    return found == (True,)


def _has_breaks(con: duckdb.DuckDBPyConnection, view: str, types: tuple[str, ...]) -> bool:
    texts = [f"contains(c{i}, chr(10))" for i, kind in enumerate(types) if kind == "VARCHAR"]
    found = con.execute(f"SELECT coalesce(bool_or({' OR '.join(texts)}), false) FROM {view}").fetchone()
    return found == (True,)


def final_names(names: tuple[str, ...]) -> tuple[str, ...]:
    """Headers trimmed, without control characters, never empty, and unique with case aside, as DuckDB needs them."""
    taken: set[str] = {"_entidad", "_municipio"}
    out: list[str] = []
    for position, written in enumerate(names, start=1):
        clean = " ".join("".join(c if SPACE <= ord(c) != DELETE else " " for c in written).split(" ")).strip()
        base = clean[:LONGEST_NAME].strip() or f"columna_{position}"
        name, n = base, 1
        while name.lower() in taken:
            n += 1
            name = f"{base}_{n}"
        taken.add(name.lower())
        out.append(name)
    return tuple(out)


def free_name(wanted: str, taken: tuple[str, ...]) -> str:
    """`wanted`, or `wanted_2`… where a column is already called that."""
    used = {name.lower() for name in taken}
    name, n = wanted, 1
    while name.lower() in used:
        n += 1
        name = f"{wanted}_{n}"
    return name


def folded(names: tuple[str, ...]) -> tuple[str, ...]:
    """The names as rules compare them."""
    return tuple(fold(name) for name in names)


def _open_delimited(con: duckdb.DuckDBPyConnection, path: Path, how: Delimited, width: int, made: str) -> None:
    columns = "{" + ", ".join(f"'c{i}': 'VARCHAR'" for i in range(width)) + "}"
    lenient = "" if how.strict else ", strict_mode=false, null_padding=true, parallel=false"
    variable = f"path_{made.split()[-1]}"
    con.execute(f"SET VARIABLE {variable} = ?", [str(path)])
    con.execute(
        f"CREATE {made} AS SELECT * FROM read_csv(getvariable('{variable}'), auto_detect=false, header=false, "
        f"skip={how.skip}, delim={text(how.delimiter)}, quote={text(how.quote)}, escape={text(how.escape)}, "
        f"allow_quoted_nulls=false, max_line_size={LIMITS.line_bytes}, "
        f"buffer_size={2 * LIMITS.line_bytes}, columns={columns}{lenient})"
    )


def _open_parquet(con: duckdb.DuckDBPyConnection, path: Path, width: int, made: str) -> None:
    variable = f"path_{made.split()[-1]}"
    con.execute(f"SET VARIABLE {variable} = ?", [str(path)])
    found = con.execute(f"DESCRIBE SELECT * FROM read_parquet(getvariable('{variable}'), hive_partitioning=false)")
    kinds = [str(row[1]) for row in found.fetchall()]
    if len(kinds) != width:
        raise LoadError("El archivo no tiene las columnas que anuncia.")
    cells = ", ".join(f"{_plain(f'c{i}', kind)} AS c{i}" for i, kind in enumerate(kinds))
    aliases = ", ".join(f"c{i}" for i in range(width))
    con.execute(
        f"CREATE {made} AS SELECT {cells} "
        f"FROM read_parquet(getvariable('{variable}'), hive_partitioning=false) AS source({aliases})"
    )


def _plain(cell: str, kind: str) -> str:
    if kind.endswith("[]") or kind.startswith(("STRUCT", "MAP", "UNION", "JSON")):
        return f"to_json({cell})::VARCHAR"
    if kind == "TIMESTAMP WITH TIME ZONE":
        return f"timezone('America/Mexico_City', {cell})"
    if kind.startswith("TIMESTAMP"):
        return f"{cell}::TIMESTAMP"
    if kind == "FLOAT":
        return _shortest(cell)
    if kind == "DOUBLE":
        return f"CASE WHEN isfinite({cell}) THEN {cell} END"
    if kind in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "BOOLEAN", "DATE"):
        return cell
    if kind in ("UBIGINT", "HUGEINT", "UHUGEINT"):
        return f"TRY_CAST({cell} AS DECIMAL(38,0))"
    if kind.startswith("DECIMAL"):
        return cell
    if kind == "BLOB":
        return f"to_base64({cell})"
    return f"{cell}::VARCHAR"


def _shortest(cell: str) -> str:
    """SQL: the DOUBLE of a FLOAT's shortest decimal text: 21.99, not 21.989999771118164.

    Six digits name one FLOAT each, so that where two decimals do, rounding gives the same text's number eight times
    as fast (measured).
    """
    near = f"round({cell}::DOUBLE, 2)"
    quick = f"abs({cell}) < 10000 AND {near}::FLOAT = {cell}"
    return f"CASE WHEN {quick} THEN {near} WHEN isfinite({cell}) THEN {cell}::VARCHAR::DOUBLE END"


def identifiers(names: tuple[str, ...]) -> str:
    """The names as an SQL list of identifiers."""
    return ", ".join(quoted(name) for name in names)
