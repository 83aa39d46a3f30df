"""What the pages of the form editor show, as frozen values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.accounts.models import User
from samkoll.core.errors import DomainError
from samkoll.reports import queries, template_reader
from samkoll.reports.form_editor import content as steps
from samkoll.reports.form_editor.parts import PARTS
from samkoll.reports.form_editor.services import OWN_FROM
from samkoll.reports.models import Report, Template, TemplateDraft
from samkoll.web.tables import Cell, Head, Row, Table


@dataclass(frozen=True, slots=True)
class SectionRow:
    """A section in an outline. ``told``: what it holds, in words."""

    key: str
    label: str
    level: int
    url: str
    told: str


@dataclass(frozen=True, slots=True)
class PartRow:
    """A part of a section, with where it is changed."""

    place: int
    label: str
    told: str
    url: str


def versions() -> Table:
    """Every stored version, newest first, with the reports that use it. Two queries."""
    found = Template.objects.defer("content").order_by("kind", "-year", "-version")
    used = dict(
        Report.objects.order_by()
        .values_list("template")
        .annotate(n=Count("pk"))
        .values_list("template", "n")
    )
    heads = (Head(_("Mall")), Head(_("Rapportår")), Head(_("Version")), Head(_("Används av")))
    rows = tuple(_version(template, used.get(template.pk, 0)) for template in found)
    return Table(_("Versioner av rapportmallar"), heads, rows, caption_hidden=True)


def _version(template: Template, count: int) -> Row:
    used = ngettext("%(n)d rapport", "%(n)d rapporter", count) % {"n": count}
    own = _("egen") if template.version >= OWN_FROM else _("följer med Samkoll")
    url = reverse("reports:form_version", args=[template.pk])
    return Row(
        (
            Cell(str(template.get_kind_display()), url=url, about=str(template)),
            Cell(str(template.year)),
            Cell(str(template.version), note=own),
            Cell(used if count else _("Ingen rapport")),
        )
    )


def users(template: Template, user: User, today: date) -> list[tuple[str, str]]:
    """The reports that have a version, of those that the user may read: name and address."""
    found = queries.visible_to(user, today).filter(template=template)
    return [
        (str(report), reverse("reports:read", args=[report.pk]))
        for report in found.select_related("unit", "board").order_by("-year", "unit__name_order")
    ]


def drafts() -> Table:
    """Forms that somebody is working on."""
    heads = (Head(_("Utkast")), Head(_("Ändrat av")), Head(_("Ändrat")))
    found = TemplateDraft.objects.defer("content").order_by("kind", "-year")
    rows = tuple(
        Row(
            (
                Cell(str(draft), url=reverse("reports:form_draft", args=[draft.pk])),
                Cell(draft.changed_by),
                Cell(f"{draft.changed_at:%Y-%m-%d}"),
            )
        )
        for draft in found
    )
    return Table(_("Utkast till nya versioner"), heads, rows, caption_hidden=True)


def outline(content: Mapping[str, Any], draft: int | None = None) -> list[SectionRow]:
    """The sections of a form in order; of a draft with the pages where they are changed."""
    return [
        SectionRow(
            key=section["key"],
            label=f"{section['number']} {section['heading']}",
            level=steps.level(section),
            url=reverse("reports:form_section", args=[draft, section["key"]]) if draft else "",
            told=_told(section),
        )
        for section in content["sections"]
    ]


def _told(section: Mapping[str, Any]) -> str:
    labels = [str(PARTS[part["kind"]].label) for part in section["parts"]]
    told = ", ".join(dict.fromkeys(labels)) or _("Inga delar")
    return f"{told}. {_('Finns bara under ett villkor.')}" if section.get("only_when") else told


def parts(draft: TemplateDraft, section: Mapping[str, Any]) -> list[PartRow]:
    """The parts of a section in order."""
    return [
        PartRow(
            place,
            str(PARTS[part["kind"]].label),
            _part_told(part),
            reverse("reports:form_part", args=[draft.pk, section["key"], place]),
        )
        for place, part in enumerate(section["parts"])
    ]


def _part_told(part: Mapping[str, Any]) -> str:
    name = PARTS[part["kind"]].rows
    told = part.get("heading") or part.get("caption") or part.get("lead") or ""
    if name:
        count = len(part[name])
        rows = ngettext("%(n)d rad", "%(n)d rader", count) % {"n": count}
        return f"{told}, {rows}" if told else rows
    if longest := part.get("max_characters"):
        limit = _("högst %(longest)s tecken") % {"longest": longest}
        return f"{told}, {limit}" if told else limit
    return str(told)


def problem(content: Mapping[str, Any]) -> str:
    """Why a draft cannot be published yet, as a sentence; empty when it can."""
    try:
        template_reader.form_of(content)
    except DomainError as error:
        return str(error)
    return ""


def choices(report: Report) -> list[tuple[int, str]]:
    """The versions that a report could have instead of its own, newest first."""
    found = Template.objects.filter(kind=report.kind).exclude(pk=report.template_id)
    rows: Iterable[Template] = found.defer("content").order_by("-year", "-version")
    return [(template.pk, str(template)) for template in rows]
