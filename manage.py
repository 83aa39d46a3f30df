#!/usr/bin/env python
"""Django's own commands, with the embedded database running when it is in use."""

from __future__ import annotations

import sys

from samkoll.project.boot import boot

if __name__ == "__main__":
    boot()
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
