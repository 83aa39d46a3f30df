"""Make the process ready: settings, then the embedded database when no other is named."""

from __future__ import annotations

import os


def boot(*, database: bool = True, new_key: bool = True) -> None:
    """Load settings and start or join the embedded database. Safe to call twice.

    ``new_key`` False: the key file must be there already; without it nothing is written.

    Raises: KeyFileUnusable, NotPossible.
    """
    if not new_key:
        os.environ["SAMKOLL_NEW_KEY"] = "false"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkoll.project.settings")
    import django
    from django.conf import settings

    from samkoll.ops import embedded

    if database and settings.EMBEDDED_DATABASE and settings.PURPOSE != "production":
        embedded.ensure_running(settings.VAR, settings.PURPOSE)
    django.setup()
