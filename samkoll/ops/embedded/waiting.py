"""Waiting for something that may take long, and saying so."""

from __future__ import annotations

import time

from samkoll.ops.embedded.place import Say

_TELL_EVERY = 5.0  # seconds


class Progress:
    """A pause per ``step``: short at first, longer later; a sentence every five seconds."""

    def __init__(self, what: str, say: Say) -> None:
        self._what, self._say = what, say
        self._began = self._told = time.monotonic()

    @property
    def seconds(self) -> float:
        """How long it has been going on."""
        return time.monotonic() - self._began

    def step(self) -> None:
        """Say it if it is time to, then pause."""
        if time.monotonic() - self._told >= _TELL_EVERY:
            self._told = time.monotonic()
            self._say(f"{self._what} ({self.seconds:.0f} s) …")
        time.sleep(0.01 if self.seconds < 2 else 0.1)
