"""A form before it is published: as whoever writes sees it, and as a document."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from samkoll.accounts.models import User
from samkoll.documents.writers import html
from samkoll.org import queries as org
from samkoll.reports import building, composition, forms, queries
from samkoll.reports.form_editor import sample
from samkoll.reports.models import Report
from samkoll.reports.template_data import Form


@dataclass(frozen=True, slots=True)
class PreviewedSection:
    """A section as it is written in. ``condition``: whether it stands only in some reports."""

    label: str
    level: int
    instruction: str
    condition: bool
    form: forms.SectionForm


@dataclass(frozen=True, slots=True)
class Preview:
    """``of``: the report that it is shown with; empty for made-up figures. ``body``: safe HTML."""

    of: str
    sections: tuple[PreviewedSection, ...]
    body: str


def preview(form: Form, user: User, today: date) -> Preview:
    """The form with the newest report of its kind that the user may read, else with a sample.

    Raises: MixedConventions.
    """
    report = _report(form, user, today)
    if report:
        found = building.gather([report.pk], produced_on=today)[report.pk]
        context = replace(found, report=replace(found.report, form=form))
    else:
        context = sample.context(form, org.municipality().name, today)
    return Preview(
        str(report or ""),
        tuple(_section(context, place) for place in range(len(form.sections))),
        html.fragment(composition.document(context), contents=False),
    )


def _report(form: Form, user: User, today: date) -> Report | None:
    found = queries.visible_to(user, today).filter(kind=form.kind).exclude(facts=[])
    return found.select_related("unit", "board").order_by("-year", "-pk").first()


def _section(context: composition.Context, place: int) -> PreviewedSection:
    section = context.report.form.sections[place]
    form = forms.SectionForm(None, material=context.report, section=section, version=0)
    form.prefix = f"avsnitt{place}"
    return PreviewedSection(
        f"{section.number} {section.heading}",
        section.level,
        context.say(section.instruction),
        bool(section.only_when),
        form,
    )
