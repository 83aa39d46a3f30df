"""What goes on in the units on the day of loading: risks, actions, questions up the line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from samkoll.actions import services as actions
from samkoll.actions.models import Action, Status
from samkoll.audit.services import CommandLine
from samkoll.demo.loading.data import read
from samkoll.demo.loading.people import People
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit, UnitKind
from samkoll.risks import queries, services
from samkoll.risks.models import Risk

Story = dict[str, Any]
DUE = (-80, -35, -12, -4, 3, 9, 25, 60, 120)
PAIRS = ((1, 2), (2, 1), (2, 2), (2, 3), (3, 2), (3, 2), (3, 3), (2, 4))
SOURCES = ("own", "round", "round", "incident", "survey", "meeting")
FOUND = (-260, -190, -140, -110, -95)
SHARE_WITH_MORE = 0.3


@dataclass(frozen=True)
class Played(CommandLine):
    """Somebody of the demo who acts through the loader, and whose name the history shows."""

    name: str = ""

    def __str__(self) -> str:
        return self.name


@dataclass(slots=True)
class _Stage:
    """The units and who leads them, and the day from which every other day is counted."""

    units: dict[str, Unit]
    leaders: dict[int, Person]
    people: dict[str, Person]
    today: date

    def day(self, offset: int) -> date:
        return self.today + timedelta(days=offset)

    def manager(self, unit: Unit) -> Played:
        return Played(name=self.leaders[unit.pk].name)


def load_everyday(people: People, *, today: date, tell: Callable[[int, int], None]) -> int:
    """Play every story, and one or two made-up ones in every other unit; gives how many risks.

    ``tell`` hears how far it has come: stories played, stories in all.
    """
    data, stage = read("everyday"), _stage(people, today)
    gathered: dict[str, list[Risk]] = {}
    stories = [*data["stories"], *_made_up(data, stage)]
    for number, story in enumerate(stories):
        tell(number, len(stories))
        risk = _play(stage, story)
        if "common" in story:
            gathered.setdefault(story["common"], []).append(risk)
    for key, risks in gathered.items():
        _gather(stage, data["common"][key], risks)
    for told in data["proposals"]:
        _propose(stage, people, told)
    for told in data["changes"]:
        _change(stage, told)
    return Risk.objects.count()


def _stage(people: People, today: date) -> _Stage:
    units = {unit.code: unit for unit in Unit.objects.valid(today)}
    users = {name: user.person for name, user in people.users.items()}
    leaders = org.in_charge([unit.pk for unit in units.values()], today)
    return _Stage(units, leaders, users, today)


def _made_up(data: dict[str, Any], stage: _Stage) -> Iterator[Story]:
    """Standard risks for the units without a story, always the same ones for the same unit."""
    told = {story["unit"] for story in data["stories"]}
    small = sorted(code for code, unit in stage.units.items() if unit.kind == UnitKind.UNIT)
    for code in small[::2]:
        if code in told:
            continue
        random = Random(code)
        for area in random.sample(
            data["areas"][code.partition("-")[0]], 1 + (random.random() < SHARE_WITH_MORE)
        ):
            yield _standard(random, data, code, area)


def _standard(random: Random, data: dict[str, Any], code: str, area: str) -> Story:
    standard = random.choice(queries.standard_risks(area))
    values = random.choice(PAIRS)
    count = random.randint(1, len(standard.actions))
    return {
        "unit": code,
        "standard": standard.key,
        "values": values,
        "wanted": (1, values[1]),
        "serious": values[0] * values[1] >= 8,
        "found": random.choice(FOUND),
        "source": random.choice(SOURCES),
        "exposed": random.choice(data["exposed"]),
        "actions": [_step(random, data, measure) for measure in range(count)],
    }


def _step(random: Random, data: dict[str, Any], measure: int) -> Story:
    """An action somewhere on its way: one in three of those past due is late."""
    due = random.choice(DUE)
    story: Story = {"measure": measure, "due": due}
    if due > 0 or random.random() < 1 / 3:
        story["status"] = random.choice([Status.PLANNED, Status.ONGOING])
        if due < 0:
            story["comment"] = random.choice(data["comments"])
    elif random.random() < 1 / 3:
        story |= {"status": Status.DONE, "ended": due - 2, "follow_up": due + 70}
    else:
        effect = random.choice(["reached", "reached", "partly"])
        story |= {"status": Status.CLOSED, "ended": due - 1, "effect": effect, "after": (1, 2)}
        story["evidence"] = random.choice(data["evidence"])
    if random.random() < 0.15 and due > -60:
        story["moved"] = due - 20
        story["moved_because"] = random.choice(data["moves"])
    return story


def _play(stage: _Stage, story: Story) -> Risk:
    unit = stage.units[story["unit"]]
    standard = queries.standard_risk(story["standard"]) if "standard" in story else None
    found = stage.day(story["found"])
    risk = services.add_risk(
        unit=unit,
        title=standard.title if standard else story["title"],
        description=standard.description if standard else story["description"],
        area=standard.area if standard else story["area"],
        probability=story["values"][0],
        consequence=story["values"][1],
        wanted=tuple(story["wanted"]),
        serious=story["serious"],
        source=story.get("source", "own"),
        exposed=story.get("exposed", ""),
        found_on=found,
        actor=stage.manager(unit),
        today=found,
    )
    for told in story["actions"]:
        measure = standard.actions[told["measure"]] if standard else None
        title = measure.title if measure else told["title"]
        wanted = measure.wanted_effect if measure else told["wanted"]
        _act(stage, risk, {**told, "title": title, "wanted": wanted})
    return risk


def _act(stage: _Stage, risk: Risk, told: Story) -> Action:
    """Promise the action five days after the risk was found, and take it as far as it has come."""
    added = min(risk.found_on + timedelta(days=5), stage.today)
    actor = stage.manager(risk.unit)
    responsible = told.get("responsible")
    action = services.act_on_risks(
        risks=[risk],
        title=told["title"],
        wanted_effect=told["wanted"],
        due_date=stage.day(told["moved"] if "moved" in told else told["due"]),
        responsible=stage.people[responsible] if responsible else None,
        cost=told.get("cost"),
        actor=actor,
        today=added,
    )
    if "moved" in told:
        actions.move_due_date(
            action_id=action.pk,
            due_date=stage.day(told["due"]),
            reason=told.get("moved_because", "Leverantören är försenad."),
            actor=actor,
            today=max(added, stage.day(told["moved"])),
        )
    _advance(stage, action, told, actor)
    if "comment" in told:
        actions.add_comment(
            action_id=action.pk, text=told["comment"], actor=actor, today=stage.today
        )
    if "hand_up" in told:
        _hand_up(stage, action, told["hand_up"], actor)
    return action


def _advance(stage: _Stage, action: Action, told: Story, actor: Played) -> None:
    status = told.get("status", Status.PLANNED)
    if status == Status.ONGOING:
        actions.change_status(action_id=action.pk, status=status, actor=actor, today=stage.today)
    if status not in (Status.DONE, Status.CLOSED):
        return
    on = stage.day(told["ended"])
    actions.change_status(
        action_id=action.pk,
        status=Status.DONE,
        on=on,
        follow_up_on=stage.day(int(told["follow_up"])) if "follow_up" in told else None,
        actor=actor,
        today=max(on, action.added_on),
    )
    if status == Status.CLOSED:
        _close(stage, action, told, actor)


def _close(stage: _Stage, action: Action, told: Story, actor: Played) -> None:
    actions.follow_up(
        action_id=action.pk,
        effect=told["effect"],
        evidence=told.get("evidence", "Ronden i våras visade att det fungerar."),
        safety_rep_took_part=True,
        decision="close",
        actor=actor,
        today=stage.today,
    )
    if "after" in told:
        for risk in Risk.objects.filter(links__action=action):
            services.set_after(
                risk_id=risk.pk,
                probability=min(told["after"][0], risk.probability or 1),
                consequence=min(told["after"][1], risk.consequence or 1),
                actor=actor,
                today=stage.today,
            )


def _hand_up(stage: _Stage, action: Action, told: Story, actor: Played) -> None:
    asked = actions.hand_up(
        action_id=action.pk,
        reason_kind=told["reason_kind"],
        reason=told["reason"],
        answer_by=stage.day(told["answer_by"]),
        actor=actor,
        today=stage.day(told["asked"]),
    )
    if "answer" not in told:
        return
    day = stage.day(told["answered"])
    actions.answer_hand_up(
        hand_up_id=asked.pk,
        answer=told["answer"],
        text=told["text"],
        actor=stage.manager(asked.to_unit),
        today=day,
    )
    if told.get("seen"):
        actions.tick_off_answer(hand_up_id=asked.pk, actor=actor, today=day)


def _gather(stage: _Stage, told: Story, risks: list[Risk]) -> None:
    unit = stage.units[told["unit"]]
    services.gather(
        unit=unit,
        risks=risks,
        title=told["title"],
        area=told["area"],
        probability=told["values"][0],
        consequence=told["values"][1],
        wanted=tuple(told["wanted"]),
        serious=told["serious"],
        actor=stage.manager(unit),
        today=stage.today,
    )


def _propose(stage: _Stage, people: People, told: Story) -> None:
    day = stage.day(told["days"])
    services.propose_risk(
        unit=stage.units[told["unit"]],
        title=told["title"],
        description=told["description"],
        area=told["area"],
        found_on=day,
        actor=people.users[told["by"]],
        today=day,
    )


def _change(stage: _Stage, told: Story) -> None:
    unit = stage.units[told["unit"]]
    actor = stage.manager(unit)
    began = stage.day(told.get("decided", -10) - 20)
    words = ("title", "what", "affected", "opportunities", "diary_number", "decision")
    assessment = services.open_assessment(
        unit=unit,
        told=services.Told(
            **{name: told.get(name, "") for name in (*words, "safety_rep", "employees")},
            change_on=stage.day(told["change"]),
            follow_up_on=stage.day(told["follow_up"]),
        ),
        actor=actor,
        today=began,
    )
    for item in told["risks"]:
        risk = services.add_risk(
            unit=unit,
            title=item["title"],
            area=item["area"],
            probability=item["values"][0],
            consequence=item["values"][1],
            serious=item["serious"],
            source="change",
            found_on=began,
            assessment=assessment,
            actor=actor,
            today=began,
        )
        _act(stage, risk, item["action"])
    if "decided" in told:
        day = stage.day(told["decided"])
        services.make_ready(assessment_id=assessment.pk, actor=actor, today=day)
    if "result" in told:
        services.follow_up_assessment(
            assessment_id=assessment.pk,
            result=told["result"],
            actor=actor,
            today=stage.day(told["followed_up"]),
        )
