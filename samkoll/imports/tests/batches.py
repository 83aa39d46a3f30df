"""Batches in their states for the browser's walk: what a page of imports can look like."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.core.months import Month
from samkoll.imports import services
from samkoll.imports.models import Batch
from samkoll.imports.tests import payroll
from samkoll.imports.tests.payroll import row, text
from samkoll.stats import queries
from samkoll.stats.models import Derivation
from tests.town import Town

ACTOR = CommandLine()
NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)


def _people(count: int, **changes: str) -> list[dict[str, str]]:
    return [row(n, unit="BUF-SOL", **changes) for n in range(count)]


def committed(town: Town) -> dict[str, object]:
    """A file that counts without a row that can be corrected."""
    known = Batch.objects.committed().first()
    faulty = row(40, unit="BUF-SOK")
    batch = known or services.import_file(
        source=payroll.source(text(*_people(20), *_people(20, month="2023-02"), faulty)),
        profile=payroll.PROFILE,
        actor=ACTOR,
        now=timezone.now(),
        accept_partial=True,
    )
    return {"pk": batch.pk}


def waiting(town: Town) -> dict[str, object]:
    """A checked file with faults, a large drop and a protected person, beside a committed one."""
    committed(town)
    rows = [
        *_people(9),
        *_people(19, month="2023-02"),
        row(40, unit="BUF-SOK"),
        row(41, unit="BUF-SOL", ordinary="16O,00"),
        row(42, unit="BUF-SOL", protected="Ja"),
    ]
    batch = services.receive(
        name="lön april.csv",
        blocks=[text(*rows).encode()],
        profile=payroll.PROFILE,
        actor=ACTOR,
        now=NOW,
    )
    services.preview(batch_id=batch.pk, actor=ACTOR, now=NOW)
    return {"pk": batch.pk}


def derived(town: Town) -> dict[str, object]:
    """A run that made months of two files, with something of every kind to tell."""
    report = dict.fromkeys(queries.derived_words.REPORTED, 3)
    month = Month.of(2024, 1).index
    made = Derivation.objects.create(
        source="payroll",
        convention="day_split",
        months=[month, month + 1],
        changed=[month],
        report=report | {"rows": 2_400, "censored_hours": 1_600, "incomplete": [month + 2]},
        actor_name="Kommandoraden",
        derived_at=NOW,
    )
    for kind in ("absence", "employment"):
        made.files.create(
            kind=kind, source="hr", sha256=kind, batch=f"prov-{made.pk}", state="current",
            first_day=date(2024, 1, 1), last_day=date(2024, 3, 14), rows=1_200, kept_at=NOW,
        )  # fmt: skip
    return {"pk": made.pk}


def received(town: Town) -> dict[str, object]:
    """A file whose check is under way."""
    from django.conf import settings

    from samkoll.imports.vault import Vault

    vault = Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)
    batch = services.upload(
        name="lön maj.csv",
        stored=vault.store([text(*_people(3, month="2024-05")).encode()]),
        profile=payroll.PROFILE,
        actor=town.user("hr_strategist"),
        now=NOW,
    )
    return {"pk": batch.pk}


def refused(town: Town) -> dict[str, object]:
    """A file that could not be used."""
    batch = services.receive(
        name="fel fil.csv", blocks=[b"a;b\n1;2\n"], profile=payroll.PROFILE, actor=ACTOR, now=NOW
    )
    services.preview(batch_id=batch.pk, actor=ACTOR, now=NOW)
    return {"pk": batch.pk}
