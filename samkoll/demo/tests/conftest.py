from __future__ import annotations

import pytest

from samkoll.demo.generator import GeneratedFiles, generate
from samkoll.demo.tests.oracle import Oracle, read


@pytest.fixture(scope="session")
def files(tmp_path_factory: pytest.TempPathFactory) -> GeneratedFiles:
    """The demo's files, written once."""
    return generate(tmp_path_factory.mktemp("demo"))


@pytest.fixture(scope="session")
def oracle(files: GeneratedFiles) -> Oracle:
    return read(files.organisation, files.payroll)
