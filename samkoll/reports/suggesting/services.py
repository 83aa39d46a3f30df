"""Accepting, rewording and dismissing suggested sentences. ``editing`` saves the text itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from samkoll.audit import services as audit
from samkoll.core.access import require
from samkoll.core.locking import held
from samkoll.reports import policies
from samkoll.reports.models import AcceptedSentence, DismissedSentence, Report
from samkoll.reports.suggesting.checking import standing
from samkoll.reports.suggesting.sentence import Sentence


@transaction.atomic
def accept(
    *,
    report_id: int,
    section: str,
    part: str,
    sentences: Collection[Sentence],
    actor: policies.Actor,
    now: datetime,
) -> list[AcceptedSentence]:
    """Remember that somebody took suggestions into a text, with the figures that they rest on.

    Accepting again replaces what was accepted before. Raises: PermissionDenied.
    """
    report = _open(report_id, actor, now)
    rows = []
    for sentence in sentences:
        values = {
            "part": part,
            "text": sentence.text,
            "figures": {rest.figure: rest.shown for rest in sentence.figures},
            "edited": False,
            "by": str(actor),
            "at": now,
        }
        row, _new = AcceptedSentence.objects.update_or_create(
            report=report, section=section, rule=sentence.rule, defaults=values
        )
        rows.append(row)
        said: dict[str, object] = {"rule": sentence.rule, "text": sentence.text}
        audit.record("report.sentence_accepted", actor, report, after=said, section=section)
    return rows


@transaction.atomic
def edit(
    *,
    report_id: int,
    section: str,
    texts: Mapping[str, str],
    actor: policies.Actor,
    now: datetime,
) -> int:
    """Follow accepted sentences that people have reworded in the texts of a section.

    ``texts``: part -> as saved. Gives how many were reworded. Raises: PermissionDenied.
    """
    rows = AcceptedSentence.objects.filter(report=report_id, section=section, part__in=texts)
    moved = [(row, standing(row.text, texts[row.part])) for row in rows]
    reworded = [(row, text) for row, text in moved if text and text != row.text]
    if not reworded:
        return 0
    report = _open(report_id, actor, now)
    for row, text in reworded:
        before, row.text, row.edited = row.text, text, True
        row.save(update_fields=["text", "edited"])
        audit.record(
            "report.sentence_edited", actor, report, before={"text": before},
            after={"text": text}, section=section, rule=row.rule,
        )  # fmt: skip
    return len(reworded)


@transaction.atomic
def dismiss(
    *,
    report_id: int,
    section: str,
    rules: Collection[str],
    actor: policies.Actor,
    now: datetime,
) -> None:
    """Keep suggestions away from this report. Raises: PermissionDenied."""
    report = _open(report_id, actor, now)
    for rule in rules:
        _row, new = DismissedSentence.objects.get_or_create(
            report=report, section=section, rule=rule, defaults={"by": str(actor), "at": now}
        )
        if new:
            said: dict[str, object] = {"rule": rule}
            audit.record("report.sentence_dismissed", actor, report, after=said, section=section)


@transaction.atomic
def bring_back(*, report_id: int, section: str, actor: policies.Actor, now: datetime) -> int:
    """Offer the dismissed suggestions of a section again; how many. Raises: PermissionDenied."""
    report = _open(report_id, actor, now)
    rows = DismissedSentence.objects.filter(report=report, section=section)
    rules = sorted(rows.values_list("rule", flat=True))
    if rules:
        rows.delete()
        before: dict[str, object] = {"rules": rules}
        audit.record("report.sentence_restored", actor, report, before=before, section=section)
    return len(rules)


def _open(report_id: int, actor: policies.Actor, now: datetime) -> Report:
    report = held(Report.objects.select_related("unit", "board", "template"), report_id)
    require(policies.can_edit(actor, report, now.date()))
    return report
