"""A form page's draft: offered, restored or being written. See docs/developers/pages.md."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.forms import BaseForm
from django.http import QueryDict
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import pgettext

from samkoll.desk import queries

if TYPE_CHECKING:
    from samkoll.web.htmx import AuthedRequest

PARAMETER, RESTORE = "utkast", "aterstall"


@dataclass(frozen=True, slots=True)
class FormDraft:
    """What ``web/draft.html`` and the form's ``data-draft`` show.

    ``offered``: there is a draft and the form does not show it. ``restored``: the form shows it.
    With neither, the form is being written, also when it came back with errors.
    """

    key: str
    owner: int
    page_url: str
    saved: str = ""
    offered: bool = False
    restored: bool = False
    content: dict[str, list[str]] = field(default_factory=dict)

    @property
    def url(self) -> str:
        """Where the form sends what is typed."""
        return reverse("desk:draft", args=[self.key])

    @property
    def discard_url(self) -> str:
        """Where the draft is thrown away."""
        return reverse("desk:discard_draft", args=[self.key])

    @property
    def attributes(self) -> SafeString:
        """What the ``<form>`` says to the script. A draft that is offered is not written over."""
        waits = mark_safe(" data-draft-waits") if self.offered else ""
        return format_html('data-draft="{}" data-draft-owner="{}"{}', self.url, self.owner, waits)

    @property
    def restore_url(self) -> str:
        """The form's page with the draft in the fields."""
        return f"{self.page_url}?{PARAMETER}={RESTORE}"

    def fill(self, form: BaseForm) -> None:
        """Put a restored draft into an unbound form, as what its fields begin with.

        Hidden fields too: the version that the text was written on decides what it can overwrite.
        """
        if not self.restored:
            return
        data = QueryDict(mutable=True)
        for name, values in self.content.items():
            data.setlist(name, values)
        for name, each in form.fields.items():
            value = each.widget.value_from_datadict(data, {}, form.add_prefix(name))
            form.initial[name] = value


def of(request: AuthedRequest, key: str, *, today: date) -> FormDraft:
    """The draft of the form ``key`` for the page that is asked for."""
    blank = FormDraft(key=key, owner=request.user.pk, page_url=request.path)
    found = queries.draft_of(request.user, key) if request.method == "GET" else None
    if found is None:
        return blank
    restored = request.GET.get(PARAMETER) == RESTORE
    return FormDraft(
        key=key,
        owner=blank.owner,
        page_url=blank.page_url,
        saved=_clock(found.saved_at, today),
        offered=not restored,
        restored=restored,
        content=found.content,
    )


def _clock(moment: datetime, today: date) -> str:
    """``14.02`` today, else ``21 november 14.02``."""
    local = timezone.localtime(moment)
    time = formats.time_format(local, pgettext("klockslag", "H.i"))
    return time if local.date() == today else f"{formats.date_format(local, 'j F')} {time}"
