"""The organisation that the demo generates is a file that the import takes."""

from __future__ import annotations

import pytest

from samkoll.demo.generator.organisation import exempelkommunen
from samkoll.org import queries, services
from samkoll.org.models import Unit
from tests.town import ACTOR, TODAY


@pytest.mark.django_db
def test_the_demo_organisation_is_such_a_file_and_the_second_time_nothing_changes(tmp_path):
    organisation, path = exempelkommunen(), tmp_path / "demo.csv"
    organisation.write_csv(path)
    content = path.read_bytes()
    if b";n\xe4mnd;;;" not in content:
        rows = [f"{c};{n};nämnd;;;2015-01-01;;" for c, n in organisation.boards.items()]
        content += "\r\n".join([*rows, ""]).encode("cp1252")
    for changed in (True, False):
        plan = services.import_organisation(content=content, day=TODAY, actor=ACTOR, today=TODAY)
        assert bool(plan.changes) is changed
    assert Unit.objects.count() == len(organisation.units)
    assert queries.current_boards().count() == 9
