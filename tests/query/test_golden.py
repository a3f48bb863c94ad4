"""The SQL of typical questions, kept in files: a change of it is seen in review.

`WRITE_GOLDEN=1 pytest tests/query/test_golden.py` writes the files anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
import sqlglot

from model.query import Query
from query.address import address, parse
from query.compile import compile_view
from query.resolve import resolve
from tests.query.world import SCHEMA, World

GOLDEN = Path(__file__).parent / "golden"
QUESTIONS = {
    "rows": "",
    "rows_filtered_sorted": "entidad=Jalisco&casos__gte=2&tipo__in=robo,fraude&_sort=-VALOR_USD&_size=50&_page=3",
    "rows_filtered_sorted_counted": "casos__gte=2&tipo=robo&_columns=tipo,VALOR_USD&_sort=-casos&_size=50",
    "rows_text": "tipo__contains=asalto&%22system:index%22__starts=a&%22.geo%22__isnull=1&_columns=tipo,30%25+++(F)",
    "rows_dates": "fecha__gte=2020&fecha__lt=2021-07&hora=2020-01-01&vigente__ne=no",
    "rows_lookup": "_columns=casos,lookup:est:nombre&_bbox=-104,20,-103,21&_sort=lookup:est:nombre",
    "groups": "_group=tipo",
    "groups_month_place": "_group=fecha:month,_entidad&_measure=sum:VALOR_USD,avg:VALOR_USD,sum:casos&_sort=-sum:casos",
    "groups_bins": "_group=VALOR_USD:bin20",
    "groups_week_hour": "_group=fecha:week,hora:hour&_measure=count",
    "measures": "_measure=count,min:fecha,max:hora,median:casos,q95:casos,distinct:tipo,avg:casos",
    "share": "_group=tipo&_measure=share:sum:VALOR_USD,share:count&_sort=-share:count&_size=10",
    "rate_by_state_and_year": "_group=_entidad,anio&_measure=rate:sum:casos",
    "rate_of_filtered_states": "_entidad__in=11,14&_measure=rate:count",
    "rate_by_source_column": "_group=entidad,fecha:month&_measure=rate:sum:casos,sum:casos&_sort=-rate:sum:casos",
}


def pretty(query: Query) -> str:
    sql = sqlglot.transpile(query.sql, read="duckdb", write="duckdb", pretty=True)[0]
    tables = ", ".join(f"{t.dataset}/{t.resource}/{t.version}/{t.table}" for t in query.tables)
    columns = ", ".join(f"{c.name} {c.type}" for c in query.columns)
    return f"{sql}\n-- parameters: {query.parameters!r}\n-- tables: {tables}\n-- columns: {columns}\n"


@pytest.mark.parametrize("name", QUESTIONS)
def test_the_sql_of_a_typical_question_is_the_one_on_file(world: World, name: str) -> None:
    view = resolve(parse("delitos", "por-entidad", QUESTIONS[name]), SCHEMA)
    compiled = compile_view(view, SCHEMA, 1000)
    text = f"-- {address(view)}\n\n{pretty(compiled.rows)}\n-- total\n{pretty(compiled.total)}"
    path = GOLDEN / f"{name}.sql"
    if os.environ.get("WRITE_GOLDEN"):
        path.write_text(text, encoding="utf-8")
    assert path.read_text(encoding="utf-8") == text
    world.run(compiled.rows)
    world.run(compiled.total)


def test_every_golden_file_belongs_to_a_question() -> None:
    assert {path.stem for path in GOLDEN.glob("*.sql")} == set(QUESTIONS)
