"""A plan in words, for the preview page and the command line."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from samkoll.org.importing.plan import Plan


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the code of the unit or board, and what happens to it."""

    code: str
    what: str


@dataclass(frozen=True, slots=True)
class Group:
    """Changes of one kind."""

    title: str
    rows: tuple[Change, ...]


def summary(plan: Plan) -> list[Group]:
    """The changes by kind, without the kinds that do not occur."""
    groups = (
        Group(_("Nya nämnder"), tuple(Change(b.code, b.name) for b in plan.boards)),
        Group(_("Nya enheter"), tuple(_opened(plan))),
        Group(_("Nya namn"), tuple(_renamed(plan))),
        Group(_("Avslutas"), tuple(_closed(plan))),
        Group(_("Hör till nämnd"), tuple(_serving(plan))),
        Group(_("Ersätter"), tuple(Change(new[0], old[0]) for old, new in plan.successions)),
    )
    return [group for group in groups if group.rows]


def _opened(plan: Plan) -> list[Change]:
    said = _("%(name)s, från %(day)s")
    return [Change(n.code, said % {"name": n.name, "day": n.starts}) for n in plan.opened]


def _renamed(plan: Plan) -> list[Change]:
    said = _("%(before)s blir %(after)s från %(day)s")
    return [
        Change(r.key[0], said % {"before": r.before, "after": r.after, "day": r.since})
        for r in plan.renamed
    ]


def _closed(plan: Plan) -> list[Change]:
    said = _("%(name)s, sista dag %(day)s")
    return [Change(c.key[0], said % {"name": c.name, "day": c.last_day}) for c in plan.closed]


def _serving(plan: Plan) -> list[Change]:
    first, later = _("%(board)s från %(day)s"), _("%(before)s blir %(board)s från %(day)s")
    return [
        Change(
            s.key[0],
            (later if s.before else first) % {"board": s.board, "before": s.before, "day": s.since},
        )
        for s in plan.serving
    ]
