"""Metrics as values: what they show, how they round, and how the catalogue refuses."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samkoll.stats import costs, formulas, metrics, words
from samkoll.stats.engine import distinct
from samkoll.stats.engine.facts import MEASURES
from samkoll.stats.metrics import Ratio, Sum, Terms, difference, lookup, metric

ZERO = dict.fromkeys(MEASURES, 0)
COUNTS = st.integers(0, 10**12)


def shown(key, **sums):
    return lookup(key).value(ZERO | sums, months=12)


def test_sick_leave_is_sick_hours_over_ordinary_hours():
    ksf = {"ordinary": 62_000_000, "sick_short": 945_100, "sick_long": 1_656_400}
    assert shown("sick_leave", **ksf) == Decimal("4.2")
    assert shown("sick_leave_short", **ksf) == Decimal("1.5")
    assert shown("sick_leave_long", **ksf) == Decimal("2.7")


def test_turnover_divides_by_the_average_number_of_permanent_employees():
    assert shown("turnover", departures=44, permanent=368 * 12) == Decimal("12.0")
    assert shown("turnover", departures=68, permanent=349 * 12) == Decimal("19.5")


def test_a_ratio_over_nobody_is_no_figure_and_never_zero():
    assert shown("sick_leave") is None
    assert shown("turnover", departures=0) is None


def test_the_sum_of_extra_hours_is_the_sum_of_the_shown_integers():
    sums = {"additional": 18_450, "overtime": 20_450}
    assert shown("additional_hours", **sums) == 185
    assert shown("overtime_hours", **sums) == 205
    assert shown("extra_hours", **sums) == 390  # and not 389, which the hundredths give


def test_a_difference_is_taken_between_shown_values():
    assert difference(Decimal("4.2"), Decimal("4.4")) == Decimal("-0.2")
    assert difference(None, Decimal("4.4")) is None


@given(COUNTS, st.integers(1, 10**12))
def test_per_cent_rounds_half_up_exactly(above, below):
    value = Ratio(("ordinary",), ("persons",)).value(
        ZERO | {"ordinary": above, "persons": below}, months=12, decimals=1
    )
    exact = Fraction(above * 1000, below)
    assert value == Decimal(int(exact + Fraction(1, 2))) / 10


@given(st.integers(0, 10**9))
def test_hours_round_half_up_exactly(hundredths):
    value = Sum(("overtime",), divisor=100).value(
        ZERO | {"overtime": hundredths}, months=12, decimals=0
    )
    assert value == (hundredths + 50) // 100


def test_an_unknown_metric_names_the_nearest():
    with pytest.raises(metrics.UnknownMetric, match="Menade du sick_leave"):
        lookup("sick_leav")


def test_a_metric_cannot_be_declared_twice():
    with pytest.raises(ValueError, match="declared twice"):
        metric("sick_leave", "Igen", Sum(("ordinary",)), Terms("h", 0, "docs/sources.md#x"))


def test_the_smallest_group_may_be_raised_but_not_lowered():
    with pytest.raises(ValueError, match="at least eleven"):
        metric("weak", "Svag", Sum(("ordinary",)), Terms("h", 0, "x", smallest_group=5))


KNOWN = {*MEASURES, *distinct.MEASURES, *costs.PARTS, "moved"}
OF_PERMANENT = {"permanent", "departures", "retirements", "hired", "moved"}


@pytest.mark.parametrize("one", metrics.catalogue(), ids=lambda m: m.key)
def test_every_metric_is_made_of_known_sums_of_its_own_population(one):
    measures = {name.partition("@")[0] for name in one.expression.measures}
    points = {name.partition("@")[2] for name in one.expression.measures} - {""}
    assert measures <= KNOWN
    assert points <= set(metrics.POINTS)
    assert (one.terms.population == "permanent") == (measures <= OF_PERMANENT)
    assert (one.terms.kind == "additive") == (measures <= set(MEASURES) and not points)
    assert one.terms.source.startswith("docs/sources.md#")
    assert one.label_en


@pytest.mark.parametrize("one", metrics.catalogue(), ids=lambda m: m.key)
def test_every_metric_is_told_in_words(one):
    assert one.key in words.DEFINITIONS
    assert one.terms.family in words.FAMILIES
    assert one.terms.population in words.POPULATIONS
    assert set(one.expression.measures) <= set(words.MEASURES)
    assert words.history(one)[-1].number == one.terms.version
    assert formulas.formula(one)


@pytest.mark.parametrize(
    ("key", "parts", "above", "below"),
    [
        (
            "turnover_without_retirement",
            (5, 360),
            "5 avgångar utom pensionsavgångar",
            "delas med 12",
        ),
        ("turnover_least", (4, 360), "4 avgångar eller nya tillsvidareanställda", "delas med 12"),
        ("turnover_state", (4, 60), "4 avgångar eller", "60 tillsvidareanställda månaden före"),
        ("repeated_share", (3, 30), "3 anställda med minst sex", "30 anställda i periodens"),
        ("cost_short", (2_967_400, None), "ungefär 29\u202f674 kronor", ""),
    ],
)
def test_parts_are_told_in_words(key, parts, above, below):
    told = formulas.parts(lookup(key), *parts)
    assert told[0].startswith(above)
    assert below in told[1]


def test_a_shorter_window_is_divided_by_its_own_months():
    assert "delas med 4" in formulas.parts(lookup("turnover"), 3, 120, 4)[1]
    assert "× 4 /" in formulas.formula(lookup("turnover"), 4)
