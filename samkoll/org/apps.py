from __future__ import annotations

from django.apps import AppConfig


class OrgConfig(AppConfig):
    name = "samkoll.org"
    label = "org"

    def ready(self) -> None:
        """Tell accounts what users are, and how a new user gets a role."""
        from samkoll.accounts import registry
        from samkoll.org import queries, services

        registry.add_describer(queries.describe_users)
        registry.add_role_giver(services.give_role_to_user)
