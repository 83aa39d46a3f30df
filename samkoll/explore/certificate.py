"""The birth certificate of a figure that was explored: whose, what, which months, made of what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Self
from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.core.errors import DomainError
from samkoll.core.months import Month
from samkoll.core.text import number
from samkoll.explore import exploring_address as at
from samkoll.explore import exploring_place as places
from samkoll.explore import groups
from samkoll.explore.exploring_place import Place
from samkoll.explore.exploring_reader import Reader, Whose
from samkoll.explore.registry import certificates
from samkoll.explore.windows import Frame
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.engine.counting import rows_counted
from samkoll.stats.engine.cube import SEXES
from samkoll.stats.metrics import Metric
from samkoll.stats.queries import BoundFacts, Figure, FigurePage, MadeOf, Subject
from samkoll.web.tables import Fact

SEX, GROUP = "kon", "grupp"


@dataclass(frozen=True, slots=True)
class Asked:
    """The figure that an address names; all its parts exist."""

    place: Place
    metric: Metric
    whose: Whose
    frame: Frame
    month: Month

    @classmethod
    def of(cls, query: QueryDict) -> Self | None:
        """From the address; None when a part of it does not exist."""
        sex = query.get(SEX, "total")
        try:
            place = places.find(query.get(at.UNIT, ""), query.get(at.BOARD, ""))
            metric = metrics.lookup(query.get(at.WHAT, ""))
            month = Month.parse(query.get(at.MONTH, ""))
        except DomainError:
            return None
        group = groups.parse(query.get(GROUP, ""))
        if sex not in SEXES or (query.get(GROUP) and group is None):
            return None
        whose = Whose(place.scope, sex, group)
        return cls(place, metric, whose, at.Address.of(query).frame, month)


def query(place: Mapping[str, str], whose: Whose, metric: str, frame: Frame, month: Month) -> str:
    """The figure as the part of an address after the question mark. ``place``: its codes."""
    parts = {**place, at.WHAT: metric, at.MONTH: str(month)}
    if frame != "r12":
        parts[at.FRAME] = frame
    if whose.sex != "total":
        parts[SEX] = whose.sex
    if whose.group:
        parts[GROUP] = groups.word(whose.group)
    return urlencode(parts)


def of(user: User, asked: Asked, facts: BoundFacts, today: date) -> FigurePage | None:
    """The page of the figure as everybody sees it, also those who lead the unit.

    None where no month of the window has facts: such a figure does not exist.
    """
    reader = Reader(facts, asked.frame, asked.month, ())
    figure = reader.figure(asked.whose, asked.metric.key)
    months = range(figure.window.first.index, figure.window.last.index + 1)
    if not facts.months.intersection(months):
        return None
    subject = Subject(
        place=Fact(_("Gäller"), asked.place.name, url=_explore(asked)),
        definition=stats.definition(asked.metric),
        basis=_basis(user, asked, figure, facts, today),
        window=figure.window,
        group=stats.group_label(asked.whose.group) if asked.whose.group else "",
    )
    made_of = _made_of(asked, figure)
    return stats.figure_page(asked.metric, asked.whose.sex, asked.month, made_of, subject)


def _explore(asked: Asked) -> str:
    """The page where the figure stands."""
    address = at.Address(
        unit=asked.place.unit.code if asked.place.unit.parent_id else "",
        board=asked.place.board.code if asked.place.board else "",
        what=asked.metric.key,
        frame=asked.frame,
        month=str(asked.month),
    )
    return reverse("explore:explore") + address.url()


def _made_of(asked: Asked, figure: Figure) -> MadeOf | None:
    if figure.state == "protected" or figure.numerator is None:
        return None
    above, below = stats.parts(
        asked.metric, figure.numerator, figure.denominator, len(figure.window)
    )
    return MadeOf(figure.value, above, below)


def _basis(
    user: User, asked: Asked, figure: Figure, facts: BoundFacts, today: date
) -> tuple[Fact, ...]:
    months = range(figure.window.first.index, figure.window.last.index + 1)
    convention = ""
    if figure.metric.startswith("sick_leave"):
        convention = stats.convention_words(facts, months)
    keys = stats.batches_of(figure.snapshots, months)
    return (
        Fact(_("Kort och lång sjukfrånvaro"), convention),
        Fact(_("Rader som räknats"), _rows(asked, figure, facts)),
        Fact(_("Underlagets kontrollsumma"), ", ".join(figure.snapshots)),
        *certificates.sources(user, keys, today),
        Fact(_("Ändrad för hand"), _("Nej. Beräknade siffror kan inte ändras.")),
    )


def _rows(asked: Asked, figure: Figure, facts: BoundFacts) -> str:
    """How many rows of the facts; one is a person in a unit and month."""
    if figure.state not in ("shown", "empty"):
        return ""
    cube, whose = facts.statistics.cube, asked.whose
    found = rows_counted(facts, cube, whose.scope, whose.sex, figure.window, whose.group)
    return _("%(count)s (en per person, enhet och månad)") % {"count": number(found)}
