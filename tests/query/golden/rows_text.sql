-- /explora/delitos/por-entidad?%22.geo%22__isnull=1&%22system:index%22__starts=a&tipo__contains=asalto&_columns=tipo,30%25%20%20%20%28F%29&_version=0123456789ab

SELECT
  t."tipo" AS "tipo",
  t."30%   (F)" AS "30%   (F)"
FROM "v0123456789ab"."datos" AS t
WHERE
  t.".geo" IS NULL
  AND STARTS_WITH(STRIP_ACCENTS(LOWER(t."system:index")), STRIP_ACCENTS(LOWER(?)))
  AND CONTAINS(STRIP_ACCENTS(LOWER(t."tipo")), STRIP_ACCENTS(LOWER(?)))
LIMIT ?
-- parameters: ('a', 'asalto', 1001)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: tipo text, 30%   (F) number

-- total
SELECT
  COUNT(*) AS "total"
FROM "v0123456789ab"."datos" AS t
WHERE
  t.".geo" IS NULL
  AND STARTS_WITH(STRIP_ACCENTS(LOWER(t."system:index")), STRIP_ACCENTS(LOWER(?)))
  AND CONTAINS(STRIP_ACCENTS(LOWER(t."tipo")), STRIP_ACCENTS(LOWER(?)))
-- parameters: ('a', 'asalto')
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
