"""Folders for what is put aside meanwhile: pseudonyms, so only we can read them."""

from __future__ import annotations

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LEFT_AFTER = 24 * 3600
"""Seconds after which nobody can be at work in a folder of ours any more."""


@contextmanager
def private_folder(within: Path, prefix: str) -> Iterator[Path]:
    """A new folder that is removed with all that it holds. ``within`` is made when missing.

    What killed processes left there under the same prefix, more than a day ago, goes too.
    """
    within.mkdir(mode=0o700, parents=True, exist_ok=True)
    for left in within.glob(f"{prefix}*"):
        if time.time() - left.stat().st_mtime > LEFT_AFTER:
            shutil.rmtree(left, ignore_errors=True)
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=within))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)
