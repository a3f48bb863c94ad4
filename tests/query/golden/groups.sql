-- /explora/delitos/por-entidad?_group=tipo&_version=0123456789ab

SELECT
  t."tipo" AS "tipo",
  COUNT(*) AS "count",
  COUNT(*) OVER () AS "total"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  1
ORDER BY
  1 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: tipo text, count integer, total integer

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
