"""The choices of the exploring page."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.core.months import Month
from samkoll.explore import exploring_address as at
from samkoll.explore.exploring import Exploration
from samkoll.explore.exploring_address import Address
from samkoll.explore.measures import SETS
from samkoll.explore.windows import FRAMES
from samkoll.org import queries as org
from samkoll.org.forms import UnitField
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.web.page import Words

AGAINST: dict[str, Words] = {
    "fjol": gettext_lazy("Ett år tidigare"),
    "kommunen": gettext_lazy("Hela kommunen"),
    "kommuner": gettext_lazy("Andra kommuner"),
    "inget": gettext_lazy("Inget"),
}


class PlaceField(UnitField):
    """A unit by typing; the page itself finds it, also one of another time."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.help_text = ""

    def clean(self, value: Any) -> Any:
        """As written."""
        return forms.CharField.clean(self, value)


class Choice(forms.ChoiceField):
    """A choice that the address has already been tried against."""

    def valid_value(self, value: Any) -> bool:
        """Whatever is here has been tried."""
        return True


class ExploreForm(forms.Form):
    """What to show. Its fields are the parts of the address."""

    matt = Choice(label=gettext_lazy("Mått"))
    enhet = PlaceField(label=gettext_lazy("Enhet, kod eller namn"), required=False)
    namnd = Choice(label=gettext_lazy("Nämnd"), required=False)
    fonster = Choice(label=gettext_lazy("Period"))
    manad = Choice(label=gettext_lazy("Till och med"), required=False)
    jamfor = Choice(label=gettext_lazy("Jämför med"))


def of(asked: Exploration) -> ExploreForm:
    """The choices that the page shows."""
    address, place = asked.address, asked.place
    unit = f"{place.unit.code} {place.unit.name}" if place.unit.parent_id else ""
    boards = place.boards.values()
    return _form(address, unit, boards, sorted(asked.reader.ends, reverse=True))


def wrong(address: Address) -> ExploreForm:
    """The choices as they were made, where something is wrong with them."""
    boards = org.current_boards().values_list("code", "name")
    months = sorted(map(Month, stats.current_facts().months), reverse=True)
    return _form(address, address.unit, boards, months)


def _form(
    address: Address, unit: str, boards: Iterable[tuple[str, str]], ends: Sequence[Month]
) -> ExploreForm:
    given = {at.WHAT: address.what, at.UNIT: unit, at.BOARD: address.board}
    given |= {at.FRAME: address.frame, at.MONTH: address.month, at.AGAINST: address.against}
    form = ExploreForm(given)
    latest = _("Senaste (%(month)s)") % {"month": ends[0]} if ends else _("Senaste")
    _choose(form, at.WHAT, measures())
    _choose(form, at.BOARD, [("", _("Alla nämnder")), *boards])
    _choose(form, at.FRAME, [*FRAMES.items()])
    _choose(form, at.MONTH, [("", latest), *((str(end), str(end)) for end in ends)])
    _choose(form, at.AGAINST, [*AGAINST.items()])
    form.fields[at.UNIT].widget.attrs["placeholder"] = _("Hela kommunen")
    return form


def measures() -> list[tuple[Words, list[tuple[str, Words]]]]:
    """Sets first, then every metric under its family."""
    found: list[tuple[Words, list[tuple[str, Words]]]] = [
        (_("Flera mått sida vid sida"), [(key, each.label) for key, each in SETS.items()])
    ]
    for family, words in stats.FAMILIES.items():
        of_family = [m for m in metrics.catalogue() if m.terms.family == family]
        found.append((words, [(metric.key, stats.title(metric)) for metric in of_family]))
    return found


def _choose(form: ExploreForm, name: str, choices: object) -> None:
    form.fields[name].choices = choices  # type: ignore[attr-defined]
