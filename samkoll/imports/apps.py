from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "samkoll.imports"
    label = "imports"

    def ready(self) -> None:
        """Put the imports into the side menu of those who may see them."""
        from django.http import HttpRequest
        from django.urls import reverse
        from django.utils import timezone
        from django.utils.translation import gettext_lazy as _

        from samkoll.imports import policies
        from samkoll.web.registry import MenuEntry, frame

        def visible(request: HttpRequest) -> bool:
            user = request.user
            return user.is_authenticated and bool(policies.can_read(user, timezone.localdate()))

        frame.add(
            MenuEntry(
                key="imports",
                label=_("Importer"),
                icon="import",
                order=80,
                url=lambda unit: reverse("imports:index"),
                areas=("imports",),
                visible=visible,
            )
        )
