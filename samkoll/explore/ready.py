"""Views that are often asked for, ready to open: addresses of the exploring page with names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.explore.exploring_address import Address
from samkoll.stats.queries import BoundFacts
from samkoll.web.registry import UnitContext


@dataclass(frozen=True, slots=True)
class View:
    """One ready view: its name, one sentence, where it stands."""

    label: str
    text: str
    url: str


def views(facts: BoundFacts, unit: UnitContext | None) -> tuple[View, ...]:
    """The ready views, that of the unit of the top bar first; none before there are facts."""
    return tuple(_views(facts, unit)) if facts.months else ()


def _views(facts: BoundFacts, unit: UnitContext | None) -> Iterator[View]:
    if unit and unit.above:
        text = _("Enhetens sjukfrånvaro bredvid hela kommunens.")
        mine = Address(unit=unit.code, against="kommunen")
        yield _view(_("Sjukfrånvaron i %(unit)s") % {"unit": unit.name}, text, mine)
    yield _view(
        _("Lagens sju nyckeltal"),
        _("Sjukfrånvaron som kommunens årsredovisning ska visa den: kön, ålder och 60 dagar."),
        Address(what="lagen", frame="ar", month=_last_december(facts)),
    )
    yield _view(
        _("Personalgrupper med högst sjukfrånvaro"),
        _("Antal anställda, total, kort och lång sjukfrånvaro. Små grupper är skyddade."),
        Address(what="personalgrupper", by="personalgrupp", order="-sick_leave"),
    )
    yield _view(
        _("Sjukfrånvaro per nämnd"),
        _("Tolv månader, med ett år tidigare bredvid."),
        Address(by="namnder"),
    )
    yield _view(
        _("Kort och lång sjukfrånvaro per förvaltning"),
        _("Dag 1–14 och dagarna därefter var för sig."),
        Address(what="sjukfranvaro", by="enheter"),
    )
    yield _view(
        _("Personalomsättning per nämnd"),
        _("Tillsvidareanställda som lämnade kommunen, pension inräknad."),
        Address(what="turnover", by="namnder"),
    )
    yield _view(
        _("Mertid och övertid per förvaltning"),
        _("Timmar på tolv månader, var för sig och tillsammans."),
        Address(what="timmar", by="enheter"),
    )


def _view(label: str, text: str, address: Address) -> View:
    return View(label, text, reverse("explore:explore") + address.url())


def _last_december(facts: BoundFacts) -> str:
    """The end of the last whole year with facts; empty (the latest month) before there is one."""
    ends = (Month(index) for index in sorted(facts.months, reverse=True) if index % 12 == 11)
    whole = (end for end in ends if facts.months.issuperset(range(end.index - 11, end.index)))
    return str(next(whole, ""))
