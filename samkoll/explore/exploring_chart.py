"""The curves of the exploring page: which ones, as a picture, and what they show in words."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from samkoll.core.text import listing, number
from samkoll.explore import windows, words
from samkoll.explore.exploring_address import Address
from samkoll.explore.exploring_lines import Line
from samkoll.explore.exploring_reader import Reader
from samkoll.explore.exploring_tables import Curve
from samkoll.explore.measures import short_title
from samkoll.stats import metrics
from samkoll.stats import queries as stats
from samkoll.stats.charts import Chart, Point, Role, Series
from samkoll.stats.metrics import difference

SEVERAL: tuple[Role, ...] = ("total", "first", "second", "third")
"""The looks of lines that are drawn beside each other."""
MOST_BARS = 12
FEW = 3
"""Lines of a breakdown beside the total that can still be told apart in one picture."""


def curves(lines: Sequence[Line], measures: Sequence[str], address: Address) -> tuple[Curve, ...]:
    """The place's own curve, with those of the other metrics or of a breakdown into few.

    Beside the municipality: one more curve, where nothing else is broken down.
    """
    own, rest = lines[0], lines[1:]
    if len(measures) > 1:
        return tuple(Curve(short_title(metric), own, metric) for metric in measures)
    metric = own.metric or measures[0]
    total = Curve(_("Totalt") if rest else own.name, own, metric)
    if 0 < len(rest) <= FEW and address.by not in ("enheter", "namnder"):
        return (total, *(Curve(line.name, line, metric) for line in rest))
    if address.against == "kommunen" and own.whole != own.whose:
        whole = Line(_("Hela kommunen"), own.whole, own.whole)
        return (Curve(own.name, own, metric), Curve(whole.name, whole, metric))
    return (total,)


def chart(found: Sequence[Curve], reader: Reader, caption: str) -> Chart | None:
    """The curves as a picture; None with fewer than two values to draw."""
    series = tuple(_series(curve, n, reader) for n, curve in enumerate(found))
    if all(sum(point.value is not None for point in each.points) < 2 for each in series):
        return None
    metric = metrics.lookup(found[0].metric)
    alt = f"{caption}: {listing(filter(None, map(_journey, found, series)))}."
    return Chart("lines", caption, alt, metric.terms.unit, series, metric.terms.decimals)


def _series(curve: Curve, number_: int, reader: Reader) -> Series:
    role: Role = {"women": "women", "men": "men"}.get(curve.line.whose.sex) or SEVERAL[number_]  # type: ignore[assignment]
    points = (
        Point(str(month), reader.figure(curve.line.whose, curve.metric, month).value)
        for month in reader.series
    )
    return Series(curve.name, tuple(points), role)


def _journey(curve: Curve, series: Series) -> str:
    """From where to where a curve goes."""
    known = [(point.label, point.value) for point in series.points if point.value is not None]
    if not known:
        return ""
    (first, start), (last, end) = known[0], known[-1]
    decimals = metrics.lookup(curve.metric).terms.decimals
    said = {"name": series.name, "start": number(start, decimals), "first": first}
    said |= {"end": number(end, decimals), "last": last}
    return _("%(name)s från %(start)s (%(first)s) till %(end)s (%(last)s)") % said


def sentence(own: Line, metric: str, place: str, reader: Reader) -> str:
    """The main thing: the place's own figure, and how it has moved in a year."""
    key = own.metric or metric
    now = reader.figure(own.whose, key)
    then = reader.figure(own.whose, key, reader.month - windows.YEAR)
    said = {
        "what": stats.title(metrics.lookup(key)),
        "place": place,
        "value": words.with_unit(now),
        "window": windows.words(reader.frame, reader.month),
    }
    if now.value is None:
        return _("%(what)s, %(place)s: det finns ingen siffra att visa (%(window)s).") % said
    start = _("%(what)s, %(place)s: %(value)s (%(window)s)") % said
    return f"{start}{_moved(difference(now.value, then.value), words.points(key), now.decimals)}."


def _moved(gap: Decimal | None, unit: str, decimals: int) -> str:
    if gap is None:
        return ""
    if gap == 0:
        return _(", som ett år innan")
    said = {"gap": number(abs(gap), decimals), "unit": unit}
    if gap > 0:
        return _(", upp %(gap)s %(unit)s på ett år") % said
    return _(", ned %(gap)s %(unit)s på ett år") % said


def bars(lines: Sequence[Line], metric: str, reader: Reader, caption: str) -> Chart | None:
    """The lines of a breakdown beside each other; None with fewer than two values, or too many.

    A line without a figure stands in the table only.
    """
    found = ((line.name, reader.figure(line.whose, metric).value) for line in lines)
    points = tuple(Point(name, value) for name, value in found if value is not None)
    if not 2 <= len(points) <= MOST_BARS:
        return None
    terms = metrics.lookup(metric).terms
    said = (f"{point.label} {number(point.value or 0, terms.decimals)}" for point in points)
    alt = f"{caption}: {listing(said)}."
    name = windows.words(reader.frame, reader.month)
    return Chart("bars", caption, alt, terms.unit, (Series(name, points, "now"),), terms.decimals)
