"""The calendar feed, for calendars that cannot sign in."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_GET

from samkoll.desk import queries as desk
from samkoll.home import calendar


@login_not_required
@require_GET
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The days of whoever the secret in the address belongs to. 404: it opens nothing."""
    now = timezone.now()
    owner = desk.owner_of_calendar(token, now=now)
    if owner is None:
        raise Http404
    answer = HttpResponse(
        calendar.feed(owner, now=now, today=timezone.localdate(now)),
        content_type="text/calendar; charset=utf-8",
    )
    answer["Content-Disposition"] = 'inline; filename="samkoll.ics"'
    answer["Cache-Control"] = "private, max-age=3600"
    answer["X-Robots-Tag"] = "noindex"
    return answer
