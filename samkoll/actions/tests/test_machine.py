"""Random sequences of everything that can be done to actions: nothing illegal, nothing lost."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from samkoll.actions import services
from samkoll.actions.models import STEPS, Action, Answer, Decision, Effect, HandUp, Status
from samkoll.actions.services.common import told
from samkoll.audit.models import Change
from samkoll.core.errors import DomainError
from samkoll.org import queries as org
from tests.town import TODAY

FIELDS = ("title", "unit", "responsible", "responsible_title", "due_date", "action_status",
          "ended_on", "follow_up_on", "effect")  # fmt: skip
LEADER = "leader"
WHO = st.sampled_from([LEADER, LEADER, LEADER, "upper_manager", "employee"])
PEOPLE = st.sampled_from(["manager", "upper_manager", "employee"])
DAYS = st.integers(-5, 60).map(lambda n: TODAY + timedelta(days=n))
TEXT = st.sampled_from(["Därför.", "Därför.", ""])
MOST = 3


def json(value: object) -> object:
    return DjangoJSONEncoder().default(value) if isinstance(value, date) else value


def tracked(action: Action) -> dict[str, object]:
    return {name: json(value) for name, value in told(action, *FIELDS).items()}


def replayed(action: Action) -> dict[str, object]:
    """The action as the change log alone tells it, each step fitting the one before."""
    state: dict[str, object] = dict.fromkeys(FIELDS)
    state["effect"] = ""
    rows = Change.objects.filter(object_type="actions.action", object_id=str(action.pk))
    for change in rows.exclude(action="action.followed_up").order_by("id"):
        for name in set(change.after) & set(FIELDS):
            assert change.before.get(name, state[name]) == state[name], (change.action, name)
            state[name] = change.after[name]
    return state


class Walk(RuleBasedStateMachine):
    """One town, its people and a growing number of actions, all taken back after each walk."""

    town: Any = None
    actions = Bundle("actions")

    @initialize(target=actions)
    def begin(self):
        self.block = transaction.atomic()
        self.block.__enter__()
        self.seen: dict[int, str] = {}
        self.changes = self.moves = 0
        return self._add(self.town.school, TODAY + timedelta(days=30))

    def teardown(self):
        if hasattr(self, "block"):
            transaction.set_rollback(True)
            self.block.__exit__(None, None, None)

    def _add(self, unit: Any, day: date) -> int:
        action = services.add_action(
            unit=unit, title="X", wanted_effect="Y", due_date=day,
            actor=self.town.user("director"), today=TODAY,
        )  # fmt: skip
        return action.pk

    def _try(self, call: Any, who: str, unit: Any = None, **arguments: Any) -> Any:
        """Call a service as somebody, or as who leads the unit that it concerns.

        A refusal must leave everything as it was.
        """
        if who == LEADER:
            pk: int = arguments.get("action_id") or next(iter(arguments.get("action_ids", [])), 0)
            place = unit or Action.objects.get(pk=pk).unit
            leader = org.in_charge([place.pk], TODAY).get(place.pk)
            names = {person: name for name, person in self.town.people.items()}
            who = names[leader] if leader else "director"
        logged, before = Change.objects.count(), list(Action.objects.order_by("pk").values())
        try:
            return call(actor=self.town.user(who), today=TODAY, **arguments)
        except (DomainError, PermissionDenied) as refusal:
            assert str(refusal).endswith((".", "?")), refusal
            assert Change.objects.count() == logged
            assert list(Action.objects.order_by("pk").values()) == before
            return None

    @precondition(lambda self: len(self.seen) < MOST)
    @rule(target=actions, unit=st.sampled_from(["BUF-SOL", "BUF", "BUF-TAL"]))
    def add(self, unit):
        return self._add(self.town.units[unit], TODAY + timedelta(days=30))

    @rule(pk=actions, who=WHO, status=st.sampled_from(Status.values), reason=TEXT)
    def step(self, pk, who, status, reason):
        self._try(services.change_status, who, action_id=pk, status=status, reason=reason)

    @rule(pk=actions, status=st.sampled_from([Status.ONGOING, Status.DONE]))
    def go_on(self, pk, status):
        self._try(services.change_status, "director", action_id=pk, status=status, reason="Ja.")

    @rule(pk=actions, who=WHO, day=DAYS, reason=TEXT)
    def move(self, pk, who, day, reason):
        self._try(services.move_due_date, who, action_id=pk, due_date=day, reason=reason)

    @rule(pk=actions, who=WHO, person=PEOPLE, reason=TEXT)
    def give(self, pk, who, person, reason):
        self._try(
            services.change_responsible, who, action_id=pk, reason=reason,
            responsible=self.town.people[person], responsible_title="Roll",
        )  # fmt: skip

    @rule(pk=actions, who=WHO, title=st.sampled_from(["A", "B", ""]), stale=st.booleans())
    def edit(self, pk, who, title, stale):
        action = Action.objects.get(pk=pk)
        self._try(
            services.edit_action, who, action_id=pk, version=action.version - stale, title=title,
            wanted_effect="", responsible=action.responsible, responsible_title="Roll",
        )  # fmt: skip

    @rule(pks=st.lists(actions, min_size=1, max_size=3, unique=True), who=WHO, day=DAYS)
    def many(self, pks, who, day):
        self._try(services.bulk_change, who, action_ids=pks, due_date=day, reason="Alla.")

    @rule(pk=actions, who=WHO)
    def hand_up(self, pk, who):
        self._try(services.hand_up, who, action_id=pk, reason_kind="money", reason="Dyrt.")

    @precondition(lambda self: HandUp.objects.filter(answer="").exists())
    @rule(who=WHO, kind=st.sampled_from(Answer.values), text=TEXT)
    def answer(self, who, kind, text):
        asked = HandUp.objects.filter(answer="").latest("id")
        self._try(
            services.answer_hand_up, who, asked.to_unit, hand_up_id=asked.pk, answer=kind, text=text
        )

    @precondition(lambda self: HandUp.objects.filter(seen_on=None).exists())
    @rule(who=WHO)
    def tick_off(self, who):
        for asked in HandUp.objects.filter(seen_on=None):
            self._try(services.tick_off_answer, who, asked.origin, hand_up_id=asked.pk)

    @rule(
        pk=actions,
        who=WHO,
        effect=st.sampled_from(Effect.values),
        decision=st.sampled_from(Decision.values),
    )
    def judge(self, pk, who, effect, decision):
        new = services.NewAction("Ny", TODAY) if decision == "new_action" else None
        question = services.Question("time", "Tar tid.") if decision == "hand_up" else None
        self._try(
            services.follow_up, who, action_id=pk, effect=effect, evidence="Syns.",
            safety_rep_took_part=False, decision=decision, new_action=new, question=question,
        )  # fmt: skip

    @precondition(lambda self: self.moves < MOST)
    @rule(pk=actions, unit=st.sampled_from([None, "BUF-GRU", "BUF-ANG"]))
    def reorganise(self, pk, unit):
        self.moves += 1
        place = self.town.units[unit] if unit else None
        self._try(
            partial(services.hand_over, unit=place), "administrator", action_id=pk,
            responsible=self.town.people["upper_manager"], reason="Ny ordning.",
        )  # fmt: skip

    @invariant()
    def every_action_is_legal_and_told_by_its_history(self):
        connection.check_constraints()
        here = set(org.working_here(TODAY).values_list("pk", flat=True))
        for action in Action.objects.select_related("unit", "responsible", "follows"):
            then = self.seen.get(action.pk, action.status)
            self.seen[action.pk] = action.status
            assert action.status == then or self._reachable(then, action.status)
            assert action.unit and action.responsible_id in here and action.responsible_title
            waiting = action.hand_ups.filter(answer="").count()
            assert waiting <= (0 if action.status in (Status.CLOSED, Status.DROPPED) else 1)
            assert replayed(action) == tracked(action)

    @invariant()
    def history_only_grows_and_nothing_vanishes(self):
        count = Change.objects.count()
        assert count >= getattr(self, "changes", 0)
        self.changes = count
        assert set(getattr(self, "seen", {})) <= set(Action.objects.values_list("pk", flat=True))

    def _reachable(self, then: str, now: str) -> bool:
        """In one step: each rule takes at most one."""
        return now in STEPS[then]


def test_no_sequence_of_changes_leads_to_an_illegal_or_ownerless_action(town):
    Walk.town = town
    run_state_machine_as_test(
        Walk,
        settings=settings(
            max_examples=12,
            stateful_step_count=50,
            deadline=None,
            database=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
