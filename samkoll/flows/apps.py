from __future__ import annotations

from django.apps import AppConfig


class FlowsConfig(AppConfig):
    name = "samkoll.flows"
    label = "flows"

    def ready(self) -> None:
        """Look after what people leave behind whenever the organisation changes."""
        from samkoll.flows import services
        from samkoll.org.registry import changes

        changes.after.append(lambda actor, today: services.hand_over(actor=actor, today=today))
