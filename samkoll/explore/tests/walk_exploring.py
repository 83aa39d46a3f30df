"""Figures for the exploring pages: large groups, and a unit of eight."""

from __future__ import annotations

from itertools import chain

from samkoll.stats.tests import filing
from tests.town import Town

PEOPLE = {"BUF-SOL": (50, 30), "BUF-ANG": (8, 6), "BUF-TAL": (40, 25), "KSF-INT": (45, 20)}
"""Persons in a unit, and the women among them."""


def figures(town: Town) -> dict[str, object]:
    """Two years: women are ill for a tenth of their time, men for a twentieth."""
    rows = chain.from_iterable(
        filing.people(town.units[code].pk, count, women=women)
        for code, (count, women) in PEOPLE.items()
    )
    ill = {1: {"sick_short": 400, "sick_long": 1200}, 2: {"sick_short": 200, "sick_long": 600}}
    filing.publish([{**row, **ill[row["sex"]]} for row in rows])
    return {}
