"""Contents lie once, closed to others, and go with the last attachment that has them."""

from __future__ import annotations

import hashlib
import os
import stat
import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, connections, transaction

from samkoll.audit.models import Change
from samkoll.audit.services import CommandLine
from samkoll.files import queries, services, storage
from samkoll.files.models import StoredFile
from samkoll.files.tests import uploads
from samkoll.files.tests.uploads import checked, on_disk

NOW = datetime(2024, 5, 15, 12, tzinfo=UTC)
ACTOR = CommandLine()


def store(content=b"Hej", name="not.txt", actor=ACTOR):
    return services.store(upload=checked(content, name), actor=actor, now=NOW)


def remove(stored):
    services.remove(stored=stored, actor=ACTOR)


def mode(path):
    return stat.S_IMODE(path.stat().st_mode)


def test_a_stored_file_knows_who_attached_it_and_its_content_lies_by_its_hash(town, settings):
    stored = store(actor=town.user("manager"))
    sha256 = hashlib.sha256(b"Hej").hexdigest()
    assert (stored.owner, stored.owner_name) == (town.user("manager"), "Test manager")
    assert (stored.size, stored.sha256, stored.stored_at) == (3, sha256, NOW)
    path = settings.FILES / sha256[:2] / sha256
    assert path.read_bytes() == b"Hej"
    assert (mode(path), mode(path.parent), mode(settings.FILES)) == (0o600, 0o700, 0o700)
    assert "Hej" not in str(list(Change.objects.values()))
    assert Change.objects.get(action="file.stored").after["name"] == "not.txt"


@pytest.mark.django_db
def test_an_upload_of_another_way_is_checked_when_it_is_stored():
    upload = uploads.upload("a.txt", "Åska".encode())
    assert services.store(upload=upload, actor=ACTOR, now=NOW).size == 5
    with pytest.raises(services.Refused, match=r"b\.txt är tom"):
        services.store(upload=uploads.upload("b.txt", b""), actor=ACTOR, now=NOW)


@pytest.mark.django_db(transaction=True)
def test_the_same_content_lies_once_and_goes_with_the_last_that_has_it(settings):
    first, second = store(name="a.txt"), store(name="b.txt")
    assert len(on_disk(settings.FILES)) == 1
    remove(first)
    assert len(on_disk(settings.FILES)) == 1
    remove(second)
    assert (on_disk(settings.FILES), StoredFile.objects.count()) == ([], 0)
    assert Change.objects.filter(action="file.removed").count() == 2


@pytest.mark.django_db(transaction=True)
def test_a_removal_that_is_taken_back_takes_nothing(settings):
    stored = store()
    with transaction.atomic():
        remove(stored)
        transaction.set_rollback(True)
    assert len(on_disk(settings.FILES)) == StoredFile.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("same", [True, False])
def test_while_somebody_counts_on_files_the_content_stays(settings, same):
    stored, done = store(), threading.Event()
    counted = threading.Event()

    def other():
        with transaction.atomic():
            if same:
                services.store(upload=checked(), actor=ACTOR, now=NOW)
            else:
                storage.count_on_files()  # a backup
            counted.set()
            done.wait(10)
        connections.close_all()

    thread = threading.Thread(target=other)
    thread.start()
    try:
        assert counted.wait(10)
        remove(stored)
        assert len(on_disk(settings.FILES)) == 1
    finally:
        done.set()
        thread.join(10)
    assert StoredFile.objects.count() == int(same)


@pytest.mark.django_db
def test_a_damaged_content_is_healed_by_storing_it_again():
    path = storage.path_of(store().sha256)
    path.write_bytes(b"Nej")
    store()
    assert path.read_bytes() == b"Hej"


def test_what_cannot_be_written_leaves_no_part_behind(settings, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        storage.keep(b"Hej")
    assert on_disk(settings.FILES) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content_type", "inline", "disposition"),
    [
        ("image/png", True, "inline"),
        ("image/png", False, "attachment"),
        ("application/pdf", True, "attachment"),
        ("text/plain", True, "attachment"),
    ],
)
def test_only_pictures_are_ever_shown_in_the_page(content_type, inline, disposition):
    stored = store(name='Å "x".png')
    stored.content_type = content_type
    answer = services.response(stored, inline=inline)
    wanted = f"{disposition}; filename*=utf-8''%C3%85%20%22x%22.png"
    assert answer.headers["Content-Disposition"] == wanted
    assert answer.headers["Content-Type"] == content_type
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.getvalue() == b"Hej"


@pytest.mark.django_db
def test_a_content_that_is_gone_is_a_sentence():
    stored = store()
    storage.path_of(stored.sha256).unlink()
    with pytest.raises(services.ContentGone, match=r"not\.txt finns inte kvar"):
        services.response(stored)


@pytest.mark.django_db
def test_a_row_of_a_list_says_kind_and_size():
    row = queries.row(store())
    assert (row.words, row.is_picture, row.owner_name) == ("Text, 1 kB", False, str(ACTOR))
    assert queries.size(1_249_999) == "1,2 MB"


@pytest.mark.django_db
def test_the_database_takes_no_other_name_for_a_content():
    with pytest.raises(Exception, match="file_sha256"), transaction.atomic():
        StoredFile.objects.create(
            name="x", content_type="text/plain", size=1, sha256="../x", stored_at=NOW
        )
    assert connection.is_usable()


def test_who_attached_stays_known_when_the_account_goes(town):
    stored = store(actor=town.user("manager"))
    StoredFile.objects.filter(pk=stored.pk).update(owner=None)
    stored.refresh_from_db()
    assert stored.owner_name == "Test manager"
