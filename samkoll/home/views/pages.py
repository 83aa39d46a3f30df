"""Start, search, choice of unit, progress of jobs, and the two logs."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from samkoll.audit import queries as audit
from samkoll.core.access import require
from samkoll.desk import queries as desk
from samkoll.desk.models import JobState
from samkoll.home import finding, forms, log_words, overdue, units
from samkoll.home import todo as desk_list
from samkoll.org import policies
from samkoll.org import queries as org
from samkoll.web import lists
from samkoll.web.htmx import AuthedRequest, render_fragment
from samkoll.web.page import Page

Reader = Callable[..., tuple[list[audit.Entry], int]]


@require_GET
def start(request: AuthedRequest) -> HttpResponse:
    """What waits for me."""
    today = timezone.localdate()
    held = org.permissions_of(request.user, today)
    asker = desk_list.Asker(request.user, held, timezone.now())
    rows = desk_list.todo(asker)
    words = {
        desk_list.When.OVERDUE: _("Försenat"),
        desk_list.When.SOON: _("Nu och inom en vecka"),
        desk_list.When.LATER: _("Senare"),
        desk_list.When.RUNNING: _("Pågår"),
    }
    groups = [
        (word, [row for row in rows if row.group(today) == when]) for when, word in words.items()
    ]
    context = {
        "page": Page(title=_("Att göra")),
        "groups": [(word, found) for word, found in groups if found],
        "overdue": overdue.for_manager(request.user, today),
        "roles": [str(role) for role in org.roles_of(request.user, today)],
    }
    return render(request, "home/start.html", context)


@require_GET
def search(request: AuthedRequest) -> HttpResponse:
    """Units for everybody; risks, actions and people for those who may see them."""
    today = timezone.localdate()
    asked = request.GET.get("q", "").replace("\x00", "").strip()
    see_people = org.may(request.user, "org:read", today)
    found = org.people(asked, "", today)[:20] if asked and see_people else []
    things = finding.things(request.user, asked, today)
    context = {
        "page": Page(title=_("Sök")),
        "asked": asked,
        "found": [(hit, units.url(hit.code)) for hit in org.find(asked)],
        "people": [org.person_row(person) for person in found],
        "things": things,
        "elsewhere": bool(things or found),
    }
    return render(request, "home/search.html", context)


@require_GET
def pick(request: AuthedRequest) -> HttpResponse:
    """Choose the unit that the pages are about."""
    asked = request.GET.get("q", "").strip()
    own = org.own_units(request.user, timezone.localdate())
    context = {
        "page": Page(title=_("Välj enhet"), notice=_("Valet kommer ihåg sig till nästa sida.")),
        "asked": asked,
        "found": [(hit, units.url(hit.code)) for hit in org.find(asked)],
        "own": [(mine.code, mine.name, units.url(mine.code)) for mine in own],
    }
    template = "org/_found.html" if request.htmx else "home/pick.html"
    return render(request, template, context)


@require_GET
def job(request: AuthedRequest, pk: int) -> HttpResponse:
    """How far one of my jobs has come; asks again by itself, or by "Uppdatera"."""
    found = get_object_or_404(desk.visible_to(request.user), pk=pk)
    context = {
        "page": Page(title=found.label),
        "job": found,
        "state": found.get_state_display(),
        "finished": found.state in (JobState.DONE, JobState.FAILED),
        "failed": found.state == JobState.FAILED,
        "total": found.total or 1,
        "poll_url": reverse("home:job", args=[pk]),
    }
    return render_fragment(request, "home/_job.html", context)


@require_GET
def changes(request: AuthedRequest) -> HttpResponse:
    """Who changed what, before and after."""
    page = Page(
        title=_("Ändringslogg"), notice=_("Varje ändring: vem, vad, före, efter."), wide=True
    )
    return _log(request, audit.changes, page, forms.log_form(request.GET, log_words.choices()))


@require_GET
def readings(request: AuthedRequest) -> HttpResponse:
    """Who read figures of small groups."""
    page = Page(title=_("Läslogg"), notice=_("Vem som har läst siffror om små grupper."), wide=True)
    form = forms.log_form(request.GET, log_words.reading_choices())
    return _log(request, audit.readings, page, form)


def _log(request: AuthedRequest, read: Reader, page: Page, form: forms.LogForm) -> HttpResponse:
    held = org.may(request.user, "audit:read", timezone.localdate())
    require(policies.verdict("audit:read", held=held))
    number = request.GET.get(lists.PAGE, "1")
    offset = (max(int(number), 1) - 1) * lists.ROWS if number.isdecimal() else 0
    entries, count = read(form.wanted, offset=offset, limit=lists.ROWS)
    context = {
        "page": page,
        "entries": log_words.in_words(entries),
        "form": form,
        "rows": lists.page_of(request, range(count)),
    }
    return render(request, "home/log.html", context)
