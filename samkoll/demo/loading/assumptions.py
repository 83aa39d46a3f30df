"""What Exempelkommunen assumes that an hour of sick leave costs: made up, and said to be."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from samkoll.audit.services import CommandLine
from samkoll.demo.loading.data import read
from samkoll.stats import services


def load_assumptions(*, today: date) -> int:
    """Keep the costs of each year; how many years."""
    years = read("costs")
    for year, amounts in years["years"].items():
        services.save_cost_year(
            year=int(year),
            amounts={name: Decimal(str(amount)) for name, amount in amounts.items()},
            sources=dict.fromkeys(amounts, str(years["source"])),
            checked_on=None,
            actor=CommandLine(),
            today=today,
        )
    return len(years["years"])
