"""An installation whose tables are made once a process and copied for each test that needs one."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from samkoll.ops import embedded
from samkoll.ops.tests.places import Place


@pytest.fixture(scope="session")
def _first_var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = Place(tmp_path_factory.mktemp("migrated") / "var")
    done = place.run("migrate")
    assert done.returncode == 0, done.stderr
    deadline = time.monotonic() + 60
    while embedded.status(place.var, "test").pid:
        assert time.monotonic() < deadline, "its server does not stop"
        time.sleep(0.05)
    return place.var


@pytest.fixture(scope="session")
def migrated(_first_var: Path) -> Callable[[Path], Place]:
    """``migrated(var)``: a place below ``var`` after ``samkoll migrate``, without a key file."""

    def make(var: Path) -> Place:
        without_key = shutil.ignore_patterns("keys", "*.lock")
        shutil.copytree(_first_var, var, symlinks=True, ignore=without_key, dirs_exist_ok=True)
        return Place(var)

    return make
