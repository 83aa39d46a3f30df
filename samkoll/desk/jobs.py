"""The frame of every long job: whatever way its work ends, its owner reads that it has ended."""

from __future__ import annotations

import logging
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.utils import timezone
from django.utils.translation import gettext as _

from samkoll.core.errors import DomainError
from samkoll.desk import services

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Outcome:
    """What a job's work leaves for its owner to read; see ``running``."""

    message: str = ""
    result_url: str = ""


@contextmanager
def running(job_id: int) -> Iterator[Outcome]:
    """Do a job's work inside: whatever way it ends, its owner reads that it has ended.

    Fill in the outcome before the end. A refusal (``DomainError``, ``PermissionDenied``) becomes
    the job's sentence and goes no further; any other exception is logged under a number that the
    owner reads, and goes on to the worker.
    """
    outcome = Outcome()
    try:
        yield outcome
        message = outcome.message or _("Klart.")
        services.finish(
            job_id=job_id, now=timezone.now(), message=message, result_url=outcome.result_url
        )
    except (DomainError, PermissionDenied) as refusal:
        why = str(refusal) or _("Din roll ger inte rätt till det här.")
        services.fail(job_id=job_id, now=timezone.now(), message=why)
    except BaseException:  # a worker that is told to stop, too
        number = secrets.token_hex(4).upper()
        log.exception("incident %s: job %s", number, job_id)
        services.fail(job_id=job_id, now=timezone.now(), message=_fault(number))
        raise


def _fault(number: str) -> str:
    """The same words as the page of a fault has."""
    what = _("Något gick fel hos oss. Felet är antecknat med nummer %(number)s.")
    do = _("Försök igen om en stund. Uppge numret om du kontaktar supporten.")
    return f"{what % {'number': number}} {do}"
