"""Actions for the walks over all pages: of the access matrix and of the browser."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from samkoll.actions import services
from samkoll.actions.models import Action
from tests.town import ACTOR, TODAY, Town

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
Actions = dict[str, Action]
"""By how they lie to the town's manager: own, subtree, outside; and one with an answer."""

PLACES = {"own": "BUF-SOL", "subtree": "BUF", "outside": "KSF-INT", "answered": "BUF-SOL"}


def build(town: Town) -> Actions:
    """One action at each place. The employee helps with the manager's own."""
    made = {place: _add(town, code) for place, code in PLACES.items()}
    own = made["own"]
    own.helpers.add(town.people["employee"])
    _ask(own)
    upload = SimpleUploadedFile("mätning.txt", b"70 dB")
    services.attach_files(action_id=own.pk, uploads=[upload], actor=ACTOR, today=TODAY, now=NOW)
    _answer(made["answered"])
    return made


def arguments(actions: Actions, name: str, place: str) -> dict[str, Any]:
    """The parts of a page's address."""
    if name == "new":
        return {"code": PLACES[place]}
    if place not in actions:
        return {}
    action = actions[place]
    if name in ("answer", "seen"):
        return {"pk": action.hand_ups.get().pk}
    if name in ("file", "remove"):
        return {"pk": action.pk, "link": action.files.get().pk}
    return {"pk": action.pk}


def unit(town: Town) -> Mapping[str, object]:
    """The form of a new action."""
    return {"code": "BUF-SOL"}


def full(town: Town) -> Mapping[str, object]:
    """An action with all that its page can show."""
    action = build(town)["own"]
    services.add_comment(action_id=action.pk, text="Mät igen.", actor=ACTOR, today=TODAY)
    services.set_level({action.pk: (9, 3)})
    services.answer_hand_up(
        hand_up_id=action.hand_ups.get().pk, answer="returns", text="Ni får 20 000 kr.",
        actor=ACTOR, today=TODAY,
    )  # fmt: skip
    services.change_status(action_id=action.pk, status="done", actor=ACTOR, today=TODAY)
    services.follow_up(
        action_id=action.pk, effect="partly", evidence="Mätningen visar 80 dB.",
        safety_rep_took_part=True, decision="new_action",
        new_action=services.NewAction(title="Bygg en tyst vrå", due_date=date(2027, 9, 1)),
        actor=ACTOR, today=TODAY,
    )  # fmt: skip
    return {"pk": action.pk}


def own(town: Town) -> Mapping[str, object]:
    """An action that waits for an answer."""
    return {"pk": build(town)["own"].pk}


def done(town: Town) -> Mapping[str, object]:
    """A done action, to follow up."""
    action = _add(town, "BUF-SOL")
    services.change_status(action_id=action.pk, status="done", actor=ACTOR, today=TODAY)
    return {"pk": action.pk}


def question(town: Town) -> Mapping[str, object]:
    """A question for the unit above."""
    return arguments(build(town), "answer", "own")


def file(town: Town) -> Mapping[str, object]:
    """A file of an action."""
    return arguments(build(town), "file", "own")


def _add(town: Town, code: str) -> Action:
    return services.add_action(
        unit=town.units[code], title="Köp in hörselskydd", wanted_effect="Tyst i matsalen.",
        due_date=date(2024, 6, 30), actor=ACTOR, today=TODAY,
    )  # fmt: skip


def _ask(action: Action) -> int:
    asked = services.hand_up(
        action_id=action.pk, reason_kind="money", reason="Det kostar mer än vi har.",
        actor=ACTOR, today=TODAY,
    )  # fmt: skip
    return asked.pk


def _answer(action: Action) -> None:
    services.answer_hand_up(
        hand_up_id=_ask(action), answer="refuses", text="Det ryms inte.", actor=ACTOR, today=TODAY
    )
