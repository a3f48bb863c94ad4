-- /explora/delitos/por-entidad?fecha__gte=2020-01-01&fecha__lt=2021-07-01&hora__gte=2020-01-01T00:00:00&hora__lt=2020-01-02T00:00:00&vigente__ne=false&_version=0123456789ab

SELECT
  t."fecha" AS "fecha",
  t."hora" AS "hora",
  t."entidad" AS "entidad",
  t."cve_mun" AS "cve_mun",
  t."tipo" AS "tipo",
  t."anio" AS "anio",
  t."VALOR_USD" AS "VALOR_USD",
  t."casos" AS "casos",
  t."estacion" AS "estacion",
  t."vigente" AS "vigente",
  t."30%   (F)" AS "30%   (F)",
  t."system:index" AS "system:index",
  t.".geo" AS ".geo"
FROM "v0123456789ab"."datos" AS t
WHERE
  t."fecha" >= ?
  AND t."fecha" < ?
  AND t."hora" >= ?
  AND t."hora" < ?
  AND t."vigente" IS DISTINCT FROM ?
LIMIT ?
-- parameters: (datetime.date(2020, 1, 1), datetime.date(2021, 7, 1), datetime.datetime(2020, 1, 1, 0, 0), datetime.datetime(2020, 1, 2, 0, 0), False, 1001)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: fecha date, hora timestamp, entidad text, cve_mun text, tipo text, anio integer, VALOR_USD number, casos integer, estacion text, vigente boolean, 30%   (F) number, system:index text, .geo geometry

-- total
SELECT
  COUNT(*) AS "total"
FROM "v0123456789ab"."datos" AS t
WHERE
  t."fecha" >= ?
  AND t."fecha" < ?
  AND t."hora" >= ?
  AND t."hora" < ?
  AND t."vigente" IS DISTINCT FROM ?
-- parameters: (datetime.date(2020, 1, 1), datetime.date(2021, 7, 1), datetime.datetime(2020, 1, 1, 0, 0), datetime.datetime(2020, 1, 2, 0, 0), False)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
