"""Old reports as their pages show them."""

from __future__ import annotations

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from samkoll.reports.models import OldReport
from samkoll.reports.old.forms import Labels
from samkoll.reports.old.found import Found, FoundAction, FoundGiven, FoundRisk, FoundText
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


def labels(found: Found, form: Form) -> Labels:
    """What stands on the tick of each thing. Last year's risks are history and have none."""
    return {
        "texts": {
            n: f"{heading}: {shortened(' '.join(text.split()), QUOTED)}"
            for n, (heading, text) in enumerate(texts(found, form))
        },
        "answers": {n: f"{a.asked} {_ANSWERS[a.value]}" for n, a in enumerate(found.answers)},
        "given": {n: _given(given) for n, given in enumerate(found.given)},
        "risks": {n: _risk(r) for n, r in enumerate(found.risks) if r.which == "current"},
        "measures": {
            n: ": ".join(filter(None, (m.title, m.time_plan))) for n, m in enumerate(found.measures)
        },
    }


def texts(found: Found, form: Form) -> list[tuple[str, str]]:
    """Every text whole, with the heading of its section."""
    return [(_heading(found, text, form), text.text) for text in found.texts]


def _heading(found: Found, text: FoundText, form: Form) -> str:
    heading = form.section(text.section).heading
    if not text.part.startswith("risk-"):
        return heading
    return f"{heading}, {found.risks[int(text.part.removeprefix('risk-'))].title}"


def _given(given: FoundGiven) -> str:
    before = f" ({swedish(given.previous)})" if given.previous is not None else ""
    return f"{given.label}: {swedish(given.current)}{before}"


def history(found: Found) -> list[str]:
    """Last year's risks, with how their measures ended."""
    return [_risk(risk) for risk in found.risks if risk.which == "previous"]


def _risk(risk: FoundRisk) -> str:
    level = "" if risk.level is None else f" ({risk.level})"
    return f"{risk.title}{level}: {'; '.join(map(_action, risk.actions)) or _('inga åtgärder')}"


def _action(action: FoundAction) -> str:
    facts = (action.responsible, str(action.due or ""))
    said = ", ".join(filter(None, facts))
    return f"{action.title} ({said})" if said else action.title


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
