"""From payroll facts to files: figures, protection, refusal, stored files, the command."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied

from samkoll.audit.services import CommandLine
from samkoll.core.errors import DomainError
from samkoll.desk.models import Job, JobState
from samkoll.documents import stored
from samkoll.documents.content import Table
from samkoll.reports import building, cli, jobs, queries, services, storing
from samkoll.reports.models import ReportFile
from samkoll.reports.tests import facts

TODAY = date(2024, 5, 15)


def table(report, caption):
    document = building.document(report.pk, produced_on=TODAY)
    return next(
        b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption)
    )


def shown(report, caption, row):
    return [cell.text for cell in table(report, caption).rows[row].cells[1:]]


def test_a_board_report_shows_the_figures_of_its_units_only(extracted):
    assert shown(extracted["KS"], "Sjukfrånvaro, procent", 1) == ["10,0", "10,0", "0,0"]
    assert shown(extracted["KS"], "Övertid", 1) == ["540", "540", "0"]


def test_the_municipalitys_is_sums_over_sums_and_never_a_mean_of_boards(extracted):
    women, men = 115, 64
    expected = Decimal(16 * women + 8 * men) / (160 * (women + men)) * 100
    cell = table(extracted["EXK"], "Sjukfrånvaro, procent").rows[0].cells[1]
    assert cell.value == round(expected, 1)


def test_four_men_are_protected_and_cannot_be_worked_out(extracted):
    texts = [shown(extracted["FSN"], "Sjukfrånvaro, procent", row) for row in (1, 2)]
    assert texts == [["..", "..", ".."], ["..", "..", ".."]]


def test_a_report_without_extracted_facts_is_refused(reports):
    with pytest.raises(building.NotExtracted, match="Ta ut underlaget"):
        building.document(reports["KS"].pk, produced_on=TODAY)


def test_extraction_without_all_months_is_refused_and_names_the_first(town, reports):
    facts.publish(town, {"KSF-INT": (20, 25)}, first=(2022, 3))
    with pytest.raises(services.NoFacts, match="2022-01"):
        services.extract_facts(year=2024, actor=CommandLine(), now=facts.NOW)


def test_only_the_strategist_extracts(town, reports):
    with pytest.raises(PermissionDenied, match="HR-strategen"):
        services.extract_facts(year=2024, actor=town.user("director"), now=facts.NOW)


def test_two_conventions_are_never_mixed_in_a_report(town, reports):
    facts.publish(town, {"KSF-INT": (20, 25)}, last=(2022, 12))
    facts.publish(town, {"KSF-INT": (20, 25)}, first=(2023, 1), convention="whole_spell", batch="2")
    services.extract_facts(year=2024, actor=CommandLine(), now=facts.NOW)
    with pytest.raises(DomainError, match="två olika sätt"):
        building.document(reports["KS"].pk, produced_on=TODAY)


def test_later_facts_change_nothing_until_they_are_extracted(town, extracted):
    before = building.document(extracted["KS"].pk, produced_on=TODAY)
    facts.publish(town, {"KSF-INT": (30, 30)}, batch="2")
    assert building.document(extracted["KS"].pk, produced_on=TODAY) == before
    services.extract_facts(year=2024, actor=CommandLine(), now=facts.NOW)
    assert building.document(extracted["KS"].pk, produced_on=TODAY) != before


def test_a_pinned_snapshot_is_known_to_be_needed(extracted):
    assert queries.pinned_snapshots() == {extracted["KS"].facts[0]["sha256"]}


def test_the_same_report_gives_the_same_bytes(extracted):
    def files():
        ids = [extracted["KS"].pk]
        return [f.sha256 for f in building.build(ids, formats=["docx", "html"], produced_on=TODAY)]

    assert files() == files()


def test_the_json_names_each_figure_and_what_it_is_made_of(extracted):
    made = building.build([extracted["KS"].pk], formats=["json"], produced_on=TODAY)
    whole = json.loads(next(iter(made)).data)
    assert stored.from_json(whole) == building.document(extracted["KS"].pk, produced_on=TODAY)
    figure = next(f for f in whole["figures"] if f["id"] == "sick_leave.women.2023-12")
    assert (figure["value"], figure["unit"], figure["origin"]) == ("10.0", "%", "computed")
    assert figure["numerator"].startswith("3\u202f840") and figure["denominator"]
    assert whole["report"]["board"] == {"code": "KS", "name": "Kommunstyrelsen"}
    assert whole["sources"][0]["sha256"] == extracted["KS"].facts[0]["sha256"]


def test_a_protected_figure_is_not_told_in_the_json(extracted):
    made = building.build([extracted["FSN"].pk], formats=["json"], produced_on=TODAY)
    ids = {figure["id"] for figure in json.loads(next(iter(made)).data)["figures"]}
    assert not any(each.startswith(("sick_leave.women", "sick_leave.men")) for each in ids)


def test_all_reports_cost_as_many_queries_as_two(extracted, count_queries):
    def gather(codes):
        building.gather([extracted[code].pk for code in codes], produced_on=TODAY)

    assert count_queries(lambda: gather(("KS", "GSN"))) == count_queries(
        lambda: gather(("KS", "GSN", "FSN"))
    )


def test_a_file_is_written_whole_or_not_at_all(tmp_path, monkeypatch):
    path = tmp_path / "rapport.pdf"
    building.write_file(path, b"hel")

    def fails(_handle):
        raise OSError("disken är full")

    monkeypatch.setattr("os.fsync", fails)
    with pytest.raises(OSError, match="full"):
        building.write_file(path, b"halv")
    assert path.read_bytes() == b"hel"
    assert [p.name for p in tmp_path.iterdir()] == ["rapport.pdf"]


def test_stored_files_replace_earlier_ones_of_their_format(town, extracted, settings):
    for _time in range(2):
        storing.store(
            report_ids=[extracted["KS"].pk], formats=["html"], actor=town.user("director"),
            now=facts.NOW,
        )  # fmt: skip
    file = ReportFile.objects.get()
    assert storing.path_of(file).stat().st_size == file.size
    assert file.name == "arbetsmiljorapport-2024-KSF-KS.html"


def test_a_job_builds_and_tells_where_the_files_are(town, extracted):
    job = storing.order(
        report_ids=[extracted["KS"].pk, extracted["GSN"].pk],
        actor=town.user("director"),
        now=facts.NOW,
    )
    jobs.build(job_id=job.pk, report_ids=[extracted["GSN"].pk])
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.result_url) == (
        JobState.DONE, f"/rapporter/{extracted['GSN'].pk}/",
    )  # fmt: skip
    assert ReportFile.objects.count() == 5


def test_a_job_that_fails_says_why(town, reports):
    job = Job.objects.create(owner=town.user("director"), label="Filer")
    jobs.build(job_id=job.pk, report_ids=[reports["GSN"].pk])
    job.refresh_from_db()
    assert (job.state, "Ta ut underlaget" in job.message) == (JobState.FAILED, True)


def test_one_orders_only_reports_that_one_may_read(town, extracted):
    with pytest.raises(storing.NothingToBuild):
        storing.order(report_ids=[extracted["KS"].pk], actor=town.user("manager"), now=facts.NOW)


def run(*arguments):
    return CliRunner().invoke(cli.report, ["build", "--year", "2024", *arguments])


def test_the_command_writes_every_report_of_the_year(extracted, tmp_path):
    out = tmp_path / "ut"
    result = run("--out", str(out), "--format", "html", "--date", "2024-05-15")
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in out.iterdir()) == [
        "arbetsmiljorapport-2024-BUF-FSN.html",
        "arbetsmiljorapport-2024-BUF-GSN.html",
        "arbetsmiljorapport-2024-EXK.html",
        "arbetsmiljorapport-2024-KSF-KS.html",
    ]


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ({"unit": "BUF"}, {"FSN", "GSN"}),
        ({"unit": "kommunstyrelsens förvaltning"}, {"KS"}),
        ({"board": "Grundskolenämnden"}, {"GSN"}),
        ({"municipality": True}, {"EXK"}),
    ],
)
def test_options_choose_reports(reports, options, names):
    found = cli.chosen(2024, **options)
    assert {(report.board or report.unit).code for report in found} == names


def test_an_unknown_name_suggests_the_nearest(reports):
    with pytest.raises(cli.UnknownName, match=r"Menade du .*KSF"):
        cli.chosen(2024, unit="KFS")


def test_an_unknown_format_names_the_known(reports, tmp_path):
    result = run("--out", str(tmp_path), "--format", "odt")
    assert isinstance(result.exception, cli.UnknownName) and "docx" in str(result.exception)


def test_a_year_without_reports_says_what_to_do(town):
    with pytest.raises(cli.NoReports, match="report extract"):
        cli.chosen(2024)
