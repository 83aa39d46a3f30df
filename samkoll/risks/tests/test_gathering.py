"""Common risks: one level, units below, and how many years the question has been lifted."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samkoll.core.errors import DomainError
from samkoll.risks import queries, services
from samkoll.risks.models import Risk
from samkoll.risks.tests.making import TODAY, add, report, with_action
from tests.town import ACTOR


def gather(town, *risks, unit="BUF"):
    return services.gather(
        unit=town.units[unit],
        risks=risks,
        title="Utmattning",
        probability=3,
        consequence=3,
        serious=True,
        actor=ACTOR,
        today=TODAY,
    )


def put(risk, above):
    return services.add_to_common(risk_id=risk.pk, common_id=above.pk, actor=ACTOR, today=TODAY)


def lifted(town, risk, year):
    if not risk.links.exists():
        with_action(town, risk)
    report(town, risk, year)


def test_risks_of_two_schools_stand_under_one_and_keep_their_own_values(town):
    schools = [add(town, unit=unit) for unit in ("BUF-SOL", "BUF-ANG")]
    above = gather(town, *schools)
    assert [risk.unit.name for risk in queries.gathered_under(above)] == ["Solskolan", "Ängsskolan"]
    assert (above.source, above.level, schools[0].level) == ("common", 9, 12)


def test_lifted_counts_different_years_of_the_whole_family(town):
    one, other = (add(town, unit=unit) for unit in ("BUF-SOL", "BUF-ANG"))
    above = gather(town, one, other)
    lifted(town, one, 2022)
    lifted(town, other, 2022)
    lifted(town, above, 2023)
    lifted(town, other, 2024)
    for risk in (one, other, above):
        risk.refresh_from_db()
        assert queries.lifted_years(risk) == (2022, 2023, 2024)


def test_a_risk_by_itself_counts_its_own_years(town):
    risk, stranger = add(town), add(town)
    lifted(town, risk, 2023)
    assert (queries.lifted_years(risk), queries.lifted_years(stranger)) == ((2023,), ())


def test_the_common_risk_lies_at_a_unit_above(town):
    with pytest.raises(services.CannotGather, match="ligger inte under"):
        gather(town, add(town, unit="KSF-INT"))


def test_a_risk_stands_by_itself_again_with_a_reason(town):
    risk = add(town, unit="BUF-SOL")
    gather(town, risk)
    with pytest.raises(services.IncompleteRisk, match="varför"):
        services.remove_from_common(risk_id=risk.pk, reason="", actor=ACTOR, today=TODAY)
    alone = services.remove_from_common(
        risk_id=risk.pk, reason="Annan orsak.", actor=ACTOR, today=TODAY
    )
    assert alone.common is None


def test_there_is_one_level_only(town):
    child = add(town)
    above = gather(town, child)
    with pytest.raises(services.CannotGather, match="sig själv"):
        put(above, above)
    with pytest.raises(services.CannotGather, match="själv samlad"):
        put(above, child)
    with pytest.raises(services.CannotGather, match="är en gemensam risk"):
        put(above, add(town))


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.tuples(st.booleans(), st.integers(0, 4), st.integers(0, 4)), max_size=14))
def test_no_sequence_of_gathering_makes_a_circle_or_a_second_level(town, steps):
    risks = [add(town) for _n in range(5)]
    for into, one, other in steps:
        try:
            if into:
                put(risks[one], risks[other])
            else:
                services.remove_from_common(
                    risk_id=risks[one].pk, reason="Prov.", actor=ACTOR, today=TODAY
                )
        except DomainError:
            continue
    pks = [risk.pk for risk in risks]
    assert not Risk.objects.filter(pk__in=pks, common__common__isnull=False).exists()
