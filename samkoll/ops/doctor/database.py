"""Checks of the database: reached, new enough, migrated, and of the same opinion of the time."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import DatabaseError, OperationalError
from django.utils.translation import gettext as _

from samkoll.core.text import number
from samkoll.ops import programs
from samkoll.ops.doctor.finding import Finding, fault, ok, warning

_CLOCKS_APART = 5  # seconds


def reachable() -> Finding:
    """Lets us in and is of a version that we support."""
    check = _("Databas")
    try:
        major = programs.server_version()
    except (OperationalError, DatabaseError) as error:
        return fault(
            check,
            _("Går inte att nå: %(why)s") % {"why": str(error).strip().splitlines()[0]},
            _("Kontrollera att servern är igång och att DATABASE_URL stämmer."),
        )
    if major < programs.OLDEST:
        return fault(
            check,
            _("PostgreSQL %(major)s är för gammal.") % {"major": major},
            _("Uppgradera till PostgreSQL %(oldest)s eller nyare.") % {"oldest": programs.OLDEST},
        )
    return ok(check, f"PostgreSQL {major}")


def embedded_in_production() -> Finding:
    """The embedded server is for demo, development and tests."""
    check = _("Databasens plats")
    if settings.EMBEDDED_DATABASE and settings.PRODUCTION:
        return fault(
            check,
            _("Den inbyggda databasen används i drift."),
            _("Ange en riktig PostgreSQL-server i DATABASE_URL."),
        )
    return ok(check, _("Inbyggd") if settings.EMBEDDED_DATABASE else _("Egen server"))


def migrated() -> Finding:
    """Tables as the code expects them, neither older nor newer."""
    check = _("Tabeller")
    executor = MigrationExecutor(connection)
    if missing := executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return fault(
            check,
            _("%(count)s uppdateringar har inte körts.") % {"count": len(missing)},
            _("Kör samkoll migrate."),
        )
    ours = {app for app, _name in executor.loader.disk_migrations or {}}
    known = set(executor.loader.disk_migrations or {})
    if any(key[0] in ours and key not in known for key in executor.loader.applied_migrations):
        return fault(
            check,
            _("Tabellerna är gjorda av en nyare version av Samkoll."),
            _("Installera den versionen eller en nyare."),
        )
    return ok(check, _("Uppdaterade."))


def clock(now: datetime) -> Finding:
    """Ours against the server's: due dates, sessions and jobs need one time."""
    check = _("Klocka")
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        apart = abs((cursor.fetchone()[0] - now).total_seconds())
    if apart > _CLOCKS_APART:
        return warning(
            check,
            _("Databasservern går %(seconds)s sekunder fel mot den här datorn.")
            % {"seconds": number(int(apart))},
            _("Ställ båda klockorna mot en tidsserver (NTP)."),
        )
    return ok(check, _("Stämmer med databasservern."))
