"""What a form is previewed with where no report has figures yet: made-up figures, plainly so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from types import MappingProxyType

from samkoll.core.months import Month
from samkoll.core.text import rounded
from samkoll.reports.composition import Context
from samkoll.reports.figures import Certificate, GroupShown, Shown
from samkoll.reports.material import Answered, Given, Material, PlannedMeasure
from samkoll.reports.template_data import Form, Sex, Words
from samkoll.stats import metrics
from samkoll.stats.engine.hierarchy import Scope

TEXT = "Här står det som den som skriver rapporten skriver i avsnittet."
BOARDS = ("Exempelnämnden", "Provnämnden")
VALUES: dict[Sex, str] = {"total": "4.2", "women": "5.1", "men": "2.3"}


class SampleFigures:
    """The same few values wherever a figure stands."""

    def shown(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Shown:
        value = Decimal(VALUES[sex]) + (month.year % 2)
        return Shown(rounded(value, metrics.lookup(metric).terms.decimals), "shown")

    def certificate(self, scope: Scope, metric: str, sex: Sex, month: Month) -> Certificate | None:
        return None

    def groups(self, scope: Scope, keys: tuple[str, ...], month: Month) -> tuple[GroupShown, ...]:
        values = tuple(self.shown(scope, key, "total", month) for key in keys)
        one = GroupShown(
            "Exempelgrupp", Shown(Decimal(40), "shown"), Shown(Decimal(75), "shown"), values
        )
        return (one,)

    def group_certificate(
        self, scope: Scope, metric: str, month: Month, name: str
    ) -> Certificate | None:
        return None

    @property
    def months(self) -> frozenset[int]:
        return frozenset(range(Month.of(2000, 1).index, Month.of(2100, 1).index))

    def convention_of(self, months: Iterable[int]) -> str | None:
        return None

    def hashes_of(self, months: Iterable[int]) -> tuple[str, ...]:
        return ()


def context(form: Form, municipality: str, produced_on: date) -> Context:
    """A sample report on a form; the municipality's sums two boards up."""
    boards = BOARDS if form.sums_up else ()
    below = tuple(_material(form, municipality, name) for name in boards)
    about = "" if form.kind in ("municipality", "plan") else BOARDS[0]
    report = _material(form, municipality, about)
    return Context(report, SampleFigures(), produced_on, below)


def _material(form: Form, municipality: str, board: str) -> Material:
    month = Month.of(form.year - 1, form.last_month)
    measure = PlannedMeasure("Exempelåtgärd", TEXT, TEXT, "project", "Projekt", "Hösten", "", "")
    return Material(
        pk=0,
        form=form,
        words=Words(municipality, form.year),
        unit_id=1,
        unit_code="EX",
        unit_name="Exempelförvaltningen" if board else municipality,
        board_id=1 if board else None,
        board_code="EXN" if board else "",
        board_name=board,
        year=form.year,
        month=month,
        previous_month=month - 12,
        status="Exempel",
        diary_number="",
        facts=[],
        extracted_at=None,
        texts={(s.key, text.key): TEXT for s in form.sections for text in s.texts},
        answers={q.key: Answered(q.expected, "") for _s, q in form.questions()},
        given={key: Given(Decimal(12), Decimal(10), "exempel") for key in form.given()},
        overrides=MappingProxyType({}),
        previous_risks=(),
        current_risks=(),
        measures=(measure,) if form.kind == "plan" else (),
    )
