"""The comparison in sentences, tables and a chart."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.core.text import MISSING, number
from samkoll.explore.comparison import ALL, Comparison, Reference
from samkoll.explore.comparison_own import Ours
from samkoll.opendata.queries import Place, Spread
from samkoll.stats.charts import Chart, Point, Series
from samkoll.web.tables import Cell, Fact, Head, Kind, Row, Table

SOURCE = "Kolada"


def sentence(shown: Comparison) -> str:
    """The main thing: our value, and the unweighted mean of all municipalities."""
    year = {"year": shown.asked.year, "name": shown.name}
    everybody = shown.references[0].now
    if shown.our_value is None:
        first = _("%(name)s har inget publicerat värde för %(year)d.") % year
    else:
        said = {"value": _value(shown.our_value, shown)} | year
        first = _("%(name)s hade %(value)s %(year)d.") % said
    if everybody.mean is None:
        return first
    second = _("Medelvärdet för alla kommuner (ovägt) var %(mean)s.")
    return f"{first} {second % {'mean': _value(everybody.mean, shown)}}"


def place_sentence(shown: Comparison) -> str:
    """Where we lie among all municipalities, as an interval; empty when it cannot be said."""
    quartiles = shown.references[0].now.quartiles
    if quartiles is None or shown.our_value is None:
        return ""
    where = place_words()[quartiles.place(shown.our_value)]
    said = {"name": shown.name, "where": where, "known": shown.references[0].now.known}
    return _("%(name)s ligger %(where)s, av %(known)d kommuner med värde.") % said


def place_words() -> dict[Place, str]:
    """The four intervals."""
    return {
        Place.LOWEST: _("bland den fjärdedel som har lägst värde"),
        Place.LOWER_MIDDLE: _("i den mittersta halvan, på medianen eller under"),
        Place.UPPER_MIDDLE: _("i den mittersta halvan, över medianen"),
        Place.HIGHEST: _("bland den fjärdedel som har högst värde"),
    }


def chart(shown: Comparison) -> Chart:
    """Bars: us and the unweighted means, this year and the year before."""
    year = shown.asked.year
    labels = [shown.name, *(_short(each) for each in shown.references)]
    now = [shown.our_value, *(each.now.mean for each in shown.references)]
    before = [shown.ours.get(year - 1), *(each.before.mean for each in shown.references)]
    series = [Series(str(year), _points(labels, now), "now")]
    if any(value is not None for value in before):
        series.append(Series(str(year - 1), _points(labels, before), "before"))
    said = ", ".join(
        f"{label} {MISSING if value is None else number(value, shown.kpi.decimals)}"
        for label, value in zip(labels, now, strict=True)
    )
    alt = _("%(title)s %(year)d: %(said)s.") % {
        "title": shown.title,
        "year": year,
        "said": said,
    }
    unit = shown.kpi.unit or _("index")
    return Chart("bars", shown.title, alt, unit, tuple(series), shown.kpi.decimals)


def table(shown: Comparison) -> Table:
    """Us and everybody that we are compared with; weighted and unweighted means on rows apart."""
    year = shown.asked.year
    heads = _heads(
        _("Jämfört med"), str(year), str(year - 1), _("Vår skillnad %(year)d") % {"year": year}
    )
    ours = _row(shown, shown.name, shown.our_value, shown.ours.get(year - 1), strong=True)
    rows = [ours, *(row for each in shown.references for row in _reference(shown, each))]
    if shown.country:
        label = _("Riket, så som Kolada redovisar det")
        rows.append(_row(shown, label, shown.country.get(year), shown.country.get(year - 1)))
    return Table(_title(shown), heads, tuple(rows), caption_hidden=True)


def _reference(shown: Comparison, each: Reference) -> Iterable[Row]:
    label = _("%(group)s, ovägt medelvärde") % {"group": each.label}
    yield _row(shown, label, each.now.mean, each.before.mean, note=_known(each.now))
    if not shown.kpi.weight:
        return
    label = _("%(group)s, vägt medelvärde") % {"group": each.label}
    note = _("vägt efter %(weight)s") % {"weight": shown.kpi.weight}
    if each.now.unweighed:
        lacking = {"count": each.now.unweighed}
        note = _("visas inte: vikt saknas för %(count)d av kommunerna") % lacking
    yield _row(shown, label, each.now.weighted, each.before.weighted, note=note)


def _known(found: Spread) -> str:
    said = {"known": found.known, "members": found.members}
    return _("%(known)d av %(members)d kommuner har värde") % said


def _row(
    shown: Comparison,
    label: str,
    now: Decimal | None,
    before: Decimal | None,
    *,
    note: str = "",
    strong: bool = False,
) -> Row:
    gap = None
    if not strong and now is not None and shown.our_value is not None:
        gap = shown.our_value - now
    cells = (
        Cell(label, note=note),
        Cell(_text(now, shown)),
        Cell(_text(before, shown)),
        Cell("" if strong else MISSING if gap is None else _signed(gap, shown.kpi.decimals)),
    )
    return Row(cells, strong=strong)


def spread_table(shown: Comparison) -> Table:
    """How the values lie: quartiles, and our interval; no list of who is where."""
    heads = (
        *_heads(_("Kommuner"), _("Nedre kvartil"), _("Median"), _("Övre kvartil")),
        Head(_("Var vi ligger")),
    )
    rows = []
    for each in shown.references:
        quartiles = each.now.quartiles
        values: tuple[Decimal | None, ...] = (None, None, None)
        if quartiles is None:
            where = _("för få kommuner med värde (färre än sju)")
        else:
            values = (quartiles.lower, quartiles.median, quartiles.upper)
            ours = shown.our_value
            where = MISSING if ours is None else place_words()[quartiles.place(ours)]
        cells = (Cell(_text(value, shown)) for value in values)
        rows.append(Row((Cell(each.label, note=_known(each.now)), *cells, Cell(where))))
    caption = _("Spridning %(year)d") % {"year": shown.asked.year}
    return Table(caption, heads, tuple(rows), caption_hidden=True)


def years_table(shown: Comparison) -> Table:
    """Us and the unweighted mean of all municipalities, year by year, newest first."""
    heads = _heads(_("År"), shown.name, _("Alla kommuner, ovägt"), _("Skillnad"))
    rows = []
    for year in shown.choices.years:
        ours, mean = shown.ours.get(year), shown.means.get(year)
        gap = None if ours is None or mean is None else ours - mean
        gap_text = MISSING if gap is None else _signed(gap, shown.kpi.decimals)
        cells = (
            Cell(str(year)),
            Cell(_text(ours, shown)),
            Cell(_text(mean, shown)),
            Cell(gap_text),
        )
        rows.append(Row(cells, strong=year == shown.asked.year))
    return Table(_("År för år"), heads, tuple(rows), caption_hidden=True)


def own_table(shown: Comparison, ours: Ours) -> Table:
    """The published figure, ours of the same year, their difference, and our newest."""
    year = shown.asked.year
    points = _("procentenheter") if shown.kpi.unit == "%" else shown.kpi.unit
    gap = MISSING if ours.gap is None else _signed(ours.gap, shown.kpi.decimals)
    rows = (
        (_("Publicerad i Kolada %(year)d") % {"year": year}, _text(shown.our_value, shown), ""),
        (_("Vår egen beräkning %(year)d") % {"year": year}, ours.year.text, str(ours.year.window)),
        (_("Skillnad"), gap, points),
        (_("Vår senaste"), ours.newest.text, _("%(window)s, en annan period")
            % {"window": ours.newest.window}),
    )  # fmt: skip
    cells = (Row((Cell(label, note=note), Cell(text))) for label, text, note in rows)
    heads = _heads(_("Siffra"), shown.kpi.unit or _("Värde"))
    return Table(_("Vår egen siffra och den publicerade"), heads, tuple(cells), caption_hidden=True)


def revisions_table(shown: Comparison) -> Table:
    """Our values that Kolada has changed afterwards: then and now."""
    heads = (
        *_heads(_("År och kön"), _("Då"), _("Nu")),
        Head(_("Hämtad då"), Kind.DATE),
        Head(_("Hämtad nu"), Kind.DATE),
    )
    rows = tuple(
        Row(
            (
                Cell(f"{each.year} {sex_words()[each.sex]}"),
                Cell(_text(each.before, shown)),
                Cell(_text(each.after, shown)),
                Cell(timezone.localdate(each.fetched_before).isoformat()),
                Cell(timezone.localdate(each.fetched_after).isoformat()),
            )
        )
        for each in shown.revisions
    )
    return Table(_("Ändrat i efterhand"), heads, rows, caption_hidden=True)


def how(shown: Comparison) -> tuple[Fact, ...]:
    """Source, key figure, means and quartiles, in words."""
    fetched = timezone.localdate(shown.loaded.fetched_at).isoformat() if shown.loaded else ""
    origin = shown.loaded.origin if shown.loaded else ""
    facts = (
        Fact(_("Källa"), SOURCE),
        Fact(_("Nyckeltal"), f"{shown.kpi.code} {shown.title}"),
        Fact(_("Samkoll läser det som"), shown.kpi.about),
        Fact(_("Uppgifterna hämtade"), f"{fetched}, {origin}".strip(", ")),
        Fact(
            _("Ovägt medelvärde"),
            _("Varje kommun räknas lika, stor som liten. Samkoll har räknat."),
        ),
        Fact(_("Vägt medelvärde"), _weighting(shown)),
        Fact(
            _("Kvartiler"),
            _(
                "En fjärdedel av kommunerna har lägre värde än den nedre kvartilen, en fjärdedel "
                "högre än den övre. Räknas från sju kommuner. Någon ranglista görs inte: små "
                "skillnader mellan kommuner är ofta slump."
            ),
        ),
    )
    return tuple(fact for fact in facts if fact.text)


def _weighting(shown: Comparison) -> str:
    if not shown.kpi.weight:
        return _("Visas inte: det finns inget nyckeltal att väga med.")
    return _(
        "Varje kommun räknas efter sitt antal månadsavlönade (%(weight)s), det närmaste måttet på "
        "arbetad tid som Kolada har. Visas bara när alla kommuner i gruppen har båda värdena."
    ) % {"weight": shown.kpi.weight}


def sex_words() -> dict[str, str]:
    """Kolada's letters in words."""
    return {"T": _("Totalt"), "K": _("Kvinnor"), "M": _("Män")}


def _title(shown: Comparison) -> str:
    said = {"title": shown.title, "year": shown.asked.year}
    return _("%(title)s %(year)d. Källa: Kolada") % said


def _short(each: Reference) -> str:
    """The group's name without what follows the first comma; charts are narrow."""
    return _("Alla kommuner") if each.code == ALL else each.label.split(",")[0]


def _points(labels: Iterable[str], values: Iterable[Decimal | None]) -> tuple[Point, ...]:
    return tuple(Point(*pair) for pair in zip(labels, values, strict=True))


def _heads(first: str, *numbers: str) -> tuple[Head, ...]:
    return (Head(first), *(Head(label, Kind.NUMBER) for label in numbers))


def _text(value: Decimal | None, shown: Comparison) -> str:
    return MISSING if value is None else number(value, shown.kpi.decimals)


def _value(value: Decimal, shown: Comparison) -> str:
    text, unit = number(value, shown.kpi.decimals), shown.kpi.unit
    return f"{text}\u00a0{unit}" if unit else text


def _signed(value: Decimal, decimals: int) -> str:
    """``+0,3``, ``−0,3`` or ``0,0``."""
    return f"+{number(value, decimals)}" if value > 0 else number(value, decimals)
