-- /explora/delitos/por-entidad?_group=fecha:month,_entidad&_measure=sum:VALOR_USD,avg:VALOR_USD,sum:casos&_sort=-sum:casos&_version=0123456789ab

SELECT
  MAKE_DATE(
    (
      YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
    ) // 12,
    (
      (
        YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
      ) % 12
    ) + 1,
    1
  ) AS "fecha:month",
  t."_entidad" AS "_entidad",
  FSUM(t."VALOR_USD") AS "sum:VALOR_USD",
  FAVG(t."VALOR_USD") AS "avg:VALOR_USD",
  SUM(t."casos") AS "sum:casos",
  COUNT(*) OVER () AS "total"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  (
    YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
  ),
  2
ORDER BY
  5 DESC,
  1 ASC,
  2 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: fecha:month date, _entidad text, sum:VALOR_USD number, avg:VALOR_USD number, sum:casos integer, total integer

-- total
SELECT
  COUNT(*) AS "total"
FROM (
  SELECT
    MAKE_DATE(
      (
        YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
      ) // 12,
      (
        (
          YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
        ) % 12
      ) + 1,
      1
    ) AS "g0",
    t."_entidad" AS "g1"
  FROM "v0123456789ab"."datos" AS t
  GROUP BY
    (
      YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
    ),
    2
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
