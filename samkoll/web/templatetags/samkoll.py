"""Tags and filters of the kit. Loaded in every template without ``{% load %}``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django import forms, template
from django.core.paginator import Paginator
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils import formats, timezone
from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from samkoll.core import text
from samkoll.core.months import Month
from samkoll.web import cells, icons
from samkoll.web.lists import Filter
from samkoll.web.tables import Cell, Head, State, Table

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """``{% icon "warning" %}``: inline SVG, decorative; put a word beside it."""
    return icons.svg(name)


@register.simple_tag
def state(shown: State) -> SafeString:
    """``{% state row.state %}``: icon, word and colour."""
    return cells.state(shown)


@register.simple_tag
def cell(shown: Cell, head: Head | None = None) -> SafeString:
    """``{% cell name %}`` is the head of a row; ``{% cell due heads.1 %}`` any other cell of it."""
    return cells.cell(shown, head)


@register.simple_tag
def table_rows(table: Table) -> SafeString:
    """All rows of a table, for ``web/table.html``."""
    return cells.rows(table)


@register.simple_tag
def chips(of: Filter) -> SafeString:
    """The choices of a filter, for ``web/filters.html``."""
    return cells.chips(of)


@register.filter
def breakable(value: str) -> SafeString:
    """The line may break after a slash: two long words that it joins are wider than a phone."""
    return format_html_join(SafeString("/<wbr>"), "{}", ((part,) for part in str(value).split("/")))


@register.filter
def number(value: Decimal | int | None, decimals: int = 0) -> str:
    """Swedish digits; a dash when there is no value."""
    return text.MISSING if value is None else text.number(value, decimals)


@register.filter
def percent(value: Decimal | int | None, decimals: int = 1) -> str:
    """``7,6 %`` with a no-break space; a dash when there is no value."""
    return text.MISSING if value is None else f"{text.number(value, decimals)}\u00a0%"


@register.filter
def day(value: date | None) -> str:
    """``2024-03-31``, for tables and facts."""
    return text.MISSING if value is None else _local(value).strftime("%Y-%m-%d")


@register.filter
def moment(value: datetime | None) -> str:
    """``2024-03-31 14:05``, for histories."""
    return text.MISSING if value is None else _local(value).strftime("%Y-%m-%d %H:%M")


@register.filter
def long_day(value: date | None) -> str:
    """``31 mars 2024``, for running text."""
    return text.MISSING if value is None else formats.date_format(_local(value), "j F Y")


@register.filter
def week(value: date) -> str:
    """``v. 14``."""
    return _("v. %(week)d") % {"week": value.isocalendar().week}


@register.filter
def long_month(value: Month) -> str:
    """``mars 2024``."""
    return formats.date_format(value.first_day, "F Y")


@register.simple_tag
def widget(field: BoundField, help: str = "") -> SafeString:
    """A form field's control with the kit's class and its help and error attached for readers.

    ``aria-describedby`` names the help before the error, so that both are read.
    """
    described = [f"{field.auto_id}-help"] if help or field.help_text else []
    described += [f"{field.auto_id}-error"] if field.errors else []
    attributes: dict[str, Any] = {"class": f"ds-input {_extra_class(field)}".strip()}
    if described:
        attributes["aria-describedby"] = " ".join(described)
    if field.errors:
        attributes["aria-invalid"] = "true"
    return field.as_widget(attrs=attributes)


@register.filter
def is_group(field: BoundField) -> bool:
    """Whether a field is several controls under one legend (radios or checkboxes)."""
    return isinstance(field.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether a field is a single checkbox, whose label stands after it."""
    return isinstance(field.field.widget, forms.CheckboxInput)


@register.simple_block_tag
def card(content: str, heading: str = "", level: int = 2, url: str = "") -> SafeString:
    """``{% card heading=_("Sjukfrånvaro") %} … {% endcard %}``."""
    context = {"content": content, "heading": heading, "level": level, "url": url}
    return render_to_string("web/_card.html", context)


@register.simple_block_tag
def fold(content: str, summary: str, open: bool = False, narrow: bool = False) -> SafeString:
    """``{% fold summary=_("Så är siffran räknad") %} … {% endfold %}``, works without script.

    ``narrow``: folded on a phone only; a wide page shows the content and no summary.
    """
    context = {"content": content, "summary": summary, "open": open, "narrow": narrow}
    return render_to_string("web/_fold.html", context)


@register.simple_block_tag
def scroll(content: str, label: str) -> SafeString:
    """A region that scrolls sideways by itself, reachable by keyboard, for a wide table."""
    return render_to_string("web/_scroll.html", {"content": content, "label": label})


def _extra_class(field: BoundField) -> str:
    return "numeric" if isinstance(field.field, forms.DecimalField | forms.IntegerField) else ""


def _local(value: date) -> date:
    if isinstance(value, datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@register.filter
def in_use(filters: Sequence[Filter]) -> bool:
    """Whether any chip of the filters is on: only then is there something to clear."""
    return any(chip.on for row in filters for chip in row.chips)


@register.filter
def at(items: Sequence[Any], index: int) -> Any:
    """The item at an index; None past the end."""
    return items[index] if index < len(items) else None


@register.filter
def page_numbers(paginator: Paginator[Any], number: int) -> Iterator[int | str]:
    """Page numbers around ``number`` with an ellipsis where some are left out."""
    return paginator.get_elided_page_range(number, on_each_side=1, on_ends=1)
