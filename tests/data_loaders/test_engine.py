"""The engine answers questions, and nothing else."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from data_loaders.engine import Engine
from data_loaders.engines.duckdb import ENGINE, MOST_ATTACHED, cell
from data_loaders.lake import Lake
from model.errors import NotReady, PortalError, TooLarge, TooSlow
from model.query import Query
from model.table import Cell
from model.version import TableRef

VERSION = "0123456789ab"
REF = TableRef("d", "r", VERSION)


def make_version(lake: Lake, ref: TableRef, select: str) -> None:
    path = lake.tables(ref)
    path.parent.mkdir(parents=True)
    with duckdb.connect(str(path)) as con:
        con.execute(f"CREATE TABLE datos AS {select}")


@pytest.fixture
def lake(tmp_path: Path) -> Lake:
    lake = Lake(tmp_path / "lake")
    make_version(lake, REF, "SELECT i AS n, 'x' || (i % 3) AS tipo FROM range(1000) t(i)")
    return lake


@pytest.fixture
def engine(lake: Lake) -> Engine:
    return ENGINE.open(lake, "400MB", 2)


def ask(
    engine: Engine, sql: str, *values: Cell, seconds: float = 20, tables: tuple[TableRef, ...] = (REF,)
) -> tuple[tuple[Cell, ...], ...]:
    return engine.run(Query(sql, values, (), tables), seconds)


def test_values_are_bound(engine: Engine) -> None:
    sql = f"SELECT tipo, sum(n) FROM v{VERSION}.datos WHERE tipo IN (?, ?) GROUP BY tipo ORDER BY tipo"
    assert ask(engine, sql, "x0", "x' OR 1=1 --") == (("x0", sum(range(0, 1000, 3))),)


def test_cells_come_back_as_plain_values(engine: Engine) -> None:
    sql = (
        "SELECT 170141183460469231731687303715884105727::HUGEINT, 12::DECIMAL(38,0), 1.50::DECIMAL(9,2), 'NaN'::DOUBLE,"
        " DATE '2024-02-29', 1.0 / 0, TIME '10:00:00', NULL, true"
    )
    assert ask(engine, sql) == ((2**127 - 1, 12, 1.5, None, date(2024, 2, 29), None, "10:00:00", None, True),)


def test_a_decimal_that_no_float_holds_stays_exact() -> None:
    exact = Decimal("12345678901234567890.125")
    assert cell(exact) == exact


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM read_csv('/etc/passwd')",
        "SELECT * FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('/*')",
        "SELECT * FROM read_parquet('../../*.parquet')",
        "COPY (SELECT 1) TO '/tmp/ventanilla-prueba.csv'",
        "ATTACH '/tmp/ventanilla-prueba.duckdb' AS x",
        "SET threads = 64",
        "RESET memory_limit",
        "INSTALL httpfs",
        "LOAD httpfs",
        "PRAGMA database_list",
        "CREATE TABLE x AS SELECT 1",
        f"DELETE FROM v{VERSION}.datos",
        f"DETACH v{VERSION}",
        "SELECT 1; SELECT 2",
        "SELECT getenv('PATH')",
        "",
    ],
)
def test_only_questions_about_the_lake_are_answered(engine: Engine, sql: str) -> None:
    with pytest.raises(PortalError) as caught:
        ask(engine, sql)
    assert "Error" not in caught.value.message
    assert "/" not in caught.value.message


def test_copying_into_the_lake_is_refused(engine: Engine, lake: Lake) -> None:
    with pytest.raises(PortalError):
        ask(engine, f"COPY (SELECT 1) TO '{lake.root}/x.csv'")
    assert not (lake.root / "x.csv").exists()


def test_the_settings_are_locked(engine: Engine) -> None:
    sql = "SELECT current_setting('enable_external_access'), current_setting('lock_configuration')"
    assert ask(engine, sql) == ((False, True),)


def test_a_question_ends_at_its_time_limit_and_the_next_is_answered(engine: Engine) -> None:
    with pytest.raises(TooSlow, match="segundos"):
        ask(
            engine,
            "SELECT count(*) FROM range(10000000000) a, range(1000) b WHERE a.range * b.range % 7 = 3",
            seconds=0.2,
        )
    assert ask(engine, "SELECT 1") == ((1,),)


def test_a_question_that_needs_too_much_memory_says_so(engine: Engine) -> None:
    with pytest.raises((TooLarge, TooSlow)):
        ask(engine, "SELECT list(range) FROM range(400000000)", seconds=60)
    assert ask(engine, "SELECT 1") == ((1,),)


def test_a_version_that_is_not_there_is_not_ready(engine: Engine) -> None:
    ref = TableRef("d", "r", "ffffffffffff")
    with pytest.raises(NotReady):
        ask(engine, "SELECT 1", tables=(ref,))


def test_a_version_name_never_becomes_sql(engine: Engine) -> None:
    with pytest.raises(NotReady):
        ask(engine, "SELECT 1", tables=(TableRef("d", "r", 'x" AS y; --'),))


def test_several_versions_stand_in_one_question(engine: Engine, lake: Lake) -> None:
    other = TableRef("d", "otro's", "aaaaaaaaaaaa")
    make_version(lake, other, "SELECT 5 AS n, 'cinco' AS nombre")
    sql = f"SELECT nombre FROM v{VERSION}.datos JOIN vaaaaaaaaaaaa.datos USING (n)"
    assert ask(engine, sql, tables=(REF, other)) == (("cinco",),)


def test_versions_used_long_ago_are_let_go_and_come_back(engine: Engine, lake: Lake) -> None:
    refs = [TableRef("d", "muchos", f"{i:012x}") for i in range(MOST_ATTACHED + 3)]
    for i, ref in enumerate(refs):
        make_version(lake, ref, f"SELECT {i} AS n")
    for i, ref in enumerate(refs):
        assert ask(engine, f"SELECT n FROM v{ref.version}.datos", tables=(ref,)) == ((i,),)
    attached = ask(engine, "SELECT count(*) FROM duckdb_databases() WHERE NOT internal AND database_name LIKE 'v%'")
    assert attached[0][0] <= MOST_ATTACHED + 1  # type: ignore[operator]
    assert ask(engine, f"SELECT n FROM v{refs[0].version}.datos", tables=(refs[0],)) == ((0,),)


def test_many_threads_ask_at_once(engine: Engine) -> None:
    gate = threading.Barrier(8)

    def one(i: int) -> Cell:
        gate.wait()
        return ask(engine, f"SELECT count(*) FROM v{VERSION}.datos WHERE n < ?", i)[0][0]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(one, range(8))) == list(range(8))


def test_a_closed_engine_opens_again(engine: Engine) -> None:
    assert ask(engine, "SELECT 1") == ((1,),)
    engine.close()
    assert ask(engine, "SELECT 2") == ((2,),)


def _parquet_only(lake: Lake, ref: TableRef) -> None:
    lake.parquet(ref).parent.mkdir(parents=True)
    duckdb.sql("SELECT 5 AS n, DATE '2024-02-29' AS fecha").write_parquet(str(lake.parquet(ref)))


def test_a_version_without_a_native_copy_answers_from_parquet_until_the_copy_is_there(
    engine: Engine, lake: Lake
) -> None:
    ref = TableRef("d", "o'tro", "bbbbbbbbbbbb")
    _parquet_only(lake, ref)
    sql = f"SELECT n, fecha FROM v{ref.version}.datos JOIN v{VERSION}.datos USING (n)"
    answer = ((5, date(2024, 2, 29)),)
    assert ask(engine, sql, tables=(ref, REF)) == answer
    with duckdb.connect(str(lake.tables(ref))) as con:
        con.execute("CREATE TABLE datos AS SELECT 5 AS n, DATE '2024-02-29' AS fecha")
    lake.parquet(ref).unlink()
    assert ask(engine, sql, tables=(ref, REF)) == answer


def test_nothing_is_written_to_a_version_that_answers_from_parquet(engine: Engine, lake: Lake) -> None:
    ref = TableRef("d", "otro", "bbbbbbbbbbbb")
    _parquet_only(lake, ref)
    for sql in (f"CREATE TABLE v{ref.version}.x AS SELECT 1", f"DROP VIEW v{ref.version}.datos"):
        with pytest.raises(PortalError):
            ask(engine, sql, tables=(ref,))
    assert ask(engine, f"SELECT n FROM v{ref.version}.datos", tables=(ref,)) == ((5,),)
