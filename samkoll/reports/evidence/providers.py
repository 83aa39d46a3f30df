"""What today's domains know about the questions: actions, risks, the organisation, payroll files.

Nothing is offered where the data does not say it: nobody registers feedback to employees, written
task distributions or certificates yet.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.actions.models import Action, FollowUp
from samkoll.actions.models import Status as ActionStatus
from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.imports.models import Batch
from samkoll.org import queries as org
from samkoll.org.models import Unit, UnitKind
from samkoll.reports.evidence.registry import SECTION, Counted, Registry, Subject
from samkoll.risks.models import AssessmentStatus, ChangeAssessment, ReportedAction, Risk

DECIDED = (AssessmentStatus.DECIDED, AssessmentStatus.FOLLOWED_UP)


def safety_representatives(subject: Subject) -> Counted | None:
    """Follow-ups of effects, and assessments before changes, where a safety representative took
    part, in the period."""
    days = (subject.first, subject.last)
    followed = list(
        FollowUp.objects.filter(action__unit__in=subject.units, on__range=days).values_list(
            "action__unit", "safety_rep_took_part"
        )
    )
    assessed = list(
        ChangeAssessment.objects.filter(
            unit__in=subject.units, status__in=DECIDED, decided_on__range=days
        ).values_list("unit", "safety_rep")
    )
    rows = [(unit, bool(took_part)) for unit, took_part in [*followed, *assessed]]
    if not rows:
        return None
    met = sum(took_part for _unit, took_part in rows)
    sentence = _(
        "Skyddsombud medverkade i %(met)s av %(of)s effektuppföljningar och bedömningar inför "
        "ändringar. Ronder räknas inte: de finns inte i Samkoll än."
    ) % {"met": number(met), "of": number(len(rows))}
    without = (unit for unit, took_part in rows if not took_part)
    return Counted(met, len(rows), sentence, _names(without), _actions(subject))


def rounds(subject: Subject) -> Counted | None:
    """Units with a risk that was found at a round in the period. A round that found no risk
    leaves no trace, so that only a full count proves anything."""
    led = _units(subject)
    if not led:
        return None
    found = set(
        Risk.objects.filter(
            unit__in=subject.units, source="round", found_on__range=(subject.first, subject.last)
        ).values_list("unit", flat=True)
    )
    met = len(found & led.keys())
    if not met:
        return None
    sentence = _("%(met)s av %(of)s enheter har risker som hittades vid en rond.") % {
        "met": number(met),
        "of": number(len(led)),
    }
    missing = tuple(name for unit, name in led.items() if unit not in found)
    return Counted(met, len(led), sentence, missing, _risks(subject))


def routines(subject: Subject) -> Counted | None:
    """What was to be followed up in the period and has been: effects of actions, changes."""
    days = (subject.first, subject.last)
    judged = FollowUp.objects.filter(action=OuterRef("pk"))
    actions = list(
        Action.objects.filter(
            unit__in=subject.units,
            follow_up_on__range=days,
            status__in=(ActionStatus.DONE, ActionStatus.CLOSED),
        )
        .annotate(judged=Exists(judged))
        .values_list("unit", "judged")
    )
    changes = [
        (unit, status == AssessmentStatus.FOLLOWED_UP)
        for unit, status in ChangeAssessment.objects.filter(
            unit__in=subject.units, follow_up_on__range=days, status__in=DECIDED
        ).values_list("unit", "status")
    ]
    rows = [*actions, *changes]
    if not rows:
        return None
    met = sum(done for _unit, done in rows)
    sentence = _("%(met)s av %(of)s åtgärder och ändringar som skulle följas upp är uppföljda.") % {
        "met": number(met),
        "of": number(len(rows)),
    }
    late = (unit for unit, done in rows if not done)
    return Counted(met, len(rows), sentence, _names(late), _actions(subject))


def managers(subject: Subject) -> Counted | None:
    """Whom the question is about: units that had a manager when the period ended."""
    units = _units(subject)
    if not units:
        return None
    led = set(org.managers(subject.last).filter(unit__in=units).values_list("unit", flat=True))
    sentence = _(
        "Frågan gäller cheferna för %(of)s enheter och avdelningar; %(met)s hade en chef när "
        "perioden slutade."
    ) % {"met": number(len(led)), "of": number(len(units))}
    missing = tuple(name for unit, name in units.items() if unit not in led)
    return Counted(len(led), len(units), sentence, missing, reverse("org:index"))


def previous_actions(subject: Subject) -> Counted | None:
    """Last year's reported actions that are closed by now."""
    rows = ReportedAction.objects.filter(
        reported__year=subject.year - 1, reported__risk__unit__in=subject.units
    ).values_list("reported__risk__unit", "action__status")
    found = list(rows)
    if not found:
        return None
    met = sum(status == ActionStatus.CLOSED for _unit, status in found)
    sentence = _("%(met)s av %(of)s åtgärder i förra årets rapport är avslutade.") % {
        "met": number(met),
        "of": number(len(found)),
    }
    open_ = (unit for unit, status in found if status != ActionStatus.CLOSED)
    return Counted(met, len(found), sentence, _names(open_), _actions(subject))


def payroll_rows(subject: Subject) -> Counted | None:
    """Rows of the payroll files of the period that could be read. For the whole municipality."""
    months = (Month.containing(subject.first).index, Month.containing(subject.last).index)
    batches = Batch.objects.committed().filter(months__month__range=months).distinct()
    sums = Batch.objects.filter(pk__in=batches.values("pk")).aggregate(
        read=Sum("rows_read"), faulty=Sum("rows_quarantined")
    )
    read, faulty = sums["read"] or 0, sums["faulty"] or 0
    if not read:
        return None
    sentence = _("%(met)s av %(of)s rader i kommunens lönefiler gick att läsa.") % {
        "met": number(read - faulty),
        "of": number(read),
    }
    return Counted(read - faulty, read, sentence)


def register(registry: Registry) -> None:
    """Offer all of them."""
    registry.add("safety_representatives_took_part", safety_representatives)
    registry.add("rounds_carried_out", rounds)
    registry.add("routines_followed", routines)
    registry.add("all_have_written_task_distribution", managers)
    registry.add("all_managers_certified", managers)
    registry.add(f"{SECTION}previous_actions", previous_actions)
    registry.add(f"{SECTION}sick_leave", payroll_rows)


def _units(subject: Subject) -> dict[int, str]:
    """Units and departments of the subject that existed when the period ended, by key."""
    kinds = (UnitKind.DEPARTMENT, UnitKind.UNIT)
    rows = Unit.objects.valid(subject.last).filter(pk__in=subject.units, kind__in=kinds)
    return dict(rows.order_by("name_order", "pk").values_list("pk", "name"))


def _names(units: Iterable[int]) -> tuple[str, ...]:
    rows = Unit.objects.filter(pk__in={*units}).order_by("name_order", "pk")
    return tuple(rows.values_list("name", flat=True))


def _actions(subject: Subject) -> str:
    return reverse("home:unit_actions", args=[subject.code])


def _risks(subject: Subject) -> str:
    return reverse("risks:unit_index", args=[subject.code])
