"""The buttons of the suggestions in a section's form: they change the fields, and save no text."""

from __future__ import annotations

from collections.abc import Mapping

from django.contrib import messages
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.errors import DomainError
from samkoll.reports.composition import Context
from samkoll.reports.forms import SectionForm
from samkoll.reports.models import Report
from samkoll.reports.suggesting import checking, panel, queries, services
from samkoll.reports.suggesting.sentence import Sentence
from samkoll.reports.template_data import Section
from samkoll.web.htmx import AuthedRequest


def asked(posted: Mapping[str, object]) -> bool:
    """Whether a button of the suggestions was pressed."""
    return panel.BUTTON in posted or panel.SWAP in posted


def beside(
    report: Report, section: Section, form: SectionForm, context: Context | None
) -> panel.Panel:
    """The panel of the form as its fields stand."""
    texts = {part.key: str(form[f"text-{part.key}"].value() or "") for part in section.texts}
    return panel.of(report, section, texts, context)


def done(request: AuthedRequest, report: Report, section: Section) -> QueryDict:
    """What was asked for, and the fields as they are to stand. Only after ``can_edit``."""
    wanted = request.POST.get(panel.BUTTON, "")
    if panel.SWAP in request.POST:
        return _swapped(request, report, section)
    if wanted == panel.TAKE:
        return _taken(request, report, section)
    if wanted == panel.DISMISS:
        services.dismiss(
            report_id=report.pk,
            section=section.key,
            rules=[s.rule for s in _chosen(request, report, section)],
            actor=request.user,
            now=timezone.now(),
        )
    elif wanted == panel.SHOW:
        services.bring_back(
            report_id=report.pk, section=section.key, actor=request.user, now=timezone.now()
        )
    return request.POST.copy()


def saved(
    request: AuthedRequest, report: Report, section: Section, texts: Mapping[str, str]
) -> None:
    """Follow accepted sentences into the saved texts. One query where none was accepted."""
    if queries.accepted(report.pk, section.key):
        services.edit(
            report_id=report.pk,
            section=section.key,
            texts=texts,
            sentences=_sentences(report, section),
            actor=request.user,
            now=timezone.now(),
        )


def _sentences(report: Report, section: Section) -> tuple[Sentence, ...]:
    context = panel.context_of(report, timezone.localdate())
    try:
        return queries.suggested(context, section) if context else ()
    except DomainError:
        return ()


def _chosen(request: AuthedRequest, report: Report, section: Section) -> list[Sentence]:
    """The suggestions whose boxes are ticked and that the figures still allow."""
    wanted = set(request.POST.getlist(panel.CHOSEN))
    return [s for s in _sentences(report, section) if s.rule in wanted]


def _taken(request: AuthedRequest, report: Report, section: Section) -> QueryDict:
    data = request.POST.copy()
    parts = [part.key for part in section.texts]
    sentences = _chosen(request, report, section)
    if not parts or not sentences:
        messages.warning(request, _("Kryssa i minst ett förslag först."))
        return data
    wanted = request.POST.get(panel.PLACE, "")
    part = wanted if wanted in parts else parts[0]
    _accept(request, report, section, part, sentences)
    field = f"text-{part}"
    data[field] = checking.inserted(data.get(field, ""), [s.text for s in sentences])
    said = ngettext(
        "%(n)s mening är inlagd sist i texten. Läs den och spara avsnittet.",
        "%(n)s meningar är inlagda sist i texten. Läs dem och spara avsnittet.",
        len(sentences),
    )
    messages.info(request, said % {"n": len(sentences)})
    return data


def _swapped(request: AuthedRequest, report: Report, section: Section) -> QueryDict:
    """An accepted sentence in its place in the fields, as its rule says it now."""
    data, rule = request.POST.copy(), request.POST[panel.SWAP]
    new = next((s for s in _sentences(report, section) if s.rule == rule), None)
    rows = queries.accepted(report.pk, section.key)
    row = next((each for each in rows if each.rule == rule), None)
    if new is None or row is None:
        messages.warning(request, _("Meningen kan inte bytas: dess siffror visas inte längre."))
        return data
    field = f"text-{row.part}"
    typed = data.get(field, "")
    data[field] = checking.replaced(typed, checking.standing(row.text, typed), new.text)
    messages.info(request, _("Meningen är utbytt i texten. Spara avsnittet."))
    return data


def _accept(
    request: AuthedRequest, report: Report, section: Section, part: str, found: list[Sentence]
) -> None:
    services.accept(
        report_id=report.pk,
        section=section.key,
        part=part,
        sentences=found,
        actor=request.user,
        now=timezone.now(),
    )
