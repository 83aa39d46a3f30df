from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "samkoll.reports"
    label = "reports"

    def ready(self) -> None:
        """Put the reports into the side menu of those who may read drafts; offer evidence."""
        from django.http import HttpRequest
        from django.urls import reverse
        from django.utils import timezone
        from django.utils.translation import gettext_lazy as _

        from samkoll.org import queries as org
        from samkoll.reports import log_words
        from samkoll.reports.chain.registered import decided
        from samkoll.reports.evidence import providers
        from samkoll.reports.evidence.registry import evidence
        from samkoll.reports.queries import metrics_shown
        from samkoll.risks.registry import reports as reported_onward
        from samkoll.stats.registry import Use, uses
        from samkoll.web.registry import MenuEntry, Way, frame

        def visible(request: HttpRequest) -> bool:
            user = request.user
            today = timezone.localdate()
            return user.is_authenticated and (
                org.may(user, "report:read", today) or org.may(user, "report:forms", today)
            )

        log_words.register()
        reported_onward.decided = decided
        providers.register(evidence)
        uses.add(
            Use(_("Arbetsmiljörapporterna"), lambda key: reverse("reports:index"), metrics_shown)
        )
        frame.add(
            MenuEntry(
                key="reports",
                label=_("Rapporter"),
                icon="document",
                order=70,
                url=lambda unit: reverse("reports:index"),
                areas=("reports",),
                visible=visible,
                ways=(
                    Way(_("Arbetsmiljörapporter"), "reports:index", "reports:index"),
                    Way(_("Åtgärdsplaner"), "reports:plans", "reports:plans"),
                    Way(_("Arbetsmiljöbrev"), "reports:briefs", "reports:briefs"),
                ),
            )
        )
