"""Everything that changes users."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from samkoll.accounts.models import User
from samkoll.accounts.queries import demo_sign_in_allowed
from samkoll.audit import services as audit
from samkoll.core.errors import DomainError

__all__ = [
    "AlreadyThere",
    "NotADemo",
    "WeakPassword",
    "add_demo_user",
    "add_user",
    "change_language",
    "demo_sign_in_allowed",
]


class AlreadyThere(DomainError):
    """Somebody has that e-mail address."""


class NotADemo(DomainError):
    """Demo users belong to demos only."""


class WeakPassword(DomainError):
    """The password is too easy to guess."""


@transaction.atomic
def add_user(*, email: str, name: str, password: str | None = None, actor: audit.Actor) -> User:
    """Add a real user. The first one ends the demo: demo users can no longer sign in.

    Without a password the user signs in another way, or asks for one by e-mail.

    Raises: AlreadyThere, WeakPassword.
    """
    _one_at_a_time()
    _check_free(email)
    if password is not None:
        _check_password(password, User(email=email, name=name))
    user = User.objects.create_user(email, password, name=name)
    ended = User.objects.filter(is_demo=True, is_active=True).update(is_active=False)
    after = audit.state(user, "email")
    audit.record("user.added", actor, user, after=after, demo_users_ended=ended)
    return user


@transaction.atomic
def add_demo_user(*, email: str, name: str, actor: audit.Actor) -> User:
    """Add a user that a click signs in, without a password. Raises: NotADemo, AlreadyThere."""
    _one_at_a_time()
    if not settings.DEMO_SIGN_IN:
        raise NotADemo(_("Demoanvändare finns bara i en demo (SAMKOLL_PURPOSE=demo)."))
    if not demo_sign_in_allowed():
        raise NotADemo(_("Här finns riktiga användare: demoanvändare kan inte läggas till."))
    _check_free(email)
    user = User.objects.create_user(email, name=name, is_demo=True)
    audit.record("user.added", actor, user, after=audit.state(user, "email", "is_demo"))
    return user


@transaction.atomic
def change_language(*, user: User, language: str) -> User:
    """Remember the language that a user has chosen; one that we do not have is left out."""
    if language in dict(settings.LANGUAGES) and language != user.language:
        before = audit.state(user, "language")
        user.language = language
        user.save(update_fields=["language"])
        audit.record("user.language", user, user, before=before, after={"language": language})
    return user


def _one_at_a_time() -> None:
    """A real user and a demo user may not be added beside each other."""
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_user IN SHARE ROW EXCLUSIVE MODE")


def _check_free(email: str) -> None:
    if User.objects.filter(email__iexact=email).exists():
        raise AlreadyThere(
            _("Det finns redan en användare med adressen %(email)s.") % {"email": email}
        )


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise WeakPassword(" ".join(error.messages)) from error
