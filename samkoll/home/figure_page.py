"""The page of one published figure of a unit: definition, parts, snapshot and import."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Self

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.imports import queries as imports
from samkoll.org.models import Unit
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.cube import SEXES, Sex
from samkoll.stats.engine.hierarchy import Scope
from samkoll.stats.metrics import Metric
from samkoll.stats.queries import BoundFacts, Figure, FigurePage, MadeOf, Subject
from samkoll.web.tables import Fact


@dataclass(frozen=True, slots=True)
class Asked:
    """The figure that an address names."""

    metric: Metric
    sex: Sex
    month: Month

    @classmethod
    def parse(cls, metric: str, sex: str, month: str) -> Self | None:
        """From the parts of the address; None when one of them does not exist."""
        known = next((each for each in SEXES if each == sex), None)
        try:
            return cls(metrics.lookup(metric), known, Month.parse(month)) if known else None
        except DomainError:
            return None


def of(user: User, unit: Unit, asked: Asked, today: date) -> FigurePage | None:
    """The page of the figure as everybody sees it, also those who lead the unit.

    None where no month of the window has facts: such a figure does not exist.
    """
    facts = stats.current_facts()
    first = asked.month.index - asked.metric.terms.months + 1
    months = range(first, asked.month.index + 1)
    if not facts.months.intersection(months):
        return None
    figure = stats.figure(Scope(unit.pk), asked.metric, asked.sex, asked.month, facts)
    subject = Subject(
        place=Fact(_("Gäller"), unit.name, url=reverse("home:unit", args=[unit.code])),
        definition=stats.definition(asked.metric),
        basis=_basis(user, figure, facts, months, today),
    )
    return stats.figure_page(asked.metric, asked.sex, asked.month, _made_of(asked, figure), subject)


def _made_of(asked: Asked, figure: Figure) -> MadeOf | None:
    if figure.state == "protected" or figure.numerator is None:
        return None
    above, below = stats.parts(asked.metric, figure.numerator, figure.denominator)
    return MadeOf(figure.value, above, below)


def _basis(
    user: User, figure: Figure, facts: BoundFacts, months: range, today: date
) -> tuple[Fact, ...]:
    convention = ""
    if figure.metric.startswith("sick_leave"):
        convention = stats.convention_words(facts, months)
    return (
        Fact(_("Kort och lång sjukfrånvaro"), convention),
        Fact(_("Underlagets kontrollsumma"), ", ".join(figure.snapshots)),
        *batches(user, stats.batches_of(figure.snapshots, months), today),
        Fact(_("Ändrad för hand"), _("Nej. Beräknade siffror kan inte ändras.")),
    )


def batches(user: User, keys: Iterable[str], today: date) -> list[Fact]:
    """The imports that brought the facts, with links for those who may see imports."""
    known = [*keys]
    seen = imports.visible_to(user, today).filter(pk__in=[key for key in known if key.isdecimal()])
    names = {str(pk): name for pk, name in seen.values_list("pk", "file_name")}
    return [_batch(key, names.get(key, "")) for key in known]


def _batch(key: str, name: str) -> Fact:
    label = _("Inläst med import %(number)s") % {"number": key}
    if not name:
        return Fact(label, _("Importer ses av HR-strategen och administratören."))
    return Fact(label, name, url=reverse("imports:detail", args=[key]))
