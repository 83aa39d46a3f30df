"""``samkoll user``: the first administrator is added on the command line."""

from __future__ import annotations

import click
from django.db import transaction
from django.utils import timezone

from samkoll.accounts import registry, services
from samkoll.audit.services import CommandLine


@click.group("user")
def user() -> None:
    """Användare."""


@user.command("add")
@click.argument("email")
@click.option("--name", required=True, help="Personens namn.")
@click.option("--role", help="Roll, till exempel administrator.")
@click.option("--unit", help="Kod för den enhet som rollen gäller (hela kommunen om inget anges).")
@click.password_option("--password", prompt="Lösenord", confirmation_prompt="En gång till")
def add(email: str, name: str, role: str | None, unit: str | None, password: str) -> None:
    """Lägg till en användare som loggar in med EMAIL."""
    actor = CommandLine()
    with transaction.atomic():
        added = services.add_user(email=email, name=name, password=password, actor=actor)
        if role:
            today = timezone.localdate()
            registry.give_role(added, role, unit or "", actor=actor, today=today)
    click.echo(f"{name} kan nu logga in med {email}.")
