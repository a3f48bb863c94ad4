-- /explora/delitos/por-entidad?_entidad=14&casos__gte=2&tipo__in=fraude,robo&_page=3&_size=50&_sort=-VALOR_USD&_version=0123456789ab

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
  t."_entidad" = ? AND t."casos" >= ? AND t."tipo" IN (?, ?)
ORDER BY
  t."VALOR_USD" DESC,
  t."casos" ASC
LIMIT ?
OFFSET ?
-- parameters: ('14', 2, 'fraude', 'robo', 51, 100)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: fecha date, hora timestamp, entidad text, cve_mun text, tipo text, anio integer, VALOR_USD number, casos integer, estacion text, vigente boolean, 30%   (F) number, system:index text, .geo geometry

-- total
SELECT
  COUNT(*) AS "total"
FROM "v0123456789ab"."datos" AS t
WHERE
  t."_entidad" = ? AND t."casos" >= ? AND t."tipo" IN (?, ?)
-- parameters: ('14', 2, 'fraude', 'robo')
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
