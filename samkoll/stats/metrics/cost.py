"""What sick leave costs the employer: an estimate from hours and the municipality's own yearly
parameters (``samkoll.stats.costs``), shown in thousands of kronor and never as exact.

cost_short        sick pay of the first fourteen days, less the deductions, with fees; in öre
cost_long         what the employer adds to the sickness benefit after that, with fees; in öre
cost_replacement  paying those who step in; in öre
"""

from __future__ import annotations

from dataclasses import replace

from samkoll.stats.metrics.expressions import ShownSum, Sum
from samkoll.stats.metrics.registry import Terms, metric

TO_THOUSANDS = 100_000
ESTIMATE = Terms(
    unit="tkr",
    decimals=0,
    source="docs/sources.md#cost-of-sick-leave",
    kind="distinct",
    family="cost",
    columns=("occasions",),
)

cost_short = metric(
    "cost_short",
    "Sjuklön och avgifter, dag 1–14 (uppskattning)",
    Sum(("cost_short",), divisor=TO_THOUSANDS),
    ESTIMATE,
    label_en="Sick pay and fees, days 1–14 (estimate)",
)
cost_long = metric(
    "cost_long",
    "Tillägg till sjukpenning, från dag 15 (uppskattning)",
    Sum(("cost_long",), divisor=TO_THOUSANDS),
    replace(ESTIMATE, columns=()),
    label_en="Supplement to sickness benefit, from day 15 (estimate)",
)
cost_direct = metric(
    "cost_direct",
    "Direkt kostnad för sjukfrånvaro (uppskattning)",
    ShownSum((cost_short, cost_long)),
    ESTIMATE,
    label_en="Direct cost of sick leave (estimate)",
)
"""The sum of the two *shown* parts."""

cost_replacement = metric(
    "cost_replacement",
    "Kostnad för ersättare vid sjukfrånvaro (uppskattning)",
    Sum(("cost_replacement",), divisor=TO_THOUSANDS),
    replace(ESTIMATE, columns=()),
    label_en="Cost of replacing those on sick leave (estimate)",
)
"""Apart from the direct cost: it depends on how the work is replaced."""
