"""What the services share: the lock, the version, and what the log is told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions import queries
from samkoll.actions.models import Action, HandUp
from samkoll.audit import queries as log
from samkoll.audit import services as audit
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.org import queries as org
from samkoll.org.models import Person, Unit

Actor = User | audit.CommandLine
Told = dict[str, object]


class IncompleteAction(DomainError):
    """Something that an action needs was left empty."""


class BadStep(DomainError):
    """The status cannot be reached, or not without more facts."""


class NotHere(DomainError):
    """The person has neither a position nor a role today, so cannot be given an action."""


class EditConflict(DomainError):
    """Somebody else changed the action first.

    ``mine`` and ``theirs``: by field what was typed and what is stored, where they differ, as the
    change log tells it. ``version`` is theirs: send it to save over theirs.
    """

    def __init__(
        self, *, version: int, changed_by: str, mine: Mapping[str, object], theirs: Told
    ) -> None:
        self.version, self.changed_by = version, changed_by
        self.mine, self.theirs = dict(mine), theirs
        super().__init__(
            _("%(name)s ändrade åtgärden medan du skrev. Jämför och spara igen.")
            % {"name": changed_by}
        )


def lock(action_id: int) -> Action:
    """The action, held until the transaction ends."""
    return held(Action.objects.select_related("unit__parent", "responsible"), action_id)


def told(action: Action, *fields: str) -> Told:
    """Fields of an action as people read them: names instead of keys."""
    return {name: _word(action, name) for name in fields}


def save(action: Action, event: str, before: Told, actor: audit.Actor, **details: object) -> None:
    """Store the fields of ``before`` as the action has them now, count the version, log it.

    Nothing happens when nothing changed.
    """
    after = told(action, *before)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return
    action.version += 1
    columns = [_COLUMNS.get(name, name) for name in changed if name != "helpers"]
    action.save(update_fields=[*columns, "version"])
    audit.record(
        event,
        actor,
        action,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        **{name: value for name, value in details.items() if value},
    )


def check_version(action: Action, version: int | None, mine: Mapping[str, object]) -> None:
    """Let only the latest version through; None does not ask. Raises: EditConflict."""
    if version is None or version == action.version:
        return
    theirs = told(action, *mine)
    latest = next(iter(log.history(action)), None)
    raise EditConflict(
        version=action.version,
        changed_by=latest.who if latest else "",
        mine={name: value for name, value in mine.items() if value != theirs[name]},
        theirs={name: theirs[name] for name, value in mine.items() if value != theirs[name]},
    )


def check_people(people: Iterable[Person], today: date) -> None:
    """Only people who are here today are given actions. Raises: NotHere."""
    wanted = {person.pk: person for person in people}
    here = set(org.working_here(today).filter(pk__in=wanted).values_list("pk", flat=True))
    gone = [person.name for pk, person in wanted.items() if pk not in here]
    if gone:
        raise NotHere(
            _("%(name)s har ingen befattning eller roll i dag. Välj någon annan.")
            % {"name": ", ".join(gone)}
        )


def in_charge(unit: Unit, today: date) -> Person:
    """Who answers for a unit: its manager, else the nearest above. Raises: NotHere."""
    found = org.in_charge([unit.pk], today).get(unit.pk)
    if found is None:
        raise NotHere(
            _("%(unit)s har ingen chef, inte heller ovanför. Skriv vem som ansvarar.")
            % {"unit": unit.name}
        )
    return found


def role_of(person: Person, unit: Unit, typed: str, today: date) -> str:
    """The role that documents print: as typed, else the person's title.

    Raises: IncompleteAction.
    """
    role = typed.strip() or queries.title_of(person, unit, today)
    if not role:
        raise IncompleteAction(
            _("Skriv i vilken roll %(name)s ansvarar: rapporter visar roller, inte namn.")
            % {"name": person.name}
        )
    return role


def open_hand_up(action: Action) -> HandUp | None:
    """The hand-up that waits for an answer."""
    return action.hand_ups.filter(answer="").select_related("to_unit").first()


_COLUMNS = {"action_status": "status"}


def _word(action: Action, name: str) -> object:
    if name == "helpers":
        return sorted(str(person) for person in action.helpers.all())
    value = getattr(action, _COLUMNS.get(name, name))
    return str(value) if isinstance(value, Person | Unit | Action) else value
