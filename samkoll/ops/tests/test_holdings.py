"""Record files of the HR system are held, copied and checked like snapshots."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from samkoll.ops import holdings
from samkoll.stats.models import RecordFile

pytestmark = pytest.mark.django_db


def test_a_record_file_is_held_also_when_it_is_withdrawn():
    day, sha256 = date(2024, 1, 1), "a" * 64
    RecordFile.objects.create(
        kind="absence", source="hr", sha256=sha256, batch="1", first_day=day, last_day=day,
        state="withdrawn", rows=0, kept_at=datetime(2024, 2, 1, tzinfo=UTC),
    )  # fmt: skip
    assert holdings.listed_facts() == {f"{sha256}.parquet": sha256}
