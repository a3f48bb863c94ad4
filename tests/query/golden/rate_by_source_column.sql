-- /explora/delitos/por-entidad?_group=entidad,fecha:month&_measure=rate:sum:casos,sum:casos&_sort=-rate:sum:casos&_version=0123456789ab

SELECT
  g."g0" AS "entidad",
  g."g1" AS "fecha:month",
  CAST(g."m0" AS DOUBLE) * 100000 / CAST(NULLIF(g."people", 0) AS DOUBLE) AS "rate:sum:casos",
  g."m1" AS "sum:casos",
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
      t."entidad" AS "g0",
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
      ) AS "g1",
      SUM(t."casos") AS "m0",
      SUM(t."casos") AS "m1",
      CASE WHEN MIN(t."_entidad") = MAX(t."_entidad") THEN MIN(t."_entidad") END AS "place",
      YEAR(
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
        )
      ) AS "year"
    FROM "v0123456789ab"."datos" AS t
    GROUP BY
      1,
      (
        YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
      )
  ) AS i
) AS g
ORDER BY
  3 DESC,
  1 ASC,
  2 ASC
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: entidad text, fecha:month date, rate:sum:casos number, sum:casos integer, _population integer, total integer, missing_population integer

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
      t."entidad" AS "g0",
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
      ) AS "g1",
      SUM(t."casos") AS "m0",
      SUM(t."casos") AS "m1",
      CASE WHEN MIN(t."_entidad") = MAX(t."_entidad") THEN MIN(t."_entidad") END AS "place",
      YEAR(
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
        )
      ) AS "year"
    FROM "v0123456789ab"."datos" AS t
    GROUP BY
      1,
      (
        YEAR(t."fecha") * 12 + MONTH(t."fecha") - 1
      )
  ) AS i
) AS g
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos, poblacion/por-entidad/bbbbbbbbbbbb/datos
-- columns: total integer, missing_population integer
