"""The pages of figures that are not the report's own metrics: staff groups, registers."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.errors import DomainError
from samkoll.core.months import Month, Window
from samkoll.core.text import number
from samkoll.reports.composition import Context
from samkoll.reports.figures import Shown, digest
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.queries import FigurePage, MadeOf, Subject
from samkoll.web.page import Words
from samkoll.web.tables import Fact

REGISTERS: dict[str, tuple[Words, Words]] = {
    "overdue_actions": (
        gettext_lazy("Försenade åtgärder"),
        gettext_lazy(
            "Åtgärder som inte är påbörjade eller som pågår, och som skulle ha varit klara före "
            "dagen. Åtgärder hos enheten och alla enheter under den räknas."
        ),
    ),
    "high_risks": (
        gettext_lazy("Öppna höga risker"),
        gettext_lazy(
            "Öppna risker i de två högsta riskbanden, efter den senaste bedömningen. Risker hos "
            "enheten och alla enheter under den räknas."
        ),
    ),
}


def of_group(context: Context, rest: str, basis: tuple[Fact, ...]) -> FigurePage | None:
    """A staff group's figure: ``sick_leave.2024-04.1f0c55aa``; None for what is not there."""
    try:
        key, when, name_digest = rest.split(".")
        metric, month = metrics.lookup(key), Month.parse(when)
    except (ValueError, DomainError):
        return None
    scope = context.report.scope
    asked = () if key == "employees" else (key,)
    groups = context.figures.groups(scope, asked, month)
    found = next((group for group in groups if digest(group.name) == name_digest), None)
    if found is None:
        return None
    shown: Shown = found.values[0] if asked else found.employees
    certificate = context.figures.group_certificate(scope, key, month, found.name)
    made_of = None
    if certificate and shown.value is not None:
        made_of = MadeOf(shown.value, certificate.numerator, certificate.denominator)
    subject = Subject(
        place=Fact(_("Gäller"), context.report.name, note=context.report.unit_name),
        definition=context.say(context.report.form.definition(key)),
        basis=basis,
        window=None if asked else Window(month, month),
        group=found.name,
    )
    return stats.figure_page(metric, "total", month, made_of, subject)


def of_register(context: Context, name: str) -> FigurePage | None:
    """How many actions or risks a brief tells of; None for another register."""
    if name not in REGISTERS or context.report.form.kind != "brief":
        return None
    title, definition = REGISTERS[name]
    register = context.register
    count = len(register.overdue if name == "overdue_actions" else register.risks)
    return FigurePage(
        str(title),
        (
            Fact(_("Värde"), number(count)),
            Fact(_("Gäller"), context.report.unit_name),
            Fact(_("Så är det räknat"), str(definition)),
            Fact(_("Räknat den"), context.produced_on.isoformat()),
        ),
    )
