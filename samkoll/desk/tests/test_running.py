"""However a job's work ends, its owner reads that it has ended, and why."""

from __future__ import annotations

import logging

import pytest
from django.core.exceptions import PermissionDenied

from samkoll.core.errors import DomainError
from samkoll.desk import services
from samkoll.desk.jobs import running
from samkoll.desk.models import JobState


@pytest.fixture
def job(town):
    opened = services.open_job(owner=town.user("manager"), label="Bygger rapporter")
    services.progress(job_id=opened.pk, done=1, total=2, step="KSF")
    return opened


def ended(job):
    job.refresh_from_db()
    assert job.finished_at is not None
    return job.state, job.message


def test_work_that_comes_to_its_end_finishes_the_job(job):
    with running(job.pk) as outcome:
        outcome.message, outcome.result_url = "Filerna är klara.", "/rapporter/"
    assert ended(job) == (JobState.DONE, "Filerna är klara.")
    assert job.result_url == "/rapporter/"


@pytest.mark.parametrize("kind", [DomainError, PermissionDenied])
def test_a_refusal_is_the_jobs_sentence_and_no_fault_of_the_worker(job, kind):
    with running(job.pk):
        raise kind("Underlaget är inte uttaget.")
    assert ended(job) == (JobState.FAILED, "Underlaget är inte uttaget.")


@pytest.mark.parametrize("kind", [ValueError, KeyboardInterrupt])
def test_anything_else_is_logged_under_the_number_that_the_owner_reads(job, kind, caplog):
    with caplog.at_level(logging.ERROR), pytest.raises(kind), running(job.pk):
        raise kind("kolumnen finns inte")
    state, message = ended(job)
    number = message.partition("nummer ")[2][:8]
    assert state == JobState.FAILED
    assert f"incident {number}: job {job.pk}" in caplog.text
    assert "kolumnen" not in message


def test_a_finish_that_breaks_is_a_failure_too(job, monkeypatch):
    def broken(**_values):
        raise ValueError

    monkeypatch.setattr(services, "finish", broken)
    with pytest.raises(ValueError), running(job.pk):
        pass
    assert ended(job)[0] == JobState.FAILED
