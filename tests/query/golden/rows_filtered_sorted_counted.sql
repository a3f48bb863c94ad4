-- /explora/delitos/por-entidad?casos__gte=2&tipo=robo&_columns=tipo,VALOR_USD&_size=50&_sort=-casos&_version=0123456789ab

WITH f AS MATERIALIZED (
  SELECT
    t."tipo" AS "tipo",
    t."VALOR_USD" AS "VALOR_USD",
    t."casos" AS "casos"
  FROM "v0123456789ab"."datos" AS t
  WHERE
    t."casos" >= ? AND t."tipo" = ?
)
SELECT
  f."tipo" AS "tipo",
  f."VALOR_USD" AS "VALOR_USD",
  (
    SELECT
      COUNT(*)
    FROM f
  ) AS "total"
FROM f
ORDER BY
  f."casos" DESC
LIMIT ?
-- parameters: (2, 'robo', 51)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: tipo text, VALOR_USD number, total integer

-- total
SELECT
  COUNT(*) AS "total"
FROM "v0123456789ab"."datos" AS t
WHERE
  t."casos" >= ? AND t."tipo" = ?
-- parameters: (2, 'robo')
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
