"""Locks that the kernel gives back when a process ends, however it ends."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path
from typing import Self

from samkoll.ops.embedded.place import NotPossible, Say
from samkoll.ops.embedded.waiting import Progress


class Lock:
    """An open lock file (``flock``). Every open file has its own lock; children inherit that."""

    def __init__(self, file: Path) -> None:
        """Raises: NotPossible."""
        try:
            self.handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
        except OSError as error:
            raise NotPossible(
                f"{file} går inte att öppna ({error.strerror}). Kör som den användare som äger "
                "mappen, eller ange en annan mapp med SAMKOLL_VAR."
            ) from error

    def shared(self) -> bool:
        """Take it beside others, now or not at all."""
        return self._take(fcntl.LOCK_SH)

    def exclusive(self) -> bool:
        """Take it alone, now or not at all."""
        return self._take(fcntl.LOCK_EX)

    def wait(self, what: str, say: Say, *, within: float = float("inf")) -> bool:
        """Take it alone as soon as it is free; ``False`` if that took longer than ``within`` s."""
        progress, deadline = Progress(what, say), time.monotonic() + within
        while not self.exclusive():
            if time.monotonic() > deadline:
                return False
            progress.step()
        return True

    def _take(self, kind: int) -> bool:
        try:
            fcntl.flock(self.handle, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        """Give up our hold; copies in other processes keep theirs. A second call does nothing."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
