"""The town's reports of 2024, with and without figures."""

from __future__ import annotations

from datetime import date

import pytest

from samkoll.audit.services import CommandLine
from samkoll.reports import services
from samkoll.reports.tests import facts

TODAY = date(2024, 5, 15)
ACTOR = CommandLine()
PEOPLE = {"BUF-SOL": (30, 20), "BUF-ANG": (25, 15), "BUF-TAL": (40, 4), "KSF-INT": (20, 25)}


@pytest.fixture
def reports(town):
    """The reports of 2024 by board code; the municipality's under its own."""
    opened = services.open_year(year=2024, actor=ACTOR, today=TODAY)
    return {(r.board or r.unit).code: r for r in opened}


@pytest.fixture
def extracted(town, reports):
    """The same, with facts of two years pinned. FSN has four men only: they are protected."""
    facts.publish(town, PEOPLE)
    services.extract_facts(year=2024, actor=ACTOR, now=facts.NOW)
    for report in reports.values():
        report.refresh_from_db()
    return reports
