-- /explora/delitos/por-entidad?_measure=count,min:fecha,max:hora,median:casos,q95:casos,distinct:tipo,avg:casos&_version=0123456789ab

SELECT
  COUNT(*) AS "count",
  MIN(t."fecha") AS "min:fecha",
  MAX(t."hora") AS "max:hora",
  MEDIAN(t."casos") AS "median:casos",
  QUANTILE_CONT(t."casos", 0.95) AS "q95:casos",
  COUNT(DISTINCT t."tipo") AS "distinct:tipo",
  AVG(t."casos") AS "avg:casos"
FROM "v0123456789ab"."datos" AS t
LIMIT ?
-- parameters: (1001,)
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: count integer, min:fecha date, max:hora timestamp, median:casos number, q95:casos number, distinct:tipo integer, avg:casos number

-- total
SELECT
  1 AS "total"
-- parameters: ()
-- tables: delitos/por-entidad/0123456789ab/datos
-- columns: total integer
