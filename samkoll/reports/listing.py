"""The list of reports as shown: boards by year, the years to choose among, and the same as rows."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from samkoll.reports.queries import ListedBoard, ListedReport
from samkoll.web import export
from samkoll.web.lists import Chip, Filter
from samkoll.web.tables import Cell, Head, Kind, Row, Table


def matrix(rows: Sequence[ListedBoard], years: Sequence[int]) -> Table:
    """Boards by year: each cell leads to its report and says how far it is."""
    heads = (Head(_("Nämnd")), *(Head(str(year), Kind.STATE) for year in years))
    shown = tuple(
        Row(
            (
                Cell(row.name, note=row.administration),
                *(_listed(row.name, row.reports.get(year)) for year in years),
            )
        )
        for row in rows
        if any(year in row.reports for year in years)
    )
    caption = _("Arbetsmiljörapporter per nämnd och år")
    return Table(caption, heads, shown, caption_hidden=True)


def _listed(name: str, report: ListedReport | None) -> Cell:
    if report is None:
        return Cell("–")
    note = ""
    if report.asked:
        note = _("%(done)s av %(all)s frågor besvarade") % {
            "done": report.answered,
            "all": report.asked,
        }
    url = reverse("reports:read", args=[report.pk])
    return Cell(report.status, url=url, note=note, about=f"{name} {report.year}")


def table(rows: Sequence[ListedBoard], years: Sequence[int]) -> Table:
    """The same reports with a row each, for a file."""
    texts = (_("År"), _("Nämnd"), _("Förvaltning"), _("Status"), _("Diarienummer"))
    numbers = (_("Besvarade frågor"), _("Frågor"))
    heads = (
        *map(Head, texts),
        *(Head(label, Kind.NUMBER) for label in numbers),
        Head(_("Underlag uttaget"), Kind.DATE),
    )
    shown = [
        _exported(row, row.reports[year]) for year in years for row in rows if year in row.reports
    ]
    return Table(_("Arbetsmiljörapporter per nämnd och år"), heads, tuple(shown))


def _exported(row: ListedBoard, report: ListedReport) -> Row:
    texts = (str(report.year), row.name, row.administration, report.status, report.diary_number)
    asked = (str(report.answered), str(report.asked)) if report.asked else ("", "")
    day = str(report.extracted or "")
    return Row(tuple(Cell(text) for text in (*texts, *asked, day)))


def filters(years: Sequence[int], chosen: int | None) -> tuple[Filter, ...]:
    """The years as chips; none when there is only one."""
    if len(years) < 2:
        return ()
    here = reverse("reports:index")
    chips = tuple(
        Chip(str(year), here if year == chosen else f"{here}?ar={year}", on=year == chosen)
        for year in years
    )
    return (Filter(_("År"), chips),)


def exports(chosen: int | None) -> list[tuple[str, str]]:
    """Label and address of what is shown as a file, by format."""
    year = f"&ar={chosen}" if chosen else ""
    return [(form.upper(), f"?format={form}{year}") for form in export.FORMATS]
