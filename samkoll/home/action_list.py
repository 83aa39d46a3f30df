"""The list of actions as its page shows it: chips, fields, heads and the fifty rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Page as Slice
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from samkoll.accounts.models import User
from samkoll.actions import queries as actions
from samkoll.actions.models import Action, Severity, Status
from samkoll.actions.registry import origins
from samkoll.core.text import number
from samkoll.home import action_filter
from samkoll.home.action_filter import ALL, Asked
from samkoll.home.action_rows import rows
from samkoll.org.models import Unit
from samkoll.risks import queries as risks
from samkoll.web import lists
from samkoll.web.lists import Chip, Filter
from samkoll.web.page import Words
from samkoll.web.tables import Column, Kind, Table

COLUMNS = (
    Column(gettext_lazy("Åtgärd"), key=action_filter.TITLE),
    Column(gettext_lazy("Risknivå"), Kind.STATE, action_filter.LEVEL),
    Column(gettext_lazy("Enhet"), key=action_filter.UNIT),
    Column(gettext_lazy("Ansvarig"), key=action_filter.WHO),
    Column(gettext_lazy("Klar senast"), Kind.DATE, action_filter.DUE),
    Column(gettext_lazy("Status"), Kind.STATE, action_filter.STATUS),
)
ORDER_WORDS = (
    (action_filter.DUE, gettext_lazy("Klar senast, äldst först")),
    (f"-{action_filter.DUE}", gettext_lazy("Klar senast, nyast först")),
    (f"-{action_filter.LEVEL}", gettext_lazy("Risknivå, högst först")),
    (action_filter.STATUS, gettext_lazy("Status")),
    (action_filter.UNIT, gettext_lazy("Enhet")),
    (action_filter.WHO, gettext_lazy("Ansvarig")),
    (action_filter.TITLE, gettext_lazy("Åtgärd")),
)
FORMATS = ("xlsx", "csv", "docx", "pdf")
YEARS = 4
"""How many report years back one may ask for what was reported onward."""
MARKED = "markera"
"""In the address: all rows of the page are chosen, for those without a script to do it."""
FIELDS = ("q", "ansvarig", lists.SORT)


@dataclass(frozen=True, slots=True)
class Choice:
    """What a request wants to see: whose list, of which unit, narrowed how and in what order."""

    user: User
    unit: Unit | None
    query: QueryDict
    asked: Asked
    sort: lists.Sort
    today: date

    @classmethod
    def of(cls, user: User, unit: Unit | None, query: QueryDict, today: date) -> Choice:
        """What the address asks for."""
        asked = Asked.of(query)
        return cls(user, unit, query, asked, action_filter.sort_of(query, asked), today)

    def found(self) -> QuerySet[Action]:
        """Every action that is asked for and that the user may see, in order."""
        visible = actions.visible_to(self.user, self.today)
        narrowed = action_filter.narrowed(
            visible, self.asked, user=self.user, unit=self.unit, today=self.today
        )
        return action_filter.in_order(narrowed, self.sort, self.asked)

    def url(self) -> str:
        """The list's address without filters."""
        return list_url(self.unit)


@dataclass(frozen=True, slots=True)
class ActionList:
    """One page of the list. ``page``: its place among all; ``more_open``: a rare filter is on."""

    page: Slice[Any]
    table: Table
    count: str
    filters: tuple[Filter, ...]
    more: tuple[Filter, ...]
    more_open: bool
    form: FieldForm
    hidden: tuple[tuple[str, str], ...]
    exports: tuple[tuple[str, str], ...]


def list_url(unit: Unit | None) -> str:
    """The address of the list of a unit, or of everything that one may see."""
    return reverse("home:unit_actions", args=[unit.code]) if unit else reverse("home:actions")


def read(choice: Choice, *, choosable: bool) -> ActionList:
    """The page of the list that is asked for: how many, which ones, and what the rows need.

    ``choosable``: the rows can be chosen for a change of many.
    """
    found = choice.found().values_list("pk", flat=True)
    page = Paginator(found, lists.ROWS).get_page(choice.query.get(lists.PAGE))
    marked = MARKED in choice.query
    shown = rows([*page], today=choice.today, choosable=choosable, marked=marked)
    heads = lists.heads(choice.query, COLUMNS, choice.sort)
    more = tuple(_rare_filters(choice))
    return ActionList(
        page=page,
        table=Table(_("Åtgärder"), heads, shown, caption_hidden=True),
        count=_count(page.paginator.count, choice.asked),
        filters=tuple(_filters(choice)),
        more=more,
        more_open=any(chip.on for row in more for chip in row.chips),
        form=field_form(choice),
        hidden=hidden(choice.query, FIELDS),
        exports=tuple((form.upper(), _changed(choice.query, form)) for form in FORMATS),
    )


class FieldForm(forms.Form):
    """The filters that are typed, and the order for those who see no table heads."""

    q = forms.CharField(label=gettext_lazy("Sök i åtgärderna"), required=False)
    ansvarig = forms.CharField(label=gettext_lazy("Ansvarig"), required=False)
    ordning = forms.ChoiceField(label=gettext_lazy("Ordning"), required=False)


def field_form(choice: Choice) -> FieldForm:
    """The fields as the address fills them."""
    asked = choice.asked
    form = FieldForm(
        initial={"q": asked.text, "ansvarig": asked.responsible, "ordning": choice.sort.word}
    )
    words: list[tuple[str, Words]] = [*ORDER_WORDS]
    if asked.text:
        words.append((action_filter.HITS, _("Bäst träff först")))
    if choice.sort.word not in dict(words):
        words.append((choice.sort.word, _("Som tabellens rubriker visar")))
    form.fields["ordning"].choices = words  # type: ignore[attr-defined]
    form.fields["ansvarig"].widget.attrs["placeholder"] = _("Namn eller roll")
    return form


def hidden(query: QueryDict, left_out: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """The rest of the address, which a form of its own must carry on. The page starts over."""
    names = [name for name in query if name not in (*left_out, lists.PAGE)]
    return tuple((name, value) for name in names for value in query.getlist(name))


def _count(count: int, asked: Asked) -> str:
    said = ngettext("%(count)s åtgärd", "%(count)s åtgärder", count) % {"count": number(count)}
    if asked.status:
        return said
    return _("%(count)s som inte är avslutade") % {"count": said}


def _filters(choice: Choice) -> Iterator[Filter]:
    query = choice.query
    if choice.unit is not None:
        yield _unit_filter(choice, choice.unit)
    flags: tuple[tuple[str, Words], ...] = (
        ("mina", _("Mina")),
        ("forsenad", _("Försenade")),
        ("uppfoljning", _("Att följa upp nu")),
        ("lyft", _("Lyfta, väntar på svar")),
    )
    chips = (lists.filter_of(query, name, "", [("1", word)]).chips for name, word in flags)
    yield Filter(_("Visa bara"), tuple(chip for several in chips for chip in several))
    yield lists.filter_of(query, "status", _("Status"), [*Status.choices, (ALL, _("Alla"))])


def _unit_filter(choice: Choice, unit: Unit) -> Filter:
    kept = choice.query.copy()
    kept.pop(lists.PAGE, None)
    rest = f"?{kept.urlencode()}" if kept else ""
    return Filter(
        _("Enhet"),
        (
            Chip(
                _("%(unit)s med enheter under") % {"unit": unit.name}, list_url(unit) + rest, True
            ),
            Chip(_("Alla som du får se"), list_url(None) + rest, False),
        ),
    )


def _rare_filters(choice: Choice) -> Iterator[Filter]:
    query, today = choice.query, choice.today
    bands = [(str(value), label) for value, label in reversed(Severity.choices)]
    yield lists.filter_of(query, "band", _("Risknivå"), bands)
    yield lists.filter_of(query, "omrade", _("Riskens område"), risks.areas().items())
    yield lists.filter_of(query, "kalla", _("Riskens källa"), risks.sources().items())
    known = [(origin.code, origin.label) for origin in origins.known.values()]
    yield lists.filter_of(query, "ursprung", _("Åtgärdens ursprung"), known)
    years = {*range(today.year, today.year - YEARS, -1), *choice.asked.reported}
    words = [(str(year), str(year)) for year in sorted(years, reverse=True)]
    yield lists.filter_of(query, "vidare", _("Rapporterad vidare"), words)


def _changed(query: QueryDict, form: str) -> str:
    """The address of what is shown, all pages, as a file."""
    kept = query.copy()
    kept.pop(lists.PAGE, None)
    kept["format"] = form
    return f"?{kept.urlencode()}"


def in_words(choice: Choice) -> str:
    """What is listed, as a sentence's worth of words for a document."""
    asked = choice.asked
    rows = (*_filters(choice), *_rare_filters(choice))
    chosen = [(row.label, [str(chip.label) for chip in row.chips if chip.on]) for row in rows]
    said = [f"{label}: {', '.join(labels)}" for label, labels in chosen if labels]
    if asked.responsible:
        said.append(_("Ansvarig: %(text)s") % {"text": asked.responsible})
    if asked.text:
        said.append(_("Sökning: %(text)s") % {"text": asked.text})
    if not asked.status:
        said.append(_("utan avslutade"))
    return "; ".join(said)
