"""Snapshots: the file, which version of a month counts, and what undo brings back."""

from __future__ import annotations

import hashlib
import stat

import duckdb
import pytest
from django.db import IntegrityError, transaction

from samkoll.audit.models import Change
from samkoll.core.months import Month
from samkoll.stats import queries, services
from samkoll.stats.facts import SnapshotWriter
from samkoll.stats.models import MonthVersion, Snapshot
from samkoll.stats.tests import world
from samkoll.stats.tests.filing import ACTOR, NOW, frame, people, publish, stage

pytestmark = pytest.mark.django_db
METADATA = {"source": "payroll", "convention": "day_split", "batch": "1"}
MAY, JUNE = Month.of(2023, 5), Month.of(2023, 6)


def rows(count, first=MAY, last=JUNE):
    return people(1, count, first=first, last=last)


def test_the_file_is_named_by_its_content_and_readable_by_its_owner_only():
    staged = stage(rows(3))
    assert staged.path.name == f"{hashlib.sha256(staged.path.read_bytes()).hexdigest()}.parquet"
    assert stat.S_IMODE(staged.path.stat().st_mode) == 0o600
    assert stat.S_IMODE(staged.path.parent.stat().st_mode) == 0o700
    assert (staged.rows, [m.month for m in staged.months]) == (6, [MAY.index, JUNE.index])
    assert staged.months[0].totals["persons"] == 3


def test_rows_that_come_unsorted_are_sorted_and_give_the_same_file(tmp_path):
    sorted_rows = people(1, 2, first=MAY, last=JUNE) + people(2, 2, first=MAY, last=JUNE)
    expected = stage(sorted_rows)
    with SnapshotWriter(tmp_path / "o'other", METADATA) as writer:
        writer.write(frame(people(2, 2, first=MAY, last=JUNE)))
        writer.write(frame(people(1, 2, first=MAY, last=JUNE)))
        staged = writer.finish()
    columns = "month, unit, sex, person"
    read = [
        duckdb.connect().execute(f"SELECT {columns} FROM read_parquet(?)", [str(p)]).fetchall()
        for p in (expected.path, staged.path)
    ]
    assert read[0] == read[1] == sorted(read[0])
    assert [p.name for p in staged.path.parent.iterdir()] == [staged.path.name]


def test_a_writer_that_fails_leaves_no_file(tmp_path):
    with pytest.raises(RuntimeError), SnapshotWriter(tmp_path / "facts", METADATA) as writer:
        writer.write(frame([world.row(month=MAY.index)]))
        raise RuntimeError
    assert list((tmp_path / "facts").iterdir()) == []


def test_a_later_batch_replaces_whole_months():
    publish(rows(3), batch="1")
    publish(rows(5, first=JUNE, last=JUNE + 1), batch="2")
    current = MonthVersion.objects.current().order_by("month")
    assert [(v.month, v.batch, v.rows) for v in current] == [
        (MAY.index, "1", 3),
        (JUNE.index, "2", 5),
        (JUNE.index + 1, "2", 5),
    ]


def test_undo_brings_the_version_before_back_and_drops_new_months():
    publish(rows(3), batch="1")
    publish(rows(5, first=JUNE, last=JUNE + 1), batch="2")
    services.retract(batch="2", actor=ACTOR, now=NOW)
    current = MonthVersion.objects.current().order_by("month")
    assert [(v.month, v.batch) for v in current] == [(MAY.index, "1"), (JUNE.index, "1")]


def test_undoing_an_earlier_batch_leaves_the_later_one_and_is_skipped_when_that_is_undone():
    for number, count in (("1", 3), ("2", 4), ("3", 5)):
        publish(rows(count), batch=number)
    services.retract(batch="2", actor=ACTOR, now=NOW)
    assert set(MonthVersion.objects.current().values_list("batch", flat=True)) == {"3"}
    services.retract(batch="3", actor=ACTOR, now=NOW)
    assert set(MonthVersion.objects.current().values_list("batch", flat=True)) == {"1"}


def test_a_file_that_was_taken_back_can_be_published_by_a_new_batch():
    snapshot = publish(rows(3), batch="1")
    services.retract(batch="1", actor=ACTOR, now=NOW)
    staged = stage(rows(3), batch="1")
    again = services.publish(staged, batch="2", actor=ACTOR, now=NOW)
    assert again == snapshot
    assert Snapshot.objects.count() == 1
    assert set(MonthVersion.objects.current().values_list("batch", flat=True)) == {"2"}


def test_the_database_refuses_two_current_versions_of_a_month():
    publish(rows(3))
    version = MonthVersion.objects.current()[0]
    version.pk, version.batch = None, "x"
    with pytest.raises(IntegrityError), transaction.atomic():
        version.save()


def test_both_are_logged():
    publish(rows(3), batch="1")
    services.retract(batch="1", actor=ACTOR, now=NOW)
    actions = Change.objects.order_by("id").values_list("action", flat=True)
    assert list(actions) == ["stats.published", "stats.retracted"]


def test_pinned_facts_stay_the_same_after_a_new_import():
    publish(rows(3), batch="1")
    pinned = queries.current_facts().refs()
    publish(rows(5), batch="2")
    assert queries.facts_from_refs(pinned).refs() == pinned
    assert queries.current_facts().refs() != pinned


def test_a_pinned_snapshot_that_is_gone_is_a_sentence():
    snapshot = publish(rows(3))
    refs = queries.current_facts().refs()
    stage_path = next(iter(queries.current_facts().files)).path
    stage_path.unlink()
    with pytest.raises(queries.FactsGone, match="saknas på disken"):
        queries.facts_from_refs(refs)
    MonthVersion.objects.all().delete()
    snapshot.delete()
    with pytest.raises(queries.FactsGone, match="säkerhetskopian"):
        queries.facts_from_refs(refs)
