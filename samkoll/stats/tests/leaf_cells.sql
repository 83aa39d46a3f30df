SELECT month, unit, sex,
  CAST(SUM(ordinary) AS BIGINT) AS ordinary,
  CAST(SUM(sick_short) AS BIGINT) AS sick_short,
  CAST(SUM(sick_long) AS BIGINT) AS sick_long,
  CAST(SUM(additional) AS BIGINT) AS additional,
  CAST(SUM(overtime) AS BIGINT) AS overtime,
  CAST(SUM(sick_60) AS BIGINT) AS sick_60,
  CAST(SUM(sick_days) AS BIGINT) AS sick_days,
  CAST(SUM(occasions) AS BIGINT) AS occasions,
  CAST(SUM(CASE WHEN main AND ordinary > 0 THEN 1 ELSE 0 END) AS BIGINT) AS persons,
  CAST(SUM(CASE WHEN main AND form = 1 THEN 1 ELSE 0 END) AS BIGINT) AS permanent,
  CAST(SUM(CASE WHEN main AND form = 1 AND departure IN (1, 2, 3, 4, 5, 7) THEN 1 ELSE 0 END) AS BIGINT) AS departures,
  CAST(SUM(CASE WHEN main AND form = 1 AND departure = 1 THEN 1 ELSE 0 END) AS BIGINT) AS retirements,
  CAST(SUM(CASE WHEN main AND ordinary > 0 AND extent = 10000 THEN 1 ELSE 0 END) AS BIGINT) AS full_time
FROM (
SELECT * FROM read_parquet('a.parquet') WHERE month IN (24276, 24278)
UNION ALL
SELECT * FROM read_parquet('b.parquet') WHERE month BETWEEN 24277 AND 24277
) AS facts
GROUP BY month, unit, sex
