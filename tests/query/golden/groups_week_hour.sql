-- /explora/delitos/por-entidad?_group=fecha:week,hora:hour&_version=0123456789ab

SELECT
  CAST(DATE_TRUNC('WEEK', t."fecha") AS DATE) AS "fecha:week",
  CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP) AS "hora:hour",
  COUNT(*) AS "count"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  1,
  2
ORDER BY
  1 ASC,
  2 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: fecha:week date, hora:hour timestamp, count integer

-- total
SELECT
  COUNT(*) AS "total"
FROM (
  SELECT
    CAST(DATE_TRUNC('WEEK', t."fecha") AS DATE) AS "g0",
    CAST(DATE_TRUNC('HOUR', t."hora") AS TIMESTAMP) AS "g1"
  FROM "v0123456789ab"."datos" AS t
  GROUP BY
    1,
    2
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
