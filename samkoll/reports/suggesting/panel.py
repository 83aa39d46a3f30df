"""What the form of a section shows of suggestions, and what the report's page says of changes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from samkoll.core.errors import DomainError
from samkoll.reports import building
from samkoll.reports.composition import Context
from samkoll.reports.models import Report
from samkoll.reports.suggesting import queries
from samkoll.reports.suggesting.checking import standing
from samkoll.reports.suggesting.queries import Checked
from samkoll.reports.template_data import Section

BUTTON, CHOSEN, PLACE, SWAP = "forslag", "mening", "forslagsplats", "byt"
"""Names of what the panel posts with the section's form."""
TAKE, DISMISS, SHOW = "lagg-in", "valj-bort", "visa-igen"


@dataclass(frozen=True, slots=True)
class Offered:
    """A suggestion that is not in the text."""

    rule: str
    text: str


@dataclass(frozen=True, slots=True)
class Outdated:
    """An accepted sentence whose figures have changed. ``now`` is empty when nothing replaces it.

    ``moved``: what was shown and what is shown now, in words. ``url``: the section's form.
    """

    rule: str
    then: str
    now: str
    moved: str
    url: str
    section: str


@dataclass(frozen=True, slots=True)
class Panel:
    """Suggestions of one section. ``places``: texts to put them into, where there are several.

    ``heading`` and ``again`` say how many there are, and how many are put away.
    """

    heading: str
    offered: tuple[Offered, ...]
    outdated: tuple[Outdated, ...]
    places: tuple[tuple[str, str], ...]
    again: str

    def __bool__(self) -> bool:
        return bool(self.offered or self.outdated or self.again)


NOTHING = Panel("", (), (), (), "")


def of(
    report: Report, section: Section, texts: Mapping[str, str], context: Context | None
) -> Panel:
    """The panel beside the texts as they stand in the form's fields (part -> text).

    Figures that cannot be shown stop nobody from writing: then there are no suggestions.
    ``context``: of ``context_of``, gathered once for the page.
    """
    places = [part.key for part in section.texts]
    if context is None or not places:
        return NOTHING
    try:
        sentences = queries.suggested(context, section)
        rows = queries.accepted(report.pk, section.key)
        outdated = queries.changed(with_texts(context, section, texts), rows)
    except DomainError:
        return NOTHING
    away = queries.dismissed(report.pk, section.key)
    written = "\n\n".join(texts.get(place, "") for place in places)
    old = {each.check.kept.rule for each in outdated}
    free = [s for s in sentences if s.rule not in old and not standing(s.text, written)]
    offered = tuple(Offered(s.rule, s.text) for s in free if s.rule not in away)
    put_away = sum(sentence.rule in away for sentence in free)
    return Panel(
        heading=_("Förslag på text (%(n)s)") % {"n": len(offered)},
        offered=offered,
        outdated=tuple(_outdated(report, each) for each in outdated),
        places=_places(section) if len(places) > 1 else (),
        again=_("Visa bortvalda förslag igen (%(n)s)") % {"n": put_away} if put_away else "",
    )


def context_of(report: Report, today: date) -> Context | None:
    """The report with its figures, as it would be composed; None where there are no figures."""
    if not report.facts or report.locked:
        return None
    try:
        return building.gather([report.pk], produced_on=today)[report.pk]
    except DomainError:
        return None


def with_texts(context: Context, section: Section, texts: Mapping[str, str]) -> Context:
    """The same report with texts as they are being written."""
    typed = {(section.key, part): text for part, text in texts.items()}
    report = replace(context.report, texts={**context.report.texts, **typed})
    return replace(context, report=report)


def _places(section: Section) -> tuple[tuple[str, str], ...]:
    return tuple((part.key, part.heading or _("Inledande text")) for part in section.texts)


def _outdated(report: Report, found: Checked) -> Outdated:
    check = found.check
    pairs = [f"{then or '–'} → {now or '–'}" for _name, then, now in check.moved]
    return Outdated(
        rule=check.kept.rule,
        then=check.stands,
        now=check.now,
        moved=", ".join(dict.fromkeys(pairs)),
        url=reverse("reports:edit", args=[report.pk, found.section.key]),
        section=f"{found.section.number} {found.section.heading}",
    )


@dataclass(frozen=True, slots=True)
class Changed:
    """What the report's page says: how many accepted sentences rest on changed figures."""

    sentence: str
    outdated: tuple[Outdated, ...]


def changed(report: Report, today: date) -> Changed | None:
    """None while every accepted sentence rests on the figures as they are.

    One query where nothing has been accepted; else as many as composing the report takes.
    """
    rows = [] if report.locked or not report.facts else queries.accepted(report.pk)
    context = context_of(report, today) if rows else None
    if context is None:
        return None
    try:
        found = queries.changed(context, rows)
    except DomainError:
        return None
    if not found:
        return None
    said = ngettext(
        "%(n)s mening bygger på siffror som har ändrats.",
        "%(n)s meningar bygger på siffror som har ändrats.",
        len(found),
    ) % {"n": len(found)}
    return Changed(said, tuple(_outdated(report, each) for each in found))
