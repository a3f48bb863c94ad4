-- /explora/delitos/por-entidad?_group=tipo&_measure=share:sum:VALOR_USD,share:count&_size=10&_sort=-share:count&_version=0123456789ab

SELECT
  t."tipo" AS "tipo",
  CAST(FSUM(t."VALOR_USD") AS DOUBLE) * 100 / CAST(NULLIF(FSUM(FSUM(t."VALOR_USD")) OVER (), 0) AS DOUBLE) AS "share:sum:VALOR_USD",
  CAST(COUNT(*) AS DOUBLE) * 100 / CAST(NULLIF(SUM(COUNT(*)) OVER (), 0) AS DOUBLE) AS "share:count",
  COUNT(*) OVER () AS "total"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  1
ORDER BY
  3 DESC,
  1 ASC
LIMIT ?
-- parameters: (11,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: tipo text, share:sum:VALOR_USD number, share:count number, total integer

-- total
SELECT
  COUNT(*) AS "total"
FROM (
  SELECT
    t."tipo" AS "g0"
  FROM "v0123456789ab"."datos" AS t
  GROUP BY
    1
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
