"""Old reports as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.reports.models import OldReport
from samkoll.reports.old.found import Found, FoundRisk
from samkoll.reports.review.document import shortened
from samkoll.reports.review.figures import swedish
from samkoll.reports.template_data import Form
from samkoll.web.tables import Cell, Head, Kind, Row, Table

_ANSWERS = {
    "yes": gettext_lazy("Ja"),
    "partly": gettext_lazy("Delvis"),
    "no": gettext_lazy("Nej"),
    "not_applicable": gettext_lazy("Ej aktuellt"),
}
QUOTED = 140  # characters of a text on its tick


def index_table(rows: Iterable[OldReport]) -> Table:
    """The documents that have been read, newest first."""
    heads = (
        Head(_("Dokument")),
        Head(_("Status"), Kind.STATE),
        Head(_("Inläst av")),
        Head(_("Inläst"), Kind.DATE),
    )
    shown = tuple(
        Row(
            (
                Cell(old.file.name, url=reverse("reports:old", args=[old.pk])),
                Cell(str(old.get_state_display())),
                Cell(old.by),
                Cell(f"{old.at:%Y-%m-%d}"),
            )
        )
        for old in rows
    )
    return Table(_("Inlästa dokument"), heads, shown, caption_hidden=True)


def labels(found: Found, form: Form | None) -> dict[str, list[str]]:
    """What stands on the tick of each thing, by group."""
    return {
        "texts": [_text(found, n, form) for n in range(len(found.texts))],
        "answers": [f"{a.asked} {_ANSWERS[a.value]}" for a in found.answers],
        "given": [
            f"{g.label}: {swedish(g.current)}"
            + (f" ({swedish(g.previous)})" if g.previous is not None else "")
            for g in found.given
        ],
        "risks": [_risk(risk) for risk in found.risks],
        "measures": [": ".join(filter(None, (m.title, m.time_plan))) for m in found.measures],
    }


def _text(found: Found, place: int, form: Form | None) -> str:
    text = found.texts[place]
    heading = form.section(text.section).heading if form else text.section
    if text.part.startswith("risk-"):
        heading = f"{heading}, {found.risks[int(text.part.removeprefix('risk-'))].title}"
    return f"{heading}: {shortened(' '.join(text.text.split()), QUOTED)}"


def _risk(risk: FoundRisk) -> str:
    actions = ", ".join(action.title for action in risk.actions)
    lead = _("Förra årets risk, läggs inte in") if risk.which == "previous" else _("Rapporterad")
    level = "" if risk.level is None else f" ({risk.level})"
    return f"{lead}: {risk.title}{level}. {_('Åtgärder')}: {actions or _('inga')}"


def figures(found: Found) -> Table | None:
    """The document's own figures, which Samkoll computes itself; nothing without any."""
    months = sorted({figure.month for figure in found.figures}, reverse=True)
    if not months:
        return None
    by_label: dict[str, dict[str, str]] = {}
    for figure in found.figures:
        by_label.setdefault(figure.label, {})[figure.month] = figure.shown
    heads = (Head(_("Siffra")), *(Head(month, Kind.NUMBER) for month in months))
    rows = tuple(
        Row((Cell(label), *(Cell(shown.get(month, "–")) for month in months)))
        for label, shown in by_label.items()
    )
    return Table(_("Siffror i dokumentet"), heads, rows)
