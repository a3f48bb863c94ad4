-- /explora/delitos/por-entidad?_entidad__in=11,14&_measure=rate:count&_version=0123456789ab

WITH years AS MATERIALIZED (
  SELECT DISTINCT
    YEAR(t."fecha") AS "year"
  FROM "v0123456789ab"."datos" AS t
  WHERE
    NOT YEAR(t."fecha") IS NULL
)
SELECT
  CAST(g."m0" AS DOUBLE) * 100000 / CAST(NULLIF(g."people", 0) AS DOUBLE) AS "rate:count",
  g."people" AS "_population",
  COUNT(*) OVER () AS "total",
  COUNT(*) OVER () - COUNT(NULLIF(g."people", 0)) OVER () AS "missing_population"
FROM (
  SELECT
    i.*,
    (
      SELECT
        CASE
          WHEN COUNT(DISTINCT y."year") = (
            SELECT
              COUNT(*)
            FROM "years"
          )
          THEN SUM(p."people")
        END
      FROM (
        SELECT
          r."place",
          r."year",
          r."people",
          LEAD(r."year") OVER (PARTITION BY r."place" ORDER BY r."year") AS "following"
        FROM (
          SELECT
            q."_entidad" AS "place",
            q."anio" AS "year",
            SUM(q."poblacion") AS "people"
          FROM "vbbbbbbbbbbbb"."datos" AS q
          WHERE
            NOT q."_entidad" IS NULL AND q."_entidad" IN (?, ?)
          GROUP BY
            1,
            2
        ) AS "r"
      ) AS "p"
      CROSS JOIN "years" AS y
      WHERE
        p."year" <= y."year" AND (
          p."following" IS NULL OR p."following" > y."year"
        )
    ) AS "people"
  FROM (
    SELECT
      COUNT(*) AS "m0"
    FROM "v0123456789ab"."datos" AS t
    WHERE
      t."_entidad" IN (?, ?)
  ) AS i
) AS g
LIMIT ?
-- parameters: ('11', '14', '11', '14', 1001)
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: rate:count number, _population integer, total integer, missing_population integer

-- total
WITH years AS MATERIALIZED (
  SELECT DISTINCT
    YEAR(t."fecha") AS "year"
  FROM "v0123456789ab"."datos" AS t
  WHERE
    NOT YEAR(t."fecha") IS NULL
)
SELECT
  COUNT(*) AS "total",
  COUNT(*) - COUNT(NULLIF(g."people", 0)) AS "missing_population"
FROM (
  SELECT
    i.*,
    (
      SELECT
        CASE
          WHEN COUNT(DISTINCT y."year") = (
            SELECT
              COUNT(*)
            FROM "years"
          )
          THEN SUM(p."people")
        END
      FROM (
        SELECT
          r."place",
          r."year",
          r."people",
          LEAD(r."year") OVER (PARTITION BY r."place" ORDER BY r."year") AS "following"
        FROM (
          SELECT
            q."_entidad" AS "place",
            q."anio" AS "year",
            SUM(q."poblacion") AS "people"
          FROM "vbbbbbbbbbbbb"."datos" AS q
          WHERE
            NOT q."_entidad" IS NULL AND q."_entidad" IN (?, ?)
          GROUP BY
            1,
            2
        ) AS "r"
      ) AS "p"
      CROSS JOIN "years" AS y
      WHERE
        p."year" <= y."year" AND (
          p."following" IS NULL OR p."following" > y."year"
        )
    ) AS "people"
  FROM (
    SELECT
      COUNT(*) AS "m0"
    FROM "v0123456789ab"."datos" AS t
    WHERE
      t."_entidad" IN (?, ?)
  ) AS i
) AS g
-- parameters: ('11', '14', '11', '14')
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: total integer, missing_population integer
