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
from samkoll.reports.suggesting.checking import contains, standing
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
            "figures": _figures(sentence),
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
    sentences: Collection[Sentence],
    actor: policies.Actor,
    now: datetime,
) -> int:
    """Follow accepted sentences into the texts of a section that has been saved.

    ``texts``: part -> as saved. ``sentences``: what the rules say now. An accepted one that now
    stands as its rule says it rests on the figures of now; one that people have reworded keeps
    its figures. Gives how many were touched. Raises: PermissionDenied.
    """
    today = {sentence.rule: sentence for sentence in sentences}
    own = AcceptedSentence.objects.filter(report=report_id, section=section, part__in=texts)
    touched = 0
    for row in own.order_by("pk"):
        new, text = today.get(row.rule), texts[row.part]
        if new and contains(text, new.text):
            anew = row.text != new.text or row.figures != _figures(new)
            if anew:
                accept(
                    report_id=report_id, section=section, part=row.part, sentences=[new],
                    actor=actor, now=now,
                )  # fmt: skip
        elif anew := (stands := standing(row.text, text)) not in ("", row.text):
            _reword(row, stands, actor, now)
        touched += anew
    return touched


def _reword(row: AcceptedSentence, text: str, actor: policies.Actor, now: datetime) -> None:
    report = _open(row.report_id, actor, now)
    before, row.text, row.edited = row.text, text, True
    row.save(update_fields=["text", "edited"])
    audit.record(
        "report.sentence_edited", actor, report, before={"text": before},
        after={"text": text}, section=row.section, rule=row.rule,
    )  # fmt: skip


def _figures(sentence: Sentence) -> dict[str, str]:
    return {rest.figure: rest.shown for rest in sentence.figures}


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
