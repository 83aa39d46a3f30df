"""A field for attachments, whose refusals are sentences."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.functional import lazy
from django.utils.translation import gettext as _

from samkoll.core.text import number
from samkoll.files import kinds
from samkoll.files.checking import Checked, Refused, check

MOST_FILES = 10
ACCEPT = ",".join(ending for kind in kinds.ALL for ending in kind.endings)


class _Several(forms.ClearableFileInput):
    allow_multiple_selected = True


class AttachmentField(forms.FileField):
    """Up to ten files at once; the cleaned value is a list of ``Checked`` for ``services.store``.

    The form needs ``enctype="multipart/form-data"`` and ``request.FILES``.
    """

    def __init__(self, *, most: int = MOST_FILES, **options: Any) -> None:
        self.most = most
        widget = _Several(attrs={"accept": ACCEPT})
        super().__init__(widget=widget, allow_empty_file=True, **options)
        if not self.help_text:
            self.help_text = lazy(attachment_help, str)()

    def clean(self, data: Any, initial: Any = None) -> list[Checked]:
        """Every file checked. Raises: ValidationError, one sentence for each refused file."""
        uploads = [each for each in _listed(data) if each]
        if not uploads:
            super().clean(None, initial)  # says that it is required, when it is
            return []
        if len(uploads) > self.most:
            raise forms.ValidationError(
                _("Välj högst %(most)s filer åt gången.") % {"most": self.most}
            )
        return _all_checked([super(AttachmentField, self).clean(each) for each in uploads])


def attachment_help() -> str:
    """What may be attached, in one sentence."""
    return _(
        "PDF, bilder, Word, Excel, PowerPoint, OpenDocument, text eller CSV, högst %(limit)s MB "
        "per fil. Var en bild är tagen sparas inte."
    ) % {"limit": number(settings.MAX_FILE_MEGABYTES)}


def _listed(data: Any) -> Sequence[Any]:
    return data if isinstance(data, list | tuple) else [data]


def _all_checked(uploads: list[UploadedFile[Any]]) -> list[Checked]:
    checked, wrong = [], []
    for upload in uploads:
        try:
            checked.append(check(upload))
        except Refused as refusal:
            wrong.append(str(refusal))
    if wrong:
        raise forms.ValidationError(wrong)
    return checked
