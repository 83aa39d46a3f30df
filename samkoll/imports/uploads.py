"""Uploads go straight into the vault: no byte of a payroll file lies on disk in clear.

Django's own handlers would write larger files to a temporary folder. The view puts ``ToVault`` in
their place before the request is read.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler

from samkoll.imports.vault import Deposit, Stored, Vault


class VaultFile(UploadedFile):  # type: ignore[type-arg]
    """An uploaded file that lies in the vault. It is deleted with the request unless kept.

    ``too_big``: the upload was stopped at the stated limit, and nothing of it is stored.
    """

    def __init__(self, name: str, stored: Stored | None, vault: Vault) -> None:
        super().__init__(file=None, name=name, size=stored.size if stored else 0)
        self.stored, self.too_big = stored, stored is None
        self._vault, self._kept = vault, False

    def keep(self) -> None:
        """Leave the file in the vault: a batch refers to it now."""
        self._kept = True

    def close(self) -> None:
        """Called by Django when the request ends."""
        if self.stored is not None and not self._kept:
            self._vault.delete(self.stored.name)


class ToVault(FileUploadHandler):
    """Encrypts what arrives, and stops taking it in at the limit."""

    chunk_size = 2**18

    def __init__(self, request: Any = None) -> None:
        super().__init__(request)
        self._vault = Vault.from_key_file(settings.UPLOADS, settings.KEY_FILE)
        self._deposit: Deposit | None = None

    def new_file(self, *args: Any, **options: Any) -> None:
        super().new_file(*args, **options)
        self._deposit = self._vault.create()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        if self._deposit is not None:
            self._deposit.write(raw_data)
            if self._deposit.size > settings.MAX_UPLOAD_MEGABYTES * 1_000_000:
                self._deposit.abandon()
                self._deposit = None
        return None

    def file_complete(self, file_size: int) -> VaultFile:
        stored = self._deposit.finish() if self._deposit is not None else None
        self._deposit = None
        return VaultFile(self.file_name or "", stored, self._vault)

    def upload_interrupted(self) -> None:
        if self._deposit is not None:
            self._deposit.abandon()
