"""A payroll file that waits for an answer: the month after the last one, and that one once more.

Made of the generator's last file, as a payroll system sends the month before along with the new
one. What is odd about it (``data/waiting.yaml``) is what its preview is there to find.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

from samkoll.core.months import Month
from samkoll.demo.generator.payroll import PROFILE
from samkoll.demo.loading.data import read
from samkoll.demo.loading.people import People
from samkoll.imports import profiles
from samkoll.imports import services as imports
from samkoll.imports.models import Batch

_ENCODING = "cp1252"
Rows = list[dict[str, str]]


def load_waiting(people: People, payroll: Path, *, now: datetime) -> Batch:
    """Upload and check the file as the one who imports does; it stays unanswered."""
    actor = people.acting(str(read("people")["acting"]["imports"]))
    batch = imports.receive(
        name=read("waiting")["file"],
        blocks=[content(payroll)],
        profile=profiles.load(PROFILE),
        actor=actor,
        now=now,
    )
    return imports.preview(batch_id=batch.pk, actor=actor, now=now)


def content(payroll: Path) -> bytes:
    """The file's bytes, from the last month of the given one."""
    head, *lines = payroll.read_text(encoding=_ENCODING).splitlines()
    names = head.split(";")
    rows = [dict(zip(names, line.split(";"), strict=True)) for line in lines]
    last = max(row["Månad"] for row in rows)
    month = [row for row in rows if row["Månad"] == last]
    again = [row for row in month if row["Enhetskod"].split("-")[0] not in read("waiting")["lost"]]
    coming = str(Month.parse(last) + 1)
    new = [{**row, "Månad": coming} for row in month if not row["Slutdatum"]]
    _spoil(new)
    text = "\r\n".join([head, *(";".join(row.values()) for row in [*again, *new]), ""])
    return text.encode(_ENCODING)


def _spoil(rows: Rows) -> None:
    """Put the faults into rows far apart, of main jobs that were worked."""
    faults: Iterable[dict[str, str]] = read("waiting")["faults"]
    able = [
        row
        for row in rows
        if row["Huvudanställning"] == "Ja"
        and row["Skyddad identitet"] == "Nej"
        and row["Ordinarie timmar"] != "0,00"
    ]
    for place, fault in enumerate(faults, start=1):
        able[place * 997 % len(able)].update(fault)
