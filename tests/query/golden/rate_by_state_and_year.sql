-- /explora/delitos/por-entidad?_group=_entidad,anio&_measure=rate:sum:casos&_version=0123456789ab

SELECT
  g."g0" AS "_entidad",
  g."g1" AS "anio",
  CAST(g."m0" AS DOUBLE) * 100000 / CAST(NULLIF(g."people", 0) AS DOUBLE) AS "rate:sum:casos",
  g."people" AS "_population",
  COUNT(*) OVER () AS "total",
  COUNT(*) OVER () - COUNT(NULLIF(g."people", 0)) OVER () AS "missing_population"
FROM (
  SELECT
    i.*,
    (
      SELECT
        SUM(p."people")
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
            NOT q."_entidad" IS NULL
          GROUP BY
            1,
            2
        ) AS "r"
      ) AS "p"
      WHERE
        p."place" = i."place"
        AND p."year" <= i."year"
        AND (
          p."following" IS NULL OR p."following" > i."year"
        )
    ) AS "people"
  FROM (
    SELECT
      t."_entidad" AS "g0",
      t."anio" AS "g1",
      SUM(t."casos") AS "m0",
      CASE WHEN MIN(t."_entidad") = MAX(t."_entidad") THEN MIN(t."_entidad") END AS "place",
      t."anio" AS "year"
    FROM "v0123456789ab"."datos" AS t
    GROUP BY
      1,
      2
  ) AS i
) AS g
ORDER BY
  1 ASC,
  2 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: _entidad text, anio integer, rate:sum:casos number, _population integer, total integer, missing_population integer

-- total
SELECT
  COUNT(*) AS "total",
  COUNT(*) - COUNT(NULLIF(g."people", 0)) AS "missing_population"
FROM (
  SELECT
    i.*,
    (
      SELECT
        SUM(p."people")
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
            NOT q."_entidad" IS NULL
          GROUP BY
            1,
            2
        ) AS "r"
      ) AS "p"
      WHERE
        p."place" = i."place"
        AND p."year" <= i."year"
        AND (
          p."following" IS NULL OR p."following" > i."year"
        )
    ) AS "people"
  FROM (
    SELECT
      t."_entidad" AS "g0",
      t."anio" AS "g1",
      SUM(t."casos") AS "m0",
      CASE WHEN MIN(t."_entidad") = MAX(t."_entidad") THEN MIN(t."_entidad") END AS "place",
      t."anio" AS "year"
    FROM "v0123456789ab"."datos" AS t
    GROUP BY
      1,
      2
  ) AS i
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: total integer, missing_population integer
