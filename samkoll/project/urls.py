"""All addresses. Each package has its own list."""

from __future__ import annotations

from django.urls import include, path

from samkoll.reports.views.public import robots

urlpatterns = [
    path("", include("samkoll.accounts.urls")),
    path("", include("samkoll.web.urls")),
    path("", include("samkoll.desk.urls")),
    path("organisation/", include("samkoll.org.urls")),
    path("import/", include("samkoll.imports.urls")),
    path("statistik/", include("samkoll.explore.urls")),
    path("rapporter/", include("samkoll.reports.urls")),
    path("publicerat/", include("samkoll.reports.public_urls")),
    path("robots.txt", robots, name="robots"),
    path("", include("samkoll.actions.urls")),
    path("", include("samkoll.risks.urls")),
    path("", include("samkoll.home.urls")),
]

handler400 = "samkoll.web.problems.bad_request"
handler403 = "samkoll.web.problems.refused"
handler404 = "samkoll.web.problems.not_found"
handler500 = "samkoll.web.problems.broken"
