"""Risks for the walks over all pages: of the access matrix and of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from samkoll.risks import services
from samkoll.risks.models import ChangeAssessment, ReportedOnward, Risk
from samkoll.risks.tests.making import TODAY, add, assessment, judge, propose, report, with_action
from tests.town import ACTOR, Town

PLACES = {"own": "BUF-SOL", "subtree": "BUF", "outside": "KSF-INT"}


@dataclass(frozen=True, slots=True)
class Place:
    """What lies at one place, as the access matrix names it."""

    risk: Risk
    reported: ReportedOnward
    assessment: ChangeAssessment


def build(town: Town) -> dict[str, Place]:
    """At each place a risk with an action, reported onward, and an assessment that goes on."""
    return {place: _place(town, code) for place, code in PLACES.items()}


def arguments(made: Mapping[str, Place], name: str, place: str) -> dict[str, Any]:
    """The parts of a page's address."""
    if name in ("new", "propose", "new_assessment") or name.startswith("unit_"):
        return {"code": PLACES[place]}
    if name == "edit_matrix":
        return {"code": "4x4", "version": 1}
    if place not in made:
        return {}
    here = made[place]
    if name == "withdraw":
        return {"pk": here.reported.pk}
    if name.startswith("assessment"):
        step = {"step": "andring"} if name == "assessment_edit" else {}
        return {"pk": here.assessment.pk, **step}
    action = here.risk.links.get().action_id
    return {"pk": here.risk.pk, **({"action": action} if name == "unlink" else {})}


def unit(town: Town) -> Mapping[str, object]:
    """The manager's own unit, with risks of every kind in the lists."""
    full(town)
    propose(town)
    return {"code": "BUF-SOL"}


def full(town: Town) -> Mapping[str, object]:
    """A risk with all that its page can show."""
    place = _place(town, "BUF-SOL")
    risk = judge(town, place.risk, probability=4, consequence=3, serious=True, wanted=(2, 2))
    services.set_after(risk_id=risk.pk, probability=3, consequence=2, actor=ACTOR, today=TODAY)
    report(town, risk, 2023)
    services.gather(
        unit=town.units["BUF-GRU"], risks=[risk], title="Buller i skolorna", probability=3,
        consequence=3, serious=True, actor=ACTOR, today=TODAY,
    )  # fmt: skip
    return {"pk": risk.pk}


def common(town: Town) -> Mapping[str, object]:
    """The common risk over another."""
    full(town)
    return {"pk": Risk.objects.filter(source="common").latest("pk").pk}


def proposed(town: Town) -> Mapping[str, object]:
    """A proposal that waits for an answer."""
    return {"pk": propose(town).pk}


def changing(town: Town) -> Mapping[str, object]:
    """An assessment with a serious risk that has no action yet."""
    found = _place(town, "BUF-SOL").assessment
    add(town, unit="BUF-SOL", assessment=found, source="change")
    return {"pk": found.pk}


def a_step(town: Town) -> Mapping[str, object]:
    """One step of an assessment."""
    return {**changing(town), "step": "andring"}


def matrix(town: Town) -> Mapping[str, object]:
    """The matrix that ships."""
    return {"code": "4x4", "version": 1}


def _place(town: Town, code: str) -> Place:
    risk = add(town, unit=code, title=f"Buller i {town.units[code].name}", area="physical")
    with_action(town, risk)
    board = "KS" if code.startswith("KSF") else "GSN"
    return Place(risk, report(town, risk, board=board), assessment(town, unit=code))
