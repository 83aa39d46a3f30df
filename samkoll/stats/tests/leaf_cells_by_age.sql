SELECT month, unit, sex,
  CASE WHEN FLOOR(month / 12) - birth_year <= 29 THEN '-29' WHEN FLOOR(month / 12) - birth_year <= 49 THEN '30-49' ELSE '50-' END AS value,
  CAST(SUM(ordinary) AS BIGINT) AS ordinary,
  CAST(SUM(CASE WHEN main AND ordinary > 0 THEN 1 ELSE 0 END) AS BIGINT) AS persons
FROM facts
GROUP BY month, unit, sex,
  CASE WHEN FLOOR(month / 12) - birth_year <= 29 THEN '-29' WHEN FLOOR(month / 12) - birth_year <= 49 THEN '30-49' ELSE '50-' END
