"""The web application for gunicorn: ``samkoll.project.wsgi:application``."""

from __future__ import annotations

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkoll.project.settings")
application = get_wsgi_application()
