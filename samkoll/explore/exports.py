"""What the exploring page shows as files: tables as XLSX and CSV, pictures as SVG and PNG.

Only published figures: nobody is let in to small groups before a file is made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.http import HttpResponse
from django.utils.translation import gettext as _

from samkoll.explore.exploring import Exploration
from samkoll.stats.charts import Chart, standalone
from samkoll.web import export
from samkoll.web.tables import Fact, Table

TIME = "tid"
TABLES: dict[str, Callable[[Exploration], Table]] = {
    "": lambda asked: asked.breakdown(alone=True),
    TIME: lambda asked: asked.over_time,
}
CHARTS: dict[str, Callable[[Exploration], Chart | None]] = {
    "": lambda asked: asked.bars,
    TIME: lambda asked: asked.chart,
}
"""The parts of the page by their words in the address: the breakdown, and the time."""
PICTURES = {"svg": "image/svg+xml", "png": "image/png"}

Links = list[tuple[str, str]]


def links(asked: Exploration) -> dict[str, Links]:
    """Label and address of every file, by part of the page."""
    bars = PICTURES if asked.bars else {}
    curves = PICTURES if asked.chart else {}
    return {
        "breakdown": _links(asked, (*export.FORMATS, *bars), ""),
        "time": _links(asked, (*export.FORMATS, *curves), TIME),
    }


def _links(asked: Exploration, forms: Iterable[str], part: str) -> Links:
    more = {"del": part} if part else {}
    return [(form.upper(), asked.address.url(format=form, **more)) for form in forms]


def response(asked: Exploration, form: str, part: str) -> HttpResponse | None:
    """One part of the page as a file; None for a format or part that it does not have."""
    if part not in TABLES:
        return None
    name = "-".join(filter(None, (asked.file_name, part)))
    if form not in PICTURES:
        table = TABLES[part](asked)
        return export.response(table, form=form, name=name, about=_about(asked))
    chart = CHARTS[part](asked)
    if chart is None:
        return None
    picture = standalone(chart, _source(asked))
    content = picture.svg.encode() if form == "svg" else picture.png()
    answer = HttpResponse(content, content_type=PICTURES[form])
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return answer


def _about(asked: Exploration) -> tuple[Fact, ...]:
    """How the figures are computed, and what the signs mean."""
    return (*asked.how, *asked.reader.legend())


def _source(asked: Exploration) -> str:
    """The line under a picture that stands alone."""
    return _("Källa: kommunens personalstatistik, Samkoll. Underlag till och med %(month)s.") % {
        "month": asked.reader.month
    }
