"""A new web process warms itself, and never fails for it."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied

from samkoll.ops import logs, warming


@pytest.mark.django_db(transaction=True)
def test_an_empty_installation_is_warm_without_a_word(caplog):
    warming.in_background().join(60)
    assert caplog.text == ""


def test_what_goes_wrong_is_a_line_and_the_process_lives(monkeypatch, caplog):
    def broken() -> None:
        raise OSError("no disk")

    monkeypatch.setattr(warming, "_figures", broken)
    monkeypatch.setattr(warming, "_addresses", lambda: None)
    warming.warm()
    assert "OSError: no disk" in caplog.text


def test_the_web_server_writes_below_var_only_and_has_no_control_socket():
    from samkoll.ops import web_server

    assert web_server.control_socket_disable
    assert Path(web_server.worker_tmp_dir).is_relative_to(settings.VAR)


@pytest.mark.parametrize(("status", "kept"), [(403, False), (404, False), (500, True)])
def test_only_our_own_faults_have_a_traceback_in_the_log(status, kept):
    try:
        raise PermissionDenied
    except PermissionDenied as error:
        fault = (type(error), error, error.__traceback__)
    record = logging.LogRecord("django.request", 30, "", 0, "Forbidden: /x", None, fault)
    record.status_code = status
    assert logs.Refusals().filter(record)
    assert bool(record.exc_info) is kept
