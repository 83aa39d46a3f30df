"""Employments become placements: who was where, with what hours, in which days of each month."""

from __future__ import annotations

DEPARTED = """
CREATE OR REPLACE TEMP TABLE departed AS
SELECT r.employment, r.last, max_by(r.cause, r.row) AS cause
FROM departure AS r
JOIN speaks AS s ON s.kind = 'departure' AND s.seq = r.seq AND r.last BETWEEN s.first AND s.last
GROUP BY r.employment, r.last, r.seq
QUALIFY r.seq = max(r.seq) OVER (PARTITION BY r.employment)
"""
"""Last days, as the latest file says that names the employment."""

STINTS = """
CREATE OR REPLACE TEMP TABLE stints AS
WITH spoken AS (
  SELECT r.* EXCLUDE (row), r.seq * 4294967296 + r.row AS registered,
    greatest(r.valid_from, s.first) AS a, least(coalesce(r.valid_to, s.last), s.last) AS b
  FROM employment AS r JOIN speaks AS s ON s.kind = 'employment' AND s.seq = r.seq
  WHERE a <= b
),
crossed AS (
  SELECT DISTINCT employment FROM (
    SELECT employment, a, max(b) OVER (
      PARTITION BY employment ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS reached
    FROM spoken
  ) WHERE a <= reached
),
mixed AS (SELECT spoken.* FROM spoken SEMI JOIN crossed USING (employment)),
points AS (
  SELECT employment, a AS day FROM mixed UNION SELECT employment, b + 1 FROM mixed
),
stretches AS (
  SELECT employment, day AS a, lead(day) OVER (PARTITION BY employment ORDER BY day) - 1 AS b
  FROM points
),
settled AS (
  SELECT m.* REPLACE (s.a AS a, s.b AS b)
  FROM stretches AS s
  JOIN mixed AS m ON m.employment = s.employment AND m.a <= s.a AND m.b >= s.b
  QUALIFY 1 = row_number() OVER (
    PARTITION BY m.employment, s.a ORDER BY m.seq DESC, m.valid_from DESC, m.registered DESC
  )
),
apart AS (
  SELECT * FROM settled UNION ALL
  SELECT spoken.* FROM spoken ANTI JOIN crossed USING (employment)
),
ends AS (
  SELECT w.employment, w.a, min(d.last) AS last
  FROM apart AS w JOIN departed AS d ON d.employment = w.employment AND d.last >= w.valid_from
  GROUP BY w.employment, w.a
)
SELECT w.* REPLACE (least(w.b, coalesce(e.last, w.b)) AS b)
FROM apart AS w LEFT JOIN ends AS e ON e.employment = w.employment AND e.a = w.a
WHERE w.a <= coalesce(e.last, w.a)
"""
"""Disjoint stretches of each employment: a later file goes first, then the row that became valid
last. A departure ends every row that was valid on its day."""

PLACEMENTS = """
CREATE OR REPLACE TEMP TABLE placements AS
WITH placed AS (
  SELECT s.person, s.employment, u.unit,
    greatest(s.a, u.first_day) AS a, least(s.b, u.last_day) AS b,
    s.sex, s.birth_year, s.form, s.main, s.staff_group, s.extent, s.manager,
    CAST(coalesce(s.full_time_week, 4000) AS BIGINT) * s.extent AS rate
  FROM stints AS s
  JOIN unit_spans AS u ON u.code = upper(trim(s.unit))
    AND greatest(s.a, u.first_day) <= least(s.b, u.last_day)
)
SELECT *, row_number() OVER (ORDER BY b, a, employment) AS pid FROM placed
"""
"""Stretches in one unit. Of two placements in a month the later one has the greater ``pid``."""

PLACED = """
CREATE OR REPLACE TEMP TABLE placed AS
WITH spread AS (
  SELECT p.pid, p.employment, p.unit, p.rate, p.a, p.b, unnest(range(
    greatest(year(p.a) * 12 + month(p.a) - 1, {first_month}),
    least(year(p.b) * 12 + month(p.b) - 1, {last_month}) + 1
  ))::INTEGER AS month
  FROM placements AS p
)
SELECT s.pid, s.employment, s.unit, s.month,
  greatest(s.a, m.first) AS a, least(s.b, m.last) AS b, s.rate,
  bit_count(m.mask & ((1::BIGINT << (day(least(s.b, m.last)) + 1))
    - (1::BIGINT << day(greatest(s.a, m.first)))))::BIGINT AS work
FROM spread AS s JOIN months AS m USING (month)
"""
"""Placements month by month, with their working days."""

WORKED = """
CREATE OR REPLACE TEMP TABLE worked AS
SELECT r.* FROM time AS r
JOIN speaks AS s ON s.kind = 'time' AND s.seq = r.seq
  AND make_date(r.month // 12, r.month % 12 + 1, 1) BETWEEN s.first AND s.last
"""
"""Reported time of the months of which its file may speak: those whose first day it may."""

CELLS = """
CREATE OR REPLACE TEMP TABLE cells AS
WITH placed_cells AS (
  SELECT employment, unit, month, max(pid) AS pid,
    sum(work * CASE WHEN rate = 0 THEN 1 ELSE rate END)::BIGINT AS weight,
    sum(work * rate)::BIGINT AS scheduled
  FROM placed GROUP BY employment, unit, month
),
latest AS (
  SELECT employment, month, max(pid) AS pid FROM placed_cells GROUP BY employment, month
),
reported AS (
  SELECT r.employment, r.month, r.unit AS code, u.unit,
    sum(r.ordinary)::BIGINT AS ordinary,
    sum(r.additional)::BIGINT AS additional, sum(r.overtime)::BIGINT AS overtime
  FROM worked AS r
  LEFT JOIN unit_spans AS u ON u.code = upper(trim(r.unit))
    AND r.month BETWEEN u.first_month AND u.last_month
  GROUP BY ALL
),
elsewhere AS (
  SELECT r.employment, r.unit, r.month, l.pid
  FROM reported AS r JOIN latest AS l USING (employment, month)
  ANTI JOIN placed_cells AS c ON c.employment = r.employment AND c.unit = r.unit
    AND c.month = r.month
  WHERE r.unit IS NOT NULL
),
everywhere AS (
  SELECT * FROM placed_cells UNION ALL
  SELECT DISTINCT employment, unit, month, pid, 0, 0 FROM elsewhere
),
shared AS (
  SELECT e.employment, e.unit, e.month, r.ordinary, r.additional, r.overtime,
    sum(greatest(e.weight, 1)) OVER upto AS upto, sum(greatest(e.weight, 1)) OVER whole AS whole,
    greatest(e.weight, 1) AS own
  FROM placed_cells AS e
  JOIN reported AS r ON r.employment = e.employment AND r.month = e.month AND trim(r.code) = ''
  WINDOW upto AS (PARTITION BY e.employment, e.month ORDER BY e.unit),
    whole AS (PARTITION BY e.employment, e.month)
),
booked AS (
  SELECT employment, unit, month, ordinary, additional, overtime FROM reported
  WHERE unit IS NOT NULL
  UNION ALL
  SELECT employment, unit, month, {ordinary}, {additional}, {overtime} FROM shared
),
summed AS (
  SELECT employment, unit, month, sum(ordinary)::BIGINT AS ordinary,
    sum(additional)::BIGINT AS additional, sum(overtime)::BIGINT AS overtime
  FROM booked GROUP BY employment, unit, month
),
told AS (
  SELECT employment, month FROM summed GROUP BY employment, month
  HAVING count(ordinary) > 0
)
SELECT e.employment, e.unit, e.month, e.pid, e.weight,
  CASE WHEN t.employment IS NULL THEN (2 * e.scheduled + 5000) // 10000
    ELSE coalesce(s.ordinary, 0) END AS ordinary,
  coalesce(s.additional, 0) AS additional, coalesce(s.overtime, 0) AS overtime
FROM everywhere AS e
LEFT JOIN summed AS s USING (employment, unit, month)
LEFT JOIN told AS t USING (employment, month)
"""
"""One row for each employment, unit and month, with its ordinary hours: those reported, else by
extent and calendar. Hours that are reported without unit are shared by scheduled time."""


def cells() -> str:
    """``CELLS`` with the shares of the three sums written out."""
    return CELLS.format(**{name: _share(name) for name in ("ordinary", "additional", "overtime")})


def _share(name: str) -> str:
    """Running sums cut to whole hundredths, so that the parts add up to the whole."""
    upto, before = f"{name}::HUGEINT * upto // whole", f"{name}::HUGEINT * (upto - own) // whole"
    return f"({upto} - {before})::BIGINT"
