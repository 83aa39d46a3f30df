"""Who may do what with the organisation, as verdicts with a sentence; the sentences of all areas.

A permission ("org:write") belongs to roles as ``data/roles.yaml`` says. Whether somebody holds it
at a unit is asked in ``queries``; here the answer gets its words.
"""

from __future__ import annotations

from django.utils.translation import gettext as _

from samkoll.core.access import ALLOW, Verdict, deny
from samkoll.core.text import listing
from samkoll.org.roles import roles, roles_with


def verdict(permission: str, *, held: bool) -> Verdict:
    """Yes when the permission is held; otherwise a sentence that names the roles which have it."""
    if held:
        return ALLOW
    named = listing(str(roles()[code]) for code in roles_with(permission))
    return deny(
        _("Det här får bara den göra som har någon av rollerna %(roles)s här.") % {"roles": named}
        if len(roles_with(permission)) > 1
        else _("Det här får bara den göra som har rollen %(roles)s.") % {"roles": named}
    )


def can_see_people(*, held: bool) -> Verdict:
    """Whether people, roles and safety areas may be read (``org:read``)."""
    return verdict("org:read", held=held)


def can_change(*, held: bool) -> Verdict:
    """Whether the organisation, people and roles may be changed (``org:write``)."""
    return verdict("org:write", held=held)


def can_give_role(role: str, *, held: bool, to_self: bool) -> Verdict:
    """Whether a role may be given: nobody gives a role to themselves, so two must agree."""
    if not held:
        return can_change(held=False)
    if to_self:
        return deny(_("Du kan inte ge dig själv en roll: be en annan administratör."))
    return ALLOW
