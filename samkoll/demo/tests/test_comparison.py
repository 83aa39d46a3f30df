"""The demo's municipalities are invented, and say so."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from samkoll.demo.loading import comparison
from samkoll.opendata import files, queries
from samkoll.opendata.models import Municipality

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


def test_no_real_municipality_is_in_the_file():
    found = files.read(comparison.content(), name="demo.json")
    assert all(code.startswith("99") for code in found.municipalities)
    assert all("påhittad" in kpi.title for kpi in found.kpis.values())
    assert len(found.values) > 800


@pytest.mark.django_db
def test_our_municipality_stands_among_the_invented_ones():
    load = comparison.load_comparison(now=NOW)
    assert load.counts["new"] > 800
    own = queries.own()
    assert own == Municipality.objects.get(code="9900")
    assert own is not None and len(queries.groups_of(own)) == 3
    assert str(queries.series_by_sex("N00090")["T"][2023]["9900"]) == "7.700000"
