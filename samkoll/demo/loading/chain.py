"""How far the demo's reports have come on their way to their boards, by those whose steps it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from samkoll.demo.loading.data import read
from samkoll.demo.loading.everyday import Played
from samkoll.demo.loading.people import People
from samkoll.demo.loading.reports import YEAR
from samkoll.org import queries as org
from samkoll.reports import queries as reports
from samkoll.reports.chain import dues, queries, services
from samkoll.reports.models import CommentFrom, DueStep, Kind, Nature, Report

STEPS = ("consultation", "commented", "signed", "decided", "published")
"""What a report has passed, in order."""


@dataclass(frozen=True, slots=True)
class _Board:
    """One report on its way: who leads its administration, and its place among the others."""

    report: Report
    head: Played
    place: int
    data: dict[str, Any]
    people: People
    now: datetime

    def actor(self, what: str) -> Any:
        """Whoever acts for the safety representatives or in the board's office."""
        return self.people.acting(self.data["acting"][what])

    def said(self, what: str) -> Any:
        """One of the data's phrases, another one for the next board."""
        phrases = self.data[what]
        return phrases[self.place % len(phrases)]


def load_chain(people: People, *, now: datetime) -> int:
    """Set the year's last days and take each report as far as the data say; gives how many."""
    data = read("chain")
    _set_days(people, data, now)
    reached = {code: step for step, codes in data["reached"].items() for code in codes}
    moving = [r for r in reports.board_reports(YEAR).select_related("unit", "board", "template")
              if r.board and r.board.code in reached]  # fmt: skip
    leaders = org.in_charge([report.unit_id for report in moving], now.date())
    for place, report in enumerate(moving):
        head = Played(name=leaders[report.unit_id].name)
        board = _Board(report, head, place, data, people, now)
        passed = reached[report.board.code if report.board else ""]
        for step in STEPS[: STEPS.index(passed) + 1]:
            TAKE[step](board)
    return len(moving)


def _set_days(people: People, data: dict[str, Any], now: datetime) -> None:
    today = now.date()
    wanted = {
        (Kind(kind), DueStep(step)): today + timedelta(days=days)
        for kind, steps in data["days"].items()
        for step, days in steps.items()
    }
    dues.set_days(
        year=YEAR, wanted=wanted, actor=people.acting(data["acting"]["days"]), today=today
    )


def _consult(board: _Board) -> None:
    services.consult(report_id=board.report.pk, actor=board.head, now=board.now)


def _comment(board: _Board) -> None:
    services.comment(
        report_id=board.report.pk,
        of=CommentFrom.COOPERATION,
        text=board.said("cooperation"),
        held_on=board.now.date(),
        actor=board.head,
        now=board.now,
    )
    services.comment(
        report_id=board.report.pk,
        of=CommentFrom.SAFETY,
        text=board.said("safety"),
        held_on=None,
        actor=board.actor("safety"),
        now=board.now,
    )


def _sign(board: _Board) -> None:
    for key in queries.standing(board.report).sections:
        services.sign_section(
            report_id=board.report.pk,
            section=key,
            version=reports.section_state(board.report, key)[0],
            actor=board.head,
            now=board.now,
        )
    services.sign(report_id=board.report.pk, actor=board.head, now=board.now)


def _decide(board: _Board) -> None:
    made = board.said("decision")
    decision = services.DecisionInput(
        nature=Nature(made["nature"]),
        decided_on=board.now.date(),
        paragraph=str(board.said("paragraphs")),
        diary_number=board.report.diary_number,
        text=made["text"],
    )
    services.decide(
        report_id=board.report.pk, decision=decision, actor=board.actor("register"), now=board.now
    )


def _publish(board: _Board) -> None:
    services.publish(report_id=board.report.pk, actor=board.actor("register"), now=board.now)


TAKE = {
    "consultation": _consult,
    "commented": _comment,
    "signed": _sign,
    "decided": _decide,
    "published": _publish,
}
