"""Charts to draw in tests."""

from __future__ import annotations

from decimal import Decimal

from samkoll.core.months import Month
from samkoll.stats.charts import Chart, Point, Series


def over_time(months: int = 36) -> Chart:
    """Sick leave R12 by sex, with a protected gap for men."""

    def series(name, role, start, step):
        points = tuple(
            Point(
                str(Month.of(2021, 1) + i),
                None if role == "men" and 10 <= i < 14 else Decimal(start + step * i) / 100,
            )
            for i in range(months)
        )
        return Series(name, points, role)

    return Chart(
        "lines",
        "Sjukfrånvaro, rullande tolv månader",
        "Linjediagram. Sjukfrånvaron var 4,2 procent i december 2023: 5,8 för kvinnor och "
        "1,8 för män. Den har minskat sedan 2022.",
        "Procent",
        (
            series("Totalt", "total", 510, -3),
            series("Kvinnor", "women", 580, -1),
            series("Män", "men", 280, -3),
        ),
    )


def turnover() -> Chart:
    """External turnover by sex for two years."""
    groups = ("Totalt", "Kvinnor", "Män")

    def series(name, role, values):
        return Series(
            name, tuple(Point(g, Decimal(v)) for g, v in zip(groups, values, strict=True)), role
        )

    return Chart(
        "bars",
        "Extern personalomsättning",
        "Stapeldiagram. Omsättningen var 12,0 procent, mot 19,5 procent året före.",
        "Procent",
        (
            series("R12 2023-12", "now", ("12.0", "12.0", "11.9")),
            series("R12 2022-12", "before", ("19.5", "21.1", "16.7")),
        ),
    )


def boards() -> Chart:
    """One bar per board; a protected one among them."""
    rows = ("Förskolenämnden", "8.1"), ("Natur- och stadsmiljönämnden", None), ("SN", "9.7")
    points = tuple(Point(name, Decimal(value) if value else None) for name, value in rows)
    alt = "Stapeldiagram. Socialnämnden har högst sjukfrånvaro, 9,7 procent."
    return Chart("bars", "Sjukfrånvaro", alt, "Procent", (Series("R12 2023-12", points),))
