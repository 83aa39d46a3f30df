"""What templates print: numbers, dates, icons, form fields."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy

from samkoll.core.access import ALLOW, deny
from samkoll.core.months import Month
from samkoll.web import icons
from samkoll.web.kit import SampleForm
from samkoll.web.tables import Cell, Head, Kind, Row, State, Table, Tone


def show(template: str, **context: object) -> str:
    return " ".join(Template(template).render(Context(context)).split())


@pytest.mark.parametrize(
    ("template", "value", "shown"),
    [
        ("{{ v|number }}", 182340, "182\u202f340"),
        ("{{ v|number:1 }}", Decimal("-7.55"), "−7,6"),
        ("{{ v|percent }}", Decimal("7.6"), "7,6\u00a0%"),
        ("{{ v|number }}", None, "–"),
        ("{{ v|day }}", date(2024, 3, 31), "2024-03-31"),
        ("{{ v|moment }}", datetime(2024, 3, 31, 12, tzinfo=UTC), "2024-03-31 14:00"),
        ("{{ v|long_day }}", date(2024, 3, 31), "31 mars 2024"),
        ("{{ v|week }}", date(2024, 4, 3), "v. 14"),
        ("{{ v|long_month }}", Month.of(2024, 3), "mars 2024"),
        ("{{ v|breakable }}", "Ronder/<b>arbete", "Ronder/<wbr>&lt;b&gt;arbete"),
    ],
)
def test_figures_and_dates_are_swedish(template, value, shown):
    assert Template(template).render(Context({"v": value})) == shown


def test_every_tone_has_an_icon_and_every_icon_can_be_drawn():
    assert all(tone.icon in icons.PATHS for tone in Tone)
    assert all("<path" in icons.svg(name) for name in icons.PATHS)


def test_a_state_is_never_colour_alone():
    html = show('{% include "web/state.html" with state=s only %}', s=State("Delvis", Tone.WARNING))
    assert "<svg" in html
    assert "Delvis" in html


def test_a_refused_button_is_disabled_and_shows_its_reason():
    template = '{% include "web/button.html" with label="Spara" verdict=v only %}'
    assert "disabled" not in show(template, v=ALLOW)
    refused = show(template, v=deny("Bara chefen får spara."))
    assert "disabled" in refused
    assert "Bara chefen får spara." in refused


def test_a_field_names_its_help_and_its_error_for_readers():
    form = SampleForm({"description": "", "title": ""})
    html = show('{% include "web/field.html" with field=f only %}', f=form["title"])
    assert 'aria-describedby="id_title-error"' in html
    assert 'aria-invalid="true"' in html
    assert 'for="id_title"' in html
    html = show('{% include "web/field.html" with field=f only %}', f=form["description"])
    assert 'aria-describedby="id_description-help"' in html
    assert "(valfritt)" in html


def test_radios_stand_in_a_group_under_their_legend():
    html = show('{% include "web/field.html" with field=f only %}', f=SampleForm()["kind"])
    assert "<legend" in html
    assert html.count('type="radio"') == 2
    assert 'aria-describedby="id_kind-help "' in html


def test_what_a_user_typed_is_never_markup():
    form = SampleForm({"title": "<script>alert(1)</script>" * 9})
    html = show(
        '{% include "web/error_summary.html" with form=f only %}'
        '{% include "web/field.html" with field=f.title only %}',
        f=form,
    )
    assert "<script>" not in html


def test_a_cell_is_the_same_in_a_table_and_in_a_row_of_its_own():
    heads = (Head("Namn"), Head("Läge <b>", Kind.STATE), Head("Antal", Kind.NUMBER))
    row = Row(
        (
            Cell("Sol & <måne>", url="/e/A/?a=1&b=2", note="not <"),
            Cell("", state=State(gettext_lazy("Hög"), Tone.DANGER)),
            Cell(SafeString("<b>1</b>")),
        ),
        strong=True,
    )
    cells = show("{% cell c.0 %}{% cell c.1 h.1 %}{% cell c.2 h.2 %}", c=row.cells, h=heads)
    whole = show("{% table_rows t %}", t=Table("Rader", heads, (row, row)))
    assert whole == " ".join([f'<tr role="row" class="strong">{cells}</tr>'] * 2)
    assert (
        '<th scope="row" role="rowheader"><span><a class="ds-link" href="/e/A/?a=1&amp;b=2">'
        'Sol &amp; &lt;måne&gt;</a><span class="note">not &lt;</span></span></th>' in cells
    )
    assert '<td role="cell" data-kind="state" data-label="Läge &lt;b&gt;">' in cells
    assert 'data-tone="danger"><svg' in cells and "</svg>Hög</span>" in cells
    assert "<span><b>1</b></span>" in cells
