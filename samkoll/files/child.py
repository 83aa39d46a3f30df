"""Inspects one file in a process of its own, with limits: a crash or a bomb ends only this one.

Standard input: the content. Argument: how the name ends. Standard output: one line, ``reason`` or
``type`` with a word, and after ``type`` the content to keep. Knows no Django and no secrets.
"""

from __future__ import annotations

import resource
import sys

from samkoll.files.inspecting import inspect
from samkoll.files.kinds import NotTaken

MEMORY = 1_500_000_000  # bytes of address space
SECONDS = 20  # of work


def main() -> None:
    """Read, inspect, answer."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    out = sys.stdout.buffer
    try:
        kind, kept = inspect(sys.stdin.buffer.read(), sys.argv[1])
    except NotTaken as refusal:
        out.write(f"reason {refusal.reason}\n".encode())
        return
    out.write(f"type {kind.content_type}\n".encode())
    out.write(kept)


if __name__ == "__main__":
    main()
