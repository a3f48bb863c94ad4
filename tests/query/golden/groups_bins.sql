-- /explora/delitos/por-entidad?_group=VALOR_USD:bin20&_version=0123456789ab

SELECT
  ? + CASE
    WHEN (
      CAST(t."VALOR_USD" AS DOUBLE) - ?
    ) * 20 / ? >= 20
    THEN 19
    ELSE FLOOR((
      CAST(t."VALOR_USD" AS DOUBLE) - ?
    ) * 20 / ?)
  END * ? AS "VALOR_USD:bin20",
  COUNT(*) AS "count",
  COUNT(*) OVER () AS "total"
FROM "v0123456789ab"."datos" AS t
GROUP BY
  1
ORDER BY
  1 ASC
LIMIT ?
-- parameters: (-4.0, -4.0, 24.25, -4.0, 24.25, 1.2125, 1001)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: VALOR_USD:bin20 number, count integer, total integer

-- total
SELECT
  COUNT(*) AS "total"
FROM (
  SELECT
    ? + CASE
      WHEN (
        CAST(t."VALOR_USD" AS DOUBLE) - ?
      ) * 20 / ? >= 20
      THEN 19
      ELSE FLOOR((
        CAST(t."VALOR_USD" AS DOUBLE) - ?
      ) * 20 / ?)
    END * ? AS "g0"
  FROM "v0123456789ab"."datos" AS t
  GROUP BY
    1
) AS g
-- parameters: (-4.0, -4.0, 24.25, -4.0, 24.25, 1.2125)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
