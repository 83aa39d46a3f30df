"""Figures for the walk over the exploring pages: large groups, and one of eight."""

from __future__ import annotations

from samkoll.reports.tests import facts
from tests.town import Town

PEOPLE = {"BUF-SOL": (30, 20), "BUF-ANG": (6, 2), "BUF-TAL": (25, 15), "KSF-INT": (20, 25)}


def figures(town: Town) -> dict[str, object]:
    """Publish two years of facts; the pages need no arguments."""
    facts.publish(town, PEOPLE)
    return {}
