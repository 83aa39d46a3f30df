"""What every test may use: the named town, query counts, its own folder for facts and files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from whitenoise.middleware import WhiteNoiseMiddleware  # type: ignore[import-untyped]

from tests.town import Town


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The access matrix begins: the longest tests must not be what is left for one process."""
    items.sort(key=lambda item: not item.nodeid.startswith("tests/access/"))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, settings: object) -> Iterator[None]:
    """Facts, uploads, attachments and results of a test lie in a folder of its own."""
    for name in ("FACTS", "UPLOADS", "FILES", "RESULTS"):
        setattr(settings, name, tmp_path / name.lower())
    yield


@pytest.fixture(scope="session", autouse=True)
def static_files_once() -> Iterator[None]:
    """WhiteNoise looks for the static files once a process, not once for every test client."""
    found: dict[str, object] = {}
    look = WhiteNoiseMiddleware.add_files_from_finders

    def once(middleware: WhiteNoiseMiddleware) -> None:
        if not found:
            look(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WhiteNoiseMiddleware, "add_files_from_finders", once)
        yield


@pytest.fixture
def town(db: None) -> Town:
    """A small municipality with one person for every role: see ``tests/town.py``."""
    return Town.build()


@pytest.fixture
def count_queries() -> Callable[[Callable[[], object]], int]:
    """How many SQL statements a call makes: measure at two rows and at twenty, demand the same."""

    def count(call: Callable[[], object]) -> int:
        with CaptureQueriesContext(connection) as captured:
            call()
        return len(captured)

    return count
