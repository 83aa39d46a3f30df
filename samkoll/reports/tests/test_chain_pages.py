"""The pages of the chain, without script, in one walk: the whole way and what each refuses."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from samkoll.audit.services import CommandLine
from samkoll.desk.models import Notice
from samkoll.reports.chain import due_soon, dues, overview, policies, waiting
from samkoll.reports.chain import queries as standings
from samkoll.reports.chain import services as chain
from samkoll.reports.chain.steps import Step
from samkoll.reports.models import CommentFrom, DueStep, Kind, Report
from samkoll.reports.tests.test_chain import (
    comment,
    consulted,
    decided,
    fill,
    pinned,
    sections,
    sign_one,
    signed,
)
from tests.town import ROLES

__all__ = ["pinned"]
LINE = CommandLine()


@pytest.fixture
def as_(town, client):
    def sign_in(role):
        client.force_login(town.user(role))
        return client

    return sign_in


def url(name, *args):
    return reverse(f"reports:{name}", args=args)


def text(response):
    return re.sub(r"\s+", " ", response.content.decode())


def test_the_way_of_a_report_by_its_pages(as_, extracted):
    report = extracted["GSN"]
    pk = report.pk
    assert "Lämna till samverkan" in text(as_("director").get(url("read", pk)))
    consulted(report)
    page = text(as_("head_safety_rep").get(url("steps", pk)))
    assert "Lämna huvudskyddsombudets synpunkter" in page
    assert "Det här gör förvaltningschefen." in page
    sent = as_("head_safety_rep").post(url("comment", pk, "safety"), {"text": "Fler ronder."})
    assert sent.url == url("steps", pk)
    form = {"held_on": timezone.localdate().isoformat(), "text": "Inga synpunkter."}
    as_("hr_partner").post(url("comment", pk, "cooperation"), form)
    director = as_("director")
    page = text(director.get(url("signing", pk)))
    first, *rest = sections(report)
    (button,) = re.findall(rf'value="({first}:\d+)"', page)
    director.post(url("signing", pk), {"sign": button})
    for key in rest:
        sign_one(report, key)
    director.post(url("step", pk, "sign"))
    secretary = as_("secretary")
    assert secretary.post(url("decide", pk), {"nature": "decided"}).status_code == 422
    secretary.post(
        url("decide", pk),
        {
            "nature": "informed", "decided_on": timezone.localdate().isoformat(),
            "paragraph": "14", "diary_number": "GSN-1", "text": "Informationen noteras.",
        },
    )  # fmt: skip
    secretary.post(url("step", pk, "publish"))
    page = text(as_("director").get(url("read", pk)))
    assert "Rapporten är publicerad och ändras inte mer." in page
    assert "Samverkan och synpunkter" in page and "Fler ronder." in page
    history = text(as_("director").get(url("steps", pk)))
    assert "Test head_safety_rep" in history and "publicerade rapporten" in history


def test_a_section_changed_meanwhile_is_not_signed(as_, pinned):
    report = pinned["GSN"]
    key = sections(report)[0]
    assert as_("director").post(
        url("signing", report.pk), {"sign": f"{key}:7"}
    ).status_code == 422  # fmt: skip


def test_a_decided_report_is_corrected_on_its_page(as_, extracted):
    report = extracted["GSN"]
    decided(report)
    answer = as_("director").post(url("correct", report.pk), {"reason": "Fel tal."})
    made = Report.objects.get(replaces=report)
    assert answer.url == url("read", made.pk)
    assert "Rättad, version 2" in text(as_("director").get(answer.url))
    assert "Ersatt av" in text(as_("director").get(url("steps", report.pk)))


def test_the_matrix_shows_who_is_awaited_and_how_long_is_left(town, as_, pinned):
    today = timezone.localdate()
    wanted = {
        (Kind.BOARD, DueStep.CONSULT): today - timedelta(days=3),
        (Kind.BOARD, DueStep.COMMENT): today + timedelta(days=5),
    }
    dues.set_days(year=2024, wanted=wanted, actor=LINE, today=today)
    consulted(pinned["GSN"])
    comment(pinned["GSN"], of=CommentFrom.SAFETY)
    page = text(as_("hr_strategist").get(url("chain")))
    assert "4 rapporter. Beslutade: 0. Försenade: 2." in page
    assert "3 dagar sen" in page and "5 dagar kvar" in page and "Samverkansgruppen" in page
    late = text(as_("hr_strategist").get(url("chain") + "?ar=2024&tid=sen"))
    assert "Förskolenämnden" in late and "Grundskolenämnden" not in late
    group = text(as_("hr_strategist").get(url("chain") + "?vantar=samverkan"))
    assert "Grundskolenämnden" in group and "Förskolenämnden" not in group
    file = as_("hr_strategist").get(url("chain") + "?vantar=samverkan&format=csv")
    assert "Grundskolenämnden;Barn- och" in file.content.decode()
    assert as_("hr_strategist").get(url("chain") + "?ar=1999").status_code == 404


def test_the_matrix_costs_the_same_for_one_report_as_for_all(town, pinned, count_queries):
    strategist, director = town.user("hr_strategist"), town.user("director")
    today = timezone.localdate()
    counts = {
        count_queries(lambda u=u: overview.rows(u, 2024, today)) for u in (strategist, director)
    }
    assert len(counts) == 1


def test_hr_sets_the_days_in_their_order(as_, pinned):
    client = as_("hr_strategist")
    right = {"board-consult": "2024-05-01", "board-sign": "2024-06-01"}
    assert client.post(url("days", 2024), right).status_code == 302
    assert dues.days([2024])[2024, "board", "sign"] == date(2024, 6, 1)
    wrong = client.post(url("days", 2024), {**right, "board-sign": "2024-04-01"})
    assert wrong.status_code == 422 and "tidigare dag" in text(wrong)
    assert as_("director").get(url("days", 2024)).status_code == 403


def test_what_waits_is_whose_step_it_is(town, pinned):
    report, today = pinned["GSN"], timezone.localdate()

    def found(ask, role):
        return [r.pk for r in ask(town.user(role), today)]

    assert found(waiting.to_consult, "director") == []  # questions without an answer
    assert found(waiting.to_consult, "hr_strategist") == [pinned["EXK"].pk]
    fill(report)
    assert found(waiting.to_consult, "director") == [report.pk]
    consulted(report)
    assert found(waiting.to_consult, "director") == []
    assert found(waiting.to_comment, "head_safety_rep") == [report.pk]
    assert found(waiting.to_enter, "hr_partner") == [report.pk]
    assert found(waiting.to_sign, "director") == []
    comment(report)
    assert found(waiting.to_sign, "director") == [report.pk]
    chain.return_(report_id=report.pk, comment="Mer.", actor=LINE, now=timezone.now())
    assert found(waiting.returned, "director") == [report.pk]
    assert found(waiting.returned, "manager") == []
    signed(report)
    assert found(waiting.to_decide, "secretary") == [report.pk]
    assert found(waiting.to_decide, "director") == []


def test_the_queries_and_the_policies_agree_for_every_role(town, pinned):
    consulted(pinned["GSN"])
    comment(pinned["GSN"])
    signed(pinned["FSN"])
    today = timezone.localdate()
    steps = {waiting.to_sign: Step.SIGN, waiting.to_decide: Step.DECIDE}
    board = Report.objects.filter(kind=Kind.BOARD)
    rows = list(board.select_related("unit", "template", "part_of__unit"))
    for role in ROLES:
        user = town.user(role)
        for ask, step in steps.items():
            mine = {
                row.pk for row in rows
                if policies.whose(user, row, step, today) and following(row).step == step
                and (step == Step.DECIDE or row == pinned["GSN"])
            }  # fmt: skip
            assert {row.pk for row in ask(user, today)} == mine, (role, step)


def following(row):
    return standings.standing(row).move


def test_whoever_is_awaited_is_reminded_once_a_day(town, as_, pinned):
    report = pinned["GSN"]
    consulted(report)
    today = timezone.localdate()
    wanted = {(Kind.BOARD, DueStep.COMMENT): today + timedelta(days=2)}
    dues.set_days(year=2024, wanted=wanted, actor=LINE, today=today)
    due = due_soon.due_soon(today=today, until=today + timedelta(days=30))
    assert {(d.user, (d.day - today).days) for d in due} == {
        (town.user("director").pk, 2), (town.user("head_safety_rep").pk, 2),
    }  # fmt: skip
    client = as_("hr_strategist")
    assert client.post(url("remind", report.pk)).status_code == 302
    told = Notice.objects.values_list("owner", flat=True)
    assert set(told) == {town.user("director").pk, town.user("head_safety_rep").pk}
    assert client.post(url("remind", report.pk)).status_code == 422
    assert as_("head_safety_rep").post(url("remind", report.pk)).status_code == 403
