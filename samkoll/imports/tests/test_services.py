"""Imports on a real database: what counts afterwards, what is refused, what is taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.imports import decisions, queries, services
from samkoll.imports.faults import FileFault
from samkoll.imports.filing import AlreadyImported
from samkoll.imports.models import Batch, BatchState, QuarantinedRow
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import PROFILE, identity, row, text

pytestmark = pytest.mark.django_db
ACTOR = CommandLine()
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


def people(count: int, **changes: str) -> list[dict[str, str]]:
    return [row(n, unit="BUF-SOL", **changes) for n in range(count)]


def load(*rows: dict[str, str], minutes: int = 0, **options: Any) -> Batch:
    return services.import_file(
        source=payroll.source(text(*rows)),
        profile=PROFILE,
        actor=options.pop("actor", ACTOR),
        now=NOW + timedelta(minutes=minutes),
        **options,
    )


def uploaded(town, *rows: dict[str, str]) -> Batch:
    return services.receive(
        name="lön.csv",
        blocks=[text(*rows).encode()],
        profile=PROFILE,
        actor=town.user("hr_strategist"),
        now=NOW,
    )


def test_a_faultless_file_counts_at_once_with_its_control_totals(town):
    batch = load(*people(3), *people(2, month="2023-02"))
    batch.refresh_from_db()
    assert (batch.state, batch.rows_accepted, batch.rows_read) == (BatchState.COMMITTED, 5, 5)
    current = queries.current_totals("payroll", "months", [2023 * 12, 2023 * 12 + 1])
    assert {m: t.rows for m, t in current.items()} == {2023 * 12: 3, 2023 * 12 + 1: 2}
    assert Change.objects.get(action="import.committed").details["rows"] == 5


def test_the_same_file_again_says_so_and_does_nothing(town):
    first = load(*people(3))
    with pytest.raises(AlreadyImported, match=f"import {first.pk}, 3 rader"):
        load(*people(3), minutes=1)
    assert Batch.objects.count() == 1


def test_faulty_rows_need_a_confirmation_and_go_to_quarantine(town, settings):
    rows = [*people(3), row(7, unit="BUF-SOL", ordinary="x")]
    with pytest.raises(decisions.FaultyRows, match=r"1 rad har fel\. Rad 5, kolumnen Ordinarie"):
        load(*rows)
    assert not Batch.objects.exists()
    batch = load(*rows, accept_partial=True)
    kept = QuarantinedRow.objects.get(batch=batch)
    assert (kept.row, kept.expires_on.isoformat()) == (5, "2024-05-29")
    assert identity(7).encode() not in bytes(kept.payload)
    assert [(f.row, f.column) for f in batch.faults.all()] == [(5, "Ordinarie timmar")]


def test_a_file_without_a_single_good_row_cannot_be_confirmed(town):
    with pytest.raises(decisions.NothingAccepted):
        load(row(0, unit="BORTA"), accept_partial=True)


def test_a_month_that_loses_more_than_a_tenth_needs_a_confirmation(town):
    load(*people(20))
    load(*people(18), minutes=1)
    with pytest.raises(decisions.LargeDrop, match=r"2023-01 \(från 18 till 16\)"):
        load(*people(16), minutes=2)
    assert load(*people(16), minutes=2, confirm_drop=True).rows_accepted == 16


def test_undo_brings_back_what_counted_before(town):
    load(*people(5))
    second = load(*people(6), minutes=1)
    services.undo(batch_id=second.pk, actor=ACTOR, now=NOW)
    assert queries.current_totals("payroll", "months", [2023 * 12])[2023 * 12].rows == 5
    with pytest.raises(PermissionDenied, match="Bara en inläst fil kan ångras"):
        services.undo(batch_id=second.pk, actor=ACTOR, now=NOW)
    assert load(*people(6), minutes=2).state == BatchState.COMMITTED


def test_undo_deletes_the_quarantine(town):
    batch = load(*people(2), row(7, unit="BORTA"), accept_partial=True)
    services.undo(batch_id=batch.pk, actor=ACTOR, now=NOW)
    assert not QuarantinedRow.objects.exists()


def test_quarantine_is_purged_after_its_last_day(town):
    load(*people(2), row(7, unit="BORTA"), accept_partial=True)
    assert services.purge_quarantine(actor=ACTOR, now=NOW + timedelta(days=14)) == 0
    assert services.purge_quarantine(actor=ACTOR, now=NOW + timedelta(days=15)) == 1
    assert Change.objects.filter(action="import.quarantine_purged").count() == 1


def test_a_fault_of_the_file_leaves_nothing(town, settings):
    with pytest.raises(FileFault, match="Filen slutar mitt i rad 3"):
        services.import_file(
            source=payroll.source(text(*people(2))[:-40]), profile=PROFILE, actor=ACTOR, now=NOW
        )
    assert not Batch.objects.exists()
    assert not list(settings.FACTS.glob("*.parquet"))
    assert not list((settings.FACTS / "work").iterdir())


@pytest.mark.parametrize("who", ["manager", "hr_partner", "auditor", "outsider"])
def test_only_hr_strategist_and_administrator_import(town, who):
    with pytest.raises(PermissionDenied, match="läses in av HR-strategen eller administratören"):
        load(*people(1), actor=town.user(who))


def test_an_upload_is_previewed_committed_and_then_deleted(town, settings):
    hr = town.user("hr_strategist")
    batch = uploaded(town, *people(3))
    (stored,) = [path for path in settings.UPLOADS.iterdir() if path.is_file()]
    assert b"1980" not in stored.read_bytes()
    assert services.preview(batch_id=batch.pk, actor=hr, now=NOW).state == BatchState.PREVIEWED
    assert queries.current_totals("payroll", "months", [2023 * 12]) == {}
    done = services.commit(batch_id=batch.pk, actor=hr, now=NOW)
    assert (done.state, done.upload, done.rows_accepted) == (BatchState.COMMITTED, "", 3)
    assert not stored.exists()


def test_an_unusable_upload_is_refused_with_its_reason_and_deleted(town, settings):
    batch = services.receive(
        name="lön.csv",
        blocks=[b"a;b\n1;2\n"],
        profile=PROFILE,
        actor=town.user("administrator"),
        now=NOW,
    )
    refused = services.preview(batch_id=batch.pk, actor=town.user("administrator"), now=NOW)
    assert refused.state == BatchState.REFUSED
    assert "följer inte profilen" in refused.reason
    assert not [path for path in settings.UPLOADS.iterdir() if path.is_file()]


def test_a_discarded_upload_is_deleted(town, settings):
    batch = uploaded(town, *people(1))
    services.discard(batch_id=batch.pk, actor=town.user("administrator"), now=NOW)
    assert not [path for path in settings.UPLOADS.iterdir() if path.is_file()]


def test_an_empty_upload_is_refused_at_the_door(town, settings):
    with pytest.raises(FileFault, match="är tom"):
        services.receive(
            name="lön.csv", blocks=[], profile=PROFILE, actor=town.user("administrator"), now=NOW
        )
    assert not list(settings.UPLOADS.iterdir())


def test_a_dry_run_writes_nothing(town):
    seen = services.inspect(source=payroll.source(text(*people(3))), profile=PROFILE, now=NOW)
    assert seen.findings.accepted == 3
    assert seen.changes[0].old is None
    assert not Batch.objects.exists()


def test_no_identity_number_reaches_the_database(town):
    batch = load(*people(3), row(9, unit="BORTA"), row(9, sex="?"), accept_partial=True)
    rows = [str(list(model.objects.values())) for model in (Batch, Change, QuarantinedRow)]
    rows.append(str(list(batch.faults.values())))
    # With the sign before it: four digits alone stand in check sums and times by chance.
    assert not any(identity(n)[8:] in content for content in rows for n in (0, 1, 2, 9))
