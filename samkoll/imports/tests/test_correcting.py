"""Faulty rows come back as a file to correct; corrected, they join what counts already."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.audit.models import Reading
from samkoll.audit.services import CommandLine
from samkoll.imports import correcting, queries, services
from samkoll.imports.faults import FileFault
from samkoll.imports.models import Batch, BatchState
from samkoll.imports.profiles import Profile
from samkoll.imports.tests import payroll, records
from samkoll.imports.tests.payroll import row, text
from samkoll.imports.tests.records import OTHER, WHO, lines
from samkoll.stats.models import RecordFile

pytestmark = pytest.mark.django_db
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
ACTOR = CommandLine()
YEAR = (date(2023, 1, 1), date(2023, 12, 31))


def load(content: str | bytes, profile: Profile = payroll.PROFILE, **options) -> Batch:
    options = {"now": NOW, "accept_partial": True, **options}
    source = payroll.source(content, "utf-8")
    return services.import_file(source=source, profile=profile, actor=ACTOR, **options)


def fetched(batch: Batch) -> str:
    rows = correcting.to_correct(batch=batch, actor=ACTOR, today=NOW.date())
    return b"".join(rows).decode("utf-8-sig")


def rows_of_january() -> int:
    return queries.current_totals("payroll", "months", [2023 * 12])[2023 * 12].rows


@pytest.fixture
def first(town) -> Batch:
    good = [row(n, unit="BUF-SOL") for n in range(2)]
    return load(text(*good, row(2, unit="BUF-SOL", overtime="2,5O"), row(3, unit="BUF-SOK")))


def test_the_faulty_rows_come_with_their_reasons_and_load_again_beside_the_others(first):
    file = fetched(first)
    head, one, two = file.splitlines()
    assert head == ";".join([*payroll.HEADS, correcting.REASON])
    assert one.endswith("Övertid: värdet har bokstäver där det ska stå ett tal.")
    assert "Menade du BUF-SOL" in two
    assert Reading.objects.get(what="import.quarantine").details == {"rows": 2}
    mended = file.replace("2,5O", "2,50").replace("BUF-SOK", "BUF-SOL")
    second = load(mended, corrects=first, now=NOW + timedelta(minutes=1))
    assert (second.rows_accepted, second.corrects, rows_of_january()) == (2, first, 4)
    with pytest.raises(PermissionDenied, match="Ångra rättelsen först"):
        services.undo(batch_id=first.pk, actor=ACTOR, now=NOW)
    services.undo(batch_id=second.pk, actor=ACTOR, now=NOW)
    assert rows_of_january() == 2


def test_a_row_that_counts_already_is_no_correction(first):
    with pytest.raises(FileFault, match="Rättelsen motsäger rader som redan är inlästa"):
        load(text(row(0, unit="BUF-SOL")), corrects=first)
    assert rows_of_january() == 2


def test_a_month_that_a_later_file_has_replaced_cannot_be_corrected(first):
    load(text(*(row(n, unit="BUF-SOL") for n in range(5))), now=NOW + timedelta(minutes=1))
    with pytest.raises(FileFault, match=r"2023-01 har ersatts av en senare fil"):
        load(text(row(2, unit="BUF-SOL")), corrects=first)


def test_rows_that_have_been_deleted_say_so(first):
    late = NOW + timedelta(days=15)
    services.purge_quarantine(actor=ACTOR, now=late)
    with pytest.raises(PermissionDenied, match="De tas bort när tiden för att rätta är ute"):
        correcting.to_correct(batch=first, actor=ACTOR, today=late.date())


def test_records_count_for_their_period_and_their_corrected_rows_join_them(town):
    by = records.profile(head_rows=2, skip_rows=1)
    top = "Utdrag\r\n" + ";".join(["Post"] * 6) + "\r\n"
    columns = {name: f"Post {head}" for name, head in by.columns.items()}
    by = records.profile(head_rows=2, skip_rows=1, columns=columns)
    content = top + records.absence(
        f"{WHO};1;2023-01-02;2023-01-13;Sjuk;50", f"{OTHER};1;2023-02-30;;Sjuk;100"
    )
    with pytest.raises(services.NoPeriod, match="Ange vilken period"):
        load(content, by)
    batch = load(content, by, period=YEAR)
    kept = RecordFile.objects.current().get(kind="absence")
    assert (kept.rows, kept.first_day, kept.last_day) == (1, *YEAR)
    file = fetched(batch)
    assert "datum" in file.splitlines()[3]
    second = load(file.replace("2023-02-30", "2023-02-28"), by, corrects=batch)
    assert RecordFile.objects.current().get(kind="absence").rows == 2
    assert [t.month for t in queries.totals_of(second)] == [2023 * 12, 2023 * 12 + 1]
    services.undo(batch_id=second.pk, actor=ACTOR, now=NOW)
    assert RecordFile.objects.current().get(kind="absence") == kept
    assert Batch.objects.get(pk=batch.pk).state == BatchState.COMMITTED


def test_rows_of_fixed_positions_come_back_in_their_positions(town):
    by = records.profile(
        "departure", layout="fixed", head_rows=0, columns={"employment": "Anst"},
        positions={"person": [1, 13], "employment": [15, 16], "last": [18, 27], "cause": [29, 40]},
    )  # fmt: skip
    batch = load(lines(f"{WHO}  1 2023-04-30 Pension", f"{OTHER}  1 2023-04-31 Pension"), by)
    file = fetched(batch)
    assert file.startswith(f"{OTHER}  1 2023-04-31 Pension     ")
    load(file.replace("04-31", "04-30"), by, corrects=batch)
    assert RecordFile.objects.current().get(kind="departure").rows == 2
