"""The command: figures as a table, as CSV for Swedish Excel, and as JSON."""

from __future__ import annotations

import csv
import io
import json
import re

import pytest
from click.testing import CliRunner

from samkoll.core.errors import DomainError
from samkoll.core.text import MINUS, THIN_SPACE
from samkoll.org.models import Unit
from samkoll.stats import metrics
from samkoll.stats.cli import stats
from samkoll.stats.tests.filing import LAST, people, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def staffed(town):
    """Less overtime and sick leave in 2023 than in 2022; Ängsskolan has 7 persons."""
    units = {code: unit.pk for code, unit in town.units.items()}
    before, now = {"last": LAST - 12}, {"first": LAST - 11}
    publish(
        people(units["BUF-SOL"], 35, women=20, overtime=150)
        + people(units["BUF-ANG"], 7)
        + people(units["KSF-INT"], 25, women=13, sick_long=1600, overtime=54_321, **before)
        + people(units["KSF-INT"], 25, women=13, sick_long=800, overtime=4_321, **now)
    )
    return units


def run(*arguments):
    return CliRunner().invoke(stats, arguments)


def test_the_command_prints_a_table(staffed):
    result = run("sick-leave", "--unit", "ksf", "--month", "2023-12")
    assert result.exit_code == 0, result.output
    assert "R12 2023-12" in result.output
    assert "Total sjukfrånvaro" in result.output


def lines(*arguments):
    """The CSV as dictionaries, read as Excel would."""
    output = run(*arguments, "--format", "csv").stdout_bytes.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(output, newline=""), delimiter=";"))


def test_csv_starts_with_a_byte_order_mark_and_ends_lines_as_windows(staffed):
    raw = run("overtime", "--municipality", "--month", "2023-12", "--format", "csv").stdout_bytes
    assert raw.startswith("\ufeffKod;Mått;Sort;".encode())
    assert raw.count(b"\r\n") == raw.count(b"\n") == 4


def test_numbers_in_csv_are_numbers_to_swedish_excel(staffed):
    found = lines("sick-leave", "--unit", "KSF", "--month", "2023-12")
    found += lines("overtime", "--unit", "KSF", "--month", "2023-12")
    for line in found:
        for head in ("Värde", "Föregående värde", "Skillnad", "Täljare", "Nämnare"):
            assert re.fullmatch(r"(-?\d+(,\d+)?)?", line[head]), (head, line[head])
    assert (found[0]["Värde"], found[0]["Skillnad"]) == ("5,0", "-5,0")
    assert (found[13]["Värde"], found[13]["Skillnad"]) == ("12963", "-150000")


def test_csv_says_whose_figure_it_is_and_what_it_stands_on(staffed):
    line = lines("turnover", "--unit", "KSF", "--board", "KS", "--month", "2023-12")[0]
    assert (line["Enhetskod"], line["Nämndkod"], line["Nämnd"]) == ("KSF", "KS", "Kommunstyrelsen")
    assert (line["Första månad"], line["Sista månad"]) == ("2023-01", "2023-12")
    assert (line["Nämnare"], line["Nämnarens sort"]) == ("300", "person_months")
    assert re.fullmatch(r"[0-9a-f]{64}", line["Underlag"])


def test_a_protected_figure_is_empty_and_says_so(staffed):
    line = lines("sick-leave", "--unit", "BUF-ANG", "--month", "2023-12")[0]
    assert line["Läge"] == "skyddad"
    assert not any(line[head] for head in ("Värde", "Skillnad", "Täljare", "Nämnare"))
    command = ("sick-leave", "--unit", "BUF-ANG", "--month", "2023-12", "--format", "json")
    found = json.loads(run(*command).stdout)[0]
    assert found["state"] == "protected"
    assert [found[key] for key in ("value", "change", "numerator", "denominator")] == [None] * 4


def test_a_name_that_a_spreadsheet_would_run_is_kept_as_text(staffed):
    Unit.objects.filter(code="KSF").update(name="=1+1")
    assert lines("overtime", "--unit", "KSF", "--month", "2023-12")[0]["Enhet"] == "'=1+1"


def test_json_has_exact_sums_with_their_units_and_shown_values_as_strings(staffed):
    command = ("sick-leave", "--unit", "KSF", "--month", "2023-12", "--format", "json")
    output = run(*command).stdout
    found = json.loads(output)[0]
    assert found["unit"]["code"] == "KSF"
    assert found["board"] is None
    assert (found["value"], found["value_unit"], found["change"]) == ("5.0", "%", "-5.0")
    assert (found["numerator"], found["numerator_unit"]) == (25 * 12 * 800, "hundredths_of_hours")
    assert found["previous"]["window"] == {"first": "2022-01", "last": "2022-12"}
    assert len(found["snapshots"][0]) == 64
    assert MINUS not in output
    assert THIN_SPACE not in output


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("--unit", "BUF-SOLL"), "Menade du .*BUF-SOL"),
        (("--board", "Kommunstyrelse"), "Menade du Kommunstyrelsen"),
        ((), "--municipality"),
    ],
)
def test_a_wrong_place_is_one_sentence_with_the_nearest_names(staffed, arguments, sentence):
    command = ["sick-leave", *arguments, "--month", "2023-12"]
    with pytest.raises(DomainError, match=sentence):
        CliRunner().invoke(stats, command, catch_exceptions=False)


def test_every_metric_is_listed_and_can_be_asked_for(staffed):
    listed = [line.split()[0] for line in run("metrics").output.splitlines()]
    assert listed == [metric.key for metric in metrics.catalogue()]
    result = run("metric", *listed, "--municipality", "--month", "2023-12", "--format", "json")
    assert result.exit_code == 0, result.output
    assert {each["metric"] for each in json.loads(result.stdout)} == set(listed)


def test_an_unknown_metric_is_one_sentence(staffed):
    command = ["metric", "sick_leav", "--municipality", "--month", "2023-12"]
    with pytest.raises(DomainError, match="Menade du sick_leave"):
        CliRunner().invoke(stats, command, catch_exceptions=False)
