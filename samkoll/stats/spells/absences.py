"""Posts of absence become stretches of sick days, and those become spells.

Each statement makes one table from the one before. ``docs/rules/spells.md`` has the rules; the
slow oracle in the tests says them a second time, day by day.
"""

from __future__ import annotations

POSTS = """
CREATE OR REPLACE TEMP TABLE posts AS
WITH spoken AS (
  SELECT r.person, r.employment, r.cause, r.extent, r.reversal, r.seq,
    r.seq * 4294967296 + r.row AS registered,
    greatest(r.first, DATE '1980-01-02') AS began,
    coalesce(r.last, DATE '9999-12-31') AS ended,
    greatest(began, s.first) AS a, least(ended, s.last) AS b,
    CASE WHEN r.last IS NOT NULL AND r.employment > 0 THEN r.hours END AS hours,
    coalesce(r.day_number, r.first - r.started + 1) AS number
  FROM absence AS r JOIN speaks AS s ON s.kind = 'absence' AND s.seq = r.seq
  WHERE a <= b
),
placed AS (
  SELECT * FROM spoken WHERE employment > 0
  UNION ALL
  SELECT spoken.* REPLACE (held.employment AS employment)
  FROM spoken JOIN (SELECT DISTINCT person, employment FROM stints) AS held USING (person)
  WHERE spoken.employment = 0
),
gone AS (
  SELECT employment, max(b) AS left_on FROM stints GROUP BY employment
  HAVING max(b) < (SELECT max(last) FROM speaks WHERE kind = 'employment')
)
SELECT placed.* REPLACE (least(placed.b, coalesce(gone.left_on, placed.b)) AS b)
FROM placed LEFT JOIN gone USING (employment)
WHERE placed.a <= coalesce(gone.left_on, placed.a)
"""
"""What each post says, on the days of which its file may speak, and no longer than the employment
lasts. Absence that is kept by person counts in every employment."""

CROSSED = """
CREATE OR REPLACE TEMP TABLE crossed AS
SELECT DISTINCT employment FROM (
  SELECT employment, reversal, a, max(b) OVER (
    PARTITION BY employment ORDER BY a, b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  ) AS reached
  FROM posts
) WHERE reversal OR a <= reached
"""
"""Employments in which two posts share a day, or a post is taken back."""

SEGMENTS = """
CREATE OR REPLACE TEMP TABLE segments AS
WITH mixed AS (SELECT posts.* FROM posts SEMI JOIN crossed USING (employment)),
points AS (
  SELECT employment, a AS day FROM mixed UNION SELECT employment, b + 1 FROM mixed
),
stretches AS (
  SELECT employment, day AS a, lead(day) OVER (PARTITION BY employment ORDER BY day) - 1 AS b
  FROM points
),
said AS (
  SELECT s.a AS from_day, s.b AS to_day, m.*,
    max(registered) FILTER (WHERE reversal)
      OVER (PARTITION BY m.employment, m.cause, s.a) AS taken_back
  FROM stretches AS s
  JOIN mixed AS m ON m.employment = s.employment AND m.a <= s.a AND m.b >= s.b
  WHERE s.b IS NOT NULL
),
standing AS (
  SELECT * FROM said WHERE NOT reversal AND registered > coalesce(taken_back, -1)
  QUALIFY seq = max(seq) OVER (PARTITION BY employment, cause, from_day)
),
innermost AS (
  SELECT outside.* FROM standing AS outside
  ANTI JOIN standing AS inside ON inside.employment = outside.employment
    AND inside.cause = outside.cause AND inside.from_day = outside.from_day
    AND inside.began >= outside.began AND inside.ended <= outside.ended
    AND (inside.began > outside.began OR inside.ended < outside.ended)
),
winners AS (
  SELECT * FROM innermost
  QUALIFY registered = max(registered) OVER (PARTITION BY employment, cause, from_day)
),
settled AS (
  SELECT own.* REPLACE (own.from_day AS a, own.to_day AS b, CASE
    WHEN other.extent IS NULL THEN own.extent
    WHEN other.seq > own.seq OR other.seq = own.seq AND (
      other.began >= own.began AND other.ended <= own.ended
        AND (other.began > own.began OR other.ended < own.ended)
      OR other.registered > own.registered AND NOT (
        own.began >= other.began AND own.ended <= other.ended
        AND (own.began > other.began OR own.ended < other.ended))
    ) THEN least(own.extent, 1000 - other.extent)
    ELSE own.extent END AS extent)
  FROM (FROM winners WHERE cause = 1) AS own
  LEFT JOIN (FROM winners WHERE cause = 2) AS other USING (employment, from_day)
)
SELECT person, employment, a, b, extent, hours, began, ended, number FROM settled WHERE extent > 0
UNION ALL
SELECT person, employment, a, b, extent, hours, began, ended, number
FROM posts ANTI JOIN crossed USING (employment)
WHERE cause = 1 AND extent > 0
"""
"""Disjoint stretches of own sickness in each employment. Where posts meet: first what a later file
says; then a post yields to one that lies inside it (an open post has no end); then the last
registered goes. Other absence takes from sickness only what does not fit beside it."""

ISLANDS = """
CREATE OR REPLACE TEMP TABLE islands AS
WITH seen AS (
  SELECT s.*, before.work AS work_before, at_end.work AS work_at,
    max(s.b) OVER earlier AS reached, max(at_end.work) OVER earlier AS work_reached
  FROM segments AS s
  JOIN calendar AS before ON before.day = s.a - 1
  JOIN calendar AS at_end ON at_end.day = s.b
  WINDOW earlier AS (
    PARTITION BY person ORDER BY s.a, s.b ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
  )
),
counted AS (
  SELECT *,
    sum(CASE WHEN reached IS NULL OR work_before > work_reached THEN 1 ELSE 0 END)
      OVER sofar AS island,
    sum(CASE WHEN reached IS NULL OR work_before > work_reached AND a - reached > 5
      THEN 1 ELSE 0 END) OVER sofar AS spell
  FROM seen
  WINDOW sofar AS (PARTITION BY person ORDER BY a, b ROWS UNBOUNDED PRECEDING)
),
merged AS (
  SELECT person, spell, island, min(a) AS first, max(b) AS last,
    max(number - 1 - (began - DATE '1980-01-01')) + (min(a) - DATE '1980-01-01') AS told
  FROM counted GROUP BY person, spell, island
),
spells AS (
  SELECT *, last - first + 1 AS days,
    greatest(0, coalesce(first_value(told) OVER whole, 0)) AS ahead,
    first_value(told) OVER whole AS told_first,
    min(first) OVER (PARTITION BY person, spell) AS begun,
    sum(last - first + 1) OVER (PARTITION BY person, spell) AS found,
    coalesce(sum(last - first + 1) OVER (
      PARTITION BY person, spell ORDER BY first ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ), 0) AS passed
  FROM merged
  WINDOW whole AS (PARTITION BY person, spell ORDER BY first)
)
SELECT person, island, first, last, days, begun, ahead, found + ahead AS length,
  1 + ahead + passed AS number,
  begun IN (SELECT day FROM edges) AND told_first IS NULL AS censored,
  CAST({short_to} AS DATE) AS short_to
FROM spells
"""
"""Unbroken stretches of a person's sick days, over all employments, numbered within their spell.
Free days alone between two stretches join them; up to four days between make one spell of them,
in which only sick days are counted. ``ahead``: days that the spell had before those we know.

Source: docs/sources.md#sick-pay-period
"""

SHORT_TO = {
    "day_split": "first + CAST(14 - (1 + ahead + passed) AS INTEGER)",
    "whole_spell": (
        "CASE WHEN found + ahead <= 14 THEN DATE '9999-12-31' ELSE DATE '1900-01-01' END"
    ),
}
"""The last day that is short, by convention."""
