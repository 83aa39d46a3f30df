"""Sick days meet placements: hours, days and occasions of each person, employment and month."""

from __future__ import annotations

PIECES = """
CREATE OR REPLACE TEMP TABLE pieces AS
WITH numbered AS (
  SELECT s.*, i.length, i.short_to, wb.work AS work_before, we.work AS work_ended
  FROM segments AS s
  JOIN islands AS i ON i.person = s.person AND s.a BETWEEN i.first AND i.last
  LEFT JOIN calendar AS wb ON s.hours IS NOT NULL AND wb.day = s.began - 1
  LEFT JOIN calendar AS we ON s.hours IS NOT NULL AND we.day = s.ended
),
monthly AS (
  SELECT n.*, unnest(range(
    greatest(year(n.a) * 12 + month(n.a) - 1, {first_month}),
    least(year(n.b) * 12 + month(n.b) - 1, {last_month}) + 1
  ))::INTEGER AS month
  FROM numbered AS n
),
met AS (
  SELECT p.employment, p.unit, p.month, n.extent, n.length, n.began, n.ended,
    CASE WHEN n.work_ended IS NOT NULL THEN n.hours END AS hours, n.work_before, n.work_ended,
    CASE WHEN p.rate = 0 THEN 1 ELSE p.rate END AS rate,
    greatest(n.a, p.a) AS a, least(n.b, p.b) AS b, m.mask, m.before,
    greatest(least(n.b, p.b, n.short_to), greatest(n.a, p.a) - 1) AS cut
  FROM monthly AS n
  JOIN placed AS p USING (employment, month)
  JOIN months AS m USING (month)
  WHERE greatest(n.a, p.a) <= least(n.b, p.b)
),
worked AS (
  SELECT *,
    bit_count(mask & ((1::BIGINT << day(a)) - 1))::BIGINT AS to_a,
    bit_count(mask & ((1::BIGINT << (CASE WHEN cut < a THEN day(a) ELSE day(cut) + 1 END)) - 1)
      )::BIGINT AS to_cut,
    bit_count(mask & ((1::BIGINT << (day(b) + 1)) - 1))::BIGINT AS to_b
  FROM met
)
SELECT employment, unit, month, length, hours IS NULL AS scheduled,
  CASE WHEN hours IS NULL THEN (to_b - to_a) * rate * extent
    ELSE {to_b} - {to_a} END AS whole,
  CASE WHEN hours IS NULL THEN (to_cut - to_a) * rate * extent
    ELSE {to_cut} - {to_a} END AS short
FROM worked
"""
"""What each stretch of sickness weighs in each placement and month: scheduled time, or its part of
the post's own hours, which are spread over the post's working days (over all its days when it has
none) so that the parts add up."""


def pieces(first_month: int, last_month: int) -> str:
    """``PIECES`` for the derived months."""
    ends = {
        "to_a": _hours("to_a", "(a - began)"),
        "to_cut": _hours("to_cut", "(cut - began + 1)"),
        "to_b": _hours("to_b", "(b - began + 1)"),
    }
    return PIECES.format(first_month=first_month, last_month=last_month, **ends)


def _hours(work: str, days: str) -> str:
    """Hundredths of the post's hours up to a day, rounded half up."""
    total = "(work_ended - work_before)"
    by_work = f"(2 * hours * (before + {work} - work_before) + {total}) // (2 * {total})"
    by_day = f"(2 * hours * {days} + (ended - began + 1)) // (2 * (ended - began + 1))"
    return f"(CASE WHEN {total} > 0 THEN {by_work} ELSE {by_day} END)"


SICK = """
CREATE OR REPLACE TEMP TABLE sick AS
WITH summed AS (
  SELECT employment, unit, month,
    sum(CASE WHEN scheduled THEN whole ELSE 0 END) AS whole,
    sum(CASE WHEN scheduled THEN short ELSE 0 END) AS short,
    sum(CASE WHEN scheduled AND length >= 60 THEN whole ELSE 0 END) AS sixty,
    sum(CASE WHEN scheduled THEN 0 ELSE whole END) AS own,
    sum(CASE WHEN scheduled THEN 0 ELSE short END) AS own_short,
    sum(CASE WHEN NOT scheduled AND length >= 60 THEN whole ELSE 0 END) AS own_sixty
  FROM pieces GROUP BY employment, unit, month
)
SELECT s.employment, s.unit, s.month, {whole} AS whole, {short} AS short, {sixty} AS sixty
FROM summed AS s JOIN cells AS c USING (employment, unit, month)
"""
"""Hours of sickness: the ordinary hours of the month by scheduled time, plus posts' own hours.
Each sum is rounded once, so that short and long together are the same by both conventions."""


def sick() -> str:
    """``SICK`` with its three roundings."""
    return SICK.format(
        whole=_rounded("whole", "own"),
        short=_rounded("short", "own_short"),
        sixty=_rounded("sixty", "own_sixty"),
    )


def _rounded(scheduled: str, own: str) -> str:
    weight = "greatest(c.weight, 1) * 1000"
    ordinary = "greatest(c.ordinary, 0)"
    return f"((2 * {ordinary} * s.{scheduled} + {weight}) // (2 * {weight}) + s.{own})::BIGINT"


DAYS = """
CREATE OR REPLACE TEMP TABLE days AS
WITH monthly AS (
  SELECT person, first, last, unnest(range(
    greatest(year(first) * 12 + month(first) - 1, {first_month}),
    least(year(last) * 12 + month(last) - 1, {last_month}) + 1
  ))::INTEGER AS month
  FROM islands
),
sick_days AS (
  SELECT i.person, month, sum(least(i.last, m.last) - greatest(i.first, m.first) + 1) AS sick_days
  FROM monthly AS i JOIN months AS m USING (month) GROUP BY i.person, month
),
begun AS (
  SELECT person, year(begun) * 12 + month(begun) - 1 AS month, count(DISTINCT begun) AS occasions
  FROM islands WHERE ahead = 0 GROUP BY person, month
)
SELECT person, month, sick_days, coalesce(occasions, 0) AS occasions
FROM sick_days LEFT JOIN begun USING (person, month)
"""
"""Calendar days with sickness, and spells that began, of each person and month."""

FACTS = """
CREATE OR REPLACE TEMP TABLE facts AS
WITH departures AS (
  SELECT d.employment, d.month, d.cause, max(c.pid) AS pid
  FROM (
    SELECT employment, year(last) * 12 + month(last) - 1 AS month, max_by(cause, last) AS cause
    FROM departed GROUP BY ALL
  ) AS d
  JOIN cells AS c USING (employment, month)
  GROUP BY ALL
),
wide AS (
  SELECT p.person, c.employment, c.unit, c.month, p.sex, p.birth_year, p.form, p.main AS told_main,
    p.staff_group, p.extent * 10 AS extent, greatest(c.ordinary, 0) AS ordinary,
    least(coalesce(s.whole, 0), greatest(c.ordinary, 0)) AS sick,
    least(coalesce(s.short, 0), sick) AS sick_short,
    least(coalesce(s.sixty, 0), sick) AS sick_60,
    greatest(c.additional, 0) AS additional, greatest(c.overtime, 0) AS overtime,
    CASE WHEN p.unit = c.unit THEN coalesce(d.cause, 0) ELSE 0 END AS departure,
    coalesce(p.manager, 0) AS manager,
    1 = row_number() OVER (
      PARTITION BY p.person, c.month
      ORDER BY p.main DESC, c.ordinary DESC, c.employment, c.unit
    ) AS main
  FROM cells AS c
  JOIN placements AS p USING (pid)
  LEFT JOIN sick AS s ON s.employment = c.employment AND s.unit = c.unit AND s.month = c.month
  LEFT JOIN departures AS d ON d.employment = c.employment AND d.month = c.month AND d.pid = c.pid
)
SELECT w.person, w.employment, w.unit, w.month, w.sex, w.birth_year, w.form, w.main, w.staff_group,
  w.extent::SMALLINT AS extent, w.ordinary::INTEGER AS ordinary,
  w.sick_short::INTEGER AS sick_short, (w.sick - w.sick_short)::INTEGER AS sick_long,
  w.additional::INTEGER AS additional, w.overtime::INTEGER AS overtime,
  w.departure::UTINYINT AS departure, w.sick_60::INTEGER AS sick_60,
  CASE WHEN w.main THEN coalesce(d.sick_days, 0) ELSE 0 END::SMALLINT AS sick_days,
  CASE WHEN w.main THEN coalesce(d.occasions, 0) ELSE 0 END::SMALLINT AS occasions,
  w.manager::UBIGINT AS manager
FROM wide AS w LEFT JOIN days AS d ON d.person = w.person AND d.month = w.month
JOIN months AS m ON m.month = w.month
"""
"""Rows of the fact schema. Days and occasions are the person's: they stand in the main row, which
is the one that says so, else the one with most hours."""
