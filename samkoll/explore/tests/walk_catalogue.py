"""What the pages of limits and costs show, for the access matrix and the walk of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from samkoll.audit.services import CommandLine
from samkoll.stats import services
from samkoll.stats.models import CostYear, Limit, LimitKind
from tests.town import TODAY, Town

SHARES = {
    "week_hours": "38.25",
    "sick_pay": "80",
    "deduction": "20",
    "supplement": "10",
    "holiday": "12",
    "fee": "31.42",
    "replaced": "50",
    "replacement_pay": "110",
}
PAID = {"hourly_pay": "200", **SHARES}


def limit(_town: Town) -> Mapping[str, object]:
    """A limit of the municipality's own."""
    found = Limit.objects.first()
    if found is None:
        values = {
            "kind": LimitKind.OVERTIME_YEAR,
            "valid_from": date(2024, 1, 1),
            "hours": Decimal(150),
            "source": "Kollektivavtal om arbetstid",
            "checked_on": TODAY,
        }
        found = services.save_limit(limit_id=None, values=values, actor=CommandLine(), today=TODAY)
    return {"pk": found.pk}


def year(_town: Town) -> Mapping[str, object]:
    """A year with costs."""
    if not CostYear.objects.exists():
        services.save_cost_year(
            year=2024,
            amounts={name: Decimal(text) for name, text in PAID.items()},
            sources={"fee": "Skatteverket", "hourly_pay": "Lönesystemet"},
            checked_on=None,
            actor=CommandLine(),
            today=TODAY,
        )
    return {"year": 2024}


def both(town: Town) -> Mapping[str, object]:
    """A limit and a year, for the page that shows them."""
    limit(town)
    year(town)
    return {}
