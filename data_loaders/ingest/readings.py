"""The ways in which a column of text can be read: a table of patterns and conversions, tried in order."""

from __future__ import annotations

from dataclasses import dataclass

from data_loaders.ingest.database import text
from model.table import ColumnType

MONTHS = (
    "(ene(ro)?|feb(rero)?|mar(zo)?|abr(il)?|mayo?|jun(io)?|jul(io)?|ago(sto)?|sep(t(iembre)?)?|set(iembre)?|oct(ubre)?"
    "|nov(iembre)?|dic(iembre)?|jan(uary)?|apr(il)?|aug(ust)?|dec(ember)?)"
)
CLOCK = r"[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.,][0-9]+)?)?"
YEAR = "(19|20)[0-9]{2}"
PLAIN = r"(0|[1-9][0-9]{0,14})?(\.[0-9]+)?"  # more digits before the point would not be exact


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read a cell. `{t}` in `convert` is the trimmed text; NULL means that it cannot be read so.

    `says` is the Spanish reason of a reinterpretation, "" where the text is already plain. `evidence` is a pattern
    that at least one cell must match; `hint` one that the folded header must match. `quick` is SQL that only holds
    where the pattern does, in a third of its time, and `direct` the value then.
    """

    name: str
    type: ColumnType
    pattern: str
    convert: str
    physical: str
    says: str = ""
    evidence: str = ""
    hint: str = ""
    unit: str = ""
    quick: str = ""
    direct: str = ""

    def expression(self, cell: str) -> str:
        """SQL: the value of the text `cell`, NULL where it does not read so."""
        trimmed = f"txt({cell})"
        value = self.convert.replace("{t}", trimmed)
        first = f"WHEN {self.quick} THEN {self.direct} ".replace("{t}", trimmed) if self.quick else ""
        return f"CASE {first}WHEN regexp_full_match({trimmed}, {text('(?i)' + self.pattern)}) THEN {value} END"

    def proves(self, cell: str) -> str:
        """SQL: whether `cell` is evidence for this reading (any cell that reads so, where none is asked for)."""
        if not self.evidence:
            return self.readable(cell)
        return f"regexp_full_match(txt({cell}), {text('(?i)' + self.evidence)})"

    def readable(self, cell: str) -> str:
        """SQL: whether `cell` reads so."""
        return f"({self.expression(cell)}) IS NOT NULL"


def _number(cleaned: str) -> str:
    return f"TRY_CAST({cleaned} AS DOUBLE)"


def _day(form: str) -> str:
    return f"try_strptime(replace(replace({{t}}, '.', '/'), '-', '/'), '{form}')::DATE"


SLASHED = "[0-9]{1,2}([/.-])[0-9]{1,2}[/.-]"
DAY_MONTH = "se leyó como día/mes/año"

READINGS: tuple[Reading, ...] = (
    Reading(
        "boolean",
        ColumnType.BOOLEAN,
        "s[ií]|no|yes|true|false|verdadero|falso",
        "lower({t}) IN ('sí', 'si', 'yes', 'true', 'verdadero')",
        "BOOLEAN",
        "se leyó como sí o no",
        evidence="s[ií]|yes|true|verdadero",
    ),
    Reading(
        "compact_date",
        ColumnType.DATE,
        YEAR + "(0[1-9]|1[0-2])(0[1-9]|[12][0-9]|3[01])",
        "try_strptime({t}, '%Y%m%d')::DATE",
        "DATE",
        "se leyó como fecha aaaammdd",
        hint="fecha|date|dia",
    ),
    Reading(
        "integer",
        ColumnType.INTEGER,
        "-?[1-9][0-9]{0,18}|0",
        "TRY_CAST({t} AS BIGINT)",
        "BIGINT",
        quick="TRY_CAST({t} AS BIGINT)::VARCHAR = {t}",
        direct="TRY_CAST({t} AS BIGINT)",
    ),
    Reading(
        "long_integer", ColumnType.INTEGER, "-?[1-9][0-9]{0,37}|0", "TRY_CAST({t} AS DECIMAL(38,0))", "DECIMAL(38,0)"
    ),
    Reading(
        "number",
        ColumnType.NUMBER,
        rf"-?{PLAIN}|-?(0|[1-9][0-9]*)?\.[0-9]*e[+-]?[0-9]+|-?[0-9]e[+-][0-9]+|-?[0-9]+\.",
        _number("{t}"),
        "DOUBLE",
    ),
    Reading(
        "thousands_whole",
        ColumnType.INTEGER,
        r"-?[1-9][0-9]{0,2}(,[0-9]{3})+|-?[1-9][0-9]*|0",
        "TRY_CAST(replace({t}, ',', '') AS BIGINT)",
        "BIGINT",
        "la coma separa los miles",
        evidence=".*,.*",
    ),
    Reading(
        "thousands_comma",
        ColumnType.NUMBER,
        rf"-?[1-9][0-9]{{0,2}}(,[0-9]{{3}})+(\.[0-9]+)?|-?{PLAIN}",
        _number("replace({t}, ',', '')"),
        "DOUBLE",
        "la coma separa los miles",
        evidence=".*,.*",
    ),
    Reading(
        "decimal_comma",
        ColumnType.NUMBER,
        r"-?([1-9][0-9]{0,2}(\.[0-9]{3})+|0|[1-9][0-9]*)?(,[0-9]+)?",
        _number("replace(replace({t}, '.', ''), ',', '.')"),
        "DOUBLE",
        "la coma separa los decimales",
        evidence=r".*,.*|.*\..*\..*",
    ),
    Reading(
        "percent",
        ColumnType.NUMBER,
        rf"-?{PLAIN} ?%",
        _number("replace(replace({t}, '%', ''), ' ', '')"),
        "DOUBLE",
        "se quitó el signo de porcentaje",
        unit="%",
    ),
    Reading(
        "currency",
        ColumnType.NUMBER,
        r"-?\$ ?-?([1-9][0-9]{0,2}(,[0-9]{3})+|0|[1-9][0-9]*)?(\.[0-9]+)?",
        _number("regexp_replace({t}, '[$, ]', '', 'g')"),
        "DOUBLE",
        "se quitó el signo de pesos",
        unit="$",
    ),
    Reading(
        "degrees",
        ColumnType.NUMBER,
        "[0-9]{1,3} ?° ?[0-9]{1,2} ?['’′] ?[0-9]{1,2}(\\.[0-9]+)? ?(\"|''|”|″) ?[NSEWO]",
        "round((TRY_CAST(regexp_extract({t}, '^[0-9]+') AS DOUBLE) "
        "+ TRY_CAST(regexp_extract({t}, '° ?([0-9]+)', 1) AS DOUBLE) / 60 "
        "+ TRY_CAST(regexp_extract({t}, '[''’′] ?([0-9.]+)', 1) AS DOUBLE) / 3600) "
        "* CASE WHEN upper(right({t}, 1)) IN ('S', 'W', 'O') THEN -1 ELSE 1 END, 8)",
        "DOUBLE",
        "se pasó de grados, minutos y segundos a grados con decimales",
    ),
    Reading(
        "iso_date",
        ColumnType.DATE,
        f"{YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}}|1[0-8][0-9]{{2}}-[0-9]{{2}}-[0-9]{{2}}",
        _day("%Y/%m/%d"),
        "DATE",
        quick="TRY_CAST({t} AS DATE)::VARCHAR = {t} AND length({t}) = 10 AND {t} > '1000' AND {t} < '2100'",
        direct="TRY_CAST({t} AS DATE)",
    ),
    Reading(
        "slashed_iso_date",
        ColumnType.DATE,
        f"{YEAR}[/.][0-9]{{1,2}}[/.][0-9]{{1,2}}",
        _day("%Y/%m/%d"),
        "DATE",
        "se leyó como año/mes/día",
    ),
    Reading(
        "year_month",
        ColumnType.DATE,
        f"{YEAR}[-/](0[1-9]|1[0-2])",
        "TRY_CAST(concat(replace({t}, '/', '-'), '-01') AS DATE)",
        "DATE",
        "mes y año: se guardó el primer día del mes",
    ),
    Reading("day_month_year", ColumnType.DATE, SLASHED + YEAR, _day("%d/%m/%Y"), "DATE", DAY_MONTH),
    Reading("month_day_year", ColumnType.DATE, SLASHED + YEAR, _day("%m/%d/%Y"), "DATE", "se leyó como mes/día/año"),
    Reading("day_month_short", ColumnType.DATE, SLASHED + "[0-9]{2}", _day("%d/%m/%y"), "DATE", DAY_MONTH),
    Reading(
        "month_day_short", ColumnType.DATE, SLASHED + "[0-9]{2}", _day("%m/%d/%y"), "DATE", "se leyó como mes/día/año"
    ),
    Reading(
        "month_name",
        ColumnType.DATE,
        rf"{MONTHS}\.?( de | del |[ /-])({YEAR}|[0-9]{{2}})",
        "day_of(full_year(TRY_CAST(regexp_extract({t}, '[0-9]+$') AS INTEGER)), month_number({t}), 1)",
        "DATE",
        "mes y año: se guardó el primer día del mes",
    ),
    Reading(
        "day_month_name",
        ColumnType.DATE,
        rf"([a-záé]+,? )?[0-9]{{1,2}}( de | del |[ /-]){MONTHS}\.?( de | del |[ /-])({YEAR}|[0-9]{{2}})",
        "day_of(full_year(TRY_CAST(regexp_extract({t}, '[0-9]+$') AS INTEGER)), "
        "month_number(regexp_extract({t}, '[0-9](?: de | del |[ /-])([A-Za-z]+)', 1)), "
        "TRY_CAST(regexp_extract({t}, '[0-9]+') AS INTEGER))",
        "DATE",
        "la fecha estaba escrita con palabras",
    ),
    Reading(
        "midnight",
        ColumnType.DATE,
        r"[12][0-9]{3}-[0-9]{2}-[0-9]{2}[T ]00:00(:00(\.0+)?)?",
        "TRY_CAST(left({t}, 10) AS DATE)",
        "DATE",
        "la hora era siempre 00:00: se guardó la fecha",
    ),
    Reading(
        "timestamp",
        ColumnType.TIMESTAMP,
        f"[12][0-9]{{3}}-[0-9]{{1,2}}-[0-9]{{1,2}}[T ]{CLOCK}",
        "TRY_CAST(replace(replace({t}, 'T', ' '), ',', '.') AS TIMESTAMP)",
        "TIMESTAMP",
    ),
    Reading(
        "offset_timestamp",
        ColumnType.TIMESTAMP,
        f"[12][0-9]{{3}}-[0-9]{{1,2}}-[0-9]{{1,2}}[T ]{CLOCK} ?(Z|[+-][0-9]{{2}}(:?[0-9]{{2}})?)",
        "timezone('America/Mexico_City', TRY_CAST(regexp_replace("
        "regexp_replace(replace({t}, ' ', 'T'), 'T([Z+-])', '\\1'), "
        "'([+-][0-9]{2})([0-9]{2})$', '\\1:\\2') AS TIMESTAMPTZ))",
        "TIMESTAMP",
        "la hora se pasó a la del centro de México",
    ),
    Reading(
        "day_month_timestamp",
        ColumnType.TIMESTAMP,
        rf"{SLASHED}{YEAR},? {CLOCK}( ?[ap]\.? ?m\.?)?",
        "try_strptime(regexp_replace(regexp_replace(replace(replace(upper({t}), '-', '/'), ',', ''), "
        "' ?([AP])\\.? ?M\\.?$', ' \\1M'), '\\.([0-9]{1,2})/', '/\\1/'), "
        "['%d/%m/%Y %H:%M:%S', '%d/%m/%Y %H:%M', '%d/%m/%Y %I:%M:%S %p', '%d/%m/%Y %I:%M %p', '%d/%m/%Y %H:%M:%S.%f'])",
        "TIMESTAMP",
        DAY_MONTH,
    ),
    Reading(
        "geometry",
        ColumnType.GEOMETRY,
        r"\{(?s:.)*\}",
        "CASE WHEN json_extract_string(TRY_CAST({t} AS JSON), '$.type') IN ('Point', 'MultiPoint', 'LineString', "
        "'MultiLineString', 'Polygon', 'MultiPolygon', 'GeometryCollection') THEN {t} END",
        "VARCHAR",
    ),
)


def readings_of(kind: ColumnType) -> tuple[Reading, ...]:
    """The readings that give columns of a kind, in order of preference; none for text."""
    return tuple(r for r in READINGS if r.type == kind)
