"""Word templates and logos by administration: tried before use, inherited, ended."""

from __future__ import annotations

from io import BytesIO

import docx
import pytest
from django.core.exceptions import PermissionDenied
from PIL import Image

from samkoll.audit.services import CommandLine
from samkoll.documents.tests.test_word_templates import template
from samkoll.documents.word.filling import BadWordTemplate
from samkoll.files import kinds
from samkoll.files.checking import Checked
from samkoll.reports import building
from samkoll.reports.looks import queries, services
from samkoll.reports.models import UnitLook
from samkoll.reports.tests import facts

ACTOR = CommandLine()


def word(*lines):
    return Checked("mall.docx", kinds.DOCX.content_type, template(*lines))


def picture(size=(60, 30)):
    out = BytesIO()
    Image.effect_noise(size, 90).save(out, "PNG")
    return Checked("logotyp.png", kinds.PNG.content_type, out.getvalue())


def choose(unit, actor=ACTOR, **files):
    return services.choose(unit=unit, actor=actor, now=facts.NOW, **files)


def test_a_unit_without_its_own_has_that_of_the_unit_above(town):
    choose(town.units["EXK"], template=word("Kommunen"), logo=picture())
    choose(town.units["BUF"], logo=picture((40, 40)))
    found = queries.chosen([town.units["BUF"].pk, town.units["KSF"].pk])
    buf, ksf = found[town.units["BUF"].pk], found[town.units["KSF"].pk]
    assert buf.template == ksf.template
    assert buf.logo != ksf.logo


def test_a_report_is_written_in_the_template_of_its_administration(town, extracted):
    choose(town.units["BUF"], template=word("Från {{ organisation }}"))
    (file,) = building.build([extracted["GSN"].pk], formats=("docx",), produced_on=facts.NOW.date())
    assert docx.Document(BytesIO(file.data)).paragraphs[0].text.startswith("Från ")


def test_changing_one_file_keeps_the_other(town):
    first = choose(town.units["BUF"], template=word("Ett"))
    second = choose(town.units["BUF"], logo=picture())
    first.refresh_from_db()
    assert second.template == first.template
    assert first.ended_at == facts.NOW


def test_ending_goes_back_to_the_unit_above(town):
    choose(town.units["BUF"], logo=picture())
    services.end(unit=town.units["BUF"], actor=ACTOR, now=facts.NOW)
    assert queries.chosen([town.units["BUF"].pk])[town.units["BUF"].pk] == queries.Chosen()


def test_a_template_that_does_not_work_is_refused_and_nothing_changes(town):
    with pytest.raises(BadWordTemplate, match="dnr"):
        choose(town.units["BUF"], template=word("{{ dnr }}"))
    assert not UnitLook.objects.exists()


@pytest.mark.parametrize(
    ("files", "why"),
    [
        ({}, "Välj en Word-mall"),
        ({"template": Checked("a.pdf", kinds.PDF.content_type, b"")}, "DOCX"),
        ({"logo": Checked("a.pdf", kinds.PDF.content_type, b"")}, "PNG eller JPEG"),
        ({"logo": Checked("a.png", kinds.PNG.content_type, b"x" * 400_000)}, "300 kB"),
    ],
)
def test_what_is_no_template_and_no_logo_is_refused(town, files, why):
    with pytest.raises(services.BadLook, match=why):
        choose(town.units["BUF"], **files)


def test_only_those_who_keep_the_forms_choose(town):
    with pytest.raises(PermissionDenied):
        choose(town.units["BUF"], actor=town.user("director"), logo=picture())
