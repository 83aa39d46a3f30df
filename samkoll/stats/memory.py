"""Memory that work has freed goes back to the system, as a web process lives for weeks."""

from __future__ import annotations

import ctypes


def give_back() -> None:
    """Hand free pages back where the C library can (glibc); elsewhere nothing happens."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
