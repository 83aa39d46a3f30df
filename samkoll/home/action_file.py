"""The list of actions as a workbook or a text file: the rows of all pages, in the same order."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db.models import QuerySet
from django.http import FileResponse
from django.utils.translation import gettext_lazy as _

from samkoll.actions.models import Action, Effect, Severity, Status
from samkoll.actions.registry import origins
from samkoll.home.action_list import Choice
from samkoll.web import row_files
from samkoll.web.row_files import FileColumn, Value

COLUMNS = (
    FileColumn(_("Åtgärd"), 42),
    FileColumn(_("Önskad effekt"), 42),
    FileColumn(_("Gäller"), 42),
    FileColumn(_("Risknivå"), 12),
    FileColumn(_("Risknivå, värde"), 8),
    FileColumn(_("Enhetens kod")),
    FileColumn(_("Enhet"), 28),
    FileColumn(_("Ansvarig"), 24),
    FileColumn(_("Ansvarigs roll"), 24),
    FileColumn(_("Tillagd"), 12),
    FileColumn(_("Klar senast"), 12),
    FileColumn(_("Status"), 18),
    FileColumn(_("Avslutad"), 12),
    FileColumn(_("Effekten följs upp"), 12),
    FileColumn(_("Effekt"), 18),
    FileColumn(_("Ursprung"), 16),
)
FIELDS = (
    "pk",
    "title",
    "wanted_effect",
    "severity",
    "level",
    "unit__code",
    "unit__name",
    "responsible__name",
    "responsible_title",
    "added_on",
    "due_date",
    "status",
    "ended_on",
    "follow_up_on",
    "effect",
    "origin",
)
AT_A_TIME = 1_000


def response(choice: Choice, *, form: str) -> FileResponse | None:
    """Everything that the choice finds, as a download; None for a format that does not exist."""
    place = f"-{choice.unit.code.lower()}" if choice.unit else ""
    name = f"atgarder{place}-{choice.today}"
    return row_files.response(COLUMNS, rows(choice.found()), form=form, name=name)


def rows(found: QuerySet[Action]) -> Iterator[tuple[Value, ...]]:
    """The cells of each action, a thousand actions at a time."""
    words = _Words()
    read = found.values_list(*FIELDS).iterator(AT_A_TIME)
    while part := list(islice(read, AT_A_TIME)):
        served = origins.titles([values[0] for values in part])
        for pk, title, effect, severity, level, *rest in part:
            *facts, status, ended, follow_up, reached, origin = rest
            yield (
                title,
                effect,
                served.get(pk, ""),
                words.severity.get(severity, ""),
                level,
                *facts,
                words.status[status],
                ended,
                follow_up,
                words.effect.get(reached, ""),
                words.origin(origin),
            )


class _Words:
    """Labels in the reader's language, translated once for all rows."""

    def __init__(self) -> None:
        self.status = _said(Status.choices)
        self.severity = _said(Severity.choices)
        self.effect = _said(Effect.choices)
        self._origins: dict[str, str] = {}

    def origin(self, code: str) -> str:
        if code not in self._origins:
            self._origins[code] = str(origins.label(code))
        return self._origins[code]


def _said(choices: Any) -> dict[Any, str]:
    return {value: str(label) for value, label in choices}
