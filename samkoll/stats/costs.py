"""What an hour of sick leave costs, by the parameters of its year. No Django here.

    short        = (hours, day 1-14 − occasions × deduction) × sick pay × hourly pay × on top
    long         = hours, from day 15 × supplement × hourly pay × on top
    replacement  = all sick hours × replaced × pay of the replacement × hourly pay × on top
    deduction    = share of an average week's sick pay × hours of that week
    on top       = (1 + holiday pay) × (1 + employer's fee)

Short is never below zero. Everything is exact until öre; the sums of several years are added.
``docs/rules/cost-of-sick-leave.md`` has worked numbers. Source: docs/sources.md#cost-of-sick-leave
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from samkoll.core.text import rounded

PARTS = ("cost_short", "cost_long", "cost_replacement")
ORE = 100


@dataclass(frozen=True, slots=True)
class Rates:
    """One year's parameters. Shares are of one (0.8 is 80 per cent); pay is in kronor.

    hourly_pay        average pay for an hour of work
    sick_pay          share of the pay during the first fourteen days
    deduction         share of an average week's sick pay that each occasion loses
    week_hours        hours of an average working week
    supplement        share of the pay that the employer adds from day 15
    holiday           holiday pay earned, on top of what is paid
    fee               the employer's fee, on top of everything paid
    replaced          share of the sick hours in which somebody steps in
    replacement_pay   what an hour of those costs, per the average hourly pay
    """

    hourly_pay: Decimal
    sick_pay: Decimal
    deduction: Decimal
    week_hours: Decimal
    supplement: Decimal
    holiday: Decimal
    fee: Decimal
    replaced: Decimal
    replacement_pay: Decimal

    @property
    def paid_hour(self) -> Decimal:
        """An hour at full pay with everything on top, in kronor."""
        return self.hourly_pay * (1 + self.holiday) * (1 + self.fee)


def cost(sums: Mapping[str, int], rates: Rates) -> dict[str, int]:
    """The parts of the cost, in öre, of one year's sums (hundredths of an hour; occasions)."""
    short, long = Decimal(sums["sick_short"]) / 100, Decimal(sums["sick_long"]) / 100
    deducted = sums["occasions"] * rates.deduction * rates.week_hours
    hours = (
        max(short - deducted, Decimal(0)) * rates.sick_pay,
        long * rates.supplement,
        (short + long) * rates.replaced * rates.replacement_pay,
    )
    paid = (int(rounded(each * rates.paid_hour * ORE, 0)) for each in hours)
    return dict(zip(PARTS, paid, strict=True))
