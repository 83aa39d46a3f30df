"""The page of statistics sheets: the list, and how the last run went."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.core.months import Month
from samkoll.explore.sheets import title_of
from samkoll.explore.sheets_making import FORMATS
from samkoll.explore.sheets_models import Sheet, SheetRun
from samkoll.web.tables import Cell, Head, Kind, Row, Table


def table(rows: Iterable[Sheet], *, everybody: bool) -> Table:
    """One row a sheet with a link for each format; ``everybody``: with whose it is."""
    heads = [Head(_("Period")), Head(_("Enheter"))]
    if everybody:
        heads.append(Head(_("Chef")))
    heads += [Head(_("Arbetsbok")), Head(_("Att skriva ut")), Head(_("Skapad"), Kind.DATE)]
    body = tuple(_row(sheet, everybody=everybody) for sheet in rows)
    return Table(_("Statistikblad"), tuple(heads), body, caption_hidden=True)


def _row(sheet: Sheet, *, everybody: bool) -> Row:
    month = Month(sheet.month)
    title = title_of(month)
    cells = [Cell(title, note=f"R12 {month}"), Cell(sheet.units)]
    if everybody:
        cells.append(Cell(sheet.person.name))
    url = reverse("explore:sheet_file", args=[sheet.pk])
    about = f"{title}, {sheet.units}"
    cells += [Cell(form.upper(), url=f"{url}?format={form}", about=about) for form in FORMATS]
    cells.append(Cell(timezone.localdate(sheet.made_at).isoformat()))
    return Row(tuple(cells))


def last_run(run: SheetRun | None) -> str:
    """How the last run went, in one sentence; empty before the first."""
    if run is None:
        return ""
    said = {
        "title": title_of(Month(run.month)),
        "made": run.made,
        "wanted": run.wanted,
        "when": f"{timezone.localtime(run.started_at):%Y-%m-%d %H.%M}",
        "mailed": run.mailed,
    }
    if not run.finished:
        return _("%(title)s: %(made)d av %(wanted)d blad gjorda sedan %(when)s.") % said
    return _("%(title)s: %(made)d blad gjorda %(when)s, %(mailed)d brev skickade.") % said
