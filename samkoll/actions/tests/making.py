"""Actions of the town, for tests: one call each, with what a test does not care about filled in."""

from __future__ import annotations

from datetime import date
from typing import Any

from samkoll.actions import services
from samkoll.actions.models import Action, HandUp, Status

TODAY = date(2024, 5, 15)
TITLE = "Köp in hörselskydd"


def add(town: Any, actor: str = "manager", unit: Any = None, **changes: Any) -> Action:
    values = {
        "unit": unit or town.school,
        "title": TITLE,
        "wanted_effect": "Ingen utsätts för buller.",
        "due_date": date(2024, 6, 30),
    }
    return services.add_action(**(values | changes), actor=town.user(actor), today=TODAY)


def change(town: Any, action: Action, status: str, actor: str = "manager", **more: Any) -> Action:
    return services.change_status(
        action_id=action.pk, status=status, actor=town.user(actor), today=TODAY, **more
    )


def done(town: Any, **changes: Any) -> Action:
    return change(town, add(town, **changes), Status.DONE)


def follow_up(town: Any, action: Action, actor: str = "manager", **changes: Any) -> Any:
    values: dict[str, Any] = {
        "effect": "reached",
        "evidence": "Mätningen visar 70 dB.",
        "safety_rep_took_part": True,
        "decision": "close",
    }
    return services.follow_up(
        action_id=action.pk, **(values | changes), actor=town.user(actor), today=TODAY
    )


def hand_up(town: Any, action: Action, actor: str = "manager", **changes: Any) -> HandUp:
    values = {"reason_kind": "money", "reason": "Vi saknar pengar till det."}
    return services.hand_up(
        action_id=action.pk, **(values | changes), actor=town.user(actor), today=TODAY
    )


def answer(town: Any, asked: HandUp, kind: str, actor: str = "upper_manager", **more: Any) -> Any:
    values = {"text": "Det ryms inte i budgeten."}
    return services.answer_hand_up(
        hand_up_id=asked.pk, answer=kind, **(values | more), actor=town.user(actor), today=TODAY
    )
