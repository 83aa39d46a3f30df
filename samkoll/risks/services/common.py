"""What the services share: the lock, the version, and what the log is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.actions import services as actions
from samkoll.audit import queries as log
from samkoll.audit import services as audit
from samkoll.core.access import Verdict
from samkoll.core.errors import DomainError
from samkoll.core.locking import held
from samkoll.risks.matrix import Matrix
from samkoll.risks.models import ChangeAssessment, Risk, RiskAction
from samkoll.risks.queries import matrices

Actor = User | audit.CommandLine
Told = dict[str, object]
Values = tuple[int, int]
"""(probability, consequence)."""


class IncompleteRisk(DomainError):
    """Something that a risk needs was left empty."""


class NotNow(DomainError):
    """The risk or the assessment has not come so far, or is past it."""


class EditConflict(DomainError):
    """Somebody else changed the same thing first.

    ``mine`` and ``theirs``: by field what was typed and what is stored, where they differ.
    ``version`` is theirs: send it to save over theirs.
    """

    def __init__(self, *, version: int, changed_by: str, mine: Told, theirs: Told) -> None:
        self.version, self.changed_by = version, changed_by
        self.mine, self.theirs = mine, theirs
        super().__init__(
            _("%(name)s sparade medan du skrev. Jämför och spara igen.") % {"name": changed_by}
        )


def lock(risk_id: int) -> Risk:
    """The risk, held until the transaction ends."""
    return held(Risk.objects.select_related("unit", "common"), risk_id)


def allowed_now(verdict: Verdict) -> None:
    """Go on only when the thing has come so far. Raises: NotNow."""
    if not verdict:
        raise NotNow(verdict.reason)


def told(subject: Risk | ChangeAssessment, *fields: str) -> Told:
    """Fields as people read them: names instead of keys."""
    return {name: _word(subject, name) for name in fields}


def save(
    subject: Risk | ChangeAssessment,
    event: str,
    before: Told,
    actor: audit.Actor,
    **details: object,
) -> None:
    """Store the fields of ``before`` as the subject has them now, count the version, log it.

    Nothing happens when nothing changed.
    """
    after = told(subject, *before)
    changed = [name for name in before if before[name] != after[name]]
    if not changed:
        return
    subject.version += 1
    subject.save(update_fields=[*(_COLUMNS.get(name, name) for name in changed), "version"])
    audit.record(
        event,
        actor,
        subject,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
        **{name: value for name, value in details.items() if value},
    )


def check_version(
    subject: Risk | ChangeAssessment, version: int | None, mine: Mapping[str, object]
) -> None:
    """Let only the latest version through; None does not ask. Raises: EditConflict."""
    if version is None or version == subject.version:
        return
    theirs = told(subject, *mine)
    differ = [name for name, value in mine.items() if value != theirs[name]]
    latest = next(iter(log.history(subject)), None)
    raise EditConflict(
        version=subject.version,
        changed_by=latest.who if latest else "",
        mine={name: mine[name] for name in differ},
        theirs={name: theirs[name] for name in differ},
    )


def needed(text: str, otherwise: str) -> str:
    """A text that may not be left empty. Raises: IncompleteRisk with the sentence."""
    if not text.strip():
        raise IncompleteRisk(otherwise)
    return text.strip()


def matrix_of(risk: Risk) -> Matrix:
    """The matrix on which the risk was judged."""
    return matrices.matrix_named(risk.matrix)


def put_values(risk: Risk, matrix: Matrix, values: Values | None, prefix: str = "") -> None:
    """Set probability, consequence and level, before, ``wanted_`` or ``after_``; None empties.

    Raises: OutsideMatrix.
    """
    probability, consequence = values or (None, None)
    setattr(risk, f"{prefix}probability", probability)
    setattr(risk, f"{prefix}consequence", consequence)
    setattr(risk, f"{prefix}level", matrix.level(*values) if values else None)
    now = risk.level if risk.after_level is None else risk.after_level
    risk.severity = None if now is None else matrix.severity(now)


def keep_in_step(action_ids: Sequence[int]) -> None:
    """Let actions carry the level of the most severe risk that they serve. Two statements."""
    links = RiskAction.objects.filter(action__in=action_ids, risk__severity__isnull=False)
    worst: dict[int, tuple[int, int] | None] = dict.fromkeys(action_ids)
    ordered = links.order_by("risk__severity", "risk__current_level")
    known = ordered.values_list("action", "risk__current_level", "risk__severity")
    for pk, level, severity in known:
        worst[pk] = (level, severity or 0)
    actions.set_level(worst)


_COLUMNS = {"risk_status": "status", "assessment_status": "status"}


def _word(subject: Risk | ChangeAssessment, name: str) -> object:
    value = getattr(subject, _COLUMNS.get(name, name))
    return value if value is None or isinstance(value, str | int | bool) else str(value)
