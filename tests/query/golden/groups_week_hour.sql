-- /explora/delitos/por-entidad?_group=fecha:week,hora:hour&_version=0123456789ab

SELECT
  CAST('0001-01-01' AS DATE) + CAST(DATE_DIFF('WEEK', CAST('0001-01-01' AS DATE), t."fecha") * 7 AS INT) AS "fecha:week",
  CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP) AS "hora:hour",
  COUNT(*) AS "count",
  COUNT(*) OVER () AS "total"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  DATE_DIFF('WEEK', CAST('0001-01-01' AS DATE), t."fecha"),
  CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP)
ORDER BY
  1 ASC,
  2 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: fecha:week date, hora:hour timestamp, count integer, total integer

-- total
SELECT
  COUNT(*) AS "total"
FROM (
  SELECT
    CAST('0001-01-01' AS DATE) + CAST(DATE_DIFF('WEEK', CAST('0001-01-01' AS DATE), t."fecha") * 7 AS INT) AS "g0",
    CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP) AS "g1"
  FROM "v0123456789ab"."datos" AS t
  GROUP BY
    DATE_DIFF('WEEK', CAST('0001-01-01' AS DATE), t."fecha"),
    CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP)
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
