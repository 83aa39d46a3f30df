"""``migrate`` with limits: a migration that must wait or work too long gives up at once."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import connections


class Command(Migrate):
    """Django's own command, under ``lock_timeout`` and ``statement_timeout``.

    Data moves in batches as jobs, so no statement of a migration needs more than seconds.
    """

    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        limits = {
            "lock_timeout": settings.MIGRATION_LOCK_TIMEOUT,
            "statement_timeout": settings.MIGRATION_STATEMENT_TIMEOUT,
        }
        with connection.cursor() as cursor:
            for name, value in limits.items():
                cursor.execute("SELECT set_config(%s, %s, false)", [name, value])
        try:
            super().handle(*args, **options)
            call_command("createcachetable", database=options["database"], verbosity=0)
        finally:
            with connection.cursor() as cursor:
                for name in limits:
                    cursor.execute(f"RESET {name}")
