-- /explora/delitos/por-entidad?_bbox=-104,20,-103,21&_columns=casos,lookup:est:nombre&_sort=lookup:est:nombre&_version=0123456789ab

SELECT
  t."casos" AS "casos",
  l0."nombre" AS "lookup:est:nombre"
FROM "v0123456789ab"."datos" AS t
LEFT JOIN (
  SELECT
    u."clave" AS "clave",
    u."nombre" AS "nombre",
    u."location/lat" AS "location/lat",
    u."location/lon" AS "location/lon"
  FROM "vaaaaaaaaaaaa"."datos" AS u
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY u."clave"
      ORDER BY u."clave" ASC, u."nombre" ASC, u."location/lat" ASC, u."location/lon" ASC
    ) = 1
) AS l0
  ON t."estacion" = l0."clave"
WHERE
  l0."location/lon" >= ?
  AND l0."location/lon" <= ?
  AND l0."location/lat" >= ?
  AND l0."location/lat" <= ?
ORDER BY
  l0."nombre" ASC,
  t."casos" ASC
LIMIT ?
-- parameters: (-104.0, -103.0, 20.0, 21.0, 1001)
-- tables: delitos/por-entidad/0123456789ab/datos, estaciones/lista/aaaaaaaaaaaa/datos
-- columns: casos integer, lookup:est:nombre text

-- total
SELECT
  COUNT(*) AS "total"
FROM "v0123456789ab"."datos" AS t
LEFT JOIN (
  SELECT
    u."clave" AS "clave",
    u."location/lat" AS "location/lat",
    u."location/lon" AS "location/lon"
  FROM "vaaaaaaaaaaaa"."datos" AS u
  QUALIFY
    ROW_NUMBER() OVER (
      PARTITION BY u."clave"
      ORDER BY u."clave" ASC, u."nombre" ASC, u."location/lat" ASC, u."location/lon" ASC
    ) = 1
) AS l0
  ON t."estacion" = l0."clave"
WHERE
  l0."location/lon" >= ?
  AND l0."location/lon" <= ?
  AND l0."location/lat" >= ?
  AND l0."location/lat" <= ?
-- parameters: (-104.0, -103.0, 20.0, 21.0)
-- tables: delitos/por-entidad/0123456789ab/datos, estaciones/lista/aaaaaaaaaaaa/datos
-- columns: total integer
