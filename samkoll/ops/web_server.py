"""gunicorn's settings: ``gunicorn -c python:samkoll.ops.web_server``. Read in gunicorn's master.

``serve`` adds the address and the number of processes. What gunicorn writes lies below
``SAMKOLL_VAR``; its control socket would lie in the home folder, and nobody here uses it.
"""

from __future__ import annotations

import os
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "samkoll.project.settings")

from django.conf import settings

_folder = settings.VAR / "web"
_folder.mkdir(mode=0o700, parents=True, exist_ok=True)

wsgi_app = "samkoll.project.wsgi:application"
timeout = 60
max_requests, max_requests_jitter = 5000, 500
worker_tmp_dir = str(_folder)
control_socket_disable = True
logconfig_dict = settings.LOGGING


def post_worker_init(worker: Any) -> None:
    """A new web process answers at once, and warms itself meanwhile."""
    from samkoll.ops import warming

    warming.in_background()
