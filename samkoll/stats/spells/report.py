"""What a derivation could not use, or is not sure of: counted, and told with the result."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Report:
    """Counts over the whole derivation.

    ``censored``: spells that began on the first covered day without a word of their true start:
    their day numbers may be too low. ``censored_hours``: sick hours of persons in months with one.
    ``cut_hours``: hours beyond the ordinary hours of their month, which are left out. All hours
    are hundredths.
    """

    rows: int = 0
    spells: int = 0
    censored: int = 0
    censored_hours: int = 0
    open_posts: int = 0
    crossed: int = 0
    taken_back: int = 0
    posts_without_employment: int = 0
    time_without_employment: int = 0
    departures_without_employment: int = 0
    without_unit: int = 0
    cut_hours: int = 0

    def __add__(self, other: Report) -> Report:
        names = [field.name for field in fields(self)]
        return Report(**{name: getattr(self, name) + getattr(other, name) for name in names})

    def as_dict(self) -> dict[str, int]:
        """For storing as JSON."""
        return asdict(self)

    @classmethod
    def of(cls, stored: dict[str, Any]) -> Self:
        """From what was stored."""
        return cls(**{field.name: int(stored.get(field.name, 0)) for field in fields(cls)})


_QUERIES: dict[str, str] = {
    "rows": "SELECT count(*) FROM facts",
    "spells": "SELECT count(*) FROM (SELECT DISTINCT person, begun FROM islands)",
    "censored": "SELECT count(*) FROM (SELECT DISTINCT person, begun FROM islands WHERE censored)",
    "censored_hours": """
        SELECT coalesce(sum(f.sick_short + f.sick_long), 0) FROM facts AS f SEMI JOIN (
          SELECT i.person, m.month FROM islands AS i JOIN months AS m
            ON i.first <= m.last AND i.last >= m.first
          WHERE i.censored
        ) AS c ON c.person = f.person AND c.month = f.month""",
    "open_posts": "SELECT count(*) FROM absence WHERE last IS NULL AND cause = 1 AND NOT reversal",
    "crossed": "SELECT count(*) FROM crossed",
    "taken_back": "SELECT count(*) FROM absence WHERE reversal",
    "posts_without_employment": """
        SELECT count(*) FROM absence AS r WHERE r.cause = 1 AND NOT r.reversal AND (
          CASE WHEN r.employment = 0 THEN r.person NOT IN (SELECT person FROM stints)
          ELSE r.employment NOT IN (SELECT employment FROM stints) END)""",
    "time_without_employment": """
        SELECT count(*) FROM worked AS r JOIN months USING (month) ANTI JOIN cells AS c
        ON c.employment = r.employment AND c.month = r.month""",
    "departures_without_employment": """
        SELECT count(*) FROM departed AS d ANTI JOIN stints AS s ON s.employment = d.employment""",
    "without_unit": """
        SELECT count(*) FROM stints AS s ANTI JOIN unit_spans AS u ON u.code = upper(trim(s.unit))
        AND u.first_day <= s.b AND u.last_day >= s.a""",
    "cut_hours": """
        SELECT coalesce(sum(greatest(s.whole - greatest(c.ordinary, 0), 0)), 0)
        FROM sick AS s JOIN cells AS c USING (employment, unit, month)""",
}


def of_part(connection: duckdb.DuckDBPyConnection) -> Report:
    """What the tables of one part of the persons tell."""
    columns = ", ".join(f"({query}) AS {name}" for name, query in _QUERIES.items())
    found = connection.execute(f"SELECT {columns}").fetchall()[0]
    return Report(**dict(zip(_QUERIES, map(int, found), strict=True)))
