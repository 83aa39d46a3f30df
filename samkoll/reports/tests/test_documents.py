"""Attachments, the board's package, and what everybody may read without signing in."""

from __future__ import annotations

import io
import json
from hashlib import sha256
from urllib.parse import unquote
from zipfile import ZipFile

import openpyxl
import pytest
from click.testing import CliRunner
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from lxml import etree  # type: ignore[import-untyped]

from samkoll.desk.models import Job, JobState
from samkoll.files.models import StoredFile
from samkoll.reports import attachments, building, cli, jobs, storing
from samkoll.reports.chain import services as chain
from samkoll.reports.models import Attachment, ReportFile
from samkoll.reports.package import archive, headlines, packing, papers, proposing
from samkoll.reports.tests.test_chain import DECISION, LINE, NOW, TODAY, decided, fill, signed

METS = {"m": archive.METS, "x": archive.XLINK, "a": archive.MATTER}


def text_file(name="Synpunkter å.txt", content=b"Synpunkter"):
    return SimpleUploadedFile(name, content)


def attach(report, actor=LINE, **upload):
    return attachments.attach(
        report_id=report.pk, uploads=[text_file(**upload)], actor=actor, now=NOW
    )[0]


def context_of(report):
    return (
        building.gather([report.pk], produced_on=TODAY)[report.pk],
        building.document(report.pk, produced_on=TODAY),
    )


@pytest.fixture
def report(extracted):
    return extracted["GSN"]


@pytest.fixture
def published(report):
    decided(report)
    chain.publish(report_id=report.pk, actor=LINE, now=NOW)
    return report


# --- Attachments ----------------------------------------------------------------------------------


def test_who_writes_or_registers_attaches_and_a_decision_ends_it(town, reports):
    report = reports["GSN"]
    for role in ("director", "hr_partner", "secretary"):
        attach(report, town.user(role))
    with pytest.raises(PermissionDenied, match="Bilagor läggs till av dem"):
        attach(report, town.user("manager"))
    assert report.attachments.count() == 3
    report.status = "decided"
    report.save()
    with pytest.raises(PermissionDenied, match="Rätta den med en ny version"):
        attach(report)


def test_a_file_is_forgotten_when_no_version_of_the_report_has_it(reports):
    first, second = reports["GSN"], reports["KS"]
    link = attach(first)
    again = Attachment.objects.create(report=second, file=link.file)
    attachments.detach(attachment_id=link.pk, actor=LINE, today=TODAY)
    assert StoredFile.objects.count() == 1
    attachments.detach(attachment_id=again.pk, actor=LINE, today=TODAY)
    assert not StoredFile.objects.exists()


def test_a_picture_of_fifty_megabytes_is_refused_with_a_sentence():
    picture = SimpleUploadedFile("bild.jpg", b"\xff\xd8\xff" + bytes(50_000_000))
    form = attachments.AttachForm({}, MultiValueDict({"files": [picture]}))
    assert "bild.jpg" in str(form.errors["files"]) and "MB" in str(form.errors["files"])


def test_one_attaches_reads_and_removes_on_the_pages(town, reports):
    pk = reports["GSN"].pk
    client = Client()
    client.force_login(town.user("director"))
    url = reverse("reports:attach", args=[pk])
    assert client.post(url, {"files": text_file()}).status_code == 302
    page = client.get(reverse("reports:documents", args=[pk])).content.decode()
    assert "Synpunkter å.txt" in page
    args = [pk, Attachment.objects.get().pk]
    answer = client.get(reverse("reports:attachment", args=args))
    assert answer.getvalue() == b"Synpunkter"
    assert client.post(reverse("reports:detach", args=args)).status_code == 302
    refused = client.post(url, {"files": text_file("x.exe", b"MZ\x90\x00")})
    assert refused.status_code == 422 and "x.exe" in refused.content.decode()


# --- The package ----------------------------------------------------------------------------------


def test_headlines_are_the_reports_own_figures(report):
    found = headlines.figures(*context_of(report))
    first = next(h for h in found if str(h.key) == "sick_leave.total.2023-12")
    assert first.label.endswith(", %") and first.cells[0].figure_id == str(first.key)


def test_an_answer_other_than_the_expected_deviates(report):
    context, _document = context_of(report)
    unanswered = headlines.deviating(context)
    fill(report)
    context, _document = context_of(report)
    assert len(headlines.deviating(context)) < len(unanswered)
    assert all("Ej besvarad" in sentence for sentence in unanswered)
    assert headlines.counts(context) == (len(headlines.deviating(context)), 0)


def test_the_proposal_is_worked_out_until_somebody_edits_it(town, report):
    context, document = context_of(report)
    proposed = proposing.of(context, document)
    now = next(iter(headlines.figures(context, document))).cells[0].text
    assert f"Sjukfrånvaron var {now} %" in proposed.matter
    assert "Grundskolenämnden godkänner Arbetsmiljörapport 2024." in proposed.decision
    secretary = town.user("secretary")
    proposing.save(
        report_id=report.pk, matter="Ärendet.", decision="- Nämnden beslutar.",
        actor=secretary, today=TODAY,
    )  # fmt: skip
    assert proposing.of(context, document) == proposing.Proposed(
        "Ärendet.", "- Nämnden beslutar.", str(secretary)
    )
    with pytest.raises(proposing.ProposalMissing):
        proposing.save(report_id=report.pk, matter=" ", decision="x", actor=secretary, today=TODAY)


def test_the_summary_says_how_much_is_left_out(report):
    context, document = context_of(report)
    said = headlines.deviating(context)
    paper = papers.summary(context, document, proposing.default(context, document))
    left = f"Ytterligare {len(said) - papers.MOST_SENTENCES} står i rapporten."
    assert any(left in getattr(block, "items", ()) for block in paper.blocks)


@pytest.fixture
def package(report):
    attach(report)
    return ZipFile(io.BytesIO(packing.make(report.pk, now=NOW).data))


def test_the_package_is_whole_and_its_metadata_valid_and_true(package, tmp_path, report):
    names = package.namelist()
    stem = f"rapport/{building.file_name(context_of(report)[0].report, '')}"
    assert {f"{stem}{form}" for form in ("docx", "pdf", "xlsx", "json")} < {*names}
    assert {"tjansteskrivelse.pdf", "forslag-till-beslut.docx", "bilagor/01-synpunkter-a.txt"} < {
        *names
    }
    package.extractall(tmp_path)
    schema = etree.XMLSchema(file=str(tmp_path / "metadata" / "mets-samkoll.xsd"))
    root = etree.parse(str(tmp_path / packing.METADATA))
    schema.assertValid(root)
    told = {
        unquote(each.find("m:FLocat", METS).get(f"{{{archive.XLINK}}}href")): each
        for each in root.iterfind(".//m:file", METS)
    }
    assert {*told} == {*names} - {packing.METADATA}
    for name, each in told.items():
        data = package.read(name)
        assert (each.get("CHECKSUM"), each.get("SIZE")) == (
            sha256(data).hexdigest(), str(len(data)),
        )  # fmt: skip
    assert root.findtext(".//a:organ", namespaces=METS) == "Grundskolenämnden"
    sheet = openpyxl.load_workbook(io.BytesIO(package.read("siffror-i-korthet.xlsx")))["Tabell 1"]
    assert isinstance(sheet.cell(4, 2).value, int | float)
    assert json.loads(package.read(f"{stem}json"))["report"]["kind"] == "board"


def test_the_metadata_of_a_decided_report_has_the_decision(published, tmp_path):
    context, document = context_of(published)
    metadata = archive.metadata(context.report, document.title, archive.schemas(), now=NOW)
    for file in archive.schemas():
        (tmp_path / file.title).write_bytes(file.data)
    root = etree.fromstring(metadata)
    etree.XMLSchema(file=str(tmp_path / archive.SCHEMAS[0])).assertValid(root)
    decision = root.find(".//a:beslut", METS)
    assert decision.get("datum") == TODAY.isoformat()
    assert proposing.of(context, document).decision == "Nämnden godkänner rapporten."


def test_the_job_keeps_the_package_for_download(town, report):
    job = packing.order(report=report, actor=town.user("secretary"), now=NOW)
    jobs.package(job_id=job.pk, report_id=report.pk)
    job = Job.objects.get(pk=job.pk)
    assert (job.state, job.message) == (JobState.DONE, "Paketet är klart.")
    file = ReportFile.objects.get()
    assert file.name == "namndpaket-arbetsmiljorapport-2024-BUF-GSN.zip"
    client = Client()
    client.force_login(town.user("secretary"))
    answer = client.get(reverse("reports:download", args=[report.pk, "zip"]))
    assert answer["Content-Type"] == "application/zip"
    assert storing.path_of(file).stat().st_size == file.size


def test_the_command_writes_a_package(report, tmp_path):
    options = ["package", "--year", "2024", "--board", "GSN", "--out", str(tmp_path)]
    result = CliRunner().invoke(cli.report, options)
    assert result.exit_code == 0, result.output
    made = ZipFile(tmp_path / "namndpaket-arbetsmiljorapport-2024-BUF-GSN.zip")
    assert made.namelist()[-1] == packing.METADATA


def test_the_page_of_the_package_shows_the_summary_and_keeps_a_refused_text(town, report):
    client = Client()
    client.force_login(town.user("secretary"))
    url = reverse("reports:package", args=[report.pk])
    assert "Så blir tjänsteskrivelsen" in client.get(url).content.decode()
    answer = client.post(url, {"matter": "Kvar", "decision": ""})
    assert answer.status_code == 422 and "Kvar" in answer.content.decode()
    assert client.post(url, {"matter": "Ä", "decision": "B"}).status_code == 302


# --- What everybody may read ----------------------------------------------------------------------


def test_nobody_sees_what_is_not_published(report):
    decided(report)
    client = Client()
    assert client.get(reverse("published:read", args=[report.pk])).status_code == 404
    assert "Grundskolenämnden" not in client.get(reverse("published:index")).content.decode()


def test_a_published_report_is_read_without_signing_in(published):
    client = Client()
    url = reverse("published:read", args=[published.pk])
    assert url in client.get(reverse("published:index")).content.decode()
    answer = client.get(url)
    page = answer.content.decode()
    assert "Innehållsförteckning" in page and "Nämnden godkänner rapporten." in page
    assert "/rapporter/" not in page  # no way into what is signed in for
    assert "public" in answer["Cache-Control"] and "max-age=300" in answer["Cache-Control"]
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()


def test_only_files_made_of_the_decided_content_are_public(published):
    file = storing.store(report_ids=[published.pk], formats=["json"], actor=LINE, now=NOW)[0]
    url = reverse("published:file", args=[published.pk, "json"])
    assert Client().get(url).status_code == 200
    ReportFile.objects.update(built_at=NOW.replace(year=2023))
    assert Client().get(url).status_code == 404
    ReportFile.objects.update(built_at=NOW, format="zip")
    assert Client().get(url.replace("json", "zip")).status_code == 404
    assert file.format == "json"


def test_a_decision_orders_files_of_what_was_decided(town, report):
    signed(report)
    secretary = town.user("secretary")
    chain.decide(report_id=report.pk, decision=DECISION, actor=secretary, now=NOW)
    assert Job.objects.get().owner == secretary


def test_a_corrected_report_points_at_its_correction(published):
    newer = chain.correct(report_id=published.pk, reason="Fel tal.", actor=LINE, now=NOW)
    client, url = Client(), reverse("published:read", args=[published.pk])
    assert "Läs den rättade rapporten" not in client.get(url).content.decode()
    decided(newer)
    chain.publish(report_id=newer.pk, actor=LINE, now=NOW)
    page = client.get(url).content.decode()
    assert reverse("published:read", args=[newer.pk]) in page
    shown = client.get(reverse("published:index")).content.decode()
    assert reverse("published:read", args=[newer.pk]) in shown and url not in shown


def test_the_public_list_costs_one_query_whatever_its_length(published, count_queries):
    assert count_queries(lambda: Client().get(reverse("published:index"))) <= 1
